"""Receiving parcels in groups: doors asked at one moment, keys made at once, entries and rows in one commit.

The order is that of the corridor for each of them. Only after the commit is anybody told that a parcel was received.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.db import DatabaseError

from sekisho.adapters.database.entrances import Answered, EntranceBook, GroupBook, Once, Page, remembered, remembered_of
from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.pokes import poke
from sekisho.adapters.database.turns import writing
from sekisho.adapters.failpoints import failpoint
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.objects.docks import LandingDock, parcel_key
from sekisho.bootstrap import open_entrance
from sekisho.kernel import Admitted, Arrival, Landed, Receipt, Refused, SekishoError, knock_together, receive
from sekisho.lane.desk import Desk
from sekisho.lane.limits import day_is_full


@dataclass(slots=True, kw_only=True)
class Waiting:
    """Somebody at the desk: with the whole parcel in hand if it is small, or admitted before with a filled dock."""

    arrival: Arrival
    once: Once | None
    body: bytes = b""
    admitted: Admitted | None = None
    dock: LandingDock | None = None
    also: Callable[[Admitted, Receipt], None] | None = None

    @property
    def asked(self) -> tuple[str, Once | None]:
        """Whose key, and which."""
        return (self.arrival.tenant, self.once)


Outcome = Landed | Answered | Exception


def _knock(group: Sequence[Waiting]) -> dict[int, Outcome]:
    """The doors for those who were not admitted yet; answers with those who were refused."""
    asking = [each for each in group if each.admitted is None]
    refused: dict[int, Outcome] = {}
    for each in asking:
        if full := day_is_full(each.arrival.tenant, each.arrival.at, each.arrival.announced_size):
            open_entrance().journal.turned_away(each.arrival, None, full.reasons)
            refused[id(each)] = full
    asking = [each for each in asking if id(each) not in refused]
    failpoint("identify")
    answers = knock_together([each.arrival for each in asking], open_entrance())
    failpoint("admit")
    for each, answer in zip(asking, answers, strict=True):
        if isinstance(answer, Refused):
            refused[id(each)] = answer
            if each.dock is not None:
                each.dock.discard()
        else:
            each.admitted = answer
    return refused


def _fill(group: Iterable[Waiting]) -> None:
    """Keys for all of them, durable before they are used; then the bytes, hashed and encrypted."""
    home, bare = find_home(), [each for each in group if each.dock is None]
    store = open_key_store(home)
    for tenant in {each.arrival.tenant for each in bare}:
        ours = [each for each in bare if each.arrival.tenant == tenant]
        keys = store.make_many(tenant, [parcel_key(each.arrival.parcel) for each in ours])
        for each in ours:
            parcel = each.arrival.parcel
            each.dock = LandingDock(home, tenant, parcel, keys[parcel_key(parcel)])
            each.dock.feed(each.body)
            failpoint("land")


def _agrees(each: Waiting) -> bool:
    """Is what came what was announced? What is not goes alone, because it is thrown away, key first."""
    if each.dock is None:
        return False
    stored, arrival = each.dock.settle(), each.arrival
    return 0 < stored.size == arrival.announced_size and arrival.announced_digest in {"", stored.digest}


def _write(each: Waiting, page: Page | None = None) -> Landed:
    """The fourth door for one of them.

    Raises:
        Refused: What came is not what was announced.

    """
    if each.admitted is None or each.dock is None:
        message = f"parcel {each.arrival.parcel} was not admitted"
        raise SekishoError(message)
    book = EntranceBook(dock=each.dock, once=each.once, also=each.also)
    if page is not None:
        book = GroupBook(dock=each.dock, once=each.once, also=each.also, page=page)
    entrance = replace(open_entrance(), journal=book)
    return receive(each.arrival, each.admitted, each.dock, entrance)


def _write_together(group: Sequence[Waiting]) -> dict[int, Outcome]:
    """The fourth door for all of them, in one commit."""
    page = Page()
    with writing():
        landed: dict[int, Outcome] = {id(each): _write(each, page) for each in group}
        page.write()
    return landed


def _alone(each: Waiting) -> Outcome:
    """All doors for one: a key that was used at this very moment, or bytes that are not what was announced.

    If the group's commit was done although it was said not to be, the key's answer is our own: what landed is kept.
    """
    if each.once is not None and (known := remembered(each.arrival.tenant, each.once)):
        if each.dock is not None and known.parcel != each.arrival.parcel:
            each.dock.discard()
        return known
    try:
        if refused := _knock([each]):
            return refused[id(each)]
        _fill([each])
        return _write(each)
    except (Refused, SekishoError) as answer:
        return answer
    except DatabaseError:  # nothing is thrown away: nobody knows whether the commit was done
        return SekishoError(f"parcel {each.arrival.parcel}: the ledger cannot be written")


def _parted(group: Sequence[Waiting]) -> tuple[dict[int, Outcome], list[Waiting], list[Waiting]]:
    """Those whose key was answered before, those who go on, and those whose key another of the group has."""
    known = remembered_of({(each.arrival.tenant, each.once) for each in group if each.once is not None})
    outcomes: dict[int, Outcome] = {}
    going: list[Waiting] = []
    later: list[Waiting] = []
    seen: set[tuple[str, Once | None]] = set()
    for each in group:
        if each.once is not None and (each.arrival.tenant, each.once) in known:
            outcomes[id(each)] = known[each.arrival.tenant, each.once]
        elif each.once is not None and each.asked in seen:
            later.append(each)
        else:
            seen.add(each.asked)
            going.append(each)
    return outcomes, going, later


def receive_group(group: Sequence[Waiting]) -> Sequence[Outcome]:
    """All four doors for a group; answers in the group's order."""
    outcomes, going, later = _parted(group)
    outcomes |= _knock(going)
    going = [each for each in going if id(each) not in outcomes]
    _fill(going)
    agreed = [each for each in going if _agrees(each)]
    try:
        outcomes |= _write_together(agreed) if agreed else {}
    except (DatabaseError, SekishoError):
        later += agreed
    later += [each for each in going if id(each) not in outcomes and each not in later]
    outcomes |= {id(each): _alone(each) for each in later}
    failpoint("received")
    poke()
    return [outcomes[id(each)] for each in group]


DESK: Desk[Waiting, Landed | Answered] = Desk(partial(receive_group), "desk")
"""The one desk of this process."""
