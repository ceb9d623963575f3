"""The only place where real parts are chosen and joined: ports to adapters, halls to ports."""

import gc
import os
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

import django
from django.apps import apps
from django.core.management import call_command

from sekisho.adapters.database.home import Home, find_home
from sekisho.adapters.failpoints import failpoint
from sekisho.adapters.objects.docks import LandingDock
from sekisho.kernel import (
    Acknowledgement,
    Arrival,
    Clearance,
    Credential,
    Direction,
    Entrance,
    Erased,
    Examination,
    Exit,
    Landed,
    ReasonCode,
    Recorded,
    Refused,
    SekishoError,
    Stopped,
    because,
    cross,
    deliver,
    erase,
    erase_stopped,
    examine,
    make_stopped,
    record,
    seal,
)

PLAIN_SETTINGS = "sekisho.adapters.database.settings"


def now() -> datetime:
    """The clock of the installation."""
    return datetime.now(UTC)


def open_house(settings: str = PLAIN_SETTINGS) -> Home:
    """Make Django ready; answers with the home folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    if not apps.ready:
        django.setup()
    return find_home()


def settle_memory() -> None:
    """What was loaded at the start stays; the collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def prepare_database() -> None:
    """Make or update the tables."""
    call_command("migrate", verbosity=0, interactive=False)


def new_parcel(at: datetime) -> str:
    """A parcel's id: the day and chance; it tells nothing of its content."""
    return f"p{at:%y%m%d}-{secrets.token_hex(6)}"


def open_parcel(form: Landed | Clearance) -> Iterator[bytes]:
    """The plain chunks of a landed parcel, in memory only."""
    from sekisho.adapters.database.passages import find_parcel
    from sekisho.adapters.keys import open_key_store
    from sekisho.adapters.objects import open_chunks
    from sekisho.adapters.objects.docks import parcel_key

    row, home = find_parcel(form.waybill.parcel), find_home()
    key = open_key_store(home).open(row.tenant_id, parcel_key(row.parcel))
    inline = None if row.inline is None else bytes(row.inline)
    return open_chunks(home.parcels, (row.place, inline), row.parcel, key)


def layout_for(tenant: str, connection: str) -> str:
    """The layout that the permit of this connection approved."""
    from sekisho.adapters.database.registers import Register

    on_file = Register().permit_on_file(tenant, connection)
    if on_file is None:
        message = f"there is no permit for {connection}"
        raise SekishoError(message)
    return on_file.specification.layouts[0]


def recipients_for(tenant: str, connection: str) -> tuple[str, ...]:
    """The persons whom the permit names."""
    from sekisho.adapters.database.registers import Register

    on_file = Register().permit_on_file(tenant, connection)
    return () if on_file is None else on_file.specification.persons


def open_entrance(dock: LandingDock | None = None, once: object = None) -> Entrance:
    """The ports of the first hall, for one arrival."""
    from sekisho.adapters.database.entrances import EntranceBook, Once
    from sekisho.adapters.database.registers import Register, Roster

    book = EntranceBook(dock=dock, once=once if isinstance(once, Once) else None)
    return Entrance(roster=Roster(), register=Register(), journal=book)


def open_examination() -> Examination:
    """The ports of the second hall."""
    from sekisho.adapters.database.passages import ParcelBook
    from sekisho.adapters.database.registers import Register
    from sekisho.adapters.scanners import FileInspector

    inspector = FileInspector(open_parcel, layout_for)
    return Examination(register=Register(), inspector=inspector, journal=ParcelBook())


@dataclass(frozen=True, slots=True)
class EitherCarrier:
    """Inward to the house, outward to the counterpart that the permit names."""

    home: Home

    def carry(self, recorded: Recorded) -> Acknowledgement:
        """Choose by direction and counterpart."""
        from sekisho.adapters.carriers import InHouseCarrier, LinkagePlatform

        if recorded.direction == Direction.INWARD:
            answer = InHouseCarrier(self.home, recipients_for, now).carry(recorded)
        else:
            gate = f"gate-{recorded.waybill.tenant}"
            answer = LinkagePlatform(self.home, gate, recorded.counterpart).carry(recorded)
        failpoint("deliver")
        return answer


def open_exit() -> Exit:
    """The ports of the third hall."""
    from sekisho.adapters.carriers import AgeSealer, KeyShredder
    from sekisho.adapters.database.passages import ParcelBook

    home = find_home()
    return Exit(
        sealer=AgeSealer(home, open_parcel),
        journal=ParcelBook(),
        carrier=EitherCarrier(home),
        shredder=KeyShredder(home),
    )


def examine_parcel(parcel: str) -> str:
    """Examine a parcel that has landed; one that is further is left alone. Answers its state."""
    from sekisho.adapters.database.passages import find_parcel, load_landed, state_of

    row = find_parcel(parcel)
    if row.state == "received":
        examine(load_landed(row), open_examination(), now())
    return state_of(parcel)


