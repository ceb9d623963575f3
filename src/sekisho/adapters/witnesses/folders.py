"""A request made from an exported ledger on a stick: for a witness that has no network."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sekisho.adapters.bundles import verify_ledger
from sekisho.kernel import (
    TILE_WIDTH,
    LedgerFault,
    TiledNodes,
    WitnessRequest,
    prove_consistency,
    read_checkpoint,
    read_root,
    render_request,
    split_note,
    tile_number,
)

_HEIGHT: Final = 8
_HASH: Final = 32


@dataclass(frozen=True, slots=True)
class FolderTiles:
    """The hash tiles of an exported ledger of this size."""

    folder: Path
    size: int

    def __call__(self, tier: int, number: int) -> Sequence[bytes]:
        """The hashes of one tile; the full one will do where a partial one was asked for.

        Raises:
            LedgerFault: It is missing, or too short.

        """
        width = min((self.size >> (tier * _HEIGHT)) - number * TILE_WIDTH, TILE_WIDTH)
        full = self.folder / "tile" / str(tier) / tile_number(number)
        places = [full] if width == TILE_WIDTH else [full.with_name(f"{full.name}.p") / str(width), full]
        for each in places:
            if each.is_file():
                return self._hashes(each.read_bytes(), tier, number, width)
        message = f"tile {tier}/{number} is missing"
        raise LedgerFault(message)

    @staticmethod
    def _hashes(tile: bytes, tier: int, number: int, width: int) -> Sequence[bytes]:
        """So many hashes of a tile."""
        if len(tile) < width * _HASH:
            message = f"tile {tier}/{number} is too short"
            raise LedgerFault(message)
        return [tile[begin : begin + _HASH] for begin in range(0, width * _HASH, _HASH)]


def request_from_folder(folder: Path, old: int, key: str) -> str:
    """The request that continues from this size, made from what lies in the folder.

    Where the entries lie there as well, everything is computed from them; the tiles alone are not believed.

    Raises:
        LedgerFault: The folder is no exported ledger, or what lies in it does not lead to its checkpoint.

    """
    place = folder / "checkpoint"
    if not place.is_file():
        message = f"{folder} に検証点がありません / there is no checkpoint in {folder}"
        raise LedgerFault(message)
    note = place.read_text(encoding="utf-8")
    offered = read_checkpoint(split_note(note)[0])
    nodes = TiledNodes(FolderTiles(folder, offered.size))
    if read_root(offered.size, nodes) != offered.root:
        message = "書き出された帳簿が、その検証点と合いません / the exported tiles do not lead to their checkpoint"
        raise LedgerFault(message)
    if key and (folder / "tile" / "entries").is_dir():
        _compute_everything(folder, key)
    proof = prove_consistency(old, offered.size, nodes) if old <= offered.size else []
    return render_request(WitnessRequest(old=old, proof=tuple(proof), note=note))


def _compute_everything(folder: Path, key: str) -> None:
    """Run the verifier that lies in every export."""
    try:
        list(verify_ledger.export_checks(folder, key, "quorum none"))
    except verify_ledger.DoesNotHoldError as fault:
        message = f"書き出された帳簿が合いません / the exported ledger does not hold: {fault}"
        raise LedgerFault(message) from fault
