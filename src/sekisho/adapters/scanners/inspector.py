"""The inspector: reads a parcel's plain bytes in memory. An error is a fault, what was not judged is no OK."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from sekisho.adapters.failpoints import failpoint
from sekisho.adapters.layouts import LayoutFile, layouts_in_use
from sekisho.adapters.scanners.looking import Sight, look_through
from sekisho.adapters.scanners.passing import Passing
from sekisho.adapters.scanners.people import names_people
from sekisho.adapters.scanners.tools import Tools, tools_in_use
from sekisho.adapters.scanners.types import HEAD, sniff
from sekisho.kernel import DOCUMENT, Findings, Landed, NumberFound, RecordFault, SekishoError
from sekisho.records import (
    DataClass,
    Engine,
    Examination,
    Fault,
    Hashed,
    RecordsError,
    examine,
    first_records,
    in_this_process,
    likeness,
    rewrite,
)

_OFFICE_TIME: Final = ZoneInfo("Asia/Tokyo")
_LABELS: Final[Mapping[str, str]] = MappingProxyType({DOCUMENT: "文書の全体"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What inspection has to know of the permit: the record layouts, and whether content is to be rebuilt."""

    layouts: tuple[str, ...]
    rebuild: bool = False


def _in_words(fault: Fault) -> RecordFault:
    """A fault in a record, in the kernel's words."""
    return RecordFault(row=fault.row, column=fault.column, byte=fault.byte, what=f"{fault.ja} / {fault.en}")


def _findings(seen: Examination, passed: Passing, file: LayoutFile) -> Findings:
    """What was examined, in the kernel's words."""
    first = seen.faults[0] if seen.faults else None
    active = sorted(passed.active | ({"formula"} if seen.formulas else set()))
    media_type = sniff(passed.head)
    return Findings(
        media_type="text/csv" if media_type == "text/plain" and seen.layout else media_type,
        layout=seen.layout,
        layout_version=file.layout.version,
        layout_sha256=file.sha256,
        size=seen.size,
        records=seen.records,
        items=seen.items,
        item_labels={item: ja for item, (ja, _) in seen.item_labels.items()},
        fault_count=seen.fault_count,
        first_fault=_in_words(first) if first else None,
        individual_numbers=tuple(
            NumberFound(column=each.column, count=each.count, first_row=each.first_row) for each in seen.numbers
        ),
        other_municipality=seen.foreign,
        active_content=tuple(active),
        unmapped_characters=sum(each.count for each in seen.private),
        profile=passed.tools.profile(),
        marks=passed.marks(),
        canaries=passed.canaries(),
        people=passed.people(),
        number_columns=_number_columns(file, seen.items),
        rules_sha256=passed.tools.rules.digest,
    )


def _number_columns(file: LayoutFile, items: frozenset[str]) -> dict[str, str]:
    """The columns present whose class of data is the Individual Number by their layout, each with its data item."""
    declared = (each for each in file.layout.fields if each.data_class is DataClass.INDIVIDUAL_NUMBER)
    return {each.name: each.item for each in declared if each.item in items}


def inspect_chunks(
    file: LayoutFile,
    chunks: Iterable[bytes],
    municipality: str,
    tools: Tools | None = None,
    engine: Engine = in_this_process,
) -> tuple[Findings, Examination]:
    """Everything the gate would say of a file of records, compared with the layout of this layout file.

    The engine decides where the records are examined, and never what comes out.

    Raises:
        SekishoError: The file could not be examined; it does not cross.

    """
    passed = Passing(tools or tools_in_use(), for_people=not names_people(file.layout))
    try:
        vocabulary = layouts_in_use().shelf.vocabulary
        watched = Hashed(passed.watch(chunks))
        seen = examine(file.layout, watched, vocabulary=vocabulary, municipality=municipality, engine=engine)
    except RecordsError as fault:
        message = f"the file could not be examined: {fault}"
        raise SekishoError(message) from fault
    return _findings(seen, passed, file), seen


def _sight_findings(sight: Sight, size: int, tools: Tools) -> Findings:
    """What was seen in a document or an archive, in the kernel's words."""
    rebuilt = hashlib.sha256(sight.rebuilt).hexdigest() if sight.rebuilt else ""
    numbers = (NumberFound(column=DOCUMENT, count=sight.numbers, first_row=0),) if sight.numbers else ()
    return Findings(
        media_type=sight.kind,
        layout=DOCUMENT,
        size=size,
        records=1,
        items=frozenset({DOCUMENT}),
        item_labels=_LABELS,
        individual_numbers=numbers,
        active_content=tuple(sorted(sight.active)),
        profile=tools.profile(),
        marks=sight.marks,
        canaries=sight.canaries,
        people=sight.people,
        removed=tuple(sorted(sight.removed)),
        rebuilt_sha256=rebuilt,
        rules_sha256=tools.rules.digest,
    )


def inspect_document(data: bytes, tools: Tools, *, rebuild: bool) -> Findings:
    """Everything the gate would say of a document or an archive."""
    return _sight_findings(look_through(data, tools, rebuild=rebuild), len(data), tools)


