"""The lane's application: which request goes where. Anything else is not found."""

import asyncio
import contextlib
import logging
import re
import sqlite3
from collections.abc import Mapping
from typing import Any, Final

from django.db import DatabaseError

from sekisho.adapters.database.availability import NOT_NOW, UNWRITABLE, why_closed
from sekisho.adapters.database.ledgers import proof_of
from sekisho.adapters.database.models import EntryRow
from sekisho.adapters.database.registers import is_terminal_of
from sekisho.kernel import SekishoError
from sekisho.lane.answers import Receive, Send, send_json
from sekisho.lane.background import run_short
from sekisho.lane.browsers import post_form
from sekisho.lane.certificates import fingerprint_of
from sekisho.lane.handouts import send_document
from sekisho.lane.loans import lend_key
from sekisho.lane.machines import put_parcel
from sekisho.lane.receipts import send_receipt
from sekisho.lane.requests import CutOffError
from sekisho.lane.uploads import answer_upload, place_of

_LOG = logging.getLogger("sekisho.lane")
PLAIN_PATH: Final = re.compile(rb"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,199}){1,6}/?")
"""Paths as we give them out: no escapes, no dots at the front, so that no two readers can differ about one."""


async def _closed(send: Send, why: tuple[str, str]) -> None:
    """Nothing can be written down now, so nothing is taken in; the same request may come again."""
    ja, en = why
    code = "fault" if why == NOT_NOW else "ledger_unwritable"
    told = {"outcome": "fault", "code": code, "ja": ja, "en": en}
    await send_json(send, 503, told, {"connection": "close", "retry-after": "5"})


class Lane:
    """The ASGI application. `back` is where browsers are sent after an upload."""

    def __init__(self, back: str) -> None:
        self._back = back.rstrip("/")

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if not PLAIN_PATH.fullmatch(scope["raw_path"]):
            await send_json(send, 400, {"outcome": "not_found"}, {"connection": "close"})
            return
        try:
            await self._enter(scope, receive, send)
        except (CutOffError, asyncio.CancelledError):
            return
        except SekishoError as fault:
            _LOG.warning("lane: %s", fault)
            with contextlib.suppress(RuntimeError):
                await _closed(send, why_closed() or NOT_NOW)
        except (DatabaseError, sqlite3.Error, OSError) as fault:
            _LOG.warning("lane: %s", type(fault).__name__)
            with contextlib.suppress(RuntimeError):
                await _closed(send, why_closed() or UNWRITABLE)

    @staticmethod
    async def _live(receive: Receive, send: Send) -> None:
        """Start and end."""
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def _enter(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Nothing is taken in while nothing can be written down."""
        if scope["method"] in {"PUT", "POST", "PATCH"} and (why := why_closed()):
            await _closed(send, why)
        else:
            await self._route(scope, receive, send)

    async def _route(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Which door?"""
        if place := place_of(scope["path"]):
            await answer_upload(scope, receive, send, place)
            return
        match (scope["method"], scope["path"].strip("/").split("/")):
            case ("PUT", ["parcels", connection]):
                await put_parcel(scope, receive, send, connection)
            case ("POST", ["loans", parcel]):
                await lend_key(scope, receive, send, parcel)
            case ("POST", ["forms", ticket]):
                await post_form(scope, receive, send, ticket, self._back)
            case ("GET", ["receipts", tenant, entry]) if entry.isdecimal():
                await self._receipt(scope, send, tenant, int(entry))
            case ("GET", ["parcels", parcel, "receipt"]):
                await send_receipt(scope, send, parcel)
            case ("GET", ["documents", document]):
                await send_document(scope, send, document)
            case found:
                await self._else(send, *found)

    @staticmethod
    async def _else(send: Send, method: str, parts: list[str]) -> None:
        """Is somebody looking whether we are here? Anything else is not found."""
        if (method, parts) == ("GET", ["health"]):
            await send_json(send, 200, {"ok": True})
        else:
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
