"""Given a municipality with an administrator, accounts are entered, closed and opened by nobody else, with entries."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from sekisho.kernel import ReasonCode
from tests.fakes.council import act
from tests.integration.council.conftest import why

if TYPE_CHECKING:  # Django's tables can be imported only after it was made ready
    from sekisho.adapters.database.models import Person
    from sekisho.bootstrap.accounts import Newcomer
    from sekisho.bootstrap.council import Deed


def newcomer(**changes: object) -> "Newcomer":
    """Somebody who can be entered, but for the changes."""
    from sekisho.bootstrap.accounts import Newcomer

    usual: dict[str, object] = {
        "person": "kofuku",
        "label_ja": "興福 学",
        "label_en": "Kofuku Manabu",
        "department": "asset_tax",
        "roles": ("operator",),
    }
    return Newcomer(**{**usual, **changes})  # type: ignore[arg-type]  # planted faults are of other kinds


def kinds() -> list[str]:
    """What the ledger says, the newest last."""
    from sekisho.adapters.database.models import EntryRow

    return list(EntryRow.objects.order_by("id").values_list("kind", flat=True))


def person(name: str = "kofuku") -> "Person":
    """The row of a person."""
    from sekisho.adapters.database.models import Person

    return Person.objects.get(username=name)


def test_somebody_entered_signs_in_with_a_first_password_that_must_change(city: str) -> None:
    from sekisho.bootstrap import accounts

    password = accounts.enter_person(act(city, "admin"), newcomer())
    entered = person()
    assert entered.check_password(password)
    assert (entered.must_change_password, entered.roles, entered.tenant_id) == (True, ["operator"], city)
    assert kinds()[-1] == "person_entered"
    accounts.keep_own_password(act(city, "kofuku"), "another long one 56")
    assert not person().must_change_password
    assert person().check_password("another long one 56")
    assert kinds()[-2:] == ["person_entered", "account_changed"]


def test_an_own_password_is_changed_with_an_entry_that_does_not_hold_it_or_not_at_all(city: str) -> None:
    from sekisho.adapters.database.models import EntryRow
    from sekisho.bootstrap import accounts

    accounts.enter_person(act(city, "admin"), newcomer())
    accounts.keep_own_password(act(city, "kofuku"), "another long one 56")
    body = bytes(EntryRow.objects.order_by("id").values_list("body", flat=True).last() or b"")
    said = json.loads(body)
    assert (said["kind"], said["by"], said["person"], said["what"]) == (
        "account_changed",
        {"person": "kofuku"},
        "kofuku",
        "own_password",
    )
    assert b"another long one" not in body
    assert person().password.encode() not in body
    accounts.close_account(act(city, "admin"), "kofuku")
    before = kinds()
    assert why(lambda: accounts.keep_own_password(act(city, "kofuku"), "a third one 56 78")) == {
        ReasonCode.NOT_IDENTIFIED
    }
    assert person().check_password("another long one 56")
    assert kinds() == before


def test_no_first_password_stands_in_the_ledger_or_is_given_twice(city: str) -> None:
    from sekisho.adapters.database.models import EntryRow
    from sekisho.bootstrap import accounts

    first = accounts.enter_person(act(city, "admin"), newcomer())
    second = accounts.give_password(act(city, "admin"), "kofuku")
    assert first != second
    assert person().check_password(second)
    assert not person().check_password(first)
    told = b"".join(bytes(each) for each in EntryRow.objects.values_list("body", flat=True))
    assert first.encode() not in told
    assert second.encode() not in told


@pytest.mark.parametrize(
    "changes",
    [
        {"person": "Kofuku"},
        {"person": "s"},
        {"person": "admin"},
        {"label_ja": ""},
        {"label_ja": "a\nb"},
        {"department": "moon"},
        {"roles": ("king",)},
    ],
)
def test_a_newcomer_who_cannot_be_entered_is_refused_by_field(city: str, changes: dict[str, object]) -> None:
    from sekisho.bootstrap import accounts

    assert why(lambda: accounts.enter_person(act(city, "admin"), newcomer(**changes))) == {
        ReasonCode.FIELD_NOT_UNDERSTOOD
    }


def test_roles_that_one_person_may_not_hold_are_refused_when_somebody_is_entered(city: str) -> None:
    from sekisho.bootstrap import accounts

    both = newcomer(roles=("secretariat", "council_member"))
    assert why(lambda: accounts.enter_person(act(city, "admin"), both)) == {ReasonCode.DUTIES_NOT_SEPARATE}


def test_only_an_administrator_does_it_and_never_for_themself_or_another_city(city: str) -> None:
    from sekisho.bootstrap import accounts

    def refused(verb: "Callable[[Deed, str], object]", tenant: str, by: str, whom: str) -> set[ReasonCode]:
        return why(lambda: verb(act(tenant, by), whom))

    for verb in (accounts.close_account, accounts.open_account, accounts.give_password):
        assert refused(verb, city, "doza", "megane") == {ReasonCode.NOT_ALLOWED}
        assert refused(verb, city, "admin", "admin") == {ReasonCode.DUTIES_NOT_SEPARATE}
        assert refused(verb, city, "admin", "nobody") == {ReasonCode.NOT_FOUND}
        assert refused(verb, "401307", "admin", "megane") == {ReasonCode.NOT_IDENTIFIED}
    assert why(lambda: accounts.enter_person(act(city, "doza"), newcomer())) == {ReasonCode.NOT_ALLOWED}


def test_a_closed_account_does_nothing_more_and_can_be_opened(city: str) -> None:
    from sekisho.bootstrap import accounts, council
    from sekisho.kernel.council import Role

    accounts.close_account(act(city, "admin"), "doza")
    assert kinds()[-1] == "account_changed"
    assert why(lambda: accounts.close_account(act(city, "admin"), "doza")) == {ReasonCode.NOT_IN_THIS_STATE}
    assert why(lambda: council.assign_roles(act(city, "doza"), "megane", [Role.HEAD])) == {ReasonCode.NOT_IDENTIFIED}
    accounts.open_account(act(city, "admin"), "doza")
    assert kinds()[-1] == "account_changed"
    assert why(lambda: council.assign_roles(act(city, "doza"), "megane", [Role.HEAD])) == {ReasonCode.NOT_ALLOWED}


def test_lost_factors_are_taken_away_with_an_entry_or_not_at_all(city: str) -> None:
    from sekisho.bootstrap import accounts

    assert accounts.remove_factors(act(city, "admin"), "doza", lambda _: 2) == 2
    assert kinds()[-1] == "account_changed"

    def planted(_: object) -> int:
        raise RuntimeError

    before = kinds()
    with pytest.raises(RuntimeError):
        accounts.remove_factors(act(city, "admin"), "doza", planted)
    assert kinds() == before


def test_a_terminal_stands_at_the_gate_with_the_certificate_that_an_administrator_bound(city: str) -> None:
    from sekisho.adapters.database.models import Terminal
    from sekisho.bootstrap import accounts

    first, second = "asset-tax-terminal-1", "asset-tax-terminal-2"
    accounts.bind_terminal(act(city, "admin"), first, "ab" * 32)
    assert Terminal.objects.get(tenant_id=city, terminal=first).fingerprint == "ab" * 32
    assert kinds()[-1] == "terminal_enrolled"
    for terminal, mark in ((second, "ab" * 32), (second, "xy" * 32), (second, "ab")):
        assert why(lambda t=terminal, m=mark: accounts.bind_terminal(act(city, "admin"), t, m)) == {  # type: ignore[misc]
            ReasonCode.FIELD_NOT_UNDERSTOOD
        }
    assert why(lambda: accounts.bind_terminal(act(city, "admin"), "moon", "cd" * 32)) == {ReasonCode.NOT_FOUND}
    assert why(lambda: accounts.bind_terminal(act(city, "doza"), second, "cd" * 32)) == {ReasonCode.NOT_ALLOWED}
