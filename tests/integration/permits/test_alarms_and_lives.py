"""With a real database: planted disagreement is an alarm in the ledger and on the page of the day; stops and starts."""

import json
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from sekisho.adapters.dossiers import Approved
from sekisho.kernel import (
    GuardObjection,
    Landed,
    Passage,
    PermitOnFile,
    ReasonCode,
    Refused,
    SecondAnswer,
    SekishoError,
    Specification,
    Stopped,
    examine,
    find_permit,
)
from tests.fakes.arrivals import arrival_at, land
from tests.integration.conftest import NOW, Office
from tests.unit.decisions.granted import passage_of

DOWN, NUMBER = "registry-notices-down", "R1-56-01"
OBJECTS = SecondAnswer(against=(GuardObjection(guard="G05-person", ja="否", en="no"),))


class Planted:
    """A second opinion that says what it was told to."""

    def __init__(self, answer: SecondAnswer) -> None:
        self.answer = answer

    def ask(self, on_file: PermitOnFile, passage: Passage) -> SecondAnswer:
        """The planted answer."""
        return self.answer


def arrive(office: Office, body: bytes = b"1,2,3\n", second: Planted | None = None) -> Landed:
    """A parcel at the entrance, by the approved way."""
    from sekisho.adapters.database.home import find_home

    return land(find_home(), arrival_at(NOW, body), body, second)


def look_into(landed: Landed, second: Planted | None = None) -> Stopped:
    """Examine a parcel that is certainly stopped."""
    from sekisho.bootstrap import open_examination

    hall = open_examination()
    outcome = examine(landed, replace(hall, second=second) if second else hall, NOW)
    assert isinstance(outcome, Stopped)
    return outcome


def entries(**wanted: str) -> list[dict[str, Any]]:
    """Entries of the ledger, in order."""
    from sekisho.adapters.database.models import EntryRow

    rows = EntryRow.objects.filter(**wanted).order_by("id").values_list("body", flat=True)
    return [json.loads(bytes(each)) for each in rows]


def told(refusal: Refused) -> list[ReasonCode]:
    """The codes of a refusal."""
    return [reason.code for reason in refusal.reasons]


@pytest.mark.parametrize(
    ("answer", "code"),
    [(OBJECTS, ReasonCode.OPINIONS_DIFFER), (SecondAnswer(fault="error"), ReasonCode.DECISION_FAILED)],
)
def test_a_planted_disagreement_at_the_entrance_is_refused_and_an_alarm(
    office: Office, answer: SecondAnswer, code: ReasonCode
) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.adapters.database.queries_gate import crossings_of_day

    with pytest.raises(Refused) as refusal:
        arrive(office, second=Planted(answer))
    assert told(refusal.value) == [code]
    row = Parcel.objects.get()
    refused, alarm = entries(parcel=row.parcel)
    assert (refused["kind"], alarm["kind"], row.state) == ("refused", "alarm_raised", "turned_away")
    assert (alarm["hall"], alarm["permit"], alarm["alarm"]["code"]) == ("entrance", NUMBER, code)
    (shown,) = crossings_of_day(office.tenant, row.received_on)
    assert shown.alarmed


def test_a_planted_disagreement_on_the_content_is_refused_and_an_alarm(office: Office) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.adapters.database.queries_gate import crossings_of_day

    stopped = look_into(arrive(office), Planted(SecondAnswer()))
    assert stopped.reasons[-1].code == ReasonCode.OPINIONS_DIFFER
    assert not stopped.held
    kinds = [each["kind"] for each in entries(parcel=stopped.waybill.parcel)]
    assert kinds == ["received", "refused", "alarm_raised"]
    assert crossings_of_day(office.tenant, Parcel.objects.get().received_on)[0].alarmed


def test_what_both_refuse_is_no_alarm(office: Office) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.adapters.database.queries_gate import crossings_of_day

    stopped = look_into(arrive(office))
    assert ReasonCode.OPINIONS_DIFFER not in [reason.code for reason in stopped.reasons]
    assert entries(kind="alarm_raised") == []
    assert not crossings_of_day(office.tenant, Parcel.objects.get().received_on)[0].alarmed


def test_one_person_stops_and_the_next_decision_knows_it(office: Office) -> None:
    from sekisho.adapters.database.permits import StopCause, stop_permit

    landed = arrive(office)
    assert stop_permit(office.tenant, NUMBER, "kazagashira", StopCause.INCIDENT, NOW) == "suspended"
    assert [reason.code for reason in look_into(landed).reasons] == [ReasonCode.PERMIT_NOT_ACTIVE]
    with pytest.raises(Refused) as refusal:
        arrive(office)
    assert told(refusal.value) == [ReasonCode.PERMIT_NOT_ACTIVE]
    (entry,) = entries(kind="permit_suspended")
    assert (entry["by"], entry["cause"], entry["status"]) == ({"person": "kazagashira"}, "incident", "suspended")


