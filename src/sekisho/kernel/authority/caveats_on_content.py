"""Caveats that can be decided only from the bytes: type, layout, data items, numbers, volume."""

from dataclasses import dataclass
from typing import ClassVar

from sekisho.kernel.authority.caveats import ContentCaveat, register
from sekisho.kernel.authority.passage import Findings
from sekisho.kernel.errors import Reason, ReasonCode, because


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class TypesOnly(ContentCaveat):
    """Only these content types, by what the bytes are and not by the file's name."""

    tag: ClassVar[int] = 20
    types: tuple[str, ...]

    def against(self, found: Findings) -> tuple[Reason, ...]:
        """Is it something else?"""
        if found.media_type in self.types:
            return ()
        approved = ", ".join(self.types)
        return (because(ReasonCode.TYPE_NOT_APPROVED, found=found.media_type, approved=approved),)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutsOnly(ContentCaveat):
    """Only records of these layouts."""

    tag: ClassVar[int] = 21
    layouts: tuple[str, ...]

    def against(self, found: Findings) -> tuple[Reason, ...]:
        """Is it another kind of record?"""
        if found.layout in self.layouts:
            return ()
        return (because(ReasonCode.LAYOUT_NOT_APPROVED, layout=found.layout or "-"),)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsOnly(ContentCaveat):
    """Only these data items (取り扱う個人情報の項目). `strip` says: take others out instead of refusing."""

    tag: ClassVar[int] = 22
    items: tuple[str, ...]
    strip: bool = False

    def against(self, found: Findings) -> tuple[Reason, ...]:
        """One reason for every item the council did not hear of."""
        if self.strip:
            return ()
        return tuple(
            because(
                ReasonCode.ITEM_NOT_APPROVED,
                item=item,
                label=found.item_labels.get(item, item),
            )
            for item in sorted(self.unapproved(found))
        )

    def unapproved(self, found: Findings) -> frozenset[str]:
        """The items present that were not approved."""
        return found.items - frozenset(self.items)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class NoFaultyRecords(ContentCaveat):
    """Every record fits its layout."""

    tag: ClassVar[int] = 23
    limit: int = 0

    def against(self, found: Findings) -> tuple[Reason, ...]:
        """Does any record not fit?"""
        if found.fault_count <= self.limit:
            return ()
        first = found.first_fault
        return (
            because(
                ReasonCode.RECORDS_FAULTY,
                count=found.fault_count,
                row=first.row if first else "-",
                column=first.column if first else "-",
                byte=first.byte if first else "-",
                what=first.what if first else "-",
            ),
        )


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class NoIndividualNumberOutside(ContentCaveat):
    """No Individual Number (個人番号) outside the columns named here: none found, and none that a layout declares."""

    tag: ClassVar[int] = 24
    columns: tuple[str, ...] = ()

    def against(self, found: Findings) -> tuple[Reason, ...]:
        """One reason for every column that holds one in the wrong place, or is there to hold one."""
        declared = (
            because(ReasonCode.NUMBER_COLUMN_NOT_APPROVED, column=column, item=item)
            for column, item in sorted(found.number_columns.items())
            if column not in self.columns
        )
        held = (
            because(ReasonCode.INDIVIDUAL_NUMBER_FOUND, column=each.column, count=each.count, row=each.first_row)
            for each in found.individual_numbers
            if each.column not in self.columns
        )
        return (*declared, *held)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsAtMost(ContentCaveat):
    """No more records in one parcel than were approved; more are held and asked about."""

    tag: ClassVar[int] = 25
    limit: int

    def against(self, found: Findings) -> tuple[Reason, ...]:
        """Are there too many?"""
        if found.records <= self.limit:
            return ()
        return (because(ReasonCode.TOO_MANY_RECORDS, count=found.records, limit=self.limit),)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class NoActiveContent(ContentCaveat):
    """Nothing that could run: macros, scripts, formulas, links to programs. `allowed` names kinds that may stay."""

    tag: ClassVar[int] = 26
    allowed: tuple[str, ...] = ()

    def against(self, found: Findings) -> tuple[Reason, ...]:
        """Is there something that could run?"""
        kinds = [kind for kind in found.active_content if kind not in self.allowed]
        return (because(ReasonCode.ACTIVE_CONTENT, kinds=", ".join(kinds)),) if kinds else ()


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMunicipalityOnly(ContentCaveat):
    """No record of another municipality. `limit` is how many are tolerated."""

    tag: ClassVar[int] = 27
    limit: int = 0

    def against(self, found: Findings) -> tuple[Reason, ...]:
        """Does a record belong elsewhere?"""
        if found.other_municipality <= self.limit:
            return ()
        return (because(ReasonCode.OTHER_MUNICIPALITY, count=found.other_municipality),)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDemanded(ContentCaveat):
    """The machine that inspects must have at least these inspections."""

    tag: ClassVar[int] = 28
    inspections: tuple[str, ...]

    def against(self, found: Findings) -> tuple[Reason, ...]:
        """One reason for every inspection that is missing."""
        return tuple(
            because(ReasonCode.PROFILE_TOO_WEAK, missing=each) for each in self.inspections if each not in found.profile
        )


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class RebuiltOnly(ContentCaveat):
    """Only what was rebuilt (無害化) goes on, never the bytes that came."""

    tag: ClassVar[int] = 29

    def against(self, found: Findings) -> tuple[Reason, ...]:
        """Could it not be rebuilt?"""
        return () if found.rebuilt_sha256 else (because(ReasonCode.NOT_REBUILT),)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsMasked(ContentCaveat):
    """These data items go along in their place, and only with their values hidden (伏せる).

    The gate hides them before both opinions are asked, and they are then no longer among what is found. Whoever asks
    about a parcel as it came, with one of them in the clear, is told no.
    """

    tag: ClassVar[int] = 30
    items: tuple[str, ...]

    def against(self, found: Findings) -> tuple[Reason, ...]:
        """One reason for every item that would go on in the clear."""
        return tuple(
            because(ReasonCode.ITEM_NOT_APPROVED, item=item, label=found.item_labels.get(item, item))
            for item in sorted(found.items & frozenset(self.items))
        )
