"""Notices to the donors' municipalities through this house's own gate: in by the doors, answered from the parcel's row.

A batch lands under its own name, so that however often it is tried it is one parcel; the worker takes it from there
under the permit of consultation 60. What the destination answers is read back from the parcel, never assumed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sekisho.adapters.carriers.notice_road import NoticeRoad
from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.models import Parcel
from sekisho.adapters.database.turns import alone
from sekisho.adapters.donations.notice_books import (
    ELECTRONIC,
    Issue,
    MadeBatch,
    answer_batch,
    give_up,
    note_leaving,
    prepare_batches,
)
from sekisho.adapters.donations.notice_plans import LEAVING, NOT_SENT
from sekisho.adapters.donations.notice_queries import batches_in, years_under_way
from sekisho.adapters.donations.notice_returns import take_return
from sekisho.bootstrap.again import Guard
from sekisho.bootstrap.intake import Drop, take_bytes, taken_before
from sekisho.business.hometown_donations.notices import NoticeException, ReturnedNotice, ReturnKind
from sekisho.kernel import Credential, ReasonCode, Refused, SekishoError

CONNECTION: Final = "filing-exception-notices"
ROAD: Final = "home_municipality"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of a run: batches that landed at the gate, those that go on paper, and what could not be told."""

    leaving: tuple[str, ...]
    on_paper: tuple[str, ...]
    exceptions: tuple[NoticeException, ...]


def land_batch(area: str, bearer: tuple[str, str], made: MadeBatch) -> str:
    """Carry one batch in by the doors as (terminal, person); answers its parcel.

    Raises:
        Refused: A door is closed to it; the attempt is in the ledger.

    """
    parcel = take_bytes(_drop_of(area, bearer, made.row), made.content)
    note_leaving(area, made.row, parcel)
    return parcel


def _drop_of(area: str, bearer: tuple[str, str], batch: str) -> Drop:
    """A batch as what (terminal, person) carries in; it lands under its own name."""
    credential = Credential(kind="shell", value="/".join(bearer))
    return Drop(tenant=area, connection=CONNECTION, credential=credential, name=batch)


def _settle(issue: Issue) -> None:
    """Batches of a run that was cut off: what landed is on its way, and what did not is made anew."""
    for row in batches_in(issue.area, issue.year):
        if (row.state, row.road) != (NOT_SENT, ELECTRONIC):
            continue
        if parcel := taken_before(_drop_of(issue.area, (row.terminal, row.made_by), row.batch)):
            note_leaving(issue.area, row.batch, parcel)
        else:
            give_up(issue.area, row.batch)


def send_notices(issue: Issue) -> Sent:
    """Make every batch that is due, check it against every seal, and carry the electronic ones in by the doors.

    Raises:
        Refused: A row is not as it was sealed, a door is closed, or another run of this area is still under way.

    """
    # A run that began meanwhile would take what this one has not landed yet for cut off, and tell donors twice.
    with alone(f"notices-{issue.area}"):
        return _send(issue)


def _send(issue: Issue) -> Sent:
    """One run of an area."""
    _settle(issue)
    made, exceptions = prepare_batches(issue)
    electronic = [each for each in made if each.road == ELECTRONIC]
    for each in electronic:
        land_batch(issue.area, (issue.terminal, issue.person), each)
    paper = tuple(each.row for each in made if each.road != ELECTRONIC)
    return Sent(leaving=tuple(each.row for each in electronic), on_paper=paper, exceptions=exceptions)


def collect_answers(area: str, year: int, at: datetime) -> int:
    """Read what the destinations acknowledged from the parcels' rows; answers how many batches were answered now."""
    waiting = {row.parcel: row.batch for row in batches_in(area, year) if row.state == LEAVING and row.parcel}
    answered = Parcel.objects.filter(tenant_id=area, parcel__in=list(waiting), acknowledgement__isnull=False)
    count = 0
    for parcel, acknowledgement in answered.values_list("parcel", "acknowledgement"):
        try:
            answer_batch(area, waiting[parcel], str((acknowledgement or {}).get("number", "")), at)
        except Refused as refused:
            if {each.code for each in refused.reasons} != {ReasonCode.NOT_IN_THIS_STATE}:
                raise
            continue  # the clock or another officer has read it meanwhile
        count += 1
    return count


def read_return(told: Mapping[str, object]) -> ReturnedNotice:
    """A returned notice, from what the road tells of it.

    Raises:
        SekishoError: A field is missing, or the kind is none that is known.

    """
    try:
        return ReturnedNotice(
            returned=str(told["returned"]),
            destination=str(told["destination"]),
            reception_number=str(told["reception_number"]),
            kind=ReturnKind(str(told["kind"])),
            belongs_to=str(told.get("belongs_to", "")),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        message = f"返送された通知を読み取れません / a returned notice cannot be read: {type(fault).__name__}"
        raise SekishoError(message) from fault


def collect_returns(area: str, at: datetime, guard: Guard | None = None) -> int:
    """Fetch the notices that came back and reopen their cases; each is acknowledged once it is written down.

    One that cannot be read is said and waits at the road; the others are taken all the same.

    Raises:
        AwayError: The road cannot be reached; nothing is lost.
        SekishoError: It answers what is no list of returns.

    """
    road, count, each_apart = NoticeRoad(find_home(), area, ROAD), 0, guard or Guard("donations")

    def take(told: Mapping[str, object]) -> bool:
        returned = read_return(told)
        new = take_return(area, returned, at)
        road.acknowledge(returned.returned)
        return new

    for number, told in enumerate(road.returns(), start=1):
        count += each_apart.counts(f"return {number} of {area}", take, told)
    return count


def collect_everywhere(at: datetime, guard: Guard | None = None) -> int:
    """What a clock asks again and again: answers and returns of every area that has sent notices.

    What fails in one area is tried the next time; the others are asked all the same. Answers how many came.
    """
    count, years, each_apart = 0, years_under_way(), guard or Guard("donations")
    for area, year in years:
        count += each_apart.counts(f"answers of {area}", collect_answers, area, year, at)
    for area in sorted({area for area, _ in years}):
        count += each_apart.counts(f"returns of {area}", collect_returns, area, at, each_apart)
    return count
