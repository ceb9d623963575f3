"""The lane's application: which request goes where. Anything else is not found."""

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from typing import Any

from sekisho.adapters.database.ledgers import proof_of
from sekisho.adapters.database.models import EntryRow
from sekisho.adapters.database.registers import is_terminal_of
from sekisho.kernel import SekishoError
from sekisho.lane.answers import Send, send_json
from sekisho.lane.background import run_short
from sekisho.lane.browsers import post_form
from sekisho.lane.certificates import fingerprint_of
from sekisho.lane.machines import put_parcel
from sekisho.lane.requests import CutOffError, Receive

_LOG = logging.getLogger("sekisho.lane")


class Lane:
    """The ASGI application. `back` is where browsers are sent after an upload."""

    def __init__(self, back: str) -> None:
        self._back = back.rstrip("/")

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        try:
            await self._route(scope, receive, send)
        except (CutOffError, asyncio.CancelledError):
            return
        except SekishoError as fault:
            _LOG.warning("lane: %s", fault)
            with contextlib.suppress(RuntimeError):
                await send_json(send, 503, {"outcome": "fault"}, {"connection": "close", "retry-after": "5"})

    @staticmethod
    async def _live(receive: Receive, send: Send) -> None:
        """Start and end."""
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def _route(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Which door?"""
        match (scope["method"], scope["path"].strip("/").split("/")):
            case ("PUT", ["parcels", connection]):
                await put_parcel(scope, receive, send, connection)
            case ("POST", ["forms", ticket]):
                await post_form(scope, receive, send, ticket, self._back)
            case ("GET", ["receipts", tenant, entry]) if entry.isdecimal():
                await self._receipt(scope, send, tenant, int(entry))
            case ("GET", ["health"]):
                await send_json(send, 200, {"ok": True})
            case _:
                await send_json(send, 404, {"outcome": "not_found"}, {"connection": "close"})

    @staticmethod
    async def _receipt(scope: Mapping[str, Any], send: Send, tenant: str, entry: int) -> None:
        """The inclusion proof of an entry, as soon as it is in the tree; for terminals of its own municipality."""
        if not await run_short(is_terminal_of, tenant, fingerprint_of(scope)):
            await send_json(send, 404, {"outcome": "not_found"}, {"connection": "close"})
            return
        proof = await run_short(proof_of, tenant, entry)
        waiting = await run_short(EntryRow.objects.filter(tenant_id=tenant, pk=entry, index__isnull=True).exists)
        await send_json(send, 200 if proof else (202 if waiting else 404), {"proof": proof})
