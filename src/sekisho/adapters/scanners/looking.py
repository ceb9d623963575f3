"""Looking through a whole object: its type and structure, what lies inside it, what could run, whose text it holds.

Files in an archive are looked through like parcels, and archives in them too. Nothing is written to a disk.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sekisho.adapters.scanners.canaries import found_in
from sekisho.adapters.scanners.directory import ArchiveFault, Member, disordered, read_directory, unpack
from sekisho.adapters.scanners.kinds import OFFICE, PROGRAMS, TEXTS, ending_fits, office_kind
from sekisho.adapters.scanners.limits import Limits
from sekisho.adapters.scanners.names import ending_of, name_faults, read_name
from sekisho.adapters.scanners.people import found_in_document
from sekisho.adapters.scanners.sandbox import Answer, SandboxFault
from sekisho.adapters.scanners.structure import IMAGES, PDF, ZIP, pixels_of, structure_faults
from sekisho.adapters.scanners.tools import Tools
from sekisho.adapters.scanners.types import HEAD, active_kinds, sniff
from sekisho.kernel import CanaryFound, Mark, MarkCode, PeopleFound
from sekisho.records import count_individual_numbers

_TEXT_ENCODINGS: Final = ("utf-8-sig", "cp932")
REBUILT: Final = OFFICE | IMAGES | {PDF, "text/xml"}
"""Kinds that are opened in the sandbox and can be built anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What was seen in a whole object."""

    kind: str
    marks: tuple[Mark, ...] = ()
    active: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    numbers: int = 0
    canaries: tuple[CanaryFound, ...] = ()
    people: tuple[PeopleFound, ...] = ()
    rebuilt: bytes = field(default=b"", repr=False)


def _text_of(data: bytes) -> str | None:
    """The text as a municipality writes it; nothing if it is none."""
    for encoding in _TEXT_ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def too_much(members: tuple[Member, ...], unpacked: int, count: int, limits: Limits) -> Iterator[tuple[MarkCode, str]]:
    """Is more announced than is unpacked here, with all archives so far? Asked of the directory, before anything is."""
    if unpacked > limits.unpacked:
        yield MarkCode.ARCHIVE_SIZE, ""
    if count > limits.members:
        yield MarkCode.ARCHIVE_COUNT, ""
    for each in members:
        if each.size > limits.ratio_from and each.size > limits.ratio * max(each.packed, 1):
            yield MarkCode.ARCHIVE_RATIO, str(each.number)
        if each.encrypted:
            yield MarkCode.ARCHIVE_ENCRYPTED, str(each.number)


class _Look:
    """One look at one parcel: gathers what is seen, and how much was unpacked so far."""

    def __init__(self, tools: Tools, *, rebuild: bool) -> None:
        self.tools, self.rebuild = tools, rebuild
        self.marks, self.people = list[Mark](), list[PeopleFound]()
        self.active, self.removed = set[str](), set[str]()
        self.counts: Counter[str] = Counter()
        self.numbers = self.unpacked = self.members = 0

    def say(self, code: MarkCode, place: str) -> None:
        """Note one mark."""
        self.marks.append(Mark(code=code, place=place))

    def search(self, text: str, place: str) -> None:
        """Count Individual Numbers, people and canaries in a text."""
        self.people += found_in_document(text, place)
        self.numbers += count_individual_numbers(text)
        self.count_canaries(text.encode("utf-8", "surrogatepass"))

    def count_canaries(self, data: bytes) -> None:
        """Count other municipalities' canaries in these bytes."""
        for each in found_in(self.tools.canaries.part(data)):
            self.counts[each.municipality] += each.count

    def apply_scanners(self, data: bytes, place: str) -> None:
        """Apply the detection rules, and ask the virus scanner."""
        found = list(self.tools.rules.scan(data))
        if self.tools.scanner is not None and (said := self.tools.scanner.scan(data)):
            found.append(said)
        self.marks += [Mark(code=each.code, place=place, detail=each.detail) for each in found]

    def at(self, data: bytes, place: str, depth: int, ending: str = "") -> tuple[str, bytes]:
        """Look at one object; its kind, and the rebuilt bytes if there are any."""
        kind, members = self.kind_of(data, place)
        self.marks += [Mark(code=code, place=place) for code in structure_faults(kind, data)]
        if not ending_fits(kind, ending):
            self.say(MarkCode.NAME_DIFFERS, place)
        self.apply_scanners(data, place)
        if kind in REBUILT:
            return kind, self.in_the_sandbox(kind, data, place)
        if kind == ZIP:
            self.inside(data, members, place, depth)
        elif kind in PROGRAMS:
            self.active.add("program")
        elif kind in TEXTS:
            self.as_text(data, place)
        else:
            self.say(MarkCode.KIND_NOT_INSPECTED, place)
        return kind, b""

    def kind_of(self, data: bytes, place: str) -> tuple[str, tuple[Member, ...]]:
        """The kind of an object, and the files in it if it is an archive that may be unpacked."""
        kind = sniff(data[:HEAD])
        if kind != ZIP:
            return kind, ()
        try:
            directory, members = read_directory(data, self.tools.limits.members)
        except ArchiveFault as fault:
            self.say(fault.code, place)
            return ZIP, ()
        faults = [*disordered(directory, members), *name_faults(members, self.tools.limits.name)]
        self.unpacked += sum(each.size for each in members)
        self.members += len(members)
        faults += too_much(members, self.unpacked, self.members, self.tools.limits)
        self.marks += [Mark(code=code, place=_inner(place, number)) for code, number in faults]
        return office_kind(map(read_name, members)), () if faults else members

    def inside(self, data: bytes, members: tuple[Member, ...], place: str, depth: int) -> None:
        """Look at every file in an archive, like at a parcel."""
        if depth >= self.tools.limits.depth and members:
            self.say(MarkCode.ARCHIVE_DEPTH, place)
            return
        for member in members:
            if member.raw_name.endswith(b"/"):
                continue
            inner = _inner(place, str(member.number))
            try:
                plain = unpack(data, member)
            except ArchiveFault as fault:
                self.say(fault.code, inner)
                continue
            self.at(plain, inner, depth + 1, ending_of(read_name(member) or ""))

    def as_text(self, data: bytes, place: str) -> None:
        """Look at a text."""
        self.active.update(active_kinds(data))
        text = _text_of(data)
        if text is None:
            self.say(MarkCode.TEXT_NOT_READ, place)
        else:
            self.search(text, place)

    def in_the_sandbox(self, kind: str, data: bytes, place: str) -> bytes:
        """Open a document in the sandbox; the rebuilt bytes, if they were asked for and nothing speaks against it."""
        if kind in IMAGES and pixels_of(kind, data) > self.tools.limits.pixels:
            self.say(MarkCode.IMAGE_TOO_LARGE, place)
            return b""
        if any(each.place.startswith(place) for each in self.marks):
            return b""  # it does not go on in any case, and a bomb is not opened
        if self.tools.sandbox is None:
            self.say(MarkCode.NO_SANDBOX, place)
            return b""
        try:
            answer = self.tools.sandbox.open_document(kind, data, rebuild=self.rebuild)
        except SandboxFault as fault:
            self.say(MarkCode.DOCUMENT_TOO_HEAVY if fault.too_heavy else MarkCode.DOCUMENT_DAMAGED, place)
            return b""
        return self.heard(answer, place)

    def heard(self, answer: Answer, place: str) -> bytes:
        """Take in what came out of the sandbox."""
        if answer.facts["fault"]:
            self.say(MarkCode(answer.facts["fault"]), place)
            return b""
        self.search(answer.facts["text"], place)
        self.removed.update(answer.facts["removed"])
        if not answer.rebuilt:
            self.active.update(answer.facts["active"])
        return answer.rebuilt


def _inner(place: str, number: str) -> str:
    """The place of a file in an archive: 2.1 is the first file in the second."""
    return ".".join(each for each in (place, number) if each)


def look_through(data: bytes, tools: Tools, *, rebuild: bool = False) -> Sight:
    """Look through a whole object; beyond the limits nothing is opened, and the parcel is held."""
    if len(data) > tools.limits.whole:
        mark = Mark(code=MarkCode.TOO_LARGE_TO_INSPECT)
        return Sight(kind=sniff(data[:HEAD]), marks=(mark,))
    look = _Look(tools, rebuild=rebuild)
    kind, rebuilt = look.at(data, "", 0)
    return Sight(
        kind=kind,
        marks=tuple(sorted(set(look.marks))),
        active=frozenset(look.active),
        removed=frozenset(look.removed),
        numbers=look.numbers,
        canaries=tuple(CanaryFound(municipality=each, count=count) for each, count in sorted(look.counts.items())),
        people=tuple(look.people),
        rebuilt=b"" if look.marks else rebuilt,
    )
