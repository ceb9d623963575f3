"""Conditions: proposed by members, adopted by the chair, proved by their owner, checked by somebody else.

The gate asks here at every decision: while a condition stops a permit, nothing crosses under it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from sekisho.adapters.database.council_deeds import Bench, Deed, Desk, bench, note, roles_of, text_digest
from sekisho.adapters.database.council_proposals import condition_of
from sekisho.adapters.database.council_questions import recused_from
from sekisho.adapters.database.models import ConditionRow, Matter
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, Reason, ReasonCode, Refused, because
from sekisho.kernel.council import (
    ANSWERED_BY_LETTER,
    CONDITION_TABLE,
    NO_PAPER,
    Act,
    Condition,
    ConditionKind,
    ProofPaper,
    Role,
    advance_state,
    is_overdue,
    next_due,
    reasons_to_stop,
)

_ENTRIES = {
    "adopt": EntryKind.CONDITION_ADOPTED,
    "drop": EntryKind.CONDITION_DROPPED,
    "amend": EntryKind.CONDITION_AMENDED,
    "submit_proof": EntryKind.PROOF_SUBMITTED,
    "reject_proof": EntryKind.PROOF_REJECTED,
    "verify": EntryKind.PROOF_VERIFIED,
    "close": EntryKind.CONDITION_CLOSED,
    "recur": EntryKind.CONDITION_RECURRED,
    "pass_due_date": EntryKind.CONDITION_OVERDUE,
    "ask_waiver": EntryKind.CONDITION_WAIVER_ASKED,
    "waive": EntryKind.CONDITION_WAIVED,
}
SETTLED = ("proposed", "dropped", "verified", "closed", "waived")
CLOCK = "clock"
_KEEP_THE_WAIVER = frozenset({"ask_waiver", "waive", "pass_due_date"})
UNDECIDED: Final = ("in_session", "deliberating")


def advance_condition(
    deed: Deed,
    row: ConditionRow,
    act: str,
    *,
    clock: bool = False,
    roles: frozenset[Role] | None = None,
    **facts: object,
) -> None:
    """Take a step of the condition's table and write it down; what the clock does names no person.

    Raises:
        Refused: Not in this state, or not with the roles that the person acts with: those of today, if no others.

    """
    before = row.state
    row.state = advance_state(CONDITION_TABLE, row.condition, before, act, None if clock else roles or roles_of(deed))
    if act not in _KEEP_THE_WAIVER:
        row.waiver_by = row.waiver_reason = ""
    row.save()
    named = {"condition": row.condition, "consultation": row.consultation, "before": before, "after": row.state}
    note(replace(deed, person=CLOCK) if clock else deed, _ENTRIES[act], **named, **facts)


@contextmanager
def condition_at_work(deed: Deed, condition: str) -> Iterator[tuple[Bench | Desk, ConditionRow]]:
    """A condition on the bench with its matter, or on a desk if it has none."""
    row = ConditionRow.objects.select_related("matter").filter(tenant_id=deed.tenant, condition=condition).first()
    if row is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=condition)])
    if row.matter is None:
        with writing():
            desk = Desk(deed=deed, about=condition, roles=roles_of(deed))
            yield desk, ConditionRow.objects.select_for_update().get(pk=row.pk)
        return
    with bench(deed, row.matter.matter) as work:
        yield work, ConditionRow.objects.get(pk=row.pk)


def submit_proof(deed: Deed, condition: str, proof: str, paper: ProofPaper = NO_PAPER) -> None:
    """The owner hands in what proves that a condition is met; unless a paper says, it is of the kind asked for.

    Raises:
        Refused: Not the owner, nothing is written, or not in this state.

    """
    with condition_at_work(deed, condition) as (work, row):
        work.allow(Act.SUBMIT_PROOF)
        if deed.person != row.owner:
            raise Refused([because(ReasonCode.NOT_ALLOWED, action=str(Act.SUBMIT_PROOF))])
        if not proof.strip():
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place=condition, what=row.proof)])
        row.proof_text, row.proof_digest, row.proof_by = proof, text_digest(proof), deed.person
        row.proof_kind, row.proof_paper = str(paper.kind or row.proof), paper.digest
        row.remark = ""
        advance_condition(deed, row, "submit_proof", **_proof_of(row))


def _proof_of(row: ConditionRow) -> dict[str, Any]:
    """What entries say of a proof: the digest of its words, its kind, and the digest of its paper or file."""
    return {"proof": row.proof_digest, "proof_kind": row.proof_kind, "paper": row.proof_paper}


def _verifying(work: Bench | Desk, row: ConditionRow) -> None:
    """Is this the named verifier, and not whoever handed the proof in?

    Raises:
        Refused: They are not.

    """
    work.allow(Act.VERIFY_PROOF)
    person = work.deed.person
    if person in {row.owner, row.proof_by}:
        raise Refused([because(ReasonCode.DUTIES_NOT_SEPARATE, person=person, one="owner", other="verifier")])
    if person != row.verifier:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action=str(Act.VERIFY_PROOF))])


def verify_proof(deed: Deed, condition: str) -> None:
    """The verifier accepts the proof; a recurring condition begins its next round at once.

    Raises:
        Refused: Not the verifier, a vote is open, or not in this state.

    """
    with condition_at_work(deed, condition) as (work, row):
        _verifying(work, row)
        if isinstance(work, Bench):
            work.no_open_vote()  # what is voted on stays as it is
        advance_condition(deed, row, "verify", **_proof_of(row))
        if row.kind == ConditionKind.RECURRING:
            row.due = next_due(condition_of(row), office_day(deed.at))
            advance_condition(deed, row, "recur", clock=True, due=row.due.isoformat())


def reject_proof(deed: Deed, condition: str, reason: str) -> None:
    """The verifier does not accept the proof.

    Raises:
        Refused: Not the verifier, no reason is given, or not in this state.

    """
    with condition_at_work(deed, condition) as (work, row):
        _verifying(work, row)
        if not reason.strip():
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place=condition, what="reason")])
        row.remark = reason
        advance_condition(deed, row, "reject_proof", reason=text_digest(reason))


def close_condition(deed: Deed, condition: str) -> None:
    """The secretariat closes a condition that was verified.

    Raises:
        Refused: Not in this state, or not by this person.

    """
    with condition_at_work(deed, condition) as (_, row):
        advance_condition(deed, row, "close")


def ask_waiver(deed: Deed, condition: str, reason: str) -> None:
    """The chair asks that a condition be waived, and says why; it holds until a second person agrees.

    Raises:
        Refused: No reason is given, the council has not decided yet, recused, not in this state, or not by this person.

    """
    with condition_at_work(deed, condition) as (work, row):
        if not reason.strip():
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place=condition, what="reason")])
        _may_waive(work)
        row.waiver_by, row.waiver_reason = deed.person, reason
        presided = isinstance(work, Bench) and deed.person == work.row.acting_chair
        roles = work.roles | {Role.CHAIR} if presided else work.roles
        advance_condition(deed, row, "ask_waiver", roles=roles, reason=text_digest(reason))


def waive_condition(deed: Deed, condition: str) -> None:
    """The secretariat agrees to what the chair asked for, as the second person; the condition is waived.

    Raises:
        Refused: Nobody asked, one person would do both or owes the condition, or not in this state or by this person.

    """
    with condition_at_work(deed, condition) as (work, row):
        _may_waive(work)
        if not row.waiver_by:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=condition, state="no_waiver_asked")])
        if deed.person in {row.waiver_by, row.owner}:
            both = because(ReasonCode.DUTIES_NOT_SEPARATE, person=deed.person, one="ask_waiver", other="waive")
            raise Refused([both])
        advance_condition(deed, row, "waive", asked_by=row.waiver_by, reason=text_digest(row.waiver_reason))


def _may_waive(work: Bench | Desk) -> None:
    """Only what stands in a signed letter is waived, and never by somebody who is recused; before, the chair drops it.

    Raises:
        Refused: The matter is not decided, its letter is not signed by both, or recused.

    """
    if isinstance(work, Desk):
        return
    if work.row.state in {*UNDECIDED, *ANSWERED_BY_LETTER}:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=work.row.matter, state=work.row.state)])
    if work.deed.person in recused_from(work.row):
        raise Refused([because(ReasonCode.RECUSED, person=work.deed.person, item=work.row.consultation)])


def pass_due_dates(tenant: str, at: datetime) -> tuple[str, ...]:
    """What the clock does every day: open conditions past their date become overdue. Answers which.

    The gate does not wait for this: it compares the date itself at every decision.
    """
    clock, today, passed = Deed(tenant=tenant, person=CLOCK, at=at), office_day(at), []
    with writing():
        for row in ConditionRow.objects.filter(tenant_id=tenant, state="open", due__lt=today).order_by("condition"):
            if is_overdue(condition_of(row), today):
                advance_condition(clock, row, "pass_due_date", clock=True, due=row.due.isoformat())
                passed.append(row.condition)
    return tuple(passed)


def undecided_conditions(row: Matter) -> tuple[str, ...]:
    """The conditions that were proposed, or worded anew, and that the chair has neither adopted nor dropped."""
    rows = ConditionRow.objects.filter(matter=row, state=CONDITION_TABLE.first).order_by("id")
    return tuple(rows.values_list("condition", flat=True))


def adopted_conditions(row: Matter) -> tuple[Condition, ...]:
    """The conditions that the chair adopted in this matter and that still stand."""
    rows = ConditionRow.objects.filter(matter=row).exclude(state__in=SETTLED).order_by("id")
    return tuple(condition_of(each) for each in rows)


def conditions_on_permit(tenant: str, consultation: str, connection: str) -> tuple[Condition, ...]:
    """The conditions that a permit hangs on: those of its arrow, and those of the whole consultation."""
    rows = ConditionRow.objects.filter(tenant_id=tenant, consultation=consultation, connection__in=("", connection))
    return tuple(condition_of(each) for each in rows.order_by("condition"))


def why_stopped(tenant: str, consultation: str, connection: str, today: date) -> tuple[Reason, ...]:
    """One reason for each condition that keeps this permit from opening the gate today."""
    return reasons_to_stop(conditions_on_permit(tenant, consultation, connection), today)


def why_stopped_by(rows: Iterable[ConditionRow], connection: str, today: date) -> tuple[Reason, ...]:
    """The same from the rows of a consultation's conditions."""
    hanging = (each for each in rows if each.connection in {"", connection})
    return reasons_to_stop([condition_of(each) for each in sorted(hanging, key=lambda row: row.condition)], today)
