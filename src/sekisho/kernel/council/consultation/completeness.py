"""Is a dossier complete? Whatever is missing blocks its submission, and is named place by place.

不明 (unknown) is an answer, and is shown in colour; an empty field is none.
"""

from collections.abc import Iterator
from dataclasses import fields

from sekisho.kernel.council.consultation.dossier import (
    ConnectionSheet,
    Dossier,
    Feasibility,
    SafeguardKind,
)
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because
from sekisho.kernel.network import Carriage, Connection, blanks, blanks_of_lines


def _missing(place: str, what: str) -> Reason:
    """One missing answer."""
    return because(ReasonCode.DOSSIER_INCOMPLETE, place=place, what=what)


def _of_front_page(dossier: Dossier) -> Iterator[Reason]:
    """The texts of the front page."""
    for name in (
        "title_ja",
        "title_en",
        "agency",
        "department",
        "regime",
        "purpose",
        "before",
        "after",
        "planned_changes",
        "already_in_use_since",
    ):
        if not getattr(dossier, name):
            yield _missing(f"consultation {dossier.consultation}", name)


def _of_chart(dossier: Dossier) -> Iterator[Reason]:
    """Owners, installers, operators and places; and at least one arrow to decide on."""
    for blank in blanks(dossier.chart):
        place, _, what = blank.rpartition(".")
        yield _missing(place, what)
    if not dossier.chart.under_review():
        yield _missing("chart", "under_review")


def missing_lines(dossier: Dossier) -> tuple[Reason, ...]:
    """Who pays for each network and whose lines it runs on (consultation 56 asked four times); 不明 is an answer."""
    return tuple(_missing(*blank.rsplit(".", 1)) for blank in blanks_of_lines(dossier.chart))


def _of_items(arrow: Connection, sheet: ConnectionSheet) -> Iterator[Reason]:
    """Each data item of the arrow has its necessity and its law; nothing else is argued for."""
    argued = {use.item: use for use in sheet.items}
    for item in arrow.items:
        use = argued.get(item.item)
        if use is None:
            yield _missing(f"{arrow.connection}.{item.item}", "necessity")
            continue
        for name in ("necessity", "legal_basis", "alternative"):
            if not getattr(use, name):
                yield _missing(f"{arrow.connection}.{item.item}", name)
    for stranger in sorted(set(argued) - {each.item for each in arrow.items}):
        yield _missing(f"chart.{arrow.connection}", stranger)


def _of_safeguards(sheet: ConnectionSheet) -> Iterator[Reason]:
    """Each kind of safeguard is named, and at least one of each kind is more than possible."""
    for kind in SafeguardKind:
        real = [each for each in sheet.safeguards if each.kind is kind and each.feasibility is not Feasibility.CAN]
        if not real:
            yield _missing(f"{sheet.connection}.safeguards", str(kind))


def _of_retention(arrow: Connection, sheet: ConnectionSheet) -> Iterator[Reason]:
    """Both ends of the arrow say how long their copy is kept (pixels leave none)."""
    if arrow.carriage is Carriage.PIXELS:
        return
    places = {each.place for each in sheet.retention}
    for end in (arrow.source, arrow.target):
        if end not in places:
            yield _missing(f"{arrow.connection}.{end}", "retention")


def _of_sheet(arrow: Connection, sheet: ConnectionSheet) -> Iterator[Reason]:
    """One sheet: its texts and numbers, items, safeguards and keeping periods."""
    for field in fields(sheet):
        value = getattr(sheet, field.name)
        if value in ("", ()) and not (field.name == "items" and arrow.carriage is Carriage.PIXELS):
            yield _missing(arrow.connection, field.name)
    if arrow.carriage is not Carriage.PIXELS:
        for name in ("parcels_a_year", "records_a_year"):
            if getattr(sheet, name) <= 0:
                yield _missing(arrow.connection, name)
    yield from _of_items(arrow, sheet)
    yield from _of_safeguards(sheet)
    yield from _of_retention(arrow, sheet)


def _of_processors(dossier: Dossier) -> Iterator[Reason]:
    """Every contractor says where the data are and which certificate it holds, if any (「なし」 is an answer)."""
    for each in dossier.processors:
        for name in ("works_for", "task", "place_of_data", "certificate"):
            if not getattr(each, name):
                yield _missing(each.contractor, name)


def missing_in(dossier: Dossier) -> tuple[Reason, ...]:
    """Every answer that is still missing, in the order of the form."""
    reasons = [*_of_front_page(dossier), *_of_chart(dossier), *_of_processors(dossier)]
    for arrow in dossier.chart.under_review():
        sheet = dossier.sheet_of(arrow.connection)
        reasons += [_missing(arrow.connection, "sheet")] if sheet is None else _of_sheet(arrow, sheet)
    return tuple(reasons)


def check_complete(dossier: Dossier) -> None:
    """May it be submitted?

    Raises:
        Refused: With every missing answer.

    """
    if reasons := missing_in(dossier):
        raise Refused(reasons)
