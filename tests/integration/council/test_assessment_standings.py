"""Given an assessment that a permit names, what its procedure does is what the gate knows, in the same transaction."""

from datetime import date, timedelta
from typing import Any

import pytest

from sekisho.kernel import AssessmentOpinion, ReasonCode
from tests.fakes.assessments import START, in_force, on, planned
from tests.integration.council.conftest import why


def standing(tenant: str, assessment: str) -> Any:
    """What the gate reads; its row says what its entry says."""
    from sekisho.adapters.database.standings import standing_of

    found, doubts = standing_of(tenant, assessment)
    assert doubts == ()
    return found


def test_it_is_in_force_from_its_publication_for_five_years_and_not_after_the_affair_ends(city: str) -> None:
    from sekisho.bootstrap import assessments as office

    assessment = in_force(city)
    published = START + timedelta(days=40)
    found = standing(city, assessment)
    assert found.opinion is AssessmentOpinion.SUITABLE
    assert found.is_in_force(on(city, "doza", published).at)
    assert not found.is_in_force(on(city, "doza", published).at - timedelta(seconds=1))
    assert found.is_in_force(on(city, "doza", date(published.year + 5, published.month, published.day - 1)).at)
    assert not found.is_in_force(on(city, "doza", date(published.year + 5, published.month, published.day + 1)).at)
    office.end_assessment(on(city, "inasa", published + timedelta(days=1)), assessment)
    ended = standing(city, assessment)
    assert not ended.is_in_force(on(city, "doza", published + timedelta(days=2)).at)


def test_before_it_is_published_the_gate_knows_of_none(city: str) -> None:
    assert standing(city, planned(city)) is None


def test_a_judgement_that_none_is_demanded_is_known_too(city: str) -> None:
    from sekisho.bootstrap import assessments as office

    assessment = planned(city)
    office.judge(on(city, "doza", START), assessment, office.Numbers(subjects=500, handlers=5))
    office.find_none_needed(on(city, "inasa", START), assessment)
    found = standing(city, assessment)
    assert (found.opinion, found.in_force_until) == (AssessmentOpinion.NOT_NEEDED, None)


def test_the_example_of_the_seed_is_what_its_permits_name(city: str) -> None:
    from tests.fakes.assessments import worked

    assert worked(city) == "resident-tax"
    assert standing(city, "resident-tax").opinion is AssessmentOpinion.SUITABLE


@pytest.mark.parametrize("name", ["Resident", "a", "resident--tax", "resident tax", "1a"])
def test_an_assessment_has_a_name_that_a_permit_can_hold_and_nobody_else_has(city: str, name: str) -> None:
    assert why(lambda: planned(city, name=name)) == {ReasonCode.FIELD_NOT_UNDERSTOOD}
    planned(city, name="resident-tax")
    assert why(lambda: planned(city, name="resident-tax")) == {ReasonCode.FIELD_NOT_UNDERSTOOD}


def lacking(tenant: str, assessment: str, connection: str, **other: Any) -> tuple[str, ...]:
    """What the version in force does not cover of the special collection as the seed's dossier has it."""
    from sekisho.adapters.dossiers import read_dossier, shipped_dossier

    approved = read_dossier(shipped_dossier("iken")).terms_of("special-collection-print")[0].specification
    told = {"counterpart": approved.counterpart, "items": approved.items, **other}
    found: tuple[str, ...] = standing(tenant, assessment).lacks(connection, **told)
    return found


def test_a_published_version_covers_its_connections_with_the_contractor_and_items_of_their_dossier(city: str) -> None:
    from sekisho.adapters.database.setup import open_tenant
    from sekisho.adapters.dossiers import read_dossier, shipped_dossier
    from tests.fakes.assessments import worked
    from tests.integration.conftest import NOW

    text, special = shipped_dossier("iken"), "special-collection-print"
    open_tenant(read_dossier(text), text, NOW)
    worked(city)
    assert lacking(city, "resident-tax", special) == ()
    assert lacking(city, "resident-tax", special, counterpart="another") == ("another",)
    assert lacking(city, "resident-tax", special, items=("sex", "payment_code")) == ("sex",)
    assert lacking(city, "resident-tax", "registry-notices-down") == ("registry-notices-down",)


def test_a_newer_version_closes_what_it_no_longer_covers_in_the_transaction_of_its_publication(city: str) -> None:
    from sekisho.adapters.database.models import EntryRow
    from sekisho.bootstrap import assessments as office
    from sekisho.kernel import decode_entry

    assessment, later, notices = in_force(city), START + timedelta(days=50), "registry-notices-down"
    doza = on(city, "doza", later)
    office.begin_next_version(doza, assessment)
    office.cover_connections(doza, assessment, ["land-ledger-up"])
    office.write_answers(doza, assessment, {"Ⅰ.7.②": "資産税課長"})
    assert notices not in lacking(city, assessment, notices)
    office.fix_minor(doza, assessment)
    office.publish_assessment(on(city, "kazagashira", later), assessment)
    assert lacking(city, assessment, notices) == (notices,)
    assert lacking(city, assessment, "land-ledger-up") == ()
    told = [decode_entry(bytes(each)) for each in EntryRow.objects.order_by("id").values_list("body", flat=True)]
    assert [each["kind"] for each in told[-2:]] == ["assessment_published", "assessment_standing"]
    assert told[-1]["coverage"] == [{"connection": "land-ledger-up", "particulars": None}]
