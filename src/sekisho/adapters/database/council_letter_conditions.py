"""The conditions of a decision letter until it is sealed: the secretariat words them, the chair adopts them.

Until a motion is put to the vote the secretariat may enter what a member raised in the meeting; once the council has
decided, nothing is added that it did not vote on. A letter is sealed by its first signature: until then the words of a
condition may be mended, and with the chair's adoption the letter is written anew. What the council decided to demand is
never dropped by the chair alone.
"""

import hashlib
from dataclasses import replace

from sekisho.adapters.database.council_conditions import (
    UNDECIDED,
    adopted_conditions,
    advance_condition,
    condition_at_work,
)
from sekisho.adapters.database.council_deeds import Bench, Deed, Desk, bench
from sekisho.adapters.database.council_letters import latest_decision, letter_conditions, read_decision
from sekisho.adapters.database.council_papers import read_paper
from sekisho.adapters.database.council_proposals import (
    Proposed,
    check_proposed,
    keep_condition,
    told_of,
    word_condition,
)
from sekisho.adapters.database.council_questions import recused_from
from sekisho.adapters.database.council_sitting import acting_as_chair, chairing
from sekisho.adapters.database.models import ConditionRow, DecisionRow, Matter, PresenceRow
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import Act, write_letter

UNSIGNED = ("approved_with_conditions", "ratified", "opinion_given", "opinion_with_conditions", "opinion_objection")
"""Results whose letter may name conditions, from the decision to the second signature."""


def sealed_conditions(row: Matter) -> frozenset[str]:
    """The conditions that stand in a letter with a signature on it."""
    letters = DecisionRow.objects.filter(matter=row)
    return frozenset(name for each in letters if each.signatures for name in read_decision(each).conditions)


def _unsealed(work: Bench, condition: str = "") -> None:
    """Is this outside a vote, before the first signature, and the condition in no letter that was signed?

    Raises:
        Refused: A vote is open, the letter is sealed, or the matter is elsewhere.

    """
    work.no_open_vote()
    work.must_be(*UNDECIDED, *UNSIGNED)
    decided = work.row.state in UNSIGNED and bool(latest_decision(work.row).signatures)
    if decided or condition in sealed_conditions(work.row):
        raise Refused([because(ReasonCode.LETTER_SEALED, what=work.row.consultation)])


def check_raised(row: Matter, member: str) -> None:
    """Was this member called, in the room at some time, and not recused?

    Raises:
        Refused: They were not.

    """
    if row.meeting is None or member not in row.meeting.members:
        raise Refused([because(ReasonCode.NOT_FOUND, what=member or "raised_by")])
    if member in recused_from(row):
        raise Refused([because(ReasonCode.RECUSED, person=member, item=row.consultation)])
    if not PresenceRow.objects.filter(meeting=row.meeting, person=member, arrived=True).exists():
        raise Refused([because(ReasonCode.NOT_PRESENT, person=member)])


def enter_condition(deed: Deed, matter: str, raised_by: str, proposed: Proposed) -> str:
    """The secretariat enters a condition that a member raised; it waits for the chair, and then for the vote.

    Raises:
        Refused: Decided or sealed, a vote is open, the member did not sit, or owner and verifier could not do
            it or are one.

    """
    with bench(deed, matter) as work:
        work.allow(Act.PREPARE_LETTER)
        _unsealed(work)
        if work.row.state in UNSIGNED:
            raise Refused([because(ReasonCode.NOT_VOTED_ON, what=work.row.consultation)])
        check_raised(work.row, raised_by)
        return keep_condition(work, check_proposed(work, proposed), raised_by)


def _of_matter(work: Bench | Desk, condition: str) -> Bench:
    """The matter of a condition that stands in the procedure.

    Raises:
        Refused: It was entered from earlier papers: its letter was signed long ago.

    """
    if isinstance(work, Desk):
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=condition, state="in_force")])
    return work


