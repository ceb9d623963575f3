"""Opens the one document that is handed in, and hands back what was seen and made."""

import json
import sys
from types import MappingProxyType
from typing import Final

from sekisho.adapters.rebuilding.markup import open_markup
from sekisho.adapters.rebuilding.office import open_office
from sekisho.adapters.rebuilding.outcome import NotJudged, Open, Outcome, Wanted
from sekisho.adapters.rebuilding.pdfs import open_pdf
from sekisho.adapters.rebuilding.pictures import open_image

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_TOO_HEAVY: Final = 3
OPENERS: Final[MappingProxyType[str, Open]] = MappingProxyType(
    {
        "application/pdf": open_pdf,
        "image/png": open_image,
        "image/jpeg": open_image,
        "image/gif": open_image,
        "text/xml": open_markup,
        f"{_OFFICE}.wordprocessingml.document": open_office,
        f"{_OFFICE}.spreadsheetml.sheet": open_office,
        f"{_OFFICE}.presentationml.presentation": open_office,
    }
)


def open_document(data: bytes, wanted: Wanted) -> Outcome:
    """Open a document by its kind; what cannot be judged is an answer too."""
    try:
        return OPENERS[wanted.kind](data, wanted)
    except NotJudged as fault:
        return Outcome(fault=str(fault))


def answer(outcome: Outcome) -> bytes:
    """An outcome as it is handed out: the length of the facts, the facts, the rebuilt bytes."""
    facts = {
        "fault": outcome.fault,
        "active": sorted(outcome.active),
        "removed": sorted(outcome.removed),
        "pages": outcome.pages,
        "text": outcome.text,
        "raster": outcome.raster,
    }
    told = json.dumps(facts).encode()
    return len(told).to_bytes(4, "big") + told + outcome.rebuilt


def main() -> None:
    """Read, open, answer."""
    wanted = Wanted(**json.loads(sys.argv[1]))
    try:
        made = answer(open_document(sys.stdin.buffer.read(), wanted))
    except MemoryError:
        sys.exit(_TOO_HEAVY)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