def deliver_parcel(parcel: str) -> str:
    """Seal, record and deliver a cleared parcel. A counterpart's refusal or absence leaves it where it is."""
    from sekisho.adapters.database.passages import find_parcel, load_clearance, load_recorded, state_of

    leaving = open_exit()
    row = find_parcel(parcel)
    try:
        if row.state == "cleared":
            record(seal(load_clearance(row), leaving.sealer), leaving.journal, now())
            row = find_parcel(parcel)
        if row.state == "leaving":
            deliver(load_recorded(row), leaving.carrier, leaving.journal, now())
    except (Refused, SekishoError) as fault:
        note_delay(parcel, fault)
    return state_of(parcel)


def note_delay(parcel: str, fault: Exception) -> None:
    """Keep why a delivery waits, for the screen; it is tried again."""
    from sekisho.adapters.database.models import Parcel

    reasons = [reason.as_data() for reason in fault.reasons] if isinstance(fault, Refused) else []
    Parcel.objects.filter(parcel=parcel, state="leaving").update(reasons=reasons)


def erase_parcel(parcel: str) -> str:
    """Erase our copy of what was delivered or refused."""
    from sekisho.adapters.database.passages import find_parcel, load_delivered, reasons_of, state_of, waybill_of

    row = find_parcel(parcel)
    if row.state in {"delivered", "erasing"} and row.acknowledgement:
        erase(load_delivered(row), open_exit(), now())
    elif row.state in {"refused", "erasing"}:
        refusal = reasons_of(row)
        stopped = make_stopped(waybill_of(row), refusal.reasons if refusal else ())
        erase_stopped(stopped, open_exit(), now())
    return state_of(parcel)


def erase_parcels(parcels: Sequence[str]) -> dict[str, str]:
    """Erase a batch: every intent first, then all keys in one go, searched for once, then each with its own proof."""
    from sekisho.adapters.carriers import KeyShredder
    from sekisho.adapters.database.models import Parcel
    from sekisho.adapters.database.passages import ParcelBook, waybill_of
    from sekisho.adapters.database.turns import writing

    ready = Parcel.objects.filter(parcel__in=parcels, state__in=("delivered", "refused", "erasing"))
    waybills = [waybill_of(row) for row in ready.defer("inline", "cargo_inline")]
    with writing():
        for waybill in waybills:
            ParcelBook().erased(waybill, now())
    KeyShredder(find_home()).destroy_keys(waybills)
    return {parcel: erase_parcel(parcel) for parcel in parcels}


def for_each(step: Callable[[str], str]) -> Callable[[Sequence[str]], dict[str, str]]:
    """A step for one parcel, as a step for a batch; answers where each of them is."""
    return lambda parcels: {parcel: step(parcel) for parcel in parcels}


STEPS: Mapping[str, Callable[[Sequence[str]], dict[str, str]]] = MappingProxyType(
    {"examine": for_each(examine_parcel), "deliver": for_each(deliver_parcel), "erase": erase_parcels}
)


def read_direction(text: str) -> Direction:
    """The direction that a permit's row names.

    Raises:
        Refused: It names none; the row is not what was approved.

    """
    try:
        return Direction(text)
    except ValueError:
        raise Refused([because(ReasonCode.PERMIT_ALTERED, permit="-")]) from None


def _shell_arrival(connection: tuple[str, str], bearer: tuple[str, str], size: int) -> Arrival:
    """Somebody stands at the shell of (terminal, person) with a file for (tenant, connection), by the approved way."""
    from sekisho.adapters.database.registers import Register

    (tenant, name), at = connection, now()
    approved = on_file.specification if (on_file := Register().permit_on_file(tenant, name)) else None
    return Arrival(
        parcel=new_parcel(at),
        tenant=tenant,
        connection=name,
        at=at,
        credential=Credential(kind="shell", value="/".join(bearer)),
        route=approved.route if approved else (),
        direction=read_direction(approved.direction) if approved else Direction.INSIDE,
        counterpart=approved.counterpart if approved else "",
        announced_size=size,
    )


def cross_file(
    connection: tuple[str, str], bearer: tuple[str, str], body: tuple[Iterator[bytes], int]
) -> Erased | Stopped:
    """One whole crossing in one process: (tenant, connection), (terminal, person), (pieces, size).

    Raises:
        Refused: At the entrance, or by the counterpart.
        SekishoError: Something is broken; the parcel stays where it was.

    """
    from sekisho.adapters.database.ledgers import sequence

    (tenant, _), (pieces, size) = connection, body
    arrival = _shell_arrival(connection, bearer, size)
    dock = LandingDock(find_home(), tenant, arrival.parcel)
    dock.pieces = pieces
    try:
        return cross(arrival, dock, (open_entrance(dock), open_examination(), open_exit()), now)
    finally:
        sequence(tenant)
