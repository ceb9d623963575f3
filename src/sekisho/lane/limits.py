"""What the lane takes at most: uploads at once, bytes a day, room on the disk; and how fast bytes have to come.

Whatever is refused here is refused before its bytes are taken. It is no decision about a permit.
"""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from django.db.models import Sum

from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.models import Parcel, ParcelState
from sekisho.adapters.database.office_time import office_day
from sekisho.bootstrap import open_entrance
from sekisho.kernel import Arrival, ReasonCode, Refused, because

LOOK_AGAIN_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of this installation."""

    at_once: int
    reserve: int
    rate: int
    grace: float
    day: int


@cache
def read_limits() -> Limits:
    """The limits that the environment sets, or those that hold without it."""
    return Limits(
        at_once=int(os.environ.get("SEKISHO_LANE_AT_ONCE", "64")),
        reserve=int(os.environ.get("SEKISHO_LANE_RESERVE_MIB", "512")) << 20,
        rate=max(1, int(os.environ.get("SEKISHO_LANE_BYTES_A_SECOND", "1024"))),
        grace=float(os.environ.get("SEKISHO_LANE_GRACE_SECONDS", "30")),
        day=int(os.environ.get("SEKISHO_LANE_MIB_A_DAY", "0")) << 20,
    )


class Berths:
    """The uploads that are under way in this process, and the room that was promised to them."""

    def __init__(self) -> None:
        self._taken = 0
        self._promised = 0
        self._looked, self._found = float("-inf"), 0

    def _free(self) -> int:
        """How many bytes are free, as it was a moment ago; what was promised since is subtracted by the caller."""
        if time.monotonic() - self._looked > LOOK_AGAIN_SECONDS:
            self._looked, self._found = time.monotonic(), shutil.disk_usage(find_home().folder).free
        return self._found

    @contextmanager
    def taken(self, size: int) -> Iterator[None]:
        """A berth for so many bytes.

        Raises:
            Refused: As many uploads as may be are under way, or the disk has no room beyond its reserve.

        """
        limits = read_limits()
        if self._taken >= limits.at_once:
            raise Refused([because(ReasonCode.TOO_MANY_AT_ONCE, limit=limits.at_once)])
        if self._free() < limits.reserve + self._promised + size:
            raise Refused([because(ReasonCode.NO_ROOM, size=size)])
        self._taken, self._promised = self._taken + 1, self._promised + size
        try:
            yield
        finally:
            self._taken, self._promised = self._taken - 1, self._promised - size


BERTHS = Berths()
"""The berths of this process."""


def day_is_full(tenant: str, at: datetime, size: int) -> Refused | None:
    """Would the municipality take more than its bytes a day? Nothing is asked where no limit is set."""
    limit = read_limits().day
    if not limit:
        return None
    taken = Parcel.objects.filter(tenant_id=tenant, received_on=office_day(at)).exclude(state=ParcelState.TURNED_AWAY)
    if (taken.aggregate(all=Sum("size"))["all"] or 0) + size <= limit:
        return None
    return Refused([because(ReasonCode.DAY_IS_FULL, tenant=tenant, limit=limit)])


def check_day(arrival: Arrival) -> None:
    """The day's limit, for one arrival; a refusal is written down before it is told.

    Raises:
        Refused: The municipality would take more than its bytes a day.

    """
    if full := day_is_full(arrival.tenant, arrival.at, arrival.announced_size):
        open_entrance().journal.turned_away(arrival, None, full.reasons)
        raise full
