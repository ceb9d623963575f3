"""The book of a witness: its key, the ledgers it trusts, and the last checkpoint of each that it signed.

The last checkpoint is compared and replaced under one lock, and is on the disk before the answer leaves: whoever asks
twice at once, or pulls the plug, cannot get two histories signed.
"""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sekisho.adapters.keys import holds
from sekisho.kernel import (
    EMPTY_ROOT,
    Checkpoint,
    LedgerFault,
    SekishoError,
    WitnessObjection,
    WitnessRequest,
    cosign,
    cosigner_key,
    objection_to,
    objection_words,
    open_note,
    read_checkpoint,
    read_request,
    read_verifier_key,
    split_note,
)

_STATUS: Final = {
    WitnessObjection.ROLLED_BACK: 409,
    WitnessObjection.OTHER_SIZE: 409,
    WitnessObjection.FORKED: 409,
    WitnessObjection.REWRITTEN: 422,
    WitnessObjection.NOT_SIGNED: 403,
    WitnessObjection.UNKNOWN_LEDGER: 404,
    WitnessObjection.NOT_UNDERSTOOD: 400,
}
_KEPT_REFUSALS: Final = 200
LARGEST_REQUEST: Final = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessAnswer:
    """A cosignature; or the objection, what the witness saw last, and its words."""

    status: int
    seen: int = 0
    size: int = 0
    line: str = ""
    objection: WitnessObjection | None = None

    @property
    def words(self) -> tuple[str, str]:
        """The answer as whoever keeps the minutes reads it."""
        if self.objection is not None:
            return objection_words(self.objection, self.seen, self.size)
        return (
            f"帳簿 {self.size:,} 件は、前回の {self.seen:,} 件の続きです。署名しました。",
            f"The ledger of {self.size:,} entries continues the {self.seen:,} seen before. Signed.",
        )


def write_durably(path: Path, content: bytes) -> None:
    """Put a whole file in its place, so that after any cut there is the old one or the new one."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _place(origin: str) -> str:
    """The file name for a ledger; its own name may have anything in it."""
    return hashlib.sha256(origin.encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessBook:
    """One witness: its folder and its name."""

    folder: Path
    name: str

    @property
    def _key(self) -> Ed25519PrivateKey:
        """The key that signs."""
        return Ed25519PrivateKey.from_private_bytes((self.folder / "witness.key").read_bytes())

    @property
    def key(self) -> str:
        """What the gate and the auditors check our signature with."""
        return cosigner_key(self.name, self._key.public_key().public_bytes_raw())

    def ledgers(self) -> dict[str, str]:
        """The verifier keys of the ledgers that we are a witness of, by the ledger's name."""
        place = self.folder / "ledgers"
        keys = place.read_text(encoding="utf-8").split() if place.exists() else []
        return {read_verifier_key(key)[0]: key for key in keys}

    def trust(self, key: str) -> str:
        """Become a witness of the ledger with this key; answers its name. Another key for a known ledger is refused.

        Raises:
            SekishoError: It is not a verifier key, or the ledger is known by another key.

        """
        origin, _ = read_verifier_key(key)
        with self._alone():
            known = self.ledgers()
            if known.get(origin, key.strip()) != key.strip():
                message = f"{origin} は別の確認鍵で登録されています / {origin} is entered with another key"
                raise SekishoError(message)
            known[origin] = key.strip()
            write_durably(self.folder / "ledgers", "".join(f"{each}\n" for each in known.values()).encode())
        return origin

    def last_note(self, origin: str) -> str:
        """The last checkpoint of a ledger that we signed, with our signature; nothing if there is none."""
        place = self.folder / "seen" / _place(origin)
        return place.read_text(encoding="utf-8") if place.exists() else ""

    def seen(self, origin: str) -> tuple[int, bytes]:
        """Size and root that we signed last."""
        note = self.last_note(origin)
        last = read_checkpoint(split_note(note)[0]) if note else None
        return (last.size, last.root) if last else (0, EMPTY_ROOT)

    def answer(self, body: str, seconds: int) -> WitnessAnswer:
        """Sign, or say why not."""
        try:
            request = read_request(body)
            offered = read_checkpoint(split_note(request.note)[0])
        except (LedgerFault, ValueError):
            return WitnessAnswer(status=400, objection=WitnessObjection.NOT_UNDERSTOOD)
        key = self.ledgers().get(offered.origin)
        if key is None:
            return WitnessAnswer(status=404, objection=WitnessObjection.UNKNOWN_LEDGER, size=offered.size)
        try:
            open_note(request.note, key, holds)
        except LedgerFault:
            return WitnessAnswer(status=403, objection=WitnessObjection.NOT_SIGNED, size=offered.size)
        with self._alone():
            return self._compare_and_sign(request, offered, seconds)

    def _compare_and_sign(self, request: WitnessRequest, offered: Checkpoint, seconds: int) -> WitnessAnswer:
        """Compare with what was signed last, and replace it before the answer leaves."""
        seen = self.seen(offered.origin)
        objection = objection_to(seen, offered, request.old, request.proof)
        if objection is not None:
            if objection != WitnessObjection.OTHER_SIZE:
                self._keep_refused(request.note, offered)
            return WitnessAnswer(status=_STATUS[objection], objection=objection, seen=seen[0], size=offered.size)
        private = self._key
        public = private.public_key().public_bytes_raw()
        line = cosign(offered.text(), self.name, public, seconds, private.sign)
        place = self.folder / "seen" / _place(offered.origin)
        write_durably(place, (request.note + line).encode())
        return WitnessAnswer(status=200, seen=seen[0], size=offered.size, line=line)

    def _keep_refused(self, note: str, offered: Checkpoint) -> None:
        """A checkpoint that the ledger signed and we did not is evidence: keep it."""
        place = self.folder / "refused" / f"{_place(offered.origin)}-{offered.size}-{offered.root.hex()[:16]}"
        if not place.exists() and len(list(place.parent.iterdir())) < _KEPT_REFUSALS:
            write_durably(place, note.encode())

    def refused(self) -> Sequence[str]:
        """Every checkpoint that was signed by a ledger and not by us."""
        return [place.read_text(encoding="utf-8") for place in sorted((self.folder / "refused").iterdir())]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else changes the book meanwhile, in this process or in another."""
        lock = os.open(self.folder / "witness.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def found_book(folder: Path, name: str) -> WitnessBook:
    """Begin a book, with a key of its own.

    Raises:
        SekishoError: There is one already, or the name will not do.

    """
    if (folder / "witness.key").exists():
        message = f"{folder} に立会人の控えがもうあります / there is a witness's book already"
        raise SekishoError(message)
    cosigner_key(name, bytes(32))
    for each in (folder, folder / "seen", folder / "refused"):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_durably(folder / "name", name.encode())
    write_durably(folder / "witness.key", Ed25519PrivateKey.generate().private_bytes_raw())
    return WitnessBook(folder=folder, name=name)


def open_book(folder: Path) -> WitnessBook:
    """The book that lies in this folder.

    Raises:
        SekishoError: There is none.

    """
    if not (folder / "witness.key").exists():
        message = f"{folder} に立会人の控えがありません / there is no witness's book (sekisho ledger witness begin)"
        raise SekishoError(message)
    return WitnessBook(folder=folder, name=(folder / "name").read_text(encoding="utf-8").strip())
