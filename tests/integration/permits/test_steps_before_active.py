"""With a real database: every step of a permit before it is active is a state and an entry of its own."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from sekisho.adapters.dossiers import Approved
from sekisho.kernel import ReasonCode, Refused, SekishoError, find_permit
from tests.integration.conftest import NOW, Office
from tests.integration.permits.test_alarms_and_lives import DOWN, NUMBER, entries, told
from tests.integration.permits.test_ends import status_of

NEXT = "R8-56-01"
STEPS = ["permit_compiled", "permit_validated", "permit_issued", "permit_activated"]
FIRST_DAY = datetime.fromisoformat("2027-04-01T00:00:00+09:00")


def told_of(permit: str = NEXT) -> list[dict[str, Any]]:
    """Every entry about a permit, in order."""
    return [each for each in entries() if each.get("permit") == permit]


def kinds(permit: str = NEXT) -> list[str]:
    """The kinds of these entries."""
    return [each["kind"] for each in told_of(permit)]


def renewed(office: Office, **changes: Any) -> Approved:
    """The next permit of the connection by which notices come."""
    first: Approved = office.dossier.approved[0]
    return replace(first, permit=NEXT, specification=replace(first.specification, **changes))


def issue(office: Office, approved: Approved, at: datetime = NOW) -> str:
    """Issue a permit, or go on with it. Answers its state."""
    from sekisho.adapters.database.setup import issue_permit

    return str(issue_permit(approved, office.dossier.issuers, at).status)


def in_force(office: Office) -> str:
    """The permit that opens the gate today."""
    from sekisho.adapters.database.registers import Register

    return find_permit(office.tenant, DOWN, Register()).permit.permit


def test_each_step_has_its_entry_with_its_state_and_what_it_rests_on(office: Office) -> None:
    from sekisho.adapters.database.models import PermitRow

    compiled, validated, issued, activated = told_of(NUMBER)
    assert kinds(NUMBER) == STEPS
    assert [each["status"] for each in told_of(NUMBER)] == ["compiled", "validated", "issued", "active"]
    for digest in ("specification", "caveats", "policy"):
        assert len({each[digest] for each in (compiled, validated, issued)}) == 1
        assert len(compiled[digest]) == 64
    counts = {"suite": "2026-11", "policies": 28, "cases": 39, "asked": 200}
    assert validated["validated"].items() >= counts.items()
    assert [len(validated["validated"][each]) for each in ("schema", "guards")] == [64, 64]
    row = PermitRow.objects.get(permit=NUMBER)
    assert issued["document"] == hashlib.sha256(bytes(row.document)).hexdigest()
    assert issued["signers"] == [each["signer"] for each in row.signatures]
    assert activated["by"] == {"person": "clock"}


@pytest.mark.parametrize("kind", STEPS)
def test_a_step_whose_entry_cannot_be_written_is_not_taken_and_the_next_try_goes_on_from_there(
    office: Office, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    from sekisho.adapters.database import permit_issuing, permits
    from sekisho.adapters.database.ledgers import append_entry
    from sekisho.adapters.database.models import PermitRow

    def fail(tenant: str, entry: dict[str, Any]) -> None:
        if entry["kind"] == kind:
            raise SekishoError
        append_entry(tenant, entry)

    with monkeypatch.context() as broken:
        for module in (permits, permit_issuing):
            broken.setattr(module, "append_entry", fail)
        with pytest.raises(SekishoError):
            issue(office, renewed(office))
    before = STEPS[: STEPS.index(kind)]
    stands = PermitRow.objects.filter(permit=NEXT).values_list("status", flat=True).first()
    assert (stands, kinds()) == ([None, "compiled", "validated", "issued"][len(before)], before)
    assert (in_force(office), status_of(NUMBER)) == (NUMBER, "active"), "the earlier one is in force until then"
    assert issue(office, renewed(office), NOW + timedelta(hours=1)) == "active"
    assert issue(office, renewed(office), NOW + timedelta(hours=2)) == "active"
    assert kinds() == STEPS
    assert (in_force(office), status_of(NUMBER)) == (NEXT, "superseded")


def test_what_does_not_stand_its_validation_says_why_each_time_and_is_noted_once(office: Office) -> None:
    from sekisho.adapters.database.models import Person
    from sekisho.adapters.database.queries_authority import permit_row, permit_rows
    from sekisho.web.pages.council.permit_page import permit_page

    faulty = renewed(office, persons=("urakami", "newcomer"))
    for hour in range(2):
        with pytest.raises(Refused) as refusal:
            issue(office, faulty, NOW + timedelta(hours=hour))
        assert "newcomer" in refusal.value.reasons[0].ja
    assert (status_of(NEXT), kinds()) == ("compiled", ["permit_compiled", "permit_not_validated"])
    assert in_force(office) == NUMBER
    row = permit_row(office.tenant, NEXT)
    assert row is not None
    assert permit_page(row).chip.words.ja == "作成済み（検証前）"
    assert NEXT not in {each.permit.permit for each in permit_rows(office.tenant)}, "no list shows it as a permit"
    Person.objects.create(username="newcomer", tenant_id=office.tenant, password="!")
    assert issue(office, faulty, NOW + timedelta(hours=3)) == "active"
    assert kinds() == ["permit_compiled", "permit_not_validated", *STEPS[1:]]


def test_nobody_signs_what_only_its_row_calls_validated(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted bug: validation is skipped, by an edited row and by a program that does not ask."""
    from sekisho.adapters.database import setup
    from sekisho.adapters.database.models import PermitRow

    faulty = renewed(office, persons=("nobody",))
    with pytest.raises(Refused):
        issue(office, faulty)
    PermitRow.objects.filter(permit=NEXT).update(status="validated")
    with pytest.raises(Refused) as refusal:
        issue(office, faulty)
    assert set(told(refusal.value)) == {ReasonCode.REGISTER_DIFFERS}
    PermitRow.objects.filter(permit=NEXT).update(status="compiled")

    def skip(row: PermitRow, *_: object) -> PermitRow:
        row.status = "validated"
        row.save()
        return row

    monkeypatch.setattr(setup, "check_permit", skip)
    with pytest.raises(Refused) as refusal:
        issue(office, faulty)
    assert set(told(refusal.value)) == {ReasonCode.REGISTER_DIFFERS}
    assert "permit_issued" not in kinds()


