"""The clocks of an assessment, what the gate is told of it, and what comes into it from the arrows."""

from datetime import date, timedelta
from typing import Any

from sekisho.kernel import ReasonCode
from sekisho.kernel.council import Depth
from tests.integration.council.conftest import why

START = date(2019, 9, 2)
CODE = ReasonCode


def row_of(assessment: str) -> Any:
    """The row of an assessment."""
    from sekisho.adapters.database.models import AssessmentRow

    return AssessmentRow.objects.get(assessment=assessment)


def test_five_years_send_it_round_again_and_an_incident_at_once(city: str) -> None:
    from sekisho.bootstrap import assessments as office
    from tests.fakes.assessments import in_force, on

    assessment = in_force(city)
    published = START + timedelta(days=40)
    before = on(city, "oura", date(2024, 10, 11)).at
    assert published == date(2019, 10, 12)
    assert office.pass_assessment_clocks(city, before) == ()
    assert office.pass_assessment_clocks(city, before + timedelta(days=1)) == (assessment,)
    assert (row_of(assessment).state, row_of(assessment).version) == ("planned", 2)
    other = in_force(city)
    office.suffer_incident(on(city, "kazagashira", date(2020, 1, 1)), other, "漏えい")
    assert row_of(other).state == "planned"


def test_below_a_thousand_persons_none_is_needed_and_no_report_is_too_shallow(city: str) -> None:
    from sekisho.bootstrap import assessments as office
    from tests.fakes.assessments import on, planned

    small, large = planned(city), planned(city)
    doza, inasa = on(city, "doza", START), on(city, "inasa", START)
    assert office.judge(doza, small, office.Numbers(subjects=999, handlers=0)) is Depth.NONE
    office.find_none_needed(inasa, small)
    assert row_of(small).state == "not_needed"
    assert office.judge(doza, large, office.Numbers(subjects=300_000, handlers=0)) is Depth.ALL_ITEMS
    assert why(lambda: office.find_none_needed(inasa, large)) == {CODE.DEPTH_TOO_SHALLOW}
    assert why(lambda: office.begin_draft(doza, large, Depth.KEY)) == {CODE.DEPTH_TOO_SHALLOW}


def test_part_2_4_of_the_report_is_written_from_the_arrows_it_covers(city: str) -> None:
    from sekisho.adapters.database.queries_assessments import assessment_file
    from sekisho.adapters.database.setup import open_tenant
    from sekisho.adapters.dossiers import read_dossier, shipped_dossier
    from sekisho.bootstrap import assessments as office
    from tests.fakes.assessments import drafting, on
    from tests.integration.conftest import NOW

    assessment, deed = drafting(city), on(city, "doza", START)
    office.cover_connections(deed, assessment, ["special-collection-print"])
    assert why(lambda: office.write_entrustment(deed, assessment)) == {CODE.NOT_FOUND}
    text = shipped_dossier("iken")
    open_tenant(read_dossier(text), text, NOW)
    office.write_entrustment(deed, assessment)
    found = assessment_file(city, assessment, START)
    assert found is not None
    assert found.versions[0].report.values["Ⅱ.4.委託[1].②.本人の範囲"] == "特別徴収の対象者"
