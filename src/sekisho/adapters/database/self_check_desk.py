"""Answering a self-check: the department's drafter answers, its head submits, the secretariat verifies and closes.

No person does two of these in one round, whoever changed their roles meanwhile; each step is an entry in the
transaction of its row. Entries hold numbers, counts and digests; what somebody wrote stays in its row.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Final

from sekisho.adapters.database.council_deeds import Deed, note, person_of, roles_of, text_digest
from sekisho.adapters.database.models import SelfCheckAnswerRow, SelfCheckRow
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.self_check_facts import facts_to_data, gate_facts
from sekisho.adapters.database.self_check_papers import dossier_of_round, permits_alive, questions_of_round
from sekisho.adapters.database.self_check_standing import told_of
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, because, canonical_bytes
from sekisho.kernel.council import (
    SELF_CHECK_TABLE,
    Act,
    CheckAnswer,
    CheckResult,
    Duty,
    Role,
    advance_state,
    check_duties,
    make_check_answer,
    why_not_closed,
    why_not_submitted,
)

_ENTRIES: Final = {
    "answer": EntryKind.SELF_CHECK_ANSWERED,
    "submit": EntryKind.SELF_CHECK_SUBMITTED,
    "send_back": EntryKind.SELF_CHECK_SENT_BACK,
    "verify": EntryKind.SELF_CHECK_VERIFIED,
    "close": EntryKind.SELF_CHECK_CLOSED,
}
_OF_DEPARTMENT: Final = frozenset({Act.ANSWER_SELF_CHECK, Act.SUBMIT_SELF_CHECK})
_WAIT: Final = ("issued", "active")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDesk:
    """A self-check on the desk, locked, with whoever works on it."""

    deed: Deed
    row: SelfCheckRow
    roles: frozenset[Role]

    def allow(self, act: Act) -> None:
        """May this person do this in this round, after all they did in it before?

        Raises:
            Refused: Not with these roles, not for another department, or not after what they did before.

        """
        answered = (Duty(person=each, act=Act.ANSWER_SELF_CHECK) for each in self.row.answered_by)
        submitted = (Duty(person=each, act=Act.SUBMIT_SELF_CHECK) for each in self.row.submitted_by)
        check_duties(self.deed.person, self.roles, act, (*answered, *submitted))
        if act in _OF_DEPARTMENT and person_of(self.deed).department != self.row.department:
            raise Refused([because(ReasonCode.NOT_ALLOWED, action=f"act for {self.row.department}")])

    def advance(self, act: str, **facts: object) -> None:
        """Take a step of the table and write it down.

        Raises:
            Refused: Not in this state, or not with these roles.

        """
        before = self.row.state
        self.row.state = advance_state(SELF_CHECK_TABLE, self.row.number, before, act, self.roles)
        self.row.save()
        named = {"consultation": self.row.consultation, "before": before}
        note(self.deed, _ENTRIES[act], **named, **told_of(self.row), **facts)


@contextmanager
def _taken(deed: Deed, number: str) -> Iterator[CheckDesk]:
    """Take a self-check to work on; a refusal changes nothing.

    Raises:
        Refused: There is none of this number here.

    """
    with writing():
        row = SelfCheckRow.objects.select_for_update().filter(tenant_id=deed.tenant, number=number).first()
        if row is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=number)])
        yield CheckDesk(deed=deed, row=row, roles=roles_of(deed))


def answers_of(row: SelfCheckRow) -> dict[str, CheckAnswer]:
    """The answers that were given, by their questions."""
    names = CheckAnswer.__slots__
    rows = SelfCheckAnswerRow.objects.filter(self_check=row).order_by("id")
    return {each.key: _answer(each, names) for each in rows}


def _answer(row: SelfCheckAnswerRow, names: Sequence[str]) -> CheckAnswer:
    """An answer as its row says."""
    values = {name: getattr(row, name) for name in names}
    return CheckAnswer(**{**values, "result": CheckResult(row.result)})


def _told(row: SelfCheckRow) -> dict[str, object]:
    """What an entry says of the answers: how many of each result, and the digest of all of them."""
    answers = answers_of(row)
    plain = [
        {**asdict(each), "since": each.since.isoformat() if each.since else ""} for _, each in sorted(answers.items())
    ]
    counts = Counter(str(each.result) for each in answers.values())
    return {"results": dict(sorted(counts.items())), "answers": text_digest(canonical_bytes(plain).decode())}


def _keep(desk: CheckDesk, answers: Sequence[CheckAnswer]) -> None:
    """Write these answers over those that were given before, in one statement."""
    given = {each.key: asdict(make_check_answer(each)) for each in answers}
    SelfCheckAnswerRow.objects.bulk_create(
        [SelfCheckAnswerRow(self_check=desk.row, by=desk.deed.person, **values) for values in given.values()],
        update_conflicts=True,
        unique_fields=["self_check", "key"],
        update_fields=[*(name for name in CheckAnswer.__slots__ if name != "key"), "by"],
    )


def answer_self_check(deed: Deed, number: str, answers: Sequence[CheckAnswer]) -> None:
    """The department's drafter writes answers; those given before stay, and what is not finished may be finished later.

    Raises:
        Refused: Not by this department's drafter, not now, or there is no such question.

    """
    with _taken(deed, number) as desk:
        desk.allow(Act.ANSWER_SELF_CHECK)
        known = {each.key for each in questions_of_round(desk.row)}
        if unknown := [each.key for each in answers if each.key not in known]:
            raise Refused([because(ReasonCode.NOT_FOUND, what=key) for key in unknown])
        _keep(desk, answers)
        desk.row.answered_by = sorted({*desk.row.answered_by, deed.person})
        desk.advance("answer", **_told(desk.row))


def submit_self_check(deed: Deed, number: str) -> None:
    """The head of the department submits what somebody else answered; what the gate knows is kept with it.

    Raises:
        Refused: An answer is missing, or not by this department's head, or by whoever answered.

    """
    with _taken(deed, number) as desk:
        desk.allow(Act.SUBMIT_SELF_CHECK)
        dossier, answers = dossier_of_round(desk.row), answers_of(desk.row)
        if reasons := why_not_submitted(questions_of_round(desk.row), answers):
            raise Refused(reasons)
        facts = gate_facts(deed.tenant, dossier, desk.row.since, deed.at)
        desk.row.facts = facts_to_data(facts)
        desk.row.submitted_by = sorted({*desk.row.submitted_by, deed.person})
        desk.row.submitted_on, desk.row.remark = office_day(deed.at), ""
        counts = {"came": facts.came, "crossed": facts.crossed, "stopped": facts.stopped}
        digest = text_digest(canonical_bytes(desk.row.facts).decode())
        desk.advance("submit", **_told(desk.row), **counts, facts=digest)


def send_back_self_check(deed: Deed, number: str, reason: str) -> None:
    """The secretariat sends a self-check back with its reason.

    Raises:
        Refused: Not by the secretariat, no reason is given, or nothing was submitted.

    """
    with _taken(deed, number) as desk:
        desk.allow(Act.VERIFY_SELF_CHECK)
        if not reason.strip():
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place=number, what="reason")])
        desk.row.remark = reason
        desk.advance("send_back", reason=text_digest(reason))


def verify_self_check(deed: Deed, number: str) -> None:
    """The secretariat, who neither answered nor submitted it, verifies a self-check; the next one counts from today.

    Raises:
        Refused: Not by the secretariat, by somebody who answered or submitted, or nothing was submitted.

    """
    with _taken(deed, number) as desk:
        desk.allow(Act.VERIFY_SELF_CHECK)
        desk.row.verified_by, desk.row.verified_on = deed.person, office_day(deed.at)
        desk.advance("verify", **_told(desk.row))


def close_self_check(deed: Deed, number: str, followed: str) -> None:
    """The secretariat closes a verified self-check, and writes what came of that which is not as approved.

    Raises:
        Refused: That is not written, a permit of what is no longer needed is in force, or it was not verified.

    """
    with _taken(deed, number) as desk:
        desk.allow(Act.VERIFY_SELF_CHECK)
        waiting = (each.permit for each in permits_alive(deed.tenant, desk.row.consultation) if each.status in _WAIT)
        if reasons := why_not_closed(answers_of(desk.row).values(), followed, waiting):
            raise Refused(reasons)
        desk.row.followed = followed
        desk.advance("close", followed=text_digest(followed) if followed.strip() else "")
