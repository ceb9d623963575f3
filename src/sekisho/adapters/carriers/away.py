"""A counterpart that is away: the parcel stays where it is, with a sentence and the hour of the next try."""

from datetime import datetime, timedelta
from typing import Final

from sekisho.adapters.database.models import Parcel
from sekisho.kernel import ReasonCode, SekishoError, because

_FIRST_SECONDS: Final = 1
LONGEST: Final = timedelta(minutes=15)


class AwayError(SekishoError):
    """A counterpart could not be reached, or has not answered yet; nothing is lost."""

    def __init__(self, counterpart: str, why: str) -> None:
        """Keep who it is and why, in a word that holds nobody's data."""
        self.counterpart, self.why = counterpart, why
        super().__init__(f"{counterpart} is away ({why}); it is tried again")


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries: each time twice as long, at most a quarter of an hour."""
    return min(timedelta(seconds=_FIRST_SECONDS << min(tries, 12)), LONGEST)


def put_off(parcel: str, away: AwayError, at: datetime) -> None:
    """Leave a parcel where it is until its next try, and say why on its page."""
    row = Parcel.objects.filter(parcel=parcel).only("tries").first()
    tries = row.tries if row else 0
    following = at + wait_after(tries)
    shown = following.isoformat(timespec="seconds")
    reason = because(ReasonCode.COUNTERPART_AWAY, counterpart=away.counterpart, why=away.why, next=shown)
    waiting = Parcel.objects.filter(parcel=parcel, state="leaving")
    waiting.update(reasons=[reason.as_data()], next_try=following, tries=tries + 1)
