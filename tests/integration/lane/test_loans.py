"""The lane's door for lent keys, as far as it needs no loan: who it hears, and what it does not understand."""

import json

import httpx
import pytest

from sekisho.lane.loans import LARGEST
from tests.integration.lane.conftest import Lane, codes

HEADERS = {"Sekisho-Tenant": "422011", "Sekisho-Person": "urakami"}
GOOD = {"container": "0" * 64, "recipient": "age1" + "q" * 58}


def ask(lane: Lane, body: bytes, parcel: str = "p261124-000000000000", **headers: str) -> httpx.Response:
    """One asking."""
    with lane.client() as client:
        return client.post(f"/loans/{parcel}", content=body, headers={**HEADERS, **headers})


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"[" * 3000, b"{}", json.dumps({**GOOD, "container": "x"}).encode()]
    + [json.dumps({**GOOD, "recipient": each}).encode() for each in ("", 1, "age1x", "ssh-ed25519 x")],
)
def test_what_is_no_asking_is_told_so_and_nothing_is_given(lane: Lane, body: bytes) -> None:
    answer = ask(lane, body)
    assert (answer.status_code, codes(answer)) == (400, ["input_not_understood"])
    assert answer.headers["cache-control"] == "no-store"


def test_an_asking_that_is_too_long_is_not_read(lane: Lane) -> None:
    assert codes(ask(lane, b" " * (LARGEST + 1))) == ["too_large"]


def test_nobody_without_a_certificate_of_ours_is_heard(lane: Lane) -> None:
    with httpx.Client(verify=lane.context(""), trust_env=False) as client, pytest.raises(httpx.HTTPError):
        client.post(f"https://localhost:{lane.port}/loans/p1", json=GOOD, headers=HEADERS)


def test_a_recipient_that_is_none_and_a_parcel_that_is_not_there_are_refused_and_written_down(lane: Lane) -> None:
    before = lane.count("entryrow")
    assert codes(ask(lane, json.dumps(GOOD).encode())) == ["input_not_understood"], "no checksum of age"
    import pyrage

    recipient = str(pyrage.x25519.Identity.generate().to_public())
    answer = ask(lane, json.dumps({**GOOD, "recipient": recipient}).encode())
    assert (answer.status_code, codes(answer)) == (404, ["not_found"])
    assert lane.count("entryrow") == before + 2
    assert codes(ask(lane, json.dumps(GOOD).encode(), **{"Sekisho-Person": "nobody"})) == ["not_identified"]
