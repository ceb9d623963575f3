"""The assessments that consultations 57, 58 and 60 speak of are worked through, and their permits cross today."""

from datetime import date

import pytest

from sekisho.adapters.assessments.rounds import read_rounds, shipped_rounds
from sekisho.adapters.dossiers import Approved, read_dossier, shipped_dossier
from sekisho.kernel import Clearance, ReasonCode, Refused
from tests.integration.conftest import NOW
from tests.integration.council.test_seven_decisions import golden_bytes, layouts_of, send

CONSULTATIONS = ("57", "58", "60")
TEXT = """
steps: [{act: publish, role: secretariat, days: 0}]
answers: {}
assessments: [{assessment: a, ja: a, en: a, connections: [x], subjects: 1, handlers: 1, serious_incident: false,
  begins_on: 2019-12-02, people: {drafter: a}, answers: {}}]
"""


@pytest.fixture
def permits(city: str) -> tuple[Approved, ...]:
    """The permits of the three consultations, issued; nothing has been assessed."""
    from sekisho.adapters.database.setup import issue_permit, open_tenant

    approved: list[Approved] = []
    for number in CONSULTATIONS:
        dossier = read_dossier(shipped_dossier(number))
        open_tenant(dossier, shipped_dossier(number), NOW)
        for each in dossier.approved:
            issue_permit(each, dossier.issuers, NOW)
        approved += dossier.approved
    return tuple(approved)


def outcome(city: str, approved: Approved) -> str:
    """What comes of a good file under a permit."""
    body = golden_bytes(next(layouts_of(approved, NOW)), faulty=False)
    try:
        found = send(city, approved, body)
    except Refused as refusal:
        return ",".join(reason.code for reason in refusal.reasons)
    return "cleared" if isinstance(found, Clearance) else "stopped"


def test_nothing_crosses_before_they_are_worked_and_every_permit_after(
    city: str, permits: tuple[Approved, ...]
) -> None:
    from sekisho.adapters.database.standings import standing_of
    from sekisho.bootstrap.assessment_rounds import work_rounds

    assert len(permits) == 6
    assert {outcome(city, each) for each in permits} == {ReasonCode.ASSESSMENT_NOT_IN_FORCE}
    assert work_rounds(city) == ("personnel-statutory-records", "waterworks-statutory-records", "one-stop-exception")
    assert {outcome(city, each) for each in permits} == {"cleared"}
    standing, doubts = standing_of(city, "one-stop-exception")
    assert standing is not None
    covered = {each.connection for each in standing.coverage or ()}
    assert (doubts, covered) == ((), {"one-stop-to-s2", "filing-exception-notices"})


def test_each_is_made_anew_every_five_years_by_the_people_of_its_division(city: str) -> None:
    from sekisho.bootstrap.assessment_rounds import round_days, work_rounds

    assert work_rounds(city) == (), "nobody of their divisions is here"
    file = shipped_rounds()[0]
    assert list(round_days(file, date(2019, 12, 13))) == []
    assert list(round_days(file, date(2019, 12, 14))) == [date(2019, 12, 2)]
    assert list(round_days(file, date(2026, 11, 27))) == [date(2019, 12, 2), date(2024, 12, 14)]


@pytest.mark.parametrize(
    ("old", "new"),
    [("role: secretariat", "role: king"), ("begins_on: 2019-12-02", "began_on: 2019-12-02"), ("steps:", "stairs:")],
)
def test_a_file_that_says_something_else_is_refused_with_its_place(old: str, new: str) -> None:
    assert read_rounds(TEXT, "x")[0].assessment == "a"
    with pytest.raises(Refused) as refusal:
        read_rounds(TEXT.replace(old, new), "x")
    assert [reason.code for reason in refusal.value.reasons] == [ReasonCode.INPUT_NOT_UNDERSTOOD]