def amend_condition(deed: Deed, condition: str, proposed: Proposed) -> None:
    """The secretariat words a condition anew; it waits for the chair again. Once decided on, only its words change.

    Raises:
        Refused: More than the words of what was voted on would change, a vote is open, the letter is sealed,
            owner and verifier could not do it or are one, or not by this person.

    """
    with condition_at_work(deed, condition) as (desk, row):
        work = _of_matter(desk, condition)
        work.allow(Act.PREPARE_LETTER)
        _unsealed(work, condition)
        _only_words(work.row, row, proposed)
        word_condition(row, check_proposed(work, proposed))
        advance_condition(deed, row, "amend", clock=False, roles=work.roles, **told_of(row))


def adopt_condition(deed: Deed, condition: str) -> None:
    """The chair adopts a proposed condition: a part of what will be voted on, or the new words of one that was.

    Raises:
        Refused: It was not voted on, a vote is open, not in this state, or not by this person.

    """
    with condition_at_work(deed, condition) as (desk, row):
        work = _of_matter(desk, condition)
        _unsealed(work, condition)
        if work.row.state in UNSIGNED and not _decided_on(work.row, row):
            raise Refused([because(ReasonCode.NOT_VOTED_ON, what=condition)])
        _as_chair(work)
        advance_condition(deed, row, "adopt", roles=work.roles)
        _rewrite_letter(work)


def drop_condition(deed: Deed, condition: str) -> None:
    """The chair does not adopt a proposed condition; one that the council decided on can only be worded anew.

    Raises:
        Refused: Not in this state, decided on by the council, or not by this person.

    """
    with condition_at_work(deed, condition) as (work, row):
        if isinstance(work, Bench):
            work.no_open_vote()
            _as_chair(work)
        if isinstance(work, Bench) and _decided_on(work.row, row):
            raise Refused([because(ReasonCode.NOT_ALLOWED, action=f"drop {condition} (decided on)")])
        advance_condition(deed, row, "drop", roles=work.roles)


def _as_chair(work: Bench) -> None:
    """Whoever presides decides on conditions, in the meeting and until the letter is signed.

    Raises:
        Refused: The chair is recused or away, or did not preside over the decision.

    """
    (chairing if work.row.state in UNDECIDED else acting_as_chair)(work)


def _only_words(row: Matter, condition: ConditionRow, proposed: Proposed) -> None:
    """Who owes what until when was voted on: after the decision only the words can be mended.

    Raises:
        Refused: Something else would change.

    """
    demanded = {each: getattr(proposed, each) for each in Proposed.__slots__ if each != "text"}
    if row.state in UNSIGNED and any(getattr(condition, each) != said for each, said in demanded.items()):
        raise Refused([because(ReasonCode.NOT_VOTED_ON, what=condition.condition)])


def _decided_on(row: Matter, condition: ConditionRow) -> bool:
    """Was it part of what the council voted on?"""
    return row.state in UNSIGNED and condition.condition in read_decision(latest_decision(row)).conditions


def _rewrite_letter(work: Bench) -> None:
    """The letter of a decision that nobody has signed, with the conditions as they are adopted now."""
    if work.row.state not in UNSIGNED:
        return
    found, adopted = latest_decision(work.row), adopted_conditions(work.row)
    # What is worded anew stays in the letter as it was until the chair has adopted it again.
    conditions = {each.condition: each for each in (*letter_conditions(found), *adopted)}
    decision = replace(read_decision(found), conditions=tuple(conditions))
    paper = read_paper(work.row, found.version)
    found.letter = write_letter(decision, paper.terms, conditions.values())
    before, found.digest = found.digest, hashlib.sha256(found.letter).hexdigest()
    found.save(update_fields=["letter", "digest"])
    work.note(EntryKind.LETTER_REWRITTEN, letter_before=before, letter=found.digest, conditions=list(conditions))
