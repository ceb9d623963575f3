"""Verify an exported ledger, offline: this file, the standard library and `cryptography`, nothing else.

Usage: python3 verify.py FOLDER [--key VERIFIER_KEY] [--policy FILE] [--json]
Exit status: 0 everything holds, 1 something does not, 2 the folder cannot be read.

The folder is in the form of C2SP tlog-tiles, its signatures are C2SP signed notes and cosignatures, the policy is a
C2SP tlog-policy. Without --key and --policy those of the folder are believed: take them from where they are published.
"""

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

WIDTH = 256
GROUP = 1000
PRUNED = b'"kind":"ledger_pruned"'


class DoesNotHoldError(Exception):
    """Something in the folder does not hold together; the text says what, in both languages."""


def demand(holds: object, ja: str, en: str) -> None:
    """Stop here if this does not hold."""
    if not holds:
        raise DoesNotHoldError(f"{ja} / {en}")


def signed(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Does this Ed25519 signature hold?"""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def has_signed(note: str, key: str) -> bool:
    """Is the holder of this key among the signers: as the ledger (type 1), or as a witness at a moment (type 4)?"""
    name, identity, encoded = key.strip().split("+", 2)
    public = base64.b64decode(encoded)
    expected = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    known = expected.hex() == identity and public[:1] in {b"\x01", b"\x04"}
    demand(known, "確認鍵が正しくありません", "not a verifier key")
    text, _, lines = note.rpartition("\n\n")
    for line in lines.strip().split("\n"):
        mark, signer, value = line.split(" ")
        raw, message = base64.b64decode(value), f"{text}\n".encode()
        if (mark, signer, raw[:4]) != ("—", name, expected):
            continue
        if public[:1] == b"\x04":
            moment = int.from_bytes(raw[4:12], "big")
            raw, message = raw[8:], f"cosignature/v1\ntime {moment}\n".encode() + message
        if signed(public[1:], raw[4:], message):
            return True
    return False


def read_checkpoint(note: str, key: str) -> tuple[int, bytes, str]:
    """Size and root that the ledger's key has signed."""
    demand(has_signed(note, key), "帳簿の署名が合いません", "the ledger's signature does not hold")
    origin, size, root = note.rpartition("\n\n")[0].split("\n")
    return int(size), base64.b64decode(root), origin


def read_policy(text: str) -> tuple[list[str], list[list[str]]]:
    """The ledgers' keys, and every other line, of a C2SP tlog-policy."""
    lines = [line.split() for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    demand(sum(line[0] == "quorum" for line in lines) == 1, "方針に定足数がありません", "a policy has one quorum")
    return [line[1] for line in lines if line[0] == "log"], [line for line in lines if line[0] != "log"]


def quorum(lines: list[list[str]], note: str) -> tuple[bool, int]:
    """Have enough witnesses signed, and how many?"""
    met: dict[str, bool] = {"none": True}
    enough, count = False, 0
    for word, name, *rest in lines:
        if word == "witness":
            met[name] = has_signed(note, rest[0])
            count += met[name]
        elif word == "group":
            needed = {"all": len(rest) - 1, "any": 1}.get(rest[0]) or int(rest[0])
            demand(1 <= needed <= len(rest) - 1, "方針が読めません", "a group needs one to all of its members")
            met[name] = sum(met[member] for member in rest[1:]) >= needed
        else:
            demand(word == "quorum", "方針が読めません", "an unknown line in the policy")
            enough = met[name]
    return enough, count


def halve(row: list[bytes]) -> bytes:
    """The root over a power of two of hashes."""
    sha = hashlib.sha256
    while len(row) > 1:
        row = [sha(b"\x01" + row[at] + row[at + 1]).digest() for at in range(0, len(row), 2)]
    return row[0]


def peaks(row: list[bytes]) -> list[bytes]:
    """The roots of the largest complete subtrees, from left to right."""
    found, at = [], 0
    while at < len(row):
        width = 1 << ((len(row) - at).bit_length() - 1)
        found.append(halve(row[at : at + width]))
        at += width
    return found


def tile(folder: Path, kind: str, number: int, width: int) -> bytes | None:
    """A tile or bundle, of just this width or the full one; nothing if it is not there."""
    groups = [f"{number % GROUP:03d}"]
    while number >= GROUP:
        number //= GROUP
        groups.append(f"x{number % GROUP:03d}")
    full = folder / "tile" / kind / "/".join(reversed(groups))
    for path in (full, full.with_name(f"{full.name}.p") / str(width)):
        if path.is_file():
            return path.read_bytes()
    return None


def split(bundle: bytes) -> list[bytes]:
    """The entries of a bundle."""
    entries, at = [], 0
    while at < len(bundle):
        end = at + 2 + (bundle[at] << 8 | bundle[at + 1])
        entries.append(bundle[at + 2 : end])
        at = end
    demand(at == len(bundle), "記録の束が切れています", "a bundle is cut")
    return entries


class Export:
    """An exported ledger: its leaves are computed from its entries, its tree from its leaves, nothing is believed."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder, self.size, self.missing, self.told = folder, size, 0, 0
        self.rows: list[list[bytes]] = [[]]

    def leaves(self, number: int) -> list[bytes]:
        """The leaves of a tile, from the entries; where those were pruned, from the tile itself."""
        width = min(WIDTH, self.size - number * WIDTH)
        hashes, bundle = tile(self.folder, "0", number, width), tile(self.folder, "entries", number, width)
        whole = hashes and len(hashes) in {width * 32, WIDTH * 32}
        demand(whole, "板がありません", f"tile 0/{number} is missing or not whole")
        given = (hashes or b"")[: width * 32]
        if bundle is None:
            self.missing = (number + 1) * WIDTH
            return [given[at : at + 32] for at in range(0, len(given), 32)]
        entries, sha = split(bundle), hashlib.sha256
        demand(len(entries) in {width, WIDTH}, "記録の数が合いません", f"bundle {number} has {len(entries)} entries")
        if PRUNED in bundle:
            told = [json.loads(entry) for entry in entries if PRUNED in entry]
            self.told = max([self.told, *(each["until"] for each in told)])
        found = [sha(b"\x00" + entry).digest() for entry in entries[:width]]
        demand(b"".join(found) == given, "記録と板が合いません", f"entries and tile 0/{number} differ")
        return found

    def grow(self) -> None:
        """Compute every row of full tiles, and hold the published ones against it."""
        self.rows = [[halve(self.leaves(number)) for number in range(self.size // WIDTH)]]
        while len(self.rows[-1]) >= 1:
            row, level = self.rows[-1], str(len(self.rows))
            for first in range(0, len(row), WIDTH):
                group = row[first : first + WIDTH]
                given = (tile(self.folder, level, first // WIDTH, len(group)) or b"")[: len(group) * 32]
                demand(given == b"".join(group), "板が合いません", f"tile {level}/{first // WIDTH} differs")
            full = len(row) // WIDTH
            self.rows.append([halve(row[at * WIDTH : (at + 1) * WIDTH]) for at in range(full)])

    def root(self, size: int) -> bytes:
        """The root over the first entries."""
        full, rest = divmod(size, WIDTH)
        found = peaks(self.rows[0][:full]) + (peaks(self.leaves(full)[:rest]) if rest else [])
        root = found.pop() if found else hashlib.sha256(b"").digest()
        while found:
            root = hashlib.sha256(b"\x01" + found.pop() + root).digest()
        return root


def export_checks(folder: Path, key: str, policy: str) -> Iterator[str]:
    """Everything that is checked of an exported ledger, each named after it held."""
    place = folder / "policy"
    logs, lines = read_policy(policy or (place.read_text(encoding="utf-8") if place.is_file() else "quorum none"))
    note = (folder / "checkpoint").read_text(encoding="utf-8")
    trusted = key or next((each for each in logs if has_signed(note, each)), "")
    demand(trusted, "帳簿の署名が合いません", "the ledger's signature does not hold")
    size, root, _ = read_checkpoint(note, trusted)
    yield "帳簿の署名 / signature of the ledger"
    export = Export(folder, size)
    export.grow()
    demand(export.root(size) == root, "帳簿が署名と合いません", "the tree is not the one that was signed")
    pruned = min(export.missing, size)
    demand(pruned <= export.told, "記録の束がありません", "entries are missing, and no entry says they were pruned")
    yield f"記録 {size} 件(内容を消去した {pruned} 件を含む) / {size} entries, {pruned} of them pruned"
    enough, count = quorum(lines, note)
    if not enough and (folder / "witnessed").is_file():
        note = (folder / "witnessed").read_text(encoding="utf-8")
        earlier, old, _ = read_checkpoint(note, trusted)
        grown = earlier <= size and export.root(earlier) == old
        demand(grown, "立会人の見た帳簿の続きではありません", "not the ledger that the witnesses saw")
        enough, count = quorum(lines, note)
    demand(enough, "立会人の署名が足りません", "too few witnesses have signed")
    yield f"立会人 {count} 人の署名 / {count} witnesses have signed"


def main() -> int:
    """Read the command line, check, and say what held."""
    parser = argparse.ArgumentParser(description="書き出した帳簿を確かめる / verify an exported ledger")
    parser.add_argument("folder")
    parser.add_argument("--key", default="", help="公表された確認鍵 / the published verifier key")
    parser.add_argument("--policy", default="", help="立会人の方針のファイル / a tlog-policy file to demand")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    held: list[str] = []
    fault, status = "", 0
    try:
        policy = Path(arguments.policy).read_text(encoding="utf-8") if arguments.policy else ""
        held.extend(export_checks(Path(arguments.folder), arguments.key, policy))
    except DoesNotHoldError as found:
        fault, status = str(found), 1
    except OSError as found:
        fault, status = f"読めません / cannot be read: {found.strerror}", 2
    except (ValueError, KeyError, TypeError, IndexError):
        fault, status = "書き出した帳簿ではありません / not an exported ledger", 2
    if arguments.json:
        print(json.dumps({"verified": status == 0, "held": held, "fault": fault}, ensure_ascii=False))
    else:
        for each in held:
            print(f"○ {each}")
        print(f"× {fault}" if fault else "確かめられました / verified")
    return status


if __name__ == "__main__":
    sys.exit(main())
