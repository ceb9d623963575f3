"""The halls with their real ports: which adapter answers each question that the corridor asks of the world."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.adapters.database.home import Home, find_home
from sekisho.adapters.failpoints import failpoint
from sekisho.adapters.objects.docks import LandingDock, parcel_key
from sekisho.bootstrap.house import now
from sekisho.kernel import (
    Acknowledgement,
    Clearance,
    Direction,
    Entrance,
    Examination,
    Exit,
    Landed,
    ReasonCode,
    Recorded,
    Refused,
    SekishoError,
    because,
)

LARGE: Final = 32 << 20
"""From how many bytes on it is worth starting other processes."""

if TYPE_CHECKING:  # Django's tables can be imported only after it was made ready; and a lane inspects nothing
    from sekisho.adapters.carriers import AgeSealer, InHouseCarrier
    from sekisho.adapters.database.models import Parcel
    from sekisho.adapters.scanners import Approved, Tools
    from sekisho.records import Engine


def open_parcel(form: Landed | Clearance, rows: Mapping[str, "Parcel"] = MappingProxyType({})) -> Iterator[bytes]:
    """The plain chunks of a landed parcel, in memory only; its row may be at hand already."""
    from sekisho.adapters.database.passages import find_parcel
    from sekisho.adapters.keys import open_key_store
    from sekisho.adapters.objects import open_chunks

    home = find_home()
    row = rows.get(form.waybill.parcel) or find_parcel(form.waybill.parcel)
    key = open_key_store(home).open(row.tenant_id, parcel_key(row.parcel))
    inline = None if row.inline is None else bytes(row.inline)
    return open_chunks(home.parcels, (row.place, inline), row.parcel, key)


def approved_for(tenant: str, connection: str) -> "Approved":
    """What inspection has to know of the permit of this connection."""
    from sekisho.adapters.database.registers import Register
    from sekisho.adapters.scanners import Approved

    on_file = Register().permit_on_file(tenant, connection)
    if on_file is None:
        message = f"there is no permit for {connection}"
        raise SekishoError(message)
    return Approved(layouts=on_file.specification.layouts, rebuild=on_file.specification.rebuild)


def tools_for(tenant: str) -> "Tools":
    """What this machine inspects a parcel of this municipality with; the canaries are all other municipalities'."""
    from sekisho.adapters.database.canaries import canaries_beside
    from sekisho.adapters.scanners import tools_in_use

    return tools_in_use(canaries_beside(tenant))


def engine_for(size: int) -> "Engine":
    """Where the records of a file of this size are examined: large ones by SEKISHO_INSPECTION_PROCESSES processes."""
    from sekisho.adapters.engines import over_processes
    from sekisho.records import in_this_process

    processes = int(os.environ.get("SEKISHO_INSPECTION_PROCESSES", "1"))
    return over_processes(processes) if processes > 1 and size >= LARGE else in_this_process


def recipients_for(tenant: str, connection: str) -> tuple[str, ...]:
    """The persons whom the permit names."""
    from sekisho.adapters.database.registers import Register

    on_file = Register().permit_on_file(tenant, connection)
    return () if on_file is None else on_file.specification.persons


def open_entrance(dock: LandingDock | None = None, once: object = None) -> Entrance:
    """The ports of the first hall, for one arrival."""
    from sekisho.adapters.database.entrances import EntranceBook, Once
    from sekisho.adapters.database.registers import Register, Roster
    from sekisho.adapters.decisions import CedarOpinion

    book = EntranceBook(dock=dock, once=once if isinstance(once, Once) else None)
    return Entrance(roster=Roster(), register=Register(), second=CedarOpinion(), journal=book)


def open_examination(rows: Mapping[str, "Parcel"] = MappingProxyType({})) -> Examination:
    """The ports of the second hall, for one batch of parcels whose rows are at hand."""
    from sekisho.adapters.database.passages import ParcelBook
    from sekisho.adapters.database.registers import Register
    from sekisho.adapters.decisions import CedarOpinion
    from sekisho.adapters.scanners import FileInspector

    inspector = FileInspector(partial(open_parcel, rows=rows), cache(approved_for), cache(tools_for), engine_for)
    return Examination(register=Register(), second=CedarOpinion(), inspector=inspector, journal=ParcelBook())


def check_contractor(recorded: Recorded) -> None:
    """Nothing more goes to a contractor who has not shown that the last copy is gone, also if it was let in before.

    Raises:
        Refused: A copy there is past its day.

    """
    from sekisho.adapters.database.contractor_copies import overdue_at_contractor

    if count := overdue_at_contractor(recorded.waybill.tenant, recorded.waybill.connection, now()):
        raise Refused([because(ReasonCode.ERASURE_OVERDUE, count=count)])


@dataclass(frozen=True, slots=True)
class EitherCarrier:
    """Inward to the house, outward to the counterpart that the permit names."""

    home: Home

    def carry(self, recorded: Recorded) -> Acknowledgement:
        """Choose by direction and counterpart."""
        from sekisho.adapters.carriers import carrier_to
        from sekisho.adapters.database.key_loans import check_sealed_as_approved

        if recorded.direction == Direction.INWARD:
            answer = open_in_house().carry(recorded)
        else:
            check_contractor(recorded)
            check_sealed_as_approved(recorded)
            answer = carrier_to(self.home, recorded.waybill.tenant, recorded.counterpart).carry(recorded)
        failpoint("deliver")
        return answer


def open_in_house(rows: Mapping[str, "Parcel"] = MappingProxyType({})) -> "InHouseCarrier":
    """The carrier inside the house, for one batch: whom a permit names is read once."""
    from sekisho.adapters.carriers import InHouseCarrier

    return InHouseCarrier(find_home(), cache(recipients_for), now, rows)


def open_sealer(rows: Mapping[str, "Parcel"] = MappingProxyType({})) -> "AgeSealer":
    """The sealer, for parcels whose rows may be at hand."""
    from sekisho.adapters.carriers import AgeSealer

    return AgeSealer(find_home(), partial(open_parcel, rows=rows))


def open_exit(sealer: "AgeSealer | None" = None) -> Exit:
    """The ports of the third hall, with the sealer of a batch; small sealed parcels go from it into their rows."""
    from sekisho.adapters.carriers import KeyShredder
    from sekisho.adapters.database.passages import ParcelBook

    home, sealer = find_home(), sealer or open_sealer()
    return Exit(
        sealer=sealer, journal=ParcelBook(sealer.inline), carrier=EitherCarrier(home), shredder=KeyShredder(home)
    )
