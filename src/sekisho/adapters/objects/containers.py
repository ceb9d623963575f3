"""The container that a contractor gets: a small head in the clear, and the bytes in the chunks of the landing store.

    sekisho-lent/1                                            a line
    {"ask":…,"connection":…,"parcel":…,"salt":…,"tenant":…}   a line, canonical JSON
    chunks of 64 KiB, AES-256-GCM in the STREAM construction  to the end

The key of the chunks is derived from the lent key with the salt and the whole head (HKDF-SHA-256), so that a head that
was changed opens nothing, and a file that is sealed again never meets the same key twice. The head names nobody.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import BinaryIO, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sekisho.adapters.objects.stream import Opener, Sealer
from sekisho.kernel import SekishoError, canonical_bytes

FORMAT: Final = "sekisho-lent/1"
SUFFIX: Final = "lent"
SALT: Final = 32
LARGEST_HEAD: Final = 4096
_KEY: Final = 32
_PIECE: Final = 1 << 18
_PLAIN: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_ADDRESS: Final = re.compile(r"https://[A-Za-z0-9._:\[\]-]{1,253}(/[A-Za-z0-9._~/-]*)?")
_SALT: Final = re.compile(f"[0-9a-f]{{{SALT * 2}}}")


class ContainerFault(SekishoError):
    """This is no container, or it does not open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerHead:
    """What stands in the clear: whose parcel it is, on which connection, and where its key is asked for."""

    tenant: str
    parcel: str
    connection: str
    ask: str
    salt: str

    def text(self) -> bytes:
        """The head as it is written, the one way."""
        return f"{FORMAT}\n".encode() + canonical_bytes(asdict(self)) + b"\n"

    def chunk_key(self, lent: bytes) -> bytes:
        """The key of the chunks behind this very head."""
        salt = bytes.fromhex(self.salt)
        return HKDF(algorithm=hashes.SHA256(), length=_KEY, salt=salt, info=self.text()).derive(lent)


def make_head(names: tuple[str, str, str], ask: str, salt: bytes) -> ContainerHead:
    """A head for (municipality, parcel, connection).

    Raises:
        ContainerFault: A name is not a plain one, or the address is none to ask at.

    """
    tenant, parcel, connection = names
    return _checked(ContainerHead(tenant=tenant, parcel=parcel, connection=connection, ask=ask, salt=salt.hex()))


def _checked(head: ContainerHead) -> ContainerHead:
    """A head with nothing in it but what may be in one.

    Raises:
        ContainerFault: There is.

    """
    plain = all(_PLAIN.fullmatch(each) for each in (head.tenant, head.parcel, head.connection))
    if not plain or not _ADDRESS.fullmatch(head.ask) or not _SALT.fullmatch(head.salt):
        message = "容器の見出しが正しくありません / the head of this container is not in order"
        raise ContainerFault(message)
    return head


def seal_container(head: ContainerHead, lent: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The container piece by piece, as the plain bytes come."""
    yield head.text()
    sealer = Sealer(head.chunk_key(lent), head.parcel)
    for chunk in chunks:
        if ready := sealer.feed(chunk):
            yield bytes(ready)
    yield sealer.finish()


def read_head(file: BinaryIO) -> ContainerHead:
    """The head of a container, which is then read as far as its chunks.

    Raises:
        ContainerFault: It is no container of a format that is known here, or its head is not written the one way.

    """
    first, second = file.readline(len(FORMAT) + 2), file.readline(LARGEST_HEAD)
    if first != f"{FORMAT}\n".encode():
        message = f"関所の容器({FORMAT})ではありません / this is no container of a gate"
        raise ContainerFault(message)
    try:
        head = _checked(ContainerHead(**json.loads(second)))
    except (ValueError, TypeError, RecursionError) as fault:
        message = "容器の見出しを読めません / the head of this container cannot be read"
        raise ContainerFault(message) from fault
    if head.text() != first + second:
        message = "容器の見出しが正しく書かれていません / the head of this container is not written the one way"
        raise ContainerFault(message)
    return head


def open_container(file: BinaryIO, head: ContainerHead, lent: bytes) -> Iterator[bytes]:
    """The plain bytes behind a head that was read, chunk by chunk.

    Raises:
        StreamFault: They are not whole, were changed, or the key is another.

    """
    return Opener(head.chunk_key(lent), head.parcel).chunks(iter(lambda: file.read(_PIECE), b""))
