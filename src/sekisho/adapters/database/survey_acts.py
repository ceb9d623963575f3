"""What people do about a finding: the secretariat triages, a department answers, and somebody else checks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import Final

from sekisho.adapters.database.council_deeds import Deed, person_of, text_digest
from sekisho.adapters.database.council_dossiers import draft
from sekisho.adapters.database.models import Department, FindingRow, Meeting, Person
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.survey_findings import advance, find_finding, periods_of, triage_of
from sekisho.adapters.database.survey_papers import paper_of_finding
from sekisho.adapters.database.turns import writing
from sekisho.business.connection_survey import (
    FindingAnswer,
    Triage,
    check_end,
    make_answer,
    proof_that_it_stopped,
)
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.kernel.council import Role

SETTLED: Final = ("consult_filed", "stopped_with_proof", "confirmed")
_OWNERS: Final = (Role.DRAFTER, Role.HEAD)


@contextmanager
def _at_work(deed: Deed, finding: str) -> Iterator[FindingRow]:
    """A finding, locked; what is done to it is one transaction with its entry."""
    with writing():
        person_of(deed)
        yield find_finding(deed.tenant, finding)


def triage(deed: Deed, finding: str, kind: Triage) -> None:
    """The secretariat says what a finding is: no personal data, exempt, to be consulted, or to be stopped.

    Raises:
        Refused: Not in this state, or not by this person.

    """
    with _at_work(deed, finding) as row:
        row.triage, row.answer, row.answered_by = str(kind), {}, ""
        advance(deed, row, "triage", triage=str(kind))


def assign(deed: Deed, finding: str, owner: str, due: date) -> None:
    """The secretariat names who answers for a finding, and by which day.

    Raises:
        Refused: The owner is nobody of a department, the day is past, or not by this person.

    """
    with _at_work(deed, finding) as row:
        found = Person.objects.filter(tenant_id=deed.tenant, username=owner, is_active=True).first()
        if found is None or not found.department or not found.has_role(*_OWNERS):
            raise Refused([because(ReasonCode.NOT_FOUND, what=f"{owner} ({', '.join(_OWNERS)})")])
        if owner == deed.person:
            raise Refused([because(ReasonCode.DUTIES_NOT_SEPARATE, person=owner, one="owner", other="verifier")])
        if due < office_day(deed.at):
            raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="due", what=due.isoformat())])
        row.owner, row.due, row.department = owner, due, found.department
        advance(deed, row, "assign", owner=owner, due=due.isoformat(), department=found.department)


def answer(deed: Deed, finding: str, said: FindingAnswer) -> None:
    """The owner says what data it is and since when it is in use; an exemption by its article.

    Raises:
        Refused: Not the owner, something is missing, or not in this state.

    """
    with _at_work(deed, finding) as row:
        if deed.person != row.owner:
            raise Refused([because(ReasonCode.NOT_ALLOWED, action="answer")])
        kind = triage_of(row) or Triage.MUST_CONSULT
        row.answer, row.answered_by, row.remark = asdict(make_answer(finding, kind, said)), deed.person, ""
        advance(deed, row, "answer", answer=text_digest(repr(sorted(row.answer.items()))))


def send_back(deed: Deed, finding: str, reason: str) -> None:
    """The secretariat does not accept an answer.

    Raises:
        Refused: No reason is given, not in this state, or not by this person.

    """
    with _at_work(deed, finding) as row:
        if not reason.strip():
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place=finding, what="reason")])
        row.remark = reason
        advance(deed, row, "send_back", reason=text_digest(reason))


def _checker(deed: Deed, row: FindingRow) -> None:
    """Is whoever checks somebody else than the owner and whoever answered?

    Raises:
        Refused: They are not.

    """
    if deed.person in {row.owner, row.answered_by}:
        raise Refused([because(ReasonCode.DUTIES_NOT_SEPARATE, person=deed.person, one="owner", other="verifier")])
    row.checked_by = deed.person


def confirm(deed: Deed, finding: str) -> None:
    """The secretariat confirms that nothing is to be consulted: no personal data, or the law provides for it.

    Raises:
        Refused: It was taken for something else, by its own owner, or not in this state.

    """
    with _at_work(deed, finding) as row:
        check_end(finding, triage_of(row), "confirm")
        _checker(deed, row)
        advance(deed, row, "confirm", triage=row.triage)


def prove_stopped(deed: Deed, finding: str) -> str:
    """Verify that a connection has stopped: a later log without it, or a refusal at the way out. Answers the proof.

    Raises:
        Refused: Nothing proves it, it was to be consulted, by its own owner, or not in this state.

    """
    with _at_work(deed, finding) as row:
        check_end(finding, triage_of(row), "prove_stopped")
        _checker(deed, row)
        proof = proof_that_it_stopped(row.passed_at, row.turned_away_at, periods_of(deed.tenant))
        if proof is None:
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place=finding, what="proof")])
        row.proof, row.proved_at = proof.text, proof.until
        advance(deed, row, "prove_stopped", proof=proof.text)
    return proof.text


def close(deed: Deed, finding: str) -> None:
    """The secretariat closes a finding of which the council has heard.

    Raises:
        Refused: Not in this state, or not by this person.

    """
    with _at_work(deed, finding) as row:
        row.proved_at = row.proved_at or deed.at  # what goes through after this is seen again
        advance(deed, row, "close")


def file_consultation(deed: Deed, finding: str) -> str:
    """Draft the consultation that was owed, with the finding cited and since when it is in use. Answers its matter.

    Raises:
        Refused: It was taken for something else, of another department, or not by a drafter.

    """
    with _at_work(deed, finding) as row:
        check_end(finding, triage_of(row), "file_consultation")
        owner = Department.objects.filter(tenant_id=deed.tenant, department=row.department).first()
        if owner is None or person_of(deed).department != owner.department:
            raise Refused([because(ReasonCode.NOT_ALLOWED, action=f"act for {row.department}")])
        row.matter = draft(deed, paper_of_finding(row))
        advance(deed, row, "file_consultation", matter=row.matter)
    return row.matter


def report_findings(deed: Deed, meeting: Meeting) -> None:
    """The meeting that opens has heard of these: those that have come to an end are reported. In its transaction."""
    rows = FindingRow.objects.select_for_update().filter(tenant_id=deed.tenant, state__in=SETTLED)
    for row in rows.order_by("finding"):
        row.reported_in = meeting
        advance(deed, row, "report", clock=True, meeting=meeting.meeting)


def findings_to_report(tenant: str) -> tuple[FindingRow, ...]:
    """What the next meeting hears of: every finding that no meeting has heard of to its end, by its id."""
    heard = ("observed", "matched", "reported", "closed")
    return tuple(FindingRow.objects.filter(tenant_id=tenant).exclude(state__in=heard).order_by("finding"))
