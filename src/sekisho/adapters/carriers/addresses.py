"""Where the counterparts are and how we know them: address, age recipient, the key they sign receipts with."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final

from sekisho.adapters.database.home import Home
from sekisho.kernel import SekishoError

INTAKE: Final = "intake"
"""The carrier to S1's door, which answers for each record: what is sealed for it is opened while it is handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """One counterpart, pinned: another recipient or receipt key is somebody else.

    `carrier` says how parcels get there (https, sftp, s3, folder, sealed, intake), `settings` what that carrier needs
    to know.
    """

    counterpart: str
    url: str
    recipient: str
    receipt_key: str
    carrier: str = "https"
    settings: Mapping[str, str] = field(default_factory=dict)


def counterparts(home: Home) -> dict[str, Counterpart]:
    """Every counterpart that was entered."""
    place = home.folder / "counterparts.json"
    if not place.exists():
        return {}
    try:
        return {each["counterpart"]: Counterpart(**each) for each in json.loads(place.read_bytes())}
    except (ValueError, TypeError, KeyError) as fault:
        message = "counterparts.json cannot be read"
        raise SekishoError(message) from fault


def find_counterpart(home: Home, name: str) -> Counterpart:
    """Where a counterpart is.

    Raises:
        SekishoError: It was not entered yet.

    """
    known = counterparts(home).get(name)
    if known is None:
        how = "sekisho carrier enter"
        message = f"相手先 {name} の接続先がありません。{how} で登録してください / {name} has no address yet: {how}"
        raise SekishoError(message)
    return known


def keep_counterpart(home: Home, counterpart: Counterpart) -> None:
    """Enter a counterpart, or move it to another address."""
    known = {**counterparts(home), counterpart.counterpart: counterpart}
    draft = home.folder / f".counterparts.{os.getpid()}"
    draft.write_text(json.dumps([asdict(each) for each in known.values()]), encoding="utf-8")
    draft.replace(home.folder / "counterparts.json")