def look_at_document(chunks: Iterable[bytes], tools: Tools, *, rebuild: bool) -> tuple[Findings, bytes]:
    """The same of a stream, with the rebuilt bytes."""
    data, size, _ = gather(chunks, tools.limits.whole)
    sight = look_through(data, tools, rebuild=rebuild)
    return _sight_findings(sight, size, tools), sight.rebuilt


def peek(chunks: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes of a stream, and the whole stream again."""
    rest, held, size = iter(chunks), list[bytes](), 0
    for chunk in rest:
        held.append(chunk)
        size += len(chunk)
        if size >= HEAD:
            break
    return b"".join(held), chain(held, rest)


def gather(chunks: Iterable[bytes], most: int) -> tuple[bytes, int, str]:
    """A stream as one object in memory, up to so many bytes and one; its whole size and digest."""
    held, size, digest = list[bytes](), 0, hashlib.sha256()
    for chunk in chunks:
        if size <= most:
            held.append(chunk[: most + 1 - size])
        size += len(chunk)
        digest.update(chunk)
    return b"".join(held), size, digest.hexdigest()


def _accepted(name: str, head: bytes, landed: Landed) -> LayoutFile:
    """The version of the approved layout that is accepted on the day of arrival and fits the first bytes.

    Raises:
        SekishoError: None is, or a layout of our own cannot be used; nothing crosses until that is mended.

    """
    try:
        return layouts_in_use().choose(name, head, landed.passage.at.astimezone(_OFFICE_TIME).date())
    except RecordsError as fault:
        message = f"the file could not be examined: {fault}"
        raise SekishoError(message) from fault


def _layout_name(layouts: tuple[str, ...], head: bytes) -> str:
    """The record layout to compare with; nothing if these bytes are to be looked through as a document."""
    records = [each for each in layouts if each != DOCUMENT]
    as_records = records and (DOCUMENT not in layouts or sniff(head) == "text/plain")
    return _likeliest(records, head) if as_records else ""


def _likeliest(names: list[str], head: bytes) -> str:
    """Of several approved layouts the one that these bytes are most like; the first approved, if none is.

    Raises:
        SekishoError: A layout of our own cannot be used.

    """
    if len(names) == 1:
        return names[0]
    try:
        known, first = layouts_in_use().shelf.layouts, first_records(head)
    except RecordsError as fault:
        message = f"the file could not be examined: {fault}"
        raise SekishoError(message) from fault
    return max(names, key=lambda name: max((likeness(each, first) for each in known if each.layout == name), default=0))


@dataclass(frozen=True, slots=True)
class FileInspector:
    """The inspector of the corridor: opens the landed bytes and looks for what the permit approved."""

    open_parcel: Callable[[Landed], Iterator[bytes]]
    approved: Callable[[str, str], Approved]
    tools: Callable[[str], Tools]
    engine_for: Callable[[int], Engine]

    def findings(self, landed: Landed) -> Findings:
        """What the bytes hold.

        Raises:
            SekishoError: They could not be read or examined.

        """
        approved = self.approved(landed.waybill.tenant, landed.waybill.connection)
        tools = self.tools(landed.waybill.tenant)
        head, chunks = peek(self.open_parcel(landed))
        name = _layout_name(approved.layouts, head)
        found, digest = self._records(landed, _accepted(name, head, landed), chunks, tools) if name else (
            self._document(chunks, tools, rebuild=approved.rebuild)
        )  # fmt: skip
        failpoint("inspect")
        if digest != landed.stored.digest:
            message = f"parcel {landed.waybill.parcel} is not what landed"
            raise SekishoError(message)
        if approved.rebuild and name and not found.fault_count and found.layout:
            return self._rewritten(landed, found, _accepted(name, head, landed))
        return found

    def _records(self, landed: Landed, file: LayoutFile, chunks: Iterator[bytes], tools: Tools) -> tuple[Findings, str]:
        """What a file of records holds, and its digest."""
        found, seen = inspect_chunks(file, chunks, landed.waybill.tenant, tools, self.engine_for(landed.stored.size))
        return found, seen.sha256

    @staticmethod
    def _document(chunks: Iterator[bytes], tools: Tools, *, rebuild: bool) -> tuple[Findings, str]:
        """What a document or an archive holds, and its digest."""
        data, size, digest = gather(chunks, tools.limits.whole)
        return replace(inspect_document(data, tools, rebuild=rebuild), size=size), digest

    def _rewritten(self, landed: Landed, found: Findings, file: LayoutFile) -> Findings:
        """The findings of records that are to be rebuilt: the digest of what goes on, and formulas as plain text."""
        digest = hashlib.sha256()
        try:
            for piece in rewrite(file.layout, self.open_parcel(landed), layouts_in_use().shelf.vocabulary):
                digest.update(piece)
        except RecordsError:
            return found
        removed = tuple(each for each in found.active_content if each == "formula")
        left = tuple(each for each in found.active_content if each != "formula")
        return replace(found, active_content=left, removed=removed, rebuilt_sha256=digest.hexdigest())
