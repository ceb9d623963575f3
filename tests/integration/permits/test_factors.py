"""A permit that demands a factor: the ticket says how the person signed in, and a password alone opens nothing."""

from dataclasses import replace
from typing import Any

import pytest

from sekisho.kernel import Credential, ReasonCode, Refused, SignInFactor, Standing
from tests.fakes.arrivals import arrival_at, land
from tests.integration.conftest import NOW, Office
from tests.integration.permits.test_alarms_and_lives import DOWN, told

STANDING = Standing(person="urakami", terminal="asset-tax-terminal-1", agency="mayor", department="asset_tax")


@pytest.fixture
def strict(office: Office) -> Office:
    """The permit of notices is renewed, and demands a passkey or a one-time code."""
    from sekisho.adapters.database.setup import issue_permit

    first = office.dossier.approved[0]
    factors = (str(SignInFactor.ONE_TIME_CODE), str(SignInFactor.PASSKEY))
    asked = replace(first.specification, factors=factors)
    issue_permit(replace(first, permit="R8-56-01", specification=asked), office.dossier.issuers, NOW)
    return office


def codes(office: Office, credential: Credential) -> list[ReasonCode]:
    """Why a parcel is refused; nothing if it lands."""
    from sekisho.adapters.database.home import find_home

    body = b"1,2,3\n"
    try:
        land(find_home(), arrival_at(NOW, body, credential), body)
    except Refused as refusal:
        return told(refusal)
    return []


@pytest.mark.parametrize(
    ("factors", "lands"),
    [
        ((), False),
        (("password",), False),
        (("password", "one_time_code"), True),
        (("passkey",), True),
        (("certificate",), False),
    ],
)
def test_the_ticket_s_factors_decide(strict: Office, factors: tuple[str, ...], lands: bool) -> None:
    from sekisho.adapters.database.registers import ticket_digest
    from sekisho.adapters.database.tickets import issue_ticket, use_ticket

    secret = issue_ticket(strict.tenant, replace(STANDING, factors=factors), DOWN, NOW)
    use_ticket(secret, "p1", NOW)
    found = codes(strict, Credential(kind="ticket", value=ticket_digest(secret)))
    assert found == ([] if lands else [ReasonCode.FACTOR_MISSING])


def test_somebody_at_the_shell_signed_in_by_nothing(strict: Office) -> None:
    assert codes(strict, Credential(kind="shell", value="asset-tax-terminal-1/urakami")) == [ReasonCode.FACTOR_MISSING]


@pytest.mark.parametrize(
    ("records", "factors"),
    [
        ([], ()),
        ([{"method": "password"}], ("password",)),
        ([{"method": "password"}, {"method": "mfa", "type": "totp"}], ("one_time_code", "password")),
        ([{"method": "mfa", "type": "webauthn", "passwordless": True}], ("passkey",)),
        ([{"method": "password"}, {"method": "mfa", "type": "recovery_codes"}], ("password",)),
    ],
)
def test_the_session_says_by_what_somebody_signed_in(
    monkeypatch: pytest.MonkeyPatch, records: list[dict[str, Any]], factors: tuple[str, ...]
) -> None:
    from django.http import HttpRequest

    from sekisho.web.middleware import second_factor

    monkeypatch.setattr(second_factor, "get_authentication_records", lambda *_: records)
    request = HttpRequest()
    request.user = None  # type: ignore[assignment]  # whoever it is, the records are planted
    assert second_factor.factors_of(request) == factors
