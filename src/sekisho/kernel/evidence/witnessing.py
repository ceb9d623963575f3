"""What a witness is asked, and what it objects to (C2SP tlog-witness): a ledger may grow, and nothing else.

A witness keeps one thing for each ledger: the last checkpoint that it signed. Whatever does not extend that one is not
signed, and the reason is said in words for whoever keeps the minutes.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sekisho.kernel.evidence.entries import LedgerFault
from sekisho.kernel.evidence.notes import Checkpoint
from sekisho.kernel.evidence.verification import extends

LONGEST_PROOF: Final = 63


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessRequest:
    """The size that the witness saw last, the proof that the ledger only grew since, and the signed checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    note: str


class WitnessObjection(StrEnum):
    """Why a witness does not sign. Stored values are never renamed and never reused."""

    ROLLED_BACK = "rolled_back"
    OTHER_SIZE = "other_size"
    FORKED = "forked"
    REWRITTEN = "rewritten"
    NOT_SIGNED = "not_signed"
    UNKNOWN_LEDGER = "unknown_ledger"
    NOT_UNDERSTOOD = "not_understood"


_KEEP_JA: Final = "署名しません。前回の控えと今回の依頼を残し、会長と監査に知らせてください。"
_KEEP_EN: Final = "Not signed. Keep both checkpoints and tell the chair and the auditor."
OBJECTIONS: Final[Mapping[WitnessObjection, tuple[str, str]]] = MappingProxyType(
    {
        WitnessObjection.ROLLED_BACK: (
            f"帳簿が巻き戻されています。前回は {{seen}} 件でしたが、今回は {{size}} 件しかありません。{_KEEP_JA}",
            f"The ledger was rolled back from the {{seen}} entries witnessed before to {{size}}. {_KEEP_EN}",
        ),
        WitnessObjection.OTHER_SIZE: (
            "前回確かめたのは {seen} 件です。{seen} 件からの続きとして、依頼を作り直してもらってください。",
            "{seen} entries were witnessed last. Have the request made again, starting from {seen}.",
        ),
        WitnessObjection.FORKED: (
            f"同じ {{size}} 件の帳簿が二つあり、前回確かめたものと中身が違います。{_KEEP_JA}",
            f"There are two ledgers of {{size}} entries, and this is not the one witnessed before. {_KEEP_EN}",
        ),
        WitnessObjection.REWRITTEN: (
            f"過去の記録が書き換えられています。{{size}} 件は、前回の {{seen}} 件の続きではありません。{_KEEP_JA}",
            f"The past was rewritten: these {{size}} entries do not continue the {{seen}} witnessed. {_KEEP_EN}",
        ),
        WitnessObjection.NOT_SIGNED: (
            "帳簿の署名が、登録した確認鍵のものではありません。署名しません。届いた経路を確かめてください。",
            "The ledger's signature is not that of the key on file. Not signed. Check where this came from.",
        ),
        WitnessObjection.UNKNOWN_LEDGER: (
            "この帳簿の立会人ではありません。確認鍵を受け取り、先に登録してください。",
            "Not a witness of this ledger. Get its verifier key and enter it first.",
        ),
        WitnessObjection.NOT_UNDERSTOOD: (
            "立会いの依頼として読めません。関所の画面から、もう一度受け取ってください。",
            "This cannot be read as a request to a witness. Fetch it from the gate again.",
        ),
    }
)


def render_request(request: WitnessRequest) -> str:
    """The request as it is sent, printed or shown as a code: old size, proof, blank line, checkpoint."""
    hashes = "".join(base64.b64encode(each).decode() + "\n" for each in request.proof)
    return f"old {request.old}\n{hashes}\n{request.note}"


def _number(text: str) -> int:
    """A whole number, written the one way."""
    if not (text.isascii() and text.isdecimal() and str(int(text)) == text):
        raise ValueError(text)
    return int(text)


def read_request(body: str) -> WitnessRequest:
    """Read a request.

    Raises:
        LedgerFault: It is not one.

    """
    head, blank, note = body.partition("\n\n")
    first, *lines = head.split("\n")
    message = "this is not a request to a witness"
    try:
        word, _, size = first.partition(" ")
        proof = tuple(base64.b64decode(each, validate=True) for each in lines)
        old = _number(size)
    except (ValueError, binascii.Error) as fault:
        raise LedgerFault(message) from fault
    if word != "old" or not blank or len(proof) > LONGEST_PROOF:
        raise LedgerFault(message)
    return WitnessRequest(old=old, proof=proof, note=note)


def objection_to(
    seen: tuple[int, bytes], offered: Checkpoint, old: int, proof: Sequence[bytes]
) -> WitnessObjection | None:
    """What a witness that saw this (size, root) last objects to in the offered checkpoint; nothing if it only grew."""
    if offered.size < seen[0]:
        return WitnessObjection.ROLLED_BACK
    if old > offered.size:
        return WitnessObjection.NOT_UNDERSTOOD
    if old != seen[0]:
        return WitnessObjection.OTHER_SIZE
    if offered.size == seen[0]:
        return None if offered.root == seen[1] and not proof else WitnessObjection.FORKED
    return None if extends(seen, (offered.size, offered.root), proof) else WitnessObjection.REWRITTEN


def objection_words(objection: WitnessObjection, seen: int, size: int) -> tuple[str, str]:
    """The objection in both languages."""
    ja, en = OBJECTIONS[objection]
    return ja.format(seen=f"{seen:,}", size=f"{size:,}"), en.format(seen=f"{seen:,}", size=f"{size:,}")
