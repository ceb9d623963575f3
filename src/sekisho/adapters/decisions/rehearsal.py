"""Rehearsing a permit: crossings that are as approved but for chosen faults, put to both opinions, which must be one.

Each kind of fault stands for one guard and the reasons of one kind of caveat. What is asked comes from seeded chance,
often exactly at a limit or one step beyond it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from sekisho.adapters.decisions.faults import ALTERED, FAULTS, Fault
from sekisho.adapters.decisions.questions import Question, as_approved, standing_for
from sekisho.kernel import (
    PermitOnFile,
    PermitStatus,
    Reason,
    ReasonCode,
    SecondAnswer,
    SecondOpinion,
    objections,
    permit_faults,
)

_GUARD_OF: Final[Mapping[ReasonCode, str]] = {code: fault.guard for fault in FAULTS for code in fault.codes}
HOW_MANY: Final = (0, 0, 0, 1, 1, 1, 1, 1, 2, 4)
"""How many faults a crossing has: none in three of ten, a single one in half of them."""


def first_opinion(question: Question) -> tuple[Reason, ...]:
    """What the caveats and the state of the permit say."""
    on_file, passage = question.on_file, question.passage
    passage = replace(passage, assessment=on_file.assessment)
    found = objections(on_file.permit.caveats, passage, at_entrance=passage.found is None)
    return (*permit_faults(on_file), *found)


def guards_for(reasons: Iterable[Reason]) -> frozenset[str]:
    """The guards that have to object where the caveats say so."""
    return frozenset(_GUARD_OF.get(reason.code, str(reason.code)) for reason in reasons)


def guards_in(answer: SecondAnswer) -> frozenset[str]:
    """The guards that do object; the one that holds a permit to its approval has the permit's own number."""
    return frozenset(ALTERED if each.guard.startswith("S-") else each.guard for each in answer.against)


def is_one(question: Question, first: tuple[Reason, ...], second: SecondAnswer) -> bool:
    """Do both say the same, and for the same reasons? On an altered row they may see other limits, and both refuse."""
    ours, theirs = guards_for(first), guards_in(second)
    if second.fault or bool(ours) != bool(theirs):
        return False
    return ours == theirs or (ALTERED in ours and ALTERED in theirs and question.altered)


def possible_faults(on_file: PermitOnFile) -> tuple[Fault, ...]:
    """The faults that can stop a crossing under this permit: where items are stripped, none is too many."""
    never = {ReasonCode.ITEM_NOT_APPROVED} if on_file.specification.strip_unapproved else set[ReasonCode]()
    if not on_file.specification.assessment:
        never |= {ReasonCode.ASSESSMENT_NOT_IN_FORCE, ReasonCode.ASSESSMENT_DOES_NOT_COVER}
    if not on_file.specification.factors:
        never.add(ReasonCode.FACTOR_MISSING)
    if not on_file.specification.inspections:
        never.add(ReasonCode.PROFILE_TOO_WEAK)
    if not on_file.specification.rebuild:
        never.add(ReasonCode.NOT_REBUILT)
    return tuple(each for each in FAULTS if never.isdisjoint(each.codes))


def _active(on_file: PermitOnFile) -> PermitOnFile:
    """The permit as it will be when it is in force."""
    permit = replace(on_file.permit, status=PermitStatus.ACTIVE)
    standing = standing_for(on_file.specification)
    return replace(on_file, permit=permit, signatures_hold=True, stopped_by=(), assessment=standing)


def make_cases(on_file: PermitOnFile, seed: int) -> Iterator[tuple[Question, frozenset[str]]]:
    """The case table of a permit: as approved in both halls, then every fault alone; and who has to object."""
    chance, active = Random(seed), _active(on_file)  # noqa: S311 - the same cases each time, nothing secret
    for inspected in (False, True):
        yield as_approved(chance, active, inspected=inspected), frozenset()
    for fault in possible_faults(on_file):
        for inspected in (False, True):
            if inspected or not fault.on_content:
                yield fault.spoil(chance, as_approved(chance, active, inspected=inspected)), frozenset({fault.guard})


def make_questions(on_file: PermitOnFile, seed: int, count: int) -> Iterator[Question]:
    """So many crossings with none, one or more faults."""
    chance, active = Random(seed), _active(on_file)  # noqa: S311 - the same questions each time, nothing secret
    faults = possible_faults(on_file)
    at_entrance = tuple(each for each in faults if not each.on_content)
    for _ in range(count):
        inspected = chance.random() < 0.7  # noqa: PLR2004 - most guards look at the content
        question = as_approved(chance, active, inspected=inspected)
        for fault in chance.sample(faults if inspected else at_entrance, chance.choice(HOW_MANY)):
            question = fault.spoil(chance, question)
        yield question


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What came of a rehearsal: how many were asked, how many allowed, whom each guard alone stopped, who differed."""

    asked: int
    allowed: int
    alone: Mapping[str, int]
    differing: tuple[str, ...]


def rehearse(questions: Iterable[Question], second: SecondOpinion) -> Rehearsed:
    """Put the questions to both opinions and compare."""
    asked, allowed = 0, 0
    alone: Counter[str] = Counter()
    differing: list[str] = []
    for question in questions:
        first, answer = first_opinion(question), second.ask(question.on_file, question.passage)
        asked, allowed = asked + 1, allowed + (not first and answer.allows)
        if not is_one(question, first, answer):
            said = answer.fault or ", ".join(sorted(guards_in(answer)))
            differing.append(f"{', '.join(sorted(guards_for(first)))} / {said}")
        elif len(guards := guards_in(answer)) == 1:
            alone.update(guards)
    return Rehearsed(asked=asked, allowed=allowed, alone=dict(alone), differing=tuple(differing))