def test_two_different_persons_start_again(office: Office) -> None:
    from sekisho.adapters.database.registers import Register
    from sekisho.bootstrap.permits import StopCause, start_permit, stop_permit

    stop_permit(office.tenant, NUMBER, "glover", StopCause.OTHER, NOW)
    for persons, code in (
        (("glover",), ReasonCode.NOT_ALLOWED),
        ((), ReasonCode.NOT_ALLOWED),
        (("glover", "glover"), ReasonCode.DUTIES_NOT_SEPARATE),
        (("glover", "kazagashira"), ReasonCode.NOT_ALLOWED),
        (("glover", "nobody"), ReasonCode.NOT_IDENTIFIED),
    ):
        with pytest.raises(Refused) as refusal:
            start_permit(office.tenant, NUMBER, persons, NOW)
        assert told(refusal.value) == [code]
    assert entries(kind="permit_resumed") == []
    assert start_permit(office.tenant, NUMBER, ("glover", "nabekanmuri"), NOW) == "active"
    assert find_permit(office.tenant, DOWN, Register()).permit.permit == NUMBER
    (entry,) = entries(kind="permit_resumed")
    assert entry["by"] == {"persons": ["glover", "nabekanmuri"]}
    with pytest.raises(Refused) as refusal:
        start_permit(office.tenant, NUMBER, ("glover", "nabekanmuri"), NOW)
    assert told(refusal.value) == [ReasonCode.NOT_IN_THIS_STATE]


def test_who_may_not_stop_does_not(office: Office) -> None:
    from sekisho.adapters.database.permits import StopCause, stop_permit

    for person, code in (("urakami", ReasonCode.NOT_ALLOWED), ("nobody", ReasonCode.NOT_IDENTIFIED)):
        with pytest.raises(Refused) as refusal:
            stop_permit(office.tenant, NUMBER, person, StopCause.OTHER, NOW)
        assert told(refusal.value) == [code]
    with pytest.raises(SekishoError):
        stop_permit(office.tenant, "R9-99", "glover", StopCause.OTHER, NOW)
    stop_permit(office.tenant, NUMBER, "glover", StopCause.OTHER, NOW)
    with pytest.raises(Refused) as refusal:
        stop_permit(office.tenant, NUMBER, "glover", StopCause.OTHER, NOW)
    assert told(refusal.value) == [ReasonCode.NOT_IN_THIS_STATE]


def test_if_the_entry_cannot_be_written_the_permit_stays_as_it_was(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.database import permits
    from sekisho.adapters.database.models import PermitRow

    def fail(*_: object) -> None:
        raise SekishoError

    monkeypatch.setattr(permits, "append_entry", fail)
    with pytest.raises(SekishoError):
        permits.stop_permit(office.tenant, NUMBER, "glover", permits.StopCause.OTHER, NOW)
    assert PermitRow.objects.get(permit=NUMBER).status == "active"


def edit(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return [*value, "x"] if isinstance(value, list | tuple) else f"{value}x"


@pytest.mark.parametrize("name", [each.name for each in fields(Specification)])
def test_one_edited_field_in_the_database_kills_the_permit(office: Office, name: str) -> None:
    from sekisho.adapters.database.models import PermitRow
    from sekisho.adapters.database.registers import Register
    from sekisho.adapters.decisions import CedarOpinion

    row = PermitRow.objects.get(permit=NUMBER)
    edited = edit(row.specification.get(name, getattr(office.dossier.approved[0].specification, name)))
    PermitRow.objects.filter(pk=row.pk).update(specification={**row.specification, name: edited})
    with pytest.raises(Refused) as refusal:
        find_permit(office.tenant, DOWN, Register())
    elsewhere = [ReasonCode.REGISTER_DIFFERS] if name == "consultation" else []
    assert told(refusal.value) == [ReasonCode.PERMIT_ALTERED, *elsewhere]
    on_file = Register().permit_on_file(office.tenant, DOWN)
    assert on_file is not None
    passage = passage_of(office.dossier.approved[0].specification, at=NOW)
    assert not CedarOpinion().ask(on_file, passage).allows


def test_an_edited_policy_text_is_not_signed_and_kills_the_permit(office: Office) -> None:
    from sekisho.adapters.database.models import PermitRow
    from sekisho.adapters.database.registers import Register

    row = PermitRow.objects.get(permit=NUMBER)
    document = bytes(row.document)
    assert b"unless { resource.specification ==" in document
    looser = document.replace(b"unless { resource.specification ==", b"unless { resource.specification !=")
    PermitRow.objects.filter(pk=row.pk).update(document=looser)
    with pytest.raises(Refused) as refusal:
        find_permit(office.tenant, DOWN, Register())
    assert told(refusal.value) == [ReasonCode.PERMIT_NOT_SIGNED]


def test_a_permit_that_does_not_stand_its_check_is_not_issued_and_the_one_in_force_stays(office: Office) -> None:
    from sekisho.adapters.database.models import PermitRow
    from sekisho.adapters.database.setup import issue_permit

    approved: Approved = office.dossier.approved[0]
    faulty = replace(approved, permit="R8-56-09", specification=replace(approved.specification, persons=("nobody",)))
    with pytest.raises(Refused) as refusal:
        issue_permit(faulty, office.dossier.issuers, NOW + timedelta(days=1))
    assert told(refusal.value) == [ReasonCode.POLICY_NOT_VALID]
    assert "nobody" in refusal.value.reasons[0].ja
    assert PermitRow.objects.get(permit="R8-56-09").status == "compiled"
    assert find_permit(office.tenant, DOWN, _register()).permit.permit == NUMBER


def _register() -> Any:
    """The register."""
    from sekisho.adapters.database.registers import Register

    return Register()


def test_what_was_issued_is_in_the_ledger_with_its_policy_and_its_check(office: Office) -> None:
    (issued,) = [each for each in entries(kind="permit_issued") if each["permit"] == NUMBER]
    (checked,) = [each for each in entries(kind="permit_validated") if each["permit"] == NUMBER]
    assert len(issued["policy"]) == 64
    assert checked["policy"] == issued["policy"]
    assert checked["validated"].items() >= {"policies": 28, "cases": 39, "asked": 200}.items()
