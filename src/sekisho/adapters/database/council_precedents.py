"""Precedents (先例): a new draft begins from the chart of an earlier consultation, not from an empty sheet."""

from dataclasses import dataclass, replace

from sekisho.adapters.database.council_papers import Paper, read_paper
from sekisho.adapters.database.models import Consultation, Matter
from sekisho.adapters.dossiers import Dossier as Published
from sekisho.adapters.dossiers import read_dossier
from sekisho.kernel import Chart, Connection, Specification
from sekisho.kernel.council import ConnectionSheet, Dossier, ItemUse, PermitTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """An earlier consultation to begin from."""

    key: str
    label_ja: str
    label_en: str


def precedents(tenant: str) -> tuple[Precedent, ...]:
    """The consultations that are published, and the matters that were drafted here."""
    published = Consultation.objects.filter(tenant_id=tenant).order_by("consultation")
    matters = Matter.objects.filter(tenant_id=tenant).order_by("matter")
    return (
        *(
            Precedent(key=f"c-{each.consultation}", label_ja=each.label_ja, label_en=each.label_en)
            for each in published
        ),
        *(Precedent(key=f"m-{each.matter}", label_ja=each.label_ja, label_en=each.label_en) for each in matters),
    )


def empty_paper() -> Paper:
    """Papers in which every answer is missing."""
    return Paper(
        dossier=Dossier(
            consultation="",
            version=1,
            title_ja="",
            title_en="",
            tenant="",
            agency="",
            department="",
            regime="",
            purpose="",
            before="",
            after="",
            planned_changes="",
            already_in_use_since="",
            chart=Chart(networks=(), computers=(), connections=()),
            sheets=(),
        ),
        terms=(),
    )


def _sheet(arrow: Connection, specification: Specification | None) -> ConnectionSheet:
    """What a published consultation says of an arrow; the rest is left to the drafter."""
    uses = (ItemUse(item=each.item, necessity=each.use, legal_basis="", alternative="") for each in arrow.items)
    return ConnectionSheet(
        connection=arrow.connection,
        purpose="",
        function="",
        trigger="",
        parcels_a_year=0,
        records_a_year=0,
        subjects=(),
        operators=specification.persons if specification else (),
        factors=(),
        items=tuple(uses),
        retention=(),
        safeguards=(),
    )


def _terms(said: Specification) -> PermitTerms:
    """The terms of a permit that was issued before."""
    return PermitTerms(
        connection=said.connection,
        counterpart=said.counterpart,
        terminals=said.terminals,
        layouts=said.layouts,
        types=said.types,
        bytes_at_most=said.bytes_at_most,
        records_at_most=said.records_at_most,
        parcels_a_day=said.parcels_a_day,
        erase_within_hours=said.erase_within_hours,
        not_before=said.not_before,
        not_after=said.not_after,
        strip_unapproved=said.strip_unapproved,
    )


def _from_published(published: Published) -> Paper:
    """Papers that begin from a published consultation: its chart, its items, the terms of its latest permits."""
    latest = {each.specification.connection: each.specification for each in published.approved}
    arrows = published.chart.under_review()
    dossier = replace(
        empty_paper().dossier,
        title_ja=published.consultation["ja"],
        title_en=published.consultation["en"],
        chart=published.chart,
        sheets=tuple(_sheet(each, latest.get(each.connection)) for each in arrows),
    )
    return Paper(dossier=dossier, terms=tuple(_terms(each) for each in latest.values()))


def paper_like(tenant: str, key: str) -> Paper:
    """Papers that begin from a precedent; empty ones if there is none of that name here."""
    kind, _, name = key.partition("-")
    if kind == "c" and (found := Consultation.objects.filter(tenant_id=tenant, consultation=name).first()):
        return _from_published(read_dossier(found.dossier))
    if kind == "m" and (row := Matter.objects.filter(tenant_id=tenant, matter=name).first()):
        paper = read_paper(row)
        return replace(paper, dossier=replace(paper.dossier, exemption=None))
    return empty_paper()