def test_an_unsigned_permit_that_was_edited_is_made_anew_from_its_approval(office: Office) -> None:
    from sekisho.adapters.database.models import PermitRow, Person

    faulty = renewed(office, persons=("newcomer",))
    with pytest.raises(Refused):
        issue(office, faulty)
    row = PermitRow.objects.get(permit=NEXT)
    wider = bytes(row.document).replace(b"newcomer", b"anybody!")
    PermitRow.objects.filter(pk=row.pk).update(document=wider)
    Person.objects.create(username="newcomer", tenant_id=office.tenant, password="!")
    assert issue(office, faulty) == "active"
    assert b"anybody!" not in bytes(PermitRow.objects.get(permit=NEXT).document)
    assert kinds() == ["permit_compiled", "permit_not_validated", *STEPS]
    assert in_force(office) == NEXT


def test_before_its_first_day_a_permit_waits_and_the_earlier_one_is_in_force(office: Office) -> None:
    from sekisho.bootstrap.again import Guard
    from sekisho.bootstrap.permits import activate_permits
    from sekisho.worker.days import begin_permits

    assert issue(office, renewed(office, not_before=FIRST_DAY.isoformat())) == "issued"
    assert (kinds(), in_force(office)) == (STEPS[:3], NUMBER)
    assert activate_permits(office.tenant, FIRST_DAY - timedelta(microseconds=1)) == ()
    assert in_force(office) == NUMBER
    begin_permits(FIRST_DAY, Guard("days"))
    assert (status_of(NEXT), status_of(NUMBER), in_force(office)) == ("active", "superseded", NEXT)
    assert (kinds(), told_of()[-1]["at"]) == (STEPS, FIRST_DAY.isoformat())
    assert activate_permits(office.tenant, FIRST_DAY) == ()


def test_the_clock_leaves_a_permit_whose_first_day_was_edited(office: Office) -> None:
    from sekisho.adapters.database.models import PermitRow
    from sekisho.bootstrap.permits import activate_permits

    issue(office, renewed(office, not_before=FIRST_DAY.isoformat()))
    row = PermitRow.objects.get(permit=NEXT)
    PermitRow.objects.filter(pk=row.pk).update(specification={**row.specification, "not_before": NOW.isoformat()})
    assert activate_permits(office.tenant, NOW) == ()
    assert (status_of(NEXT), in_force(office)) == ("issued", NUMBER)


def test_one_stopped_before_its_first_day_waits_for_it_again(office: Office) -> None:
    from sekisho.bootstrap.permits import StopCause, activate_permits, start_permit, stop_permit

    two = ("glover", "nabekanmuri")
    issue(office, renewed(office, not_before=FIRST_DAY.isoformat()))
    stop_permit(office.tenant, NEXT, "glover", StopCause.OTHER, NOW)
    assert in_force(office) == NUMBER
    assert start_permit(office.tenant, NEXT, two, NOW) == "issued"
    stop_permit(office.tenant, NEXT, "glover", StopCause.OTHER, NOW)
    assert activate_permits(office.tenant, FIRST_DAY) == ()
    assert start_permit(office.tenant, NEXT, two, FIRST_DAY) == "active"
    assert (status_of(NUMBER), in_force(office)) == ("superseded", NEXT)


def test_a_later_permit_is_not_retired_by_the_first_day_of_an_earlier_one(office: Office) -> None:
    from sekisho.bootstrap.permits import activate_permits

    issue(office, renewed(office, not_before=FIRST_DAY.isoformat()))
    later = FIRST_DAY + timedelta(days=365)
    last = replace(renewed(office, not_before=later.isoformat()), permit="R9-56-01")
    assert issue(office, last) == "issued"
    assert activate_permits(office.tenant, FIRST_DAY) == (NEXT,)
    assert (status_of("R9-56-01"), in_force(office)) == ("issued", NEXT)
    assert activate_permits(office.tenant, later) == ("R9-56-01",)
    assert (status_of(NEXT), in_force(office)) == ("superseded", "R9-56-01")
