"""The content of a landed document: decrypted in memory only, after its entry is in the ledger."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sekisho.adapters.database.queries_documents import handle_document
from sekisho.kernel import Handling
from sekisho.web.office import Office

_SHOWN: Final = 500
# CP932 keeps a municipality's own characters (外字) in this range; they have no common shape.
_OWN_CHARACTERS: Final = range(0xE000, 0xF900)
_GETA: Final = "〓"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A document as a table: its first rows, and how many there are in all."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


def take_document(office: Office, document: str, handling: Handling, at: datetime) -> bytes:
    """The bytes of a document for a named recipient.

    Raises:
        Refused: This person may not do this now.

    """
    return handle_document(office.tenant, document, office.standing, handling, at)


def _shown(text: str) -> str:
    """Own characters as 〓 with their code, so that nobody takes them for something else."""
    return "".join(f"{_GETA}({ord(letter):X})" if ord(letter) in _OWN_CHARACTERS else letter for letter in text)


def read_sheet(content: bytes) -> Sheet:
    """A document's rows, as text."""
    text = content.decode("cp932", errors="backslashreplace")
    lines = [tuple(_shown(cell) for cell in row) for row in csv.reader(io.StringIO(text)) if row]
    return Sheet(header=lines[0] if lines else (), rows=tuple(lines[1 : _SHOWN + 1]), total=max(0, len(lines) - 1))
