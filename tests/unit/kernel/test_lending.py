"""The rule of a lent key: whose it is, until when, under which permit; every reason at once, to the microsecond."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.kernel import (
    Borrower,
    KeyLoan,
    PermitOnFile,
    PermitStatus,
    ReasonCode,
    Specification,
    digest_of,
    loan_faults,
    loan_until,
    objections_to_lending,
    specification_from_data,
    specification_to_data,
)
from sekisho.kernel.council import missing_terms, specification_for, terms_to_data
from tests.fakes.office import NOW, SPECIFICATION, permit_of
from tests.unit.kernel.council_story import DOSSIER
from tests.unit.kernel.test_letters import DECISION, TERMS

LENDING = replace(SPECIFICATION, counterpart="printer", contractor_keeps_days=30, key_lent_hours=48)
UNTIL = loan_until(NOW, 48)
LOAN = KeyLoan(parcel="p1", permit="R1", counterpart="printer", container="c", until=UNTIL)
HANA = Borrower(person="hana", works_for="printer", terminal="press-1", stands_at="printer")
MICRO = timedelta(microseconds=1)


def on_file(approved: Specification = LENDING) -> PermitOnFile:
    """The permit as it stands."""
    return PermitOnFile(permit=permit_of(approved), specification=approved, signatures_hold=True)


def codes(loan: KeyLoan = LOAN, borrower: Borrower = HANA, at: datetime = NOW) -> list[ReasonCode]:
    """Why not."""
    return [each.code for each in objections_to_lending(loan, borrower, on_file(), at)]


def test_a_loan_is_open_to_the_last_microsecond_and_not_at_its_instant() -> None:
    assert codes(at=UNTIL - MICRO) == []
    assert codes(at=UNTIL) == codes(at=UNTIL + MICRO) == [ReasonCode.KEY_LOAN_OVER]


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=9_000)), st.integers(1, 8_000))
def test_whatever_the_hours_nothing_opens_at_the_end_or_after(past: timedelta, hours: int) -> None:
    loan = replace(LOAN, until=loan_until(NOW, hours))
    assert ReasonCode.KEY_LOAN_OVER in codes(loan, at=loan.until + past)


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=9)))
def test_an_ended_loan_stays_ended_whatever_the_clock_says(back: timedelta) -> None:
    ended = replace(LOAN, ended_at=NOW)
    assert codes(ended, at=NOW - back) == [ReasonCode.KEY_LOAN_OVER]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"works_for": ""}, [ReasonCode.PERSON_NOT_NAMED]),
        ({"works_for": "other"}, [ReasonCode.PERSON_NOT_NAMED]),
        ({"stands_at": "asset_tax"}, [ReasonCode.TERMINAL_NOT_APPROVED]),
        ({"works_for": "", "stands_at": ""}, [ReasonCode.PERSON_NOT_NAMED, ReasonCode.TERMINAL_NOT_APPROVED]),
    ],
)
def test_only_the_counterpart_s_people_at_its_terminals_open(changes: dict[str, str], wanted: list[ReasonCode]) -> None:
    assert codes(borrower=replace(HANA, **changes)) == wanted


def test_every_reason_is_said_at_once() -> None:
    stopped = replace(on_file(), permit=replace(permit_of(LENDING), status=PermitStatus.SUSPENDED))
    reasons = objections_to_lending(LOAN, replace(HANA, works_for=""), stopped, UNTIL)
    assert [each.code for each in reasons] == [
        ReasonCode.PERSON_NOT_NAMED,
        ReasonCode.KEY_LOAN_OVER,
        ReasonCode.PERMIT_NOT_ACTIVE,
    ]
    assert dict(reasons[1].facts) == {"parcel": "p1", "ended": UNTIL.isoformat(timespec="seconds")}


@pytest.mark.parametrize("approved", [replace(LENDING, counterpart="other"), replace(LENDING, key_lent_hours=0)])
def test_a_permit_that_lends_this_counterpart_nothing_opens_nothing(approved: Specification) -> None:
    reasons = objections_to_lending(LOAN, HANA, on_file(approved), NOW)
    assert [each.code for each in reasons] == [ReasonCode.KEY_NOT_LENT]


def test_a_loan_ends_with_its_permit() -> None:
    over = datetime.fromisoformat(LENDING.not_after).astimezone(UTC)
    loan = replace(LOAN, until=over + timedelta(days=9))
    assert codes(loan, at=over - MICRO) == []
    assert codes(loan, at=over) == [ReasonCode.PERMIT_EXPIRED]


@pytest.mark.parametrize(("hours", "days", "good"), [(0, 0, True), (24, 1, True), (25, 1, False), (1, 0, False)])
def test_a_key_is_never_lent_for_longer_than_the_copy_may_be_kept(hours: int, days: int, *, good: bool) -> None:
    assert (list(loan_faults("up", hours, days)) == []) is good
    terms = replace(TERMS, key_lent_hours=hours, contractor_keeps_days=days)
    told = [each for each in missing_terms(DOSSIER, (terms,)) if each.code == ReasonCode.KEY_LENT_TOO_LONG]
    assert (told == []) is good


def test_what_was_approved_before_keeps_its_digest_and_what_lends_is_signed() -> None:
    assert digest_of(SPECIFICATION) == "ead771870958b119742a7520df2c28c93441727d589f6f699683264a8a99f8e4"
    assert "key_lent_hours" not in specification_to_data(SPECIFICATION)
    assert "key_lent_hours" not in terms_to_data(TERMS)
    assert specification_from_data(specification_to_data(LENDING)) == LENDING
    assert digest_of(LENDING) != digest_of(replace(LENDING, key_lent_hours=47))


def test_the_terms_that_were_voted_on_become_what_is_approved() -> None:
    terms = replace(TERMS, contractor_keeps_days=30, key_lent_hours=48)
    assert terms_to_data(terms)["key_lent_hours"] == 48
    assert specification_for(DOSSIER, DECISION, terms).key_lent_hours == 48
