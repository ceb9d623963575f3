"""Notices to the donors' municipalities through this house's own gate: in by the doors, answered from the parcel's row.

A batch lands under its own name, so that however often it is tried it is one parcel; the worker takes it from there
under the permit of consultation 60. What the destination answers is read back from the parcel, never assumed.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from django.db import DatabaseError

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
from sekisho.bootstrap.intake import Drop, begin_taking
from sekisho.business.hometown_donations.notices import NoticeException, ReturnedNotice, ReturnKind
from sekisho.kernel import Credential, ReasonCode, Refused, SekishoError

_LOG: Final = logging.getLogger("sekisho.donations")
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
        SekishoError: The gate has no row for what it has received.

    """
    from sekisho.adapters.database.entrances import Once, remembered

    credential = Credential(kind="shell", value="/".join(bearer))
    taking = begin_taking(Drop(tenant=area, connection=CONNECTION, credential=credential, name=made.row))
    try:
        taking.feed(made.content)
        taking.finish()
    except BaseException:
        taking.discard()
        raise
    known = remembered(area, Once(bearer=credential.value, key=taking.key))
    if known is None:
        message = f"束 {made.row} が届いた記録がありません。もう一度送ってください / not remembered; send it again"
        raise SekishoError(message)
    note_leaving(area, made.row, known.parcel)
    return known.parcel


def _settle(issue: Issue) -> None:
    """Batches of a run that was cut off: what landed is on its way, and what did not is made anew."""
    from sekisho.adapters.database.entrances import Once, remembered

    for row in batches_in(issue.area, issue.year):
        if (row.state, row.road) != (NOT_SENT, ELECTRONIC):
            continue
        once = Once(bearer=f"{row.terminal}/{row.made_by}", key=f"{CONNECTION}/{row.batch}"[:200])
        known = remembered(issue.area, once)
        if known is None:
            give_up(issue.area, row.batch)
        else:
            note_leaving(issue.area, row.batch, known.parcel)


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


def collect_returns(area: str, at: datetime) -> int:
    """Fetch the notices that came back and reopen their cases; each is acknowledged once it is written down.

    Raises:
        AwayError: The road cannot be reached; nothing is lost.

    """
    count = 0
    for each in NoticeRoad(find_home(), area, ROAD).returns():
        returned = ReturnedNotice(
            returned=str(each["returned"]),
            destination=str(each["destination"]),
            reception_number=str(each["reception_number"]),
            kind=ReturnKind(each["kind"]),
            belongs_to=str(each.get("belongs_to", "")),
        )
        count += take_return(area, returned, at)
    return count


def collect_everywhere(at: datetime) -> int:
    """What a clock asks again and again: answers and returns of every area that has sent notices.

    What fails in one area is tried the next time; the others are asked all the same. Answers how many came.
    """
    years, counts = years_under_way(), list[int]()
    asked: list[tuple[str, Callable[[], int]]] = [
        (area, partial(collect_answers, area, year, at)) for area, year in years
    ]
    asked += [(area, partial(collect_returns, area, at)) for area in sorted({area for area, _ in years})]
    for area, ask in asked:
        try:
            counts.append(ask())
        except (Refused, SekishoError, DatabaseError, OSError) as fault:
            _LOG.warning("notices of %s: %s", area, type(fault).__name__)
    return sum(counts)
