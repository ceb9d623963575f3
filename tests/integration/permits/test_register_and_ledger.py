"""Whoever edits a row of the register closes the gate: the last entry of the ledger says where it stands."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from sekisho.adapters.dossiers import Approved
from sekisho.kernel import AssessmentOpinion, AssessmentStanding, ReasonCode, Refused, find_permit, replay_root
from tests.integration.conftest import NOW, Office
from tests.integration.permits.test_alarms_and_lives import DOWN, NUMBER, arrive, told


def reasons(tenant: str) -> list[tuple[ReasonCode, dict[str, str]]]:
    """Why the permit of notices does not open; nothing if it does."""
    from sekisho.adapters.database.registers import Register

    try:
        find_permit(tenant, DOWN, Register())
    except Refused as refusal:
        return [(each.code, dict(each.facts)) for each in refusal.reasons]
    return []


def test_a_stopped_permit_set_active_in_the_database_is_refused(office: Office) -> None:
    from sekisho.adapters.database.models import PermitRow
    from sekisho.bootstrap.permits import StopCause, start_permit, stop_permit

    stop_permit(office.tenant, NUMBER, "glover", StopCause.OTHER, NOW)
    PermitRow.objects.filter(permit=NUMBER).update(status="active")
    facts = {"what": NUMBER, "registered": "active", "written": "suspended"}
    assert reasons(office.tenant) == [(ReasonCode.REGISTER_DIFFERS, facts)]
    with pytest.raises(Refused) as refusal:
        arrive(office)
    assert told(refusal.value) == [ReasonCode.REGISTER_DIFFERS]
    PermitRow.objects.filter(permit=NUMBER).update(status="suspended")
    start_permit(office.tenant, NUMBER, ("glover", "nabekanmuri"), NOW)
    assert reasons(office.tenant) == []


def test_a_superseded_permit_cannot_be_brought_back(office: Office) -> None:
    from sekisho.adapters.database.models import PermitRow
    from sekisho.adapters.database.registers import Register

    PermitRow.objects.filter(permit="R8-56-02").delete()
    PermitRow.objects.filter(permit="R1-56-02").update(status="active")
    with pytest.raises(Refused) as refusal:
        find_permit(office.tenant, "registry-prices-up", Register())
    assert told(refusal.value) == [ReasonCode.REGISTER_DIFFERS]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"consultation": "99"}, [ReasonCode.REGISTER_DIFFERS]),
        ({"status": "issued"}, [ReasonCode.PERMIT_NOT_ACTIVE, ReasonCode.REGISTER_DIFFERS]),
        ({"signatures": []}, [ReasonCode.PERMIT_NOT_SIGNED]),
        ({"connection": "registry-prices-up"}, [ReasonCode.NO_PERMIT]),
        ({"permit": "R9-56-01"}, [ReasonCode.PERMIT_NOT_SIGNED, ReasonCode.REGISTER_DIFFERS]),
    ],
    ids=lambda each: "-".join(each) if isinstance(each, dict) else "",
)
def test_every_other_column_of_a_permit_is_held_as_well(
    office: Office, changes: dict[str, Any], codes: list[ReasonCode]
) -> None:
    from sekisho.adapters.database.models import PermitRow

    PermitRow.objects.filter(permit=NUMBER).update(**changes)
    assert [code for code, _ in reasons(office.tenant)] == codes


def test_an_entry_that_was_hidden_from_the_gate_is_found_when_the_ledger_is_verified(office: Office) -> None:
    from sekisho.adapters.database.ledger_verification import verify_ledger
    from sekisho.adapters.database.ledgers import sequence
    from sekisho.adapters.database.models import EntryRow, PermitRow
    from sekisho.bootstrap.permits import StopCause, stop_permit

    stop_permit(office.tenant, NUMBER, "glover", StopCause.OTHER, NOW)
    sequence(office.tenant)
    assert verify_ledger(office.tenant, replay_root).verified
    PermitRow.objects.filter(permit=NUMBER).update(status="active")
    EntryRow.objects.filter(kind="permit_suspended").update(subject="")
    assert reasons(office.tenant) == [], "this is what the gate cannot see by itself"
    assert verify_ledger(office.tenant, replay_root).faults == ("1 entries are filed under another subject",)


def with_condition(office: Office, **changes: Any) -> str:
    """A blocking condition on the permit of notices, adopted, with its entries; the matter is made up around it."""
    from sekisho.adapters.database.ledgers import append_entry
    from sekisho.adapters.database.models import ConditionRow, Matter
    from sekisho.adapters.database.turns import writing

    matter = Matter.objects.create(
        tenant_id=office.tenant,
        matter="m1",
        consultation="56",
        agency="mayor",
        department="asset_tax",
        state="in_force",
    )
    told_of = {"condition": "56-c1", "consultation": "56", "hangs_on": DOWN, "due": "2030-01-01"}
    values = {**told_of, "due": date(2030, 1, 1), "connection": DOWN, "kind": "blocks_start", "proof": "photo"}
    people = {"owner": "doza", "verifier": "glover", "text": "写真"}
    ConditionRow.objects.create(tenant_id=office.tenant, matter=matter, state="open", **{**values, **people, **changes})
    with writing():
        for kind, facts in (
            ("condition_proposed", {"condition_kind": "blocks_start"}),
            ("condition_adopted", {"before": "proposed", "after": "open"}),
        ):
            append_entry(office.tenant, {"kind": kind, "tenant": office.tenant, "at": "x", **told_of, **facts})
    return "56-c1"


def test_an_open_condition_stops_and_its_row_is_as_the_ledger_has_it(office: Office) -> None:
    with_condition(office)
    assert [code for code, _ in reasons(office.tenant)] == [ReasonCode.CONDITION_OPEN]


@pytest.mark.parametrize("state", ["verified", "closed", "waived", "dropped", "proposed"])
def test_a_condition_settled_directly_in_the_database_does_not_open_the_gate(office: Office, state: str) -> None:
    from sekisho.adapters.database.models import ConditionRow

    condition = with_condition(office)
    ConditionRow.objects.filter(condition=condition).update(state=state)
    facts = {"what": condition, "registered": state, "written": "open"}
    assert reasons(office.tenant) == [(ReasonCode.REGISTER_DIFFERS, facts)]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "report_only"},
        {"due": date(2099, 1, 1)},
        {"connection": "registry-prices-up"},
        {"hangs_on": "registry-prices-up"},
        {"consultation": "99"},
        {"condition": "56-c9"},
    ],
    ids=lambda each: next(iter(each)),
)
def test_no_column_that_the_gate_reads_of_a_condition_can_be_edited(office: Office, changes: dict[str, Any]) -> None:
    from sekisho.adapters.database.models import ConditionRow

    condition = with_condition(office)
    ConditionRow.objects.filter(condition=condition).update(**changes)
    assert ReasonCode.REGISTER_DIFFERS in [code for code, _ in reasons(office.tenant)]


def test_a_condition_taken_out_of_the_database_does_not_open_the_gate(office: Office) -> None:
    from sekisho.adapters.database.models import ConditionRow

    condition = with_condition(office)
    ConditionRow.objects.filter(condition=condition).delete()
    facts = {"what": condition, "registered": "-", "written": "open"}
    assert reasons(office.tenant) == [(ReasonCode.REGISTER_DIFFERS, facts)]


@pytest.fixture
def assessed(office: Office) -> Office:
    """The permit of notices is renewed, and waits for an assessment."""
    from sekisho.adapters.database.setup import issue_permit
    from sekisho.bootstrap.permits import StopCause, stop_permit

    first: Approved = office.dossier.approved[0]
    waiting = replace(first.specification, assessment="land-ledger")
    stop_permit(office.tenant, NUMBER, "glover", StopCause.OTHER, NOW)  # none is in force in whose place it would wait
    issue_permit(replace(first, permit="R8-56-01", specification=waiting), office.dossier.issuers, NOW)
    return office


FIRST, LAST = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
STANDING = AssessmentStanding(
    assessment="land-ledger", in_force_from=FIRST, in_force_until=LAST, opinion=AssessmentOpinion.SUITABLE
)


def at_the_entrance(office: Office) -> list[ReasonCode]:
    """Why a parcel is refused; nothing if it lands."""
    try:
        arrive(office)
    except Refused as refusal:
        return told(refusal)
    return []


def test_a_permit_waits_for_its_assessment_and_both_opinions_say_so(assessed: Office) -> None:
    from sekisho.bootstrap.permits import enter_standing

    assert at_the_entrance(assessed) == [ReasonCode.ASSESSMENT_NOT_IN_FORCE]
    enter_standing(assessed.tenant, replace(STANDING, in_force_from=LAST, in_force_until=None), "megane", NOW)
    assert at_the_entrance(assessed) == [ReasonCode.ASSESSMENT_NOT_IN_FORCE]
    enter_standing(assessed.tenant, STANDING, "megane", NOW)
    assert at_the_entrance(assessed) == []
    enter_standing(assessed.tenant, replace(STANDING, opinion=AssessmentOpinion.UNSUITABLE), "megane", NOW)
    assert at_the_entrance(assessed) == [ReasonCode.ASSESSMENT_NOT_IN_FORCE]
    enter_standing(assessed.tenant, replace(STANDING, in_force_until=NOW), "megane", NOW)
    assert at_the_entrance(assessed) == [ReasonCode.ASSESSMENT_NOT_IN_FORCE]


@pytest.mark.parametrize(
    "changes",
    [{"in_force_from": datetime(2019, 1, 1, tzinfo=UTC)}, {"in_force_until": None}, {"opinion": "not_needed"}],
    ids=lambda each: next(iter(each)),
)
def test_a_standing_edited_in_the_database_does_not_open_the_gate(assessed: Office, changes: dict[str, Any]) -> None:
    from sekisho.adapters.database.models import AssessmentStandingRow
    from sekisho.bootstrap.permits import enter_standing

    enter_standing(assessed.tenant, STANDING, "megane", NOW)
    AssessmentStandingRow.objects.update(**changes)
    assert at_the_entrance(assessed) == [ReasonCode.REGISTER_DIFFERS]


def test_a_standing_that_nobody_wrote_down_does_not_open_the_gate(assessed: Office) -> None:
    from sekisho.adapters.database.models import AssessmentStandingRow

    facts = {"in_force_from": FIRST, "in_force_until": LAST, "opinion": "suitable"}
    AssessmentStandingRow.objects.create(tenant_id=assessed.tenant, assessment="land-ledger", **facts)
    assert set(at_the_entrance(assessed)) == {ReasonCode.REGISTER_DIFFERS}
