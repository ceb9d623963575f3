"""A part of what is stored, without opening the rest: a stream is entered at the chunk in which the part begins."""

from collections.abc import Iterator
from pathlib import Path

from sekisho.adapters.objects.landing import INLINE, sealed_path
from sekisho.adapters.objects.stream import CHUNK, TAG, Opener

_READ = 1 << 19


def _sealed_from(folder: Path, stored: tuple[str, bytes | None], first: int) -> Iterator[bytes]:
    """The ciphertext from this chunk on."""
    place, inline = stored
    begin = first * (CHUNK + TAG)
    if place == INLINE:
        yield (inline or b"")[begin:]
        return
    with sealed_path(folder, place).open("rb") as file:
        file.seek(begin)
        while piece := file.read(_READ):
            yield piece


def open_range(
    folder: Path, stored: tuple[str, bytes | None], sealed_with: tuple[str, bytes], part: range
) -> Iterator[bytes]:
    """The plain bytes of this part of what a sink stored under (name, key), in memory only.

    Raises:
        StreamFault: A chunk of it is not whole.

    """
    name, key = sealed_with
    first = part.start // CHUNK
    skip, left = part.start - first * CHUNK, len(part)
    for chunk in Opener(key, name).chunks(_sealed_from(folder, stored, first), first):
        found = chunk[skip : skip + left]
        skip, left = 0, left - len(found)
        yield found
        if not left:
            return
