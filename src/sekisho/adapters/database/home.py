"""The home folder of an installation: where its files lie, and nothing else."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The places inside SEKISHO_HOME. Only ciphertext, keys (mode 0600) and public certificates lie here."""

    folder: Path

    @property
    def database(self) -> Path:
        """State and ledger, if no PostgreSQL is named."""
        return self.folder / "sekisho.sqlite3"

    @property
    def keys(self) -> Path:
        """The key store, a file of its own with a backup life of its own; on another volume if the setting says so."""
        said = os.environ.get("SEKISHO_KEYS_FOLDER", "")
        folder = Path(said).absolute() if said else self.folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder / "keys.sqlite3"

    def flows(self, share: int) -> Path:
        """The durable flows' own file, one a worker."""
        return self.folder / f"flows-{share}.sqlite3"

    @property
    def parcels(self) -> Path:
        """Ciphertext of parcels larger than 64 KiB."""
        return self.folder / "parcels"

    @property
    def ledgers(self) -> Path:
        """The published form of every municipality's ledger."""
        return self.folder / "ledgers"

    @property
    def witness(self) -> Path:
        """Our own book, if we are a witness of other ledgers."""
        return self.folder / "witness"

    @property
    def certificates(self) -> Path:
        """The local certificate authority."""
        return self.folder / "ca"

    def secret(self, name: str, length: int = 32) -> bytes:
        """A secret of this installation, made at first use, readable by its owner only."""
        place = self.folder / name
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not place.exists():
            draft = place.with_name(f".{name}.{secrets.token_hex(8)}")
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(length))
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(draft, place)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
            _sync(self.folder)
        return place.read_bytes()


def _sync(folder: Path) -> None:
    """Make a new name in the folder durable: a key that power loss takes back would lock everything for good."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def find_home() -> Home:
    """The home folder that SEKISHO_HOME names, or ./var."""
    return Home(folder=Path(os.environ.get("SEKISHO_HOME", "var")).absolute())
