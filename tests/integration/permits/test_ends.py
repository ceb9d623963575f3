"""With a real database: how a permit ends, who may end it, what the ledger says; nothing crosses afterwards."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from sekisho.kernel import ReasonCode, Refused, SekishoError, find_permit
from tests.integration.conftest import NOW, Office
from tests.integration.permits.test_alarms_and_lives import DOWN, NUMBER, arrive, entries, told

END = datetime.fromisoformat("2035-04-01T00:00:00+09:00")


@pytest.fixture
def chair(office: Office) -> str:
    """Somebody who chairs the council of this office."""
    from sekisho.adapters.database.models import Person

    given = {"tenant_id": office.tenant, "department": "council", "roles": ["chair"], "password": "!"}
    Person.objects.update_or_create(username="oura", defaults=given)
    return "oura"


def status_of(permit: str = NUMBER) -> str:
    """Where a permit stands by its row."""
    from sekisho.adapters.database.models import PermitRow

    return str(PermitRow.objects.get(permit=permit).status)


def refused(office: Office) -> list[ReasonCode]:
    """Why nothing crosses."""
    with pytest.raises(Refused) as refusal:
        arrive(office)
    return told(refusal.value)


def test_only_the_chair_revokes_and_a_revoked_permit_never_opens_again(office: Office, chair: str) -> None:
    from sekisho.bootstrap.permits import StopCause, revoke_permit, start_permit, stop_permit

    for person, code in (
        ("kazagashira", ReasonCode.NOT_ALLOWED),
        ("glover", ReasonCode.NOT_ALLOWED),
        ("nobody", ReasonCode.NOT_IDENTIFIED),
    ):
        with pytest.raises(Refused) as refusal:
            revoke_permit(office.tenant, NUMBER, person, StopCause.INCIDENT, NOW)
        assert told(refusal.value) == [code]
    arrive(office)
    assert revoke_permit(office.tenant, NUMBER, chair, StopCause.INCIDENT, NOW) == "revoked"
    assert refused(office) == [ReasonCode.PERMIT_NOT_ACTIVE]
    (entry,) = entries(kind="permit_revoked")
    expected = {"by": {"person": chair}, "cause": "incident", "crossed": 0, "status": "revoked", "permit": NUMBER}
    assert entry.items() >= expected.items()
    acts: tuple[Any, ...] = (
        lambda: revoke_permit(office.tenant, NUMBER, chair, StopCause.OTHER, NOW),
        lambda: stop_permit(office.tenant, NUMBER, "glover", StopCause.OTHER, NOW),
        lambda: start_permit(office.tenant, NUMBER, ("glover", "nabekanmuri"), NOW),
    )
    for act in acts:
        with pytest.raises(Refused) as refusal:
            act()
        assert told(refusal.value) == [ReasonCode.NOT_IN_THIS_STATE]
    with pytest.raises(SekishoError):
        revoke_permit(office.tenant, "R9-99", chair, StopCause.OTHER, NOW)


def test_the_clock_expires_a_permit_at_its_end_once_and_not_a_moment_before(office: Office) -> None:
    from sekisho.bootstrap.permits import expire_permits

    assert expire_permits(office.tenant, END - timedelta(microseconds=1)) == ()
    assert status_of() == "active"
    assert set(expire_permits(office.tenant, END)) == {NUMBER, "R8-56-02"}
    assert status_of() == "expired"
    assert expire_permits(office.tenant, END) == ()
    told_of = entries(kind="permit_expired")
    assert [each["by"] for each in told_of] == [{"person": "clock"}] * 2
    assert refused(office) == [ReasonCode.PERMIT_NOT_ACTIVE]


def test_the_worker_s_day_expires_permits(office: Office) -> None:
    from sekisho.worker.days import begin_day

    begin_day(END, None)
    assert status_of() == "expired"


def test_a_permit_whose_row_was_edited_is_left_to_the_gate_and_the_others_expire(office: Office) -> None:
    from sekisho.adapters.database.models import PermitRow
    from sekisho.bootstrap.permits import expire_permits

    PermitRow.objects.filter(permit=NUMBER).update(specification={"tenant": 1})
    assert expire_permits(office.tenant, END) == ("R8-56-02",)
    assert status_of() == "active"


def test_a_newer_permit_supersedes_what_stands_and_leaves_what_was_revoked(office: Office, chair: str) -> None:
    from dataclasses import replace

    from sekisho.adapters.database.registers import Register
    from sekisho.adapters.database.setup import issue_permit
    from sekisho.bootstrap.permits import StopCause, revoke_permit

    assert status_of("R1-56-02") == "superseded"
    (first,) = [each for each in entries(kind="permit_superseded") if each["permit"] == "R1-56-02"]
    assert (first["by"], first["status"]) == ({"permit": "R8-56-02"}, "superseded")
    revoke_permit(office.tenant, NUMBER, chair, StopCause.OTHER, NOW)
    renewed = replace(office.dossier.approved[0], permit="R8-56-01")
    issue_permit(renewed, office.dossier.issuers, NOW + timedelta(days=1))
    assert (status_of(), status_of("R8-56-01")) == ("revoked", "active")
    assert find_permit(office.tenant, DOWN, Register()).permit.permit == "R8-56-01"


def test_on_the_screen_two_persons_agree_one_after_the_other(office: Office) -> None:
    from sekisho.bootstrap.permits import StopCause, agree_to_start, stop_permit

    with pytest.raises(Refused) as refusal:
        agree_to_start(office.tenant, NUMBER, "glover", NOW)
    assert told(refusal.value) == [ReasonCode.NOT_IN_THIS_STATE]
    stop_permit(office.tenant, NUMBER, "glover", StopCause.OTHER, NOW)
    assert agree_to_start(office.tenant, NUMBER, "glover", NOW) == "suspended"
    for person, code in (("glover", ReasonCode.DUTIES_NOT_SEPARATE), ("kazagashira", ReasonCode.NOT_ALLOWED)):
        with pytest.raises(Refused) as refusal:
            agree_to_start(office.tenant, NUMBER, person, NOW)
        assert told(refusal.value) == [code]
    assert refused(office) == [ReasonCode.PERMIT_NOT_ACTIVE]
    assert agree_to_start(office.tenant, NUMBER, "nabekanmuri", NOW) == "active"
    arrive(office)
    assert [each["by"] for each in entries(kind="permit_start_agreed")] == [{"person": "glover"}]
    stop_permit(office.tenant, NUMBER, "glover", StopCause.OTHER, NOW)
    assert agree_to_start(office.tenant, NUMBER, "nabekanmuri", NOW) == "suspended", "what was agreed before is over"
    late = NOW + timedelta(hours=24, seconds=1)
    assert agree_to_start(office.tenant, NUMBER, "glover", late) == "suspended", "after a day the first word is void"
    assert agree_to_start(office.tenant, NUMBER, "nabekanmuri", late + timedelta(hours=24)) == "active"


def test_if_the_entry_cannot_be_written_nothing_has_ended(
    office: Office, chair: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.database import permits
    from sekisho.bootstrap.permits import StopCause, expire_permits, revoke_permit

    def fail(*_: object) -> None:
        raise SekishoError

    monkeypatch.setattr(permits, "append_entry", fail)
    with pytest.raises(SekishoError):
        revoke_permit(office.tenant, NUMBER, chair, StopCause.OTHER, NOW)
    with pytest.raises(SekishoError):
        expire_permits(office.tenant, END)
    assert status_of() == "active"
