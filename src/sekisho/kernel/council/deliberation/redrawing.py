"""The papers follow the chart: each arrow under review has its sheet, each that crosses by the gate its terms.

An officer draws; nobody has to know which sheet belongs to which arrow. What was written about an arrow that is no
longer under review goes with it, and is named beforehand, so that the officer is asked.
"""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Final

from sekisho.kernel.council.consultation.completeness import missing_in, missing_lines
from sekisho.kernel.council.consultation.dossier import ConnectionSheet, Dossier, ItemUse, Retention
from sekisho.kernel.council.deliberation.annex import missing_beside
from sekisho.kernel.council.deliberation.letter import PermitTerms, gated_arrows, missing_terms
from sekisho.kernel.errors import Reason
from sekisho.kernel.network import Chart, Connection

_INDIVIDUAL_NUMBER: Final = "individual_number"


def blank_sheet(arrow: Connection) -> ConnectionSheet:
    """A sheet on which nothing is answered yet but what the arrow itself says of its items."""
    return ConnectionSheet(
        connection=arrow.connection,
        purpose="",
        function="",
        trigger="",
        parcels_a_year=0,
        records_a_year=0,
        subjects=(),
        operators=(),
        factors=(),
        items=_uses(arrow, ()),
        retention=(),
        safeguards=(),
    )


def blank_terms(chart: Chart, arrow: Connection) -> PermitTerms:
    """Terms on which nothing is agreed yet but who stands at the other end."""
    ours = {each.computer for each in chart.computers if each.ours}
    other = next((end for end in (arrow.source, arrow.target) if end not in ours), "")
    return PermitTerms(
        connection=arrow.connection,
        counterpart=other,
        terminals=(),
        layouts=(),
        types=(),
        bytes_at_most=0,
        records_at_most=0,
        parcels_a_day=0,
        erase_within_hours=0,
        not_before="",
        not_after="",
    )


def _uses(arrow: Connection, said: Iterable[ItemUse]) -> tuple[ItemUse, ...]:
    """One line for each data item of an arrow: what was said of it, or its use as a beginning."""
    known = {each.item: each for each in said}
    return tuple(
        known.get(each.item)
        or ItemUse(
            item=each.item,
            necessity=each.use,
            legal_basis="",
            alternative="",
            individual_number=_INDIVIDUAL_NUMBER in (each.item, *each.written_as),
        )
        for each in arrow.items
    )


def _kept(sheet: ConnectionSheet, gone: set[str]) -> tuple[Retention, ...]:
    """How long copies are kept, at the places that are still on the chart."""
    return tuple(each for each in sheet.retention if each.place not in gone)


def redraw(dossier: Dossier, terms: Iterable[PermitTerms], chart: Chart) -> tuple[Dossier, tuple[PermitTerms, ...]]:
    """The dossier with another chart: sheets and terms follow its arrows, and what was written about them stays."""
    sheets = {each.connection: each for each in dossier.sheets}
    known = {each.connection: each for each in terms}
    gone = {each.computer for each in dossier.chart.computers} - {each.computer for each in chart.computers}
    followed = tuple(
        replace(sheet, items=_uses(arrow, sheet.items), retention=_kept(sheet, gone))
        for arrow in chart.under_review()
        for sheet in (sheets.get(arrow.connection) or blank_sheet(arrow),)
    )
    devices = tuple(each for each in dossier.devices if each.computer not in gone)
    drawn = replace(dossier, chart=chart, sheets=followed, devices=devices)
    return drawn, tuple(known.get(each.connection) or blank_terms(chart, each) for each in gated_arrows(drawn))


def lost_by(dossier: Dossier, terms: Iterable[PermitTerms], chart: Chart) -> tuple[Connection, ...]:
    """The arrows of the present chart about which something was written that the other chart has no place for."""
    held = tuple(terms)
    drawn, kept = redraw(dossier, held, chart)
    sheets, followed = {each.connection for each in drawn.sheets}, {each.connection for each in kept}
    lost = {each.connection for each in dossier.sheets if each.connection not in sheets and _is_written(dossier, each)}
    lost |= {each.connection for each in held if each.connection not in followed and _is_agreed(each)}
    return tuple(each for each in dossier.chart.connections if each.connection in lost)


def _is_written(dossier: Dossier, sheet: ConnectionSheet) -> bool:
    """Does a sheet say more than its arrow alone?"""
    arrow = dossier.chart.connection_named(sheet.connection)
    return arrow is None or sheet != blank_sheet(arrow)


def _is_agreed(terms: PermitTerms) -> bool:
    """Do the terms say more than which arrow it is and who stands at the other end?"""
    said = (getattr(terms, each.name) for each in fields(terms) if each.name not in {"connection", "counterpart"})
    return any(said)


def missing_in_papers(dossier: Dossier, terms: Iterable[PermitTerms]) -> tuple[Reason, ...]:
    """Every answer that is still missing in a dossier and in the terms of its permits, in the order of the form."""
    return (*missing_in(dossier), *missing_lines(dossier), *missing_beside(dossier), *missing_terms(dossier, terms))
