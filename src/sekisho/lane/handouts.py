"""GET for the receiving side: a landed document, whole or a part of it, to the terminal and person that may have it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sekisho.adapters.database.handing_out import Handout, open_handout, read_handout
from sekisho.bootstrap import now
from sekisho.kernel import Credential, Refused
from sekisho.lane.answers import Send, send_empty, send_head, send_refusal
from sekisho.lane.background import run_short
from sekisho.lane.certificates import fingerprint_of
from sekisho.lane.requests import headers_of, text_in

_PART: Final = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


def part_of(size: int, wanted: str) -> range | None:
    """The part that a Range header asks for; the whole if it asks for something else, nothing if it lies outside."""
    found = _PART.fullmatch(wanted.replace(" ", ""))
    if found is None or found.group(0) == "bytes=-":
        return range(size)
    first, last = found.groups()
    if not first:
        begin, end = max(0, size - int(last)), size
    else:
        begin, end = int(first), min(size, int(last) + 1 if last else size)
        if last and int(last) < int(first):
            return range(size)
    return range(begin, end) if begin < end else None


def _next(pieces: Iterator[bytes]) -> bytes:
    """The next piece; empty at the end."""
    return next(pieces, b"")


async def _send_part(send: Send, handout: Handout, part: range, *, partial: bool) -> None:
    """The head, and the bytes as they are decrypted."""
    told = {
        "content-type": "application/octet-stream",
        "content-length": str(len(part)),
        "accept-ranges": "bytes",
        "etag": f'"{handout.digest}"',
        **({"content-range": f"bytes {part.start}-{part.stop - 1}/{handout.size}"} if partial else {}),
    }
    pieces = await run_short(read_handout, handout, part, now())
    await send_head(send, 206 if partial else 200, told)
    while piece := await run_short(_next, pieces):
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def send_document(scope: Mapping[str, Any], send: Send, document: str) -> None:
    """GET /documents/{document}."""
    try:
        headers = headers_of(scope)
        tenant, person = text_in(headers, "sekisho-tenant"), text_in(headers, "sekisho-person")
        credential = Credential(kind="certificate", value=f"{fingerprint_of(scope)}/{person}")
        handout = await run_short(open_handout, tenant, document, credential, now())
    except Refused as refusal:
        await send_refusal(send, refusal)
        return
    same = headers.get("if-range", f'"{handout.digest}"') == f'"{handout.digest}"'
    wanted = headers.get("range", "") if same else ""
    part = part_of(handout.size, wanted)
    if part is None:
        await send_empty(send, 416, {"content-range": f"bytes */{handout.size}"})
        return
    await _send_part(send, handout, part, partial=bool(wanted) and len(part) < handout.size)
