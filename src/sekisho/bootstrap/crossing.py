"""One whole crossing in one process: for the shell, the demonstration and the tests."""

from collections.abc import Iterator

from sekisho.adapters.database.home import find_home
from sekisho.adapters.objects.docks import LandingDock
from sekisho.bootstrap.halls import open_entrance, open_examination, open_exit
from sekisho.bootstrap.house import new_parcel, now
from sekisho.kernel import Arrival, Credential, Direction, Erased, ReasonCode, Refused, Stopped, because, cross


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
