"""POST for contractors: the lent key of a container, for one opening, to a terminal and a person of the counterpart.

Nothing here is logged. The answer holds the key sealed to the recipient that the asking command made for this opening.
"""

import base64
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from sekisho.adapters.database.loan_openings import Asking, give_key
from sekisho.adapters.database.pokes import poke
from sekisho.bootstrap import now
from sekisho.kernel import Credential, ReasonCode, Refused, because
from sekisho.lane.answers import Receive, Send, send_json, send_refusal
from sekisho.lane.background import run_short
from sekisho.lane.certificates import fingerprint_of
from sekisho.lane.requests import body_pieces, headers_of, text_in

LARGEST: Final = 4096
_PARCEL: Final = re.compile(r"[A-Za-z0-9-]{1,40}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_RECIPIENT: Final = re.compile(r"age1[0-9a-z]{58}")


async def _body(receive: Receive) -> bytes:
    """The whole body, never more than an asking has.

    Raises:
        Refused: It is more.

    """
    body = bytearray()
    async for piece in body_pieces(receive):
        body += piece
        if len(body) > LARGEST:
            raise Refused([because(ReasonCode.TOO_LARGE, size=len(body), limit=LARGEST)])
    return bytes(body)


def _text(data: object, name: str, form: re.Pattern[str]) -> str:
    """A text that an asking must have, in its form.

    Raises:
        Refused: It is missing, or something else.

    """
    found = data.get(name) if isinstance(data, Mapping) else None
    if not isinstance(found, str) or not form.fullmatch(found):
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where=name, what="必須 / required")])
    return found


def read_asking(scope: Mapping[str, Any], body: bytes, parcel: str) -> Asking:
    """What somebody asks for.

    Raises:
        Refused: It cannot be understood, or nobody could have such a parcel.

    """
    headers = headers_of(scope)
    tenant, person = text_in(headers, "sekisho-tenant"), text_in(headers, "sekisho-person")
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    if not _PARCEL.fullmatch(parcel):
        raise Refused([because(ReasonCode.NOT_FOUND, what="parcel")])
    return Asking(
        tenant=tenant,
        parcel=parcel,
        credential=Credential(kind="certificate", value=f"{fingerprint_of(scope)}/{person}"),
        container=_text(data, "container", _DIGEST),
        recipient=_text(data, "recipient", _RECIPIENT),
    )


async def lend_key(scope: Mapping[str, Any], receive: Receive, send: Send, parcel: str) -> None:
    """POST /loans/{parcel}."""
    try:
        asking = read_asking(scope, await _body(receive), parcel)
        given = await run_short(give_key, asking, now)
    except Refused as refusal:
        poke()
        await send_refusal(send, refusal, receive=receive)
        return
    poke()
    told = {"outcome": "lent", "parcel": given.parcel, "until": given.until.isoformat()}
    await send_json(send, 200, {**told, "key": base64.b64encode(given.sealed).decode()})
