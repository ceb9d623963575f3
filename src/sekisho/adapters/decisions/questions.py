"""One crossing as it is put to both opinions, and one to which nobody objects, from which faults are made."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from sekisho.kernel import (
    AssessmentStanding,
    Coverage,
    Direction,
    Findings,
    NumberFound,
    Particulars,
    Passage,
    PermitOnFile,
    Specification,
)

STRANGER: Final = "stranger"
_REBUILT: Final = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One crossing that is put to both opinions, under a permit as it stands in the register."""

    on_file: PermitOnFile
    passage: Passage
    altered: bool = False


def _within(chance: Random, limit: int) -> int:
    """A number that is not beyond a limit, often the limit itself."""
    return chance.choice((limit, chance.randint(0, limit)))


def _moment(chance: Random, approved: Specification) -> datetime:
    """A moment within the window, often its first or its last."""
    first, last = datetime.fromisoformat(approved.not_before), datetime.fromisoformat(approved.not_after)
    end = last - timedelta(microseconds=1)
    return chance.choice((first, end, first + (last - first) * chance.random()))


def as_assessed(approved: Specification) -> tuple[Coverage, ...]:
    """An assessment that covers just what is registered."""
    known = Particulars(counterpart=approved.counterpart, items=approved.items)
    return (Coverage(connection=approved.connection, particulars=known),)


def standing_for(approved: Specification) -> AssessmentStanding | None:
    """The assessment that an approval waits for, in force before the permit is valid and after."""
    if not approved.assessment:
        return None
    first, last = (datetime.fromisoformat(each) for each in (approved.not_before, approved.not_after))
    year = timedelta(days=365)
    return AssessmentStanding(
        assessment=approved.assessment,
        in_force_from=first - year,
        in_force_until=last + year,
        coverage=as_assessed(approved),
    )


def _findings(chance: Random, approved: Specification) -> Findings:
    """What inspection finds in a parcel that is as approved."""
    items = frozenset(chance.sample(approved.items, chance.randint(0, len(approved.items))))
    more = frozenset({STRANGER}) if approved.strip_unapproved else frozenset()  # is taken out on the way
    return Findings(
        media_type=chance.choice(approved.types),
        layout=chance.choice(approved.layouts),
        size=_within(chance, approved.bytes_at_most),
        records=_within(chance, approved.records_at_most),
        items=items | more,
        individual_numbers=tuple(
            NumberFound(column=each, count=1, first_row=1)
            for each in chance.sample(approved.number_columns, chance.randint(0, len(approved.number_columns)))
        ),
        profile=frozenset(approved.inspections),
        rebuilt_sha256=_REBUILT if approved.rebuild else "",
    )


def as_approved(chance: Random, on_file: PermitOnFile, *, inspected: bool) -> Question:
    """A crossing to which nobody objects."""
    approved = on_file.specification
    passage = Passage(
        at=_moment(chance, approved),
        agency=approved.agency,
        department=approved.department,
        person=chance.choice(approved.persons),
        terminal=chance.choice(approved.terminals),
        route=approved.route,
        direction=Direction(approved.direction),
        counterpart=approved.counterpart,
        announced_size=_within(chance, approved.bytes_at_most),
        parcels_today=_within(chance, approved.parcels_a_day - 1),
        overdue_erasures=0,
        factors=tuple(chance.sample(approved.factors, min(1, len(approved.factors)))),
        found=_findings(chance, approved) if inspected else None,
    )
    return Question(on_file=on_file, passage=passage)
