"""What comes back on the road between municipalities: returned notices, by number and code."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import httpx

from sekisho.adapters.carriers.addresses import counterparts
from sekisho.adapters.carriers.away import AwayError
from sekisho.adapters.carriers.linkage_platform import client_context
from sekisho.adapters.database.home import Home
from sekisho.kernel import SekishoError

_PATIENCE: Final = httpx.Timeout(30.0)


@dataclass(frozen=True, slots=True)
class NoticeRoad:
    """Asks for returned notices, and says when one was written down."""

    home: Home
    area: str
    name: str

    def _client(self) -> httpx.Client:
        """One connection with the area's own certificate.

        Raises:
            SekishoError: The road has no address yet.

        """
        known = counterparts(self.home).get(self.name)
        if known is None:
            message = f"counterpart {self.name} has no address yet"
            raise SekishoError(message)
        context = client_context(self.home, f"gate-{self.area}")
        return httpx.Client(base_url=known.url, verify=context, timeout=_PATIENCE, trust_env=False)

    def returns(self) -> Iterator[dict[str, Any]]:
        """Every return that waits; each is acknowledged once the caller has asked for the next one.

        Raises:
            AwayError: The road could not be reached; nothing is lost.

        """
        try:
            with self._client() as client:
                for each in client.get("/returns").raise_for_status().json()["returns"]:
                    yield each
                    client.post(f"/returns/{each['returned']}/acknowledgement").raise_for_status()
        except httpx.HTTPError as fault:
            raise AwayError(self.name, type(fault).__name__) from fault
