"""The case table: crossings of consultations 56 and 59 that both opinions allow, or refuse for the same reasons.

The facts are those of the research. Where it asked for what a specification does not hold (factors of signing in, a
scanner's verdict, encryption at the sender), a case of a guard that there is stands in its place.
"""

from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest

from sekisho.adapters.decisions import CedarOpinion, first_opinion
from sekisho.adapters.decisions.questions import Question
from sekisho.adapters.decisions.rehearsal import guards_for, guards_in
from sekisho.kernel import Direction, NumberFound, PermitStatus, Specification, settle
from tests.unit.decisions.granted import DOWN, MANAGER, PORTAL, UP, found_in, grant, passage_of

NUMBER = (NumberFound(column="remarks", count=1, first_row=3),)


class Case(NamedTuple):
    """What crosses, how it differs from what was approved, and which guards object."""

    approved: Specification
    guards: set[str] = set()  # noqa: RUF012 - never changed
    found: dict[str, Any] = {}  # noqa: RUF012 - never changed
    passage: dict[str, Any] = {}  # noqa: RUF012 - never changed
    row: dict[str, Any] = {}  # noqa: RUF012 - never changed


CASES = {
    "56: notices come down to a named operator": Case(DOWN),
    "56: prices go up": Case(UP),
    "56: the same division, but not named": Case(DOWN, {"G05-person"}, passage={"person": "dejima"}),
    "56: named, but of another division": Case(DOWN, {"G04-agency"}, passage={"department": "personnel"}),
    "56: a person who is named, seconded to another city": Case(
        DOWN, {"G04-agency"}, passage={"agency": "sasebo_mayor"}
    ),
    "56: a terminal of the same division": Case(DOWN, {"G06-terminal"}, passage={"terminal": "asset-tax-terminal-2"}),
    "56: another computer outside": Case(DOWN, {"G09-counterpart"}, passage={"counterpart": "some_cloud"}),
    "56: over the internet": Case(DOWN, {"G07-route"}, passage={"route": ("internet",)}),
    "56: the right networks in the wrong order": Case(DOWN, {"G07-route"}, passage={"route": DOWN.route[::-1]}),
    "56: one item more, the sex": Case(DOWN, {"G15-items"}, {"items": frozenset({"lot_number", "sex"})}),
    "56: an Individual Number": Case(DOWN, {"G17-individual-number"}, {"individual_numbers": NUMBER}),
    "56: a workbook": Case(DOWN, {"G13-type"}, {"media_type": "application/vnd.ms-excel"}),
    "56: something that could run": Case(DOWN, {"G19-active-content"}, {"active_content": ("formula",)}),
    "56: another layout": Case(DOWN, {"G14-layout"}, {"layout": "price_notice"}),
    "56: a record of another city": Case(DOWN, {"G20-municipality"}, {"other_municipality": 1}),
    "56: after the approval ended": Case(
        DOWN, {"G03-window"}, passage={"at": datetime.fromisoformat(DOWN.not_after).astimezone(UTC)}
    ),
    "56: the other way": Case(DOWN, {"G08-direction"}, passage={"direction": Direction.OUTWARD}),
    "59: donations come down": Case(PORTAL),
    "59: donations go up to the manager": Case(MANAGER),
    "59: anything goes to the portal": Case(PORTAL, {"G08-direction"}, passage={"direction": Direction.OUTWARD}),
    "59: a copy is past its erasure date": Case(PORTAL, {"G12-erasure"}, passage={"overdue_erasures": 1}),
    "59: round the security cloud": Case(PORTAL, {"G07-route"}, passage={"route": ("internet",)}),
    "59: 72,000 records": Case(PORTAL, {"G18-records"}, {"records": 72_000}),
    "59: a record that does not fit": Case(MANAGER, {"G16-faults"}, {"fault_count": 1}),
    "59: the fifth parcel of the day": Case(PORTAL, {"G11-frequency"}, passage={"parcels_today": 4}),
    "59: larger than approved": Case(PORTAL, {"G10-size"}, {"size": PORTAL.bytes_at_most + 1}),
    "59: three faults at once": Case(
        PORTAL,
        {"G15-items", "G17-individual-number", "G18-records"},
        {"records": 72_000, "individual_numbers": NUMBER, "items": frozenset({"amount", "sex"})},
    ),
    "59: suspended": Case(PORTAL, {"G01-status"}, row={"status": PermitStatus.SUSPENDED}),
    "59: revoked": Case(PORTAL, {"G01-status"}, row={"status": PermitStatus.REVOKED}),
    "59: the Individual Number was added to the row afterwards": Case(
        PORTAL, {"S", "G24-coverage"}, row={"items": (*PORTAL.items, "individual_number")}
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_both_opinions_say_what_the_table_says(name: str) -> None:
    case = CASES[name]
    on_file = grant(case.approved, **case.row)
    question = Question(
        on_file=on_file, passage=passage_of(case.approved, found=found_in(case.approved, **case.found), **case.passage)
    )
    first, second = first_opinion(question), CedarOpinion().ask(on_file, question.passage)
    assert guards_in(second) == guards_for(first) == case.guards
    assert second.allows == (not case.guards)
    assert settle(on_file.permit.permit, first, second) == first, "no alarm"


def test_what_the_entrance_can_know_is_decided_there_and_the_rest_later() -> None:
    opinion, on_file = CedarOpinion(), grant(DOWN)
    assert opinion.ask(on_file, passage_of(DOWN)).allows
    told = opinion.ask(on_file, passage_of(DOWN, person="dejima", overdue_erasures=2, announced_size=2**70))
    assert [each.guard for each in told.against] == ["G05-person", "G10-size", "G12-erasure"]
    assert told.against[0].ja == "承認された操作者ではありません"
    assert told.against[0].en == "not one of the approved operators"


def test_a_connection_that_nobody_was_asked_about_has_no_second_opinion_in_its_favour() -> None:
    on_file = grant(PORTAL)
    other = grant(MANAGER)
    borrowed = type(on_file)(permit=on_file.permit, specification=other.specification, signatures_hold=True)
    assert not CedarOpinion().ask(borrowed, passage_of(PORTAL)).allows
    assert not CedarOpinion().ask(borrowed, passage_of(MANAGER)).allows
