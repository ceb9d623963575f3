"""The automatic link (自動連携): S1 asks the portal for what is new behind a cursor, and says when it has it."""

import ssl
from dataclasses import dataclass

import httpx

from sekisho.adapters.connectors.errands import PortalAwayError

_PATIENCE = httpx.Timeout(60.0, connect=10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage:
    """What was new: the file, the cursor behind it, and what the portal says it comes to."""

    body: bytes
    cursor: int
    orders: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkClient:
    """The portal's interface for programs, as S1 calls it."""

    url: str
    token: str
    trust: ssl.SSLContext | bool = True
    proxy: str = ""

    def _client(self) -> httpx.Client:
        """One connection."""
        headers = {"Authorization": f"Bearer {self.token}"}
        proxy = self.proxy or None
        return httpx.Client(
            base_url=self.url, verify=self.trust, headers=headers, timeout=_PATIENCE, trust_env=False, proxy=proxy
        )

    def pull(self, cursor: int, limit: int) -> LinkPage:
        """So many orders behind a cursor.

        Raises:
            PortalAwayError: The portal is away, broke off, or answers what is not an answer.

        """
        try:
            with self._client() as client:
                answer = client.get("/api/v1/changes", params={"cursor": cursor, "limit": limit})
                answer.raise_for_status()
            return LinkPage(
                body=answer.content,
                cursor=int(answer.headers["Portal-Cursor"]),
                orders=int(answer.headers["Portal-Orders"]),
                amount=int(answer.headers["Portal-Amount"]),
            )
        except (httpx.HTTPError, KeyError, ValueError) as fault:
            raise PortalAwayError(f"{self.url}: {type(fault).__name__}") from fault

    def acknowledge(self, cursor: int) -> None:
        """We have everything up to here.

        Raises:
            PortalAwayError: The portal is away; what it sends again is known.

        """
        try:
            with self._client() as client:
                client.post("/api/v1/changes/acknowledgement", json={"cursor": cursor}).raise_for_status()
        except httpx.HTTPError as fault:
            raise PortalAwayError(f"{self.url}: {type(fault).__name__}") from fault
