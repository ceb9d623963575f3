"""The certificate of erasure (削除証明書) as a page to file: what was signed, in words, with the signature beneath."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sekisho.adapters.database.office_time import OFFICE_TIME
from sekisho.adapters.documents.typesetting import typeset
from sekisho.records import write_wareki

LABELS: Final[Mapping[str, tuple[str, str]]] = {
    "tenant": ("団体コード", "Municipality"),
    "parcel": ("通過番号", "Crossing"),
    "connection": ("結合", "Connection"),
    "permit": ("通行証", "Permit"),
    "content-sha256": ("内容の指紋", "Digest of the content"),
    "place": ("写しのあった所", "Where the copy was"),
    "why": ("消した理由", "Why it was erased"),
    "kind": ("記録の様式", "Record layout"),
    "records": ("記録の件数", "Records"),
    "received-from": ("受け取った端末", "Received from terminal"),
    "erased-at": ("消した日時", "Erased at"),
    "method": ("方法", "Method"),
    "key": ("壊した鍵", "Key destroyed"),
    "wrapped-key-sha256": ("鍵の指紋", "Digest of the wrapped key"),
    "bytes-removed": ("消したバイト数", "Bytes removed"),
    "searched": ("残っていないことの確認", "Searched for remains"),
    "key-backups-kept-days": ("鍵の控えの保存日数", "Days that key backups live"),
    "receipt": ("帳簿の受領番号", "Ledger entry"),
}
VALUES: Final[Mapping[str, tuple[str, str]]] = {
    "gate": ("関所", "at the gate"),
    "delivered": ("引き渡しを終えたため", "it was delivered"),
    "refused": ("止めたため(送り手に残る)", "it was refused; the sender has it"),
    "key_destroyed": ("鍵の破壊(暗号化消去)と暗号文の削除", "key destroyed, ciphertext removed"),
    "yes": ("鍵の置き場所の全バイトを探し、残っていない", "every byte of the key store searched, nothing found"),
}


def _value(name: str, value: str) -> str:
    """A fact as a reader sees it; long figures may break."""
    if name == "erased-at":
        here = datetime.fromisoformat(value).astimezone(OFFICE_TIME)
        return f"{write_wareki(here.date())} {here:%H:%M:%S} ({here:%Y-%m-%d})"
    said = VALUES.get(value, (value, value))[0]
    return "\u200b".join(said[start : start + 8] for start in range(0, len(said), 8)) if len(said) > 60 else said  # noqa: PLR2004 - a digest


def erasure_pdf(facts: tuple[tuple[str, str], ...], note: str, key: str, office: str) -> bytes:
    """The certificate as a PDF of one A4 page; it holds ids and counts, and nobody's data."""
    told = dict(facts)
    day = datetime.fromisoformat(told["erased-at"]).astimezone(OFFICE_TIME).date()
    signature = note.rstrip("\n").rpartition("\n")[2]
    rows = [[*LABELS.get(name, (name, name)), _value(name, value)] for name, value in facts]
    data = {
        "title": f"削除証明書 {told['parcel']}",
        "author": office,
        "footer": f"削除証明書 {told['parcel']}",
        "day": write_wareki(day),
        "office": office,
        "rows": rows,
        "signature": _value("signature", signature),
        "key": _value("key", key),
    }
    return typeset("erasure", data, day)
