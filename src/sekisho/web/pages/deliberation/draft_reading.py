"""Reading the form of S-205: what was typed, laid over what was there. What the form did not ask stays as it was."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sekisho.adapters.database.council_papers import Paper
from sekisho.kernel.council import REGIMES, ConnectionSheet, Feasibility, ItemUse, PermitTerms, Retention, Safeguard
from sekisho.web.pages.deliberation.contractors import read_contractors
from sekisho.web.pages.deliberation.custody_part import read_custody
from sekisho.web.pages.deliberation.draft_form import (
    FRONT,
    ITEM,
    LISTS,
    SHEET,
    TERM_LISTS,
    TERM_NUMBERS,
    TERM_TEXTS,
    ends_of,
    guard_lines,
    kept_lines,
)
from sekisho.web.words import Words

Typed = Mapping[str, str]
Names = Iterable[tuple[str, Words]]


def _text(typed: Typed, name: str, before: str) -> str:
    """A text as it was typed."""
    return typed.get(name, before).strip()


def _number(typed: Typed, name: str, before: int) -> int:
    """A whole number as it was typed; anything else is none, and is missing when it is submitted."""
    text = typed.get(name, str(before)).strip()
    return int(text) if text.isascii() and text.isdecimal() else 0


def _lines(typed: Typed, name: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """One entry a line."""
    text = typed.get(name)
    return before if text is None else tuple(line.strip() for line in text.splitlines() if line.strip())


def _texts(typed: Typed, at: str, names: Names, before: object) -> dict[str, Any]:
    """Several texts of one fact."""
    return {name: _text(typed, f"{at}.{name}", getattr(before, name)) for name, _ in names}


def _lists(typed: Typed, at: str, names: Names, before: object) -> dict[str, Any]:
    """Several lists of one fact."""
    return {name: _lines(typed, f"{at}.{name}", getattr(before, name)) for name, _ in names}


def _numbers(typed: Typed, at: str, names: Iterable[str], before: object) -> dict[str, Any]:
    """Several numbers of one fact."""
    return {name: _number(typed, f"{at}.{name}", getattr(before, name)) for name in names}


def _read_kept(typed: Typed, at: str, kept: Retention) -> Retention:
    """How long a copy is kept at one place."""
    texts = (("reason", Words("", "")), ("method", Words("", "")))
    return replace(kept, **_numbers(typed, at, ("hours",), kept), **_texts(typed, at, texts, kept))


def _read_guard(typed: Typed, at: str, guard: Safeguard) -> Safeguard:
    """One safeguard."""
    feasibility = Feasibility(typed.get(f"{at}.feasibility", guard.feasibility))
    return replace(guard, text=_text(typed, f"{at}.text", guard.text), feasibility=feasibility)


def _read_use(typed: Typed, at: str, use: ItemUse) -> ItemUse:
    """Why a data item is needed, and whether it is an Individual Number."""
    marked = typed.get(f"{at}.individual_number", "yes" if use.individual_number else "no")
    return replace(use, **_texts(typed, at, ITEM, use), individual_number=marked == "yes")


def _read_sheet(typed: Typed, sheet: ConnectionSheet, ends: tuple[str, ...]) -> ConnectionSheet:
    """A sheet as it was typed; lines that stayed blank are left out."""
    at = f"sheet.{sheet.connection}"
    kept = (_read_kept(typed, f"{at}.kept.{each.place}", each) for each in kept_lines(sheet, ends))
    guards = (_read_guard(typed, f"{at}.guard.{each.safeguard}", each) for each in guard_lines(sheet))
    return replace(
        sheet,
        **_texts(typed, at, SHEET, sheet),
        **_lists(typed, at, LISTS, sheet),
        **_numbers(typed, at, ("parcels_a_year", "records_a_year"), sheet),
        items=tuple(_read_use(typed, f"{at}.item.{each.item}", each) for each in sheet.items),
        retention=tuple(each for each in kept if each.reason or each.method),
        safeguards=tuple(each for each in guards if each.text),
    )


def _read_terms(typed: Typed, terms: PermitTerms) -> PermitTerms:
    """Terms as they were typed."""
    at = f"terms.{terms.connection}"
    return replace(
        terms,
        **_texts(typed, at, TERM_TEXTS, terms),
        **_lists(typed, at, TERM_LISTS, terms),
        **_numbers(typed, at, (name for name, _ in TERM_NUMBERS), terms),
    )


def read_draft(paper: Paper, typed: Typed) -> Paper:
    """The papers as they were typed over what was there.

    Raises:
        ValueError: A choice is none of those that the form offers.

    """
    dossier = paper.dossier
    regime = typed.get("front.regime", dossier.regime)
    changed = replace(
        dossier,
        **_texts(typed, "front", FRONT, dossier),
        regime=regime if regime in REGIMES else "",
        processors=read_contractors(dossier, typed),
        sheets=tuple(_read_sheet(typed, each, ends_of(dossier, each.connection)) for each in dossier.sheets),
    )
    return Paper(dossier=read_custody(changed, typed), terms=tuple(_read_terms(typed, each) for each in paper.terms))
