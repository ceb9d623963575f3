"""The ledger as C2SP tlog-tiles in a folder, so that tools which others wrote can check it."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from sekisho.adapters.bundles.tile_folder import TileFolder
from sekisho.adapters.database.ledgers import latest_checkpoint, ledger_verifier_key, read_bodies, stored_nodes
from sekisho.adapters.database.models import CheckpointRow, LedgerCare
from sekisho.adapters.database.witnesses import cosigned_note, newest_witnessed, policy_of
from sekisho.kernel import LedgerFault, SekishoError, bundle_paths, entry_bundle, hash_tiles, partial_paths


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedLedger:
    """What was written, and the key to check it with."""

    entries: int
    files: int
    key: str


def _pruned_until(tenant: str) -> int:
    """The first entry whose bundle is still published."""
    found = LedgerCare.objects.filter(tenant_id=tenant).values_list("pruned_until", flat=True).first()
    return found or 0


def _tiles(tenant: str, size: int, since: int) -> Iterator[tuple[str, bytes]]:
    """Path and content of every tile and bundle that came since."""
    yield from hash_tiles(size, stored_nodes(tenant), since)
    for path, first, count in bundle_paths(max(since, _pruned_until(tenant)), size):
        yield path, entry_bundle(list(read_bodies(tenant, first + count, first)))


def publish_ledger(tenant: str, folder: Path) -> int:
    """Bring a published ledger up to the newest checkpoint; answers how many files were new.

    Raises:
        LedgerFault: What was published before is not the beginning of what the ledger says today.
        SekishoError: There is no signed checkpoint yet.

    """
    newest = latest_checkpoint(tenant)
    if newest is None:
        message = f"the ledger of {tenant} has no signed checkpoint yet"
        raise SekishoError(message)
    published, place = _continued(tenant, newest, folder), TileFolder(folder)
    new = place.add(_tiles(tenant, newest.size, published))
    for path, first, count in bundle_paths(0, _pruned_until(tenant)):
        if first + count <= _pruned_until(tenant):
            place.drop(path)
    if witnessed := newest_witnessed(tenant):
        place.replace("witnessed", cosigned_note(tenant, witnessed))
    place.replace("policy", policy_of(tenant))
    place.replace("checkpoint", cosigned_note(tenant, newest))
    place.sweep({*partial_paths(published), *partial_paths(newest.size)})
    return new


def _continued(tenant: str, newest: CheckpointRow, folder: Path) -> int:
    """From which size to go on: that of the folder's checkpoint, if it is one of ours."""
    published = TileFolder(folder).published()
    if not published:
        return 0
    before = CheckpointRow.objects.filter(tenant_id=tenant, size=published).first()
    written = (folder / "checkpoint").read_text(encoding="utf-8")
    if published > newest.size or before is None or written.split("\n\n")[0] != before.note.split("\n\n")[0]:
        message = f"公表済みの {published} 件は、いまの帳簿の続きではありません / the published ledger is another one"
        raise LedgerFault(message)
    return published


def export_ledger(tenant: str, folder: Path) -> ExportedLedger:
    """Write the ledger of a municipality, or bring an earlier export up to date.

    Raises:
        SekishoError: It has no signed checkpoint yet, or the folder holds another ledger.

    """
    written = publish_ledger(tenant, folder)
    verifier = files(__package__).joinpath("verify_ledger.py").read_text(encoding="utf-8")
    TileFolder(folder).replace("verify.py", verifier)
    newest = TileFolder(folder).published()
    return ExportedLedger(entries=newest, files=written, key=ledger_verifier_key(tenant))
