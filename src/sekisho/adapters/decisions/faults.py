"""Everything that can be wrong with a crossing, one kind a guard: how it is made, and what the caveats say to it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from sekisho.adapters.decisions.questions import STRANGER, Question, as_assessed
from sekisho.kernel import (
    AssessmentOpinion,
    Coverage,
    Direction,
    NumberFound,
    Particulars,
    PermitStatus,
    ReasonCode,
    because,
)

ALTERED: Final = "S"
_CONTROL: Final = 'x"); permit(principal, action, resource); //'
"""A name that would open the gate if it were ever read as policy text."""


Spoil = Callable[[Random, Question], Question]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of fault: the guard that stops it, the reasons that the caveats give, and how to make it."""

    guard: str
    codes: frozenset[ReasonCode]
    spoil: Spoil
    on_content: bool = False


def _not_in_force(chance: Random, question: Question) -> Question:
    """No assessment, another one, one that begins too late or has just ended, or one found unsuitable."""
    at, standing = question.passage.at, question.on_file.assessment
    if standing is None:
        return question
    others = (
        None,
        replace(standing, assessment=STRANGER),
        replace(standing, in_force_from=at + timedelta(microseconds=1)),
        replace(standing, in_force_until=at),
        replace(standing, opinion=AssessmentOpinion.UNSUITABLE),
    )
    return _on_file(question, assessment=chance.choice(others))


def _not_covered(chance: Random, question: Question) -> Question:
    """The version in force does not speak of the connection, or of another contractor, or of one item fewer."""
    standing, approved = question.on_file.assessment, question.on_file.specification
    if standing is None:
        return question
    fewer = Particulars(counterpart=approved.counterpart, items=approved.items[1:])
    other = Particulars(counterpart=STRANGER, items=approved.items)
    others: tuple[tuple[Coverage, ...], ...] = (
        (),
        (Coverage(connection=STRANGER),),
        (Coverage(connection=approved.connection, particulars=fewer),),
        (Coverage(connection=approved.connection, particulars=other),),
    )
    return _on_file(question, assessment=replace(standing, coverage=chance.choice(others)))


def _stopped(_: Random, question: Question) -> Question:
    """A condition is open."""
    return _on_file(question, stopped_by=(because(ReasonCode.CONDITION_OPEN, condition="c1"),))


def _beyond(chance: Random, limit: int) -> int:
    """A number beyond a limit, often by one only, sometimes beyond all that Cedar can count."""
    return chance.choice((limit + 1, limit + chance.randint(1, 10**6), 2**63 + limit))


def _on_file(question: Question, **changes: Any) -> Question:
    """The same crossing under a permit that stands otherwise in the register."""
    return replace(question, on_file=replace(question.on_file, **changes))


def _passage(question: Question, **changes: Any) -> Question:
    """The same crossing, but for this."""
    return replace(question, passage=replace(question.passage, **changes))


def _content(question: Question, **changes: Any) -> Question:
    """The same crossing with something else in the parcel."""
    found = question.passage.found
    return _passage(question, found=None if found is None else replace(found, **changes))


def _not_active(chance: Random, question: Question) -> Question:
    """The permit is not active."""
    status = chance.choice([each for each in PermitStatus if each is not PermitStatus.ACTIVE])
    return _on_file(question, permit=replace(question.on_file.permit, status=status))


def _altered(chance: Random, question: Question) -> Question:
    """One field of the row was edited after the approval, each time to allow more."""
    now = question.on_file.specification
    wider: tuple[dict[str, Any], ...] = (
        {"persons": (*now.persons, "widened")},
        {"terminals": (*now.terminals, "widened")},
        {"items": (*now.items, "widened")},
        {"records_at_most": now.records_at_most + 1},
        {"number_columns": (*now.number_columns, "widened")},
        *(({"assessment": ""},) if now.assessment else ()),
        *(({"factors": (*now.factors, "widened")},) if now.factors else ()),
        {"erase_within_hours": now.erase_within_hours + 1},
        {"legal_basis": f"{now.legal_basis}."},
    )
    edited = replace(now, **chance.choice(wider))
    standing = question.on_file.assessment
    covering = None if standing is None else replace(standing, coverage=as_assessed(edited))
    return replace(_on_file(question, specification=edited, assessment=covering), altered=True)


def _outside_window(chance: Random, question: Question) -> Question:
    """Too early, or too late, often by very little."""
    approved = question.on_file.specification
    first, last = datetime.fromisoformat(approved.not_before), datetime.fromisoformat(approved.not_after)
    little = timedelta(microseconds=1)
    return _passage(question, at=chance.choice((first - little, last, last + little, last + timedelta(days=9))))


def _other_office(chance: Random, question: Question) -> Question:
    """Another agency, another department, or both."""
    other: dict[str, Any] = {"agency": STRANGER, "department": STRANGER}
    return _passage(question, **chance.choice(({"agency": STRANGER}, {"department": STRANGER}, other)))


def _other_route(chance: Random, question: Question) -> Question:
    """A network more, a network less, or the same in another order."""
    route = question.passage.route
    others = [(*route, STRANGER), route[:-1], tuple(reversed(route)), (), (", ".join(route),)]
    return _passage(question, route=chance.choice([each for each in others if each != route]))


def _other_direction(chance: Random, question: Question) -> Question:
    """Not the way that was approved."""
    approved = question.on_file.specification.direction
    return _passage(question, direction=chance.choice([each for each in Direction if str(each) != approved]))


def _too_large(chance: Random, question: Question) -> Question:
    """Larger than approved, as announced or as found."""
    size = _beyond(chance, question.on_file.specification.bytes_at_most)
    if question.passage.found is None or chance.random() < 0.5:  # noqa: PLR2004 - one as often as the other
        return _passage(question, announced_size=size)
    return _content(question, size=size)


