"""The ledger as C2SP tlog-tiles in a folder, so that tools which others wrote can check it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sekisho.adapters.database.ledgers import Nodes, latest_checkpoint, ledger_verifier_key, read_bodies
from sekisho.kernel import TILE_WIDTH, SekishoError, entry_bundle, entry_bundle_path, hash_tiles


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedLedger:
    """What was written, and the key to check it with."""

    entries: int
    files: int
    key: str


def _files(tenant: str, size: int, note: str) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file of the published form."""
    yield "checkpoint", note.encode()
    yield from hash_tiles(size, Nodes(tenant))
    bodies, first = read_bodies(tenant, size), 0
    while group := list(islice(bodies, TILE_WIDTH)):
        yield entry_bundle_path(first, len(group)), entry_bundle(group)
        first += len(group)


def export_ledger(tenant: str, folder: Path) -> ExportedLedger:
    """Write the ledger of a municipality.

    Raises:
        SekishoError: It has no signed checkpoint yet.

    """
    newest = latest_checkpoint(tenant)
    if newest is None:
        message = f"the ledger of {tenant} has no signed checkpoint yet"
        raise SekishoError(message)
    written = 0
    for name, content in _files(tenant, newest.size, newest.note):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written += 1
    return ExportedLedger(entries=newest.size, files=written, key=ledger_verifier_key(tenant))
