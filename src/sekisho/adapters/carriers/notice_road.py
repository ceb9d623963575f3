"""What comes back on the road between municipalities: returned notices, by number and code."""

from dataclasses import dataclass
from typing import Any

import httpx

from sekisho.adapters.carriers.addresses import find_counterpart
from sekisho.adapters.carriers.away import AwayError
from sekisho.adapters.carriers.calling import call
from sekisho.adapters.database.home import Home
from sekisho.kernel import SekishoError


@dataclass(frozen=True, slots=True)
class NoticeRoad:
    """Asks for returned notices, and says when one was written down."""

    home: Home
    area: str
    name: str

    def _client(self) -> httpx.Client:
        """One connection with the area's own certificate."""
        return call(self.home, f"gate-{self.area}", find_counterpart(self.home, self.name))

    def returns(self) -> list[Any]:
        """Every return that waits, as the road tells of it; it waits until it is acknowledged.

        Raises:
            AwayError: The road could not be reached; nothing is lost.
            SekishoError: It answers what is no list of returns.

        """
        try:
            with self._client() as client:
                found = client.get("/returns").raise_for_status().json()["returns"]
        except httpx.HTTPError as fault:
            raise AwayError(self.name, type(fault).__name__) from fault
        except (ValueError, TypeError, KeyError) as fault:
            message = f"{self.name}: 返送の一覧を読み取れません / the list of returns cannot be read"
            raise SekishoError(message) from fault
        return list(found)

    def acknowledge(self, returned: str) -> None:
        """A return is written down, and need not come again.

        Raises:
            AwayError: The road could not be reached; it comes again, and is known then.

        """
        try:
            with self._client() as client:
                client.post(f"/returns/{returned}/acknowledgement").raise_for_status()
        except httpx.HTTPError as fault:
            raise AwayError(self.name, type(fault).__name__) from fault
