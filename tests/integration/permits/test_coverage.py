"""Given a permit that waits for an assessment, when the version in force does not cover it, then the gate is closed."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from sekisho.kernel import AssessmentStanding, Coverage, Particulars, ReasonCode, Refused
from tests.integration.conftest import NOW, Office
from tests.integration.permits.test_alarms_and_lives import NUMBER, arrive

FIRST = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.fixture
def waiting(office: Office) -> Any:
    """The permit of notices, renewed so that it waits for an assessment; what was approved."""
    from sekisho.adapters.database.setup import issue_permit
    from sekisho.bootstrap.permits import StopCause, stop_permit

    first = office.dossier.approved[0]
    approved = replace(first.specification, assessment="land-ledger")
    stop_permit(office.tenant, NUMBER, "glover", StopCause.OTHER, NOW)  # none is in force in whose place it would wait
    issue_permit(replace(first, permit="R8-56-01", specification=approved), office.dossier.issuers, NOW)
    return approved


def whole(approved: Any) -> Coverage:
    """Exactly what was approved."""
    known = Particulars(counterpart=approved.counterpart, items=approved.items)
    return Coverage(connection=approved.connection, particulars=known)


def why_not(office: Office, *covered: Coverage) -> list[tuple[str, str]]:
    """What the gate says once a version that covers this is in force."""
    from sekisho.bootstrap.permits import enter_standing

    standing = AssessmentStanding(assessment="land-ledger", in_force_from=FIRST, coverage=covered)
    enter_standing(office.tenant, standing, "megane", NOW)
    try:
        arrive(office)
    except Refused as refusal:
        return [(str(each.code), str(each.facts.get("what"))) for each in refusal.reasons]
    return []


def test_only_what_the_version_in_force_covers_crosses(office: Office, waiting: Any) -> None:
    closed = str(ReasonCode.ASSESSMENT_DOES_NOT_COVER)
    exact, first = whole(waiting), waiting.items[0]
    fewer = replace(exact, particulars=Particulars(counterpart=waiting.counterpart, items=waiting.items[1:]))
    other = replace(exact, particulars=Particulars(counterpart="another", items=(*waiting.items, "more")))
    assert why_not(office, exact) == []
    assert why_not(office) == [(closed, waiting.connection)]
    assert why_not(office, replace(exact, connection="another")) == [(closed, waiting.connection)]
    assert why_not(office, replace(exact, connection="another"), fewer) == [(closed, first)]
    assert why_not(office, other) == [(closed, waiting.counterpart)]
    assert why_not(office, Coverage(connection=waiting.connection)) == []


@pytest.mark.parametrize("edited", [None, [{"connection": "registry-notices-down", "particulars": None}]])
def test_a_coverage_edited_in_the_database_does_not_open_the_gate(office: Office, waiting: Any, edited: Any) -> None:
    from sekisho.adapters.database.models import AssessmentStandingRow

    assert why_not(office) != []
    AssessmentStandingRow.objects.update(coverage=edited)
    with pytest.raises(Refused) as refusal:
        arrive(office)
    assert {each.code for each in refusal.value.reasons} == {ReasonCode.REGISTER_DIFFERS}


def test_a_standing_of_before_there_was_a_list_closes_nothing(office: Office, waiting: Any) -> None:
    from sekisho.bootstrap.permits import enter_standing

    assert waiting.assessment
    enter_standing(office.tenant, AssessmentStanding(assessment="land-ledger", in_force_from=FIRST), "megane", NOW)
    arrive(office)
