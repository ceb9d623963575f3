"""The corridor: three halls, ten doors, one direction.

entrance     identify, present, admit, land
examination  inspect, decide
exit         seal, record, deliver, erase
"""

from collections.abc import Callable
from datetime import datetime

from sekisho.kernel.gate.entrance import enter
from sekisho.kernel.gate.examination import examine
from sekisho.kernel.gate.exit import erase_stopped, leave
from sekisho.kernel.gate.forms import Arrival, Erased, Stopped
from sekisho.kernel.gate.ports import Dock, Entrance, Examination, Exit


def cross(
    arrival: Arrival,
    dock: Dock,
    halls: tuple[Entrance, Examination, Exit],
    now: Callable[[], datetime],
) -> Erased | Stopped:
    """One whole crossing in one process, for the shell and the tests.

    Returns the last form: erased after delivery, or stopped with every reason (what was refused is erased too,
    what is held stays sealed until somebody answers).

    Raises:
        Refused: At the entrance, or by the counterpart.
        SekishoError: Something is broken; the parcel stays where it was.

    """
    entrance, examination, leaving = halls
    outcome = examine(enter(arrival, dock, entrance), examination, now())
    left = outcome if isinstance(outcome, Stopped) else leave(outcome, leaving, now())
    if isinstance(left, Stopped) and not left.held:
        erase_stopped(left, leaving, now())
    return left
