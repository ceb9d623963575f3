"""A counterpart's secret that was changed: the new one is shown from then on, and nothing is left of the old one."""

import pytest

from sekisho.adapters.carriers import secrets_of
from sekisho.adapters.carriers.secrets_of import keep_secret, secret_of
from sekisho.adapters.database.home import Home
from sekisho.adapters.keys import open_key_store

TENANT = "422011"


def test_given_a_portal_whose_password_was_changed_when_the_new_one_is_entered_then_it_is_shown(house: Home) -> None:
    for secret in ("first", "second", "second", "third", "first"):
        keep_secret(house, TENANT, "connector/satofuru", secret)
        assert secret_of(house, TENANT, "connector/satofuru") == secret
    assert len(open_key_store(house).ids(TENANT, "carrier/connector/satofuru")) == 1, "nothing is left of the others"


def test_a_name_that_begins_alike_is_another_counterpart(house: Home) -> None:
    assert secret_of(house, TENANT, "nobody") == ""
    keep_secret(house, TENANT, "portal-2", "other")
    keep_secret(house, TENANT, "portal", "one")
    keep_secret(house, TENANT, "portal", "two")
    assert (secret_of(house, TENANT, "portal"), secret_of(house, TENANT, "portal-2")) == ("two", "other")


def test_a_store_that_keeps_the_first_for_ever_would_be_noticed(house: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_secret(house, TENANT, "portal", "one")
    monkeypatch.setattr(secrets_of, "_name", lambda counterpart, number=1: f"carrier/{counterpart}")
    monkeypatch.setattr(type(open_key_store(house)), "destroy", lambda *_: [])
    keep_secret(house, TENANT, "portal", "two")
    assert secret_of(house, TENANT, "portal") == "one"