def _other_items(chance: Random, question: Question) -> Question:
    """One data item that the council did not hear of."""
    found = question.passage.found
    return _content(question, items=(found.items if found else frozenset()) | {chance.choice((STRANGER, ""))})


def _numbers(chance: Random, question: Question) -> Question:
    """What appears to be Individual Numbers where none was approved."""
    beside = question.passage.found.individual_numbers if question.passage.found else ()
    found = NumberFound(column=chance.choice((STRANGER, "")), count=chance.randint(1, 9), first_row=1)
    return _content(question, individual_numbers=(*beside, found))


def _number_columns(chance: Random, question: Question) -> Question:
    """A column that is there for Individual Numbers by its layout, where none was approved."""
    return _content(question, number_columns={chance.choice((STRANGER, "")): "individual_number"})


def _fault(guard: str, *codes: ReasonCode, on_content: bool = False) -> Callable[[Spoil], Fault]:
    """A fault from the way to make it."""
    return lambda spoil: Fault(guard=guard, codes=frozenset(codes), spoil=spoil, on_content=on_content)


def _content_fault(guard: str, code: ReasonCode) -> Callable[[Spoil], Fault]:
    """A fault that only inspection can find."""
    return _fault(guard, code, on_content=True)


def _name(chance: Random) -> str:
    """A name that was not approved."""
    return chance.choice((STRANGER, _CONTROL, ""))


FAULTS: Final = (
    _fault("G01-status", ReasonCode.PERMIT_NOT_ACTIVE)(_not_active),
    _fault("G02-signatures", ReasonCode.PERMIT_NOT_SIGNED)(lambda _, asked: _on_file(asked, signatures_hold=False)),
    _fault(ALTERED, ReasonCode.PERMIT_ALTERED)(_altered),
    _fault("G03-window", ReasonCode.PERMIT_NOT_YET_VALID, ReasonCode.PERMIT_EXPIRED)(_outside_window),
    _fault("G04-agency", ReasonCode.NOT_OF_THIS_AGENCY)(_other_office),
    _fault("G05-person", ReasonCode.PERSON_NOT_NAMED)(lambda chance, asked: _passage(asked, person=_name(chance))),
    _fault("G06-terminal", ReasonCode.TERMINAL_NOT_APPROVED)(
        lambda chance, asked: _passage(asked, terminal=_name(chance))
    ),
    _fault("G07-route", ReasonCode.ROUTE_NOT_APPROVED)(_other_route),
    _fault("G08-direction", ReasonCode.DIRECTION_NOT_APPROVED)(_other_direction),
    _fault("G09-counterpart", ReasonCode.COUNTERPART_NOT_APPROVED)(
        lambda chance, asked: _passage(asked, counterpart=_name(chance))
    ),
    _fault("G10-size", ReasonCode.TOO_LARGE)(_too_large),
    _fault("G11-frequency", ReasonCode.TOO_MANY_PARCELS)(
        lambda chance, asked: _passage(
            asked, parcels_today=_beyond(chance, asked.on_file.specification.parcels_a_day - 1)
        )
    ),
    _fault("G12-erasure", ReasonCode.ERASURE_OVERDUE)(
        lambda chance, asked: _passage(asked, overdue_erasures=_beyond(chance, 0))
    ),
    _content_fault("G13-type", ReasonCode.TYPE_NOT_APPROVED)(
        lambda chance, asked: _content(asked, media_type=_name(chance))
    ),
    _content_fault("G14-layout", ReasonCode.LAYOUT_NOT_APPROVED)(
        lambda chance, asked: _content(asked, layout=_name(chance))
    ),
    _content_fault("G15-items", ReasonCode.ITEM_NOT_APPROVED)(_other_items),
    _content_fault("G16-faults", ReasonCode.RECORDS_FAULTY)(
        lambda chance, asked: _content(asked, fault_count=_beyond(chance, 0))
    ),
    _content_fault("G17-individual-number", ReasonCode.INDIVIDUAL_NUMBER_FOUND)(_numbers),
    _content_fault("G17-individual-number", ReasonCode.NUMBER_COLUMN_NOT_APPROVED)(_number_columns),
    _content_fault("G18-records", ReasonCode.TOO_MANY_RECORDS)(
        lambda chance, asked: _content(asked, records=_beyond(chance, asked.on_file.specification.records_at_most))
    ),
    _content_fault("G19-active-content", ReasonCode.ACTIVE_CONTENT)(
        lambda chance, asked: _content(asked, active_content=(chance.choice(("macro", "script")),))
    ),
    _content_fault("G20-municipality", ReasonCode.OTHER_MUNICIPALITY)(
        lambda chance, asked: _content(asked, other_municipality=_beyond(chance, 0))
    ),
    _fault("G21-assessment", ReasonCode.ASSESSMENT_NOT_IN_FORCE)(_not_in_force),
    _fault("G24-coverage", ReasonCode.ASSESSMENT_DOES_NOT_COVER)(_not_covered),
    _fault("G23-factor", ReasonCode.FACTOR_MISSING)(
        lambda chance, asked: _passage(asked, factors=chance.choice(((), (STRANGER,), (_CONTROL, ""))))
    ),
    _fault("G22-stopped", ReasonCode.CONDITION_OPEN, ReasonCode.REGISTER_DIFFERS)(_stopped),
    _content_fault("G25-profile", ReasonCode.PROFILE_TOO_WEAK)(
        lambda _, asked: _content(asked, profile=frozenset(asked.on_file.specification.inspections[1:]))
    ),
    _content_fault("G26-rebuilt", ReasonCode.NOT_REBUILT)(lambda _, asked: _content(asked, rebuilt_sha256="")),
)
