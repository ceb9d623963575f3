"""Precedents (先例): a new draft begins from the chart of an earlier consultation, not from an empty sheet.

What another department has not handed in is nobody's precedent: of its matters only what was circulated, or what lies
with the secretariat now, may be copied.
"""

from dataclasses import dataclass, replace
from typing import Final

from sekisho.adapters.database.council_papers import Paper, read_paper
from sekisho.adapters.database.models import Consultation, DossierVersion, Matter
from sekisho.adapters.dossiers import Dossier as Published
from sekisho.adapters.dossiers import read_dossier
from sekisho.kernel import Chart, Connection, ReasonCode, Refused, Specification, because
from sekisho.kernel.council import Annex, ConnectionSheet, Dossier, ItemUse, NoteKind, PermitTerms

_HANDED_IN: Final = frozenset({"submitted", "accepted", "exemption_claimed", "exempt", "agenda"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """An earlier consultation to begin from."""

    key: str
    label_ja: str
    label_en: str


def _version_for(row: Matter, department: str) -> int:
    """Which version of a matter this department may copy; 0 if none.

    Its own as it stands; another's only as it was last circulated, or as it was handed in for the first time. A draft
    that was sent back, and a version that is being rewritten, are drafts again.
    """
    if row.department == department:
        return row.version
    frozen = DossierVersion.objects.filter(matter=row, frozen_at__isnull=False).order_by("-version").first()
    if frozen is not None:
        return frozen.version
    return row.version if row.version == 1 and row.state in _HANDED_IN else 0


def precedents(tenant: str, department: str) -> tuple[Precedent, ...]:
    """What a department may begin from: what is published, its own matters, and what others have handed in."""
    published = Consultation.objects.filter(tenant_id=tenant).order_by("consultation")
    matters = Matter.objects.filter(tenant_id=tenant).order_by("matter")
    return (
        *(
            Precedent(key=f"c-{each.consultation}", label_ja=each.label_ja, label_en=each.label_en)
            for each in published
        ),
        *(_precedent(each, department) for each in matters if _version_for(each, department)),
    )


def _precedent(row: Matter, department: str) -> Precedent:
    """A matter to begin from, by the title of the version that may be copied."""
    dossier = read_paper(row, _version_for(row, department)).dossier
    return Precedent(key=f"m-{row.matter}", label_ja=dossier.title_ja, label_en=dossier.title_en)


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
        house_keeps_days=said.house_keeps_days,
        contractor_keeps_days=said.contractor_keeps_days,
        key_lent_hours=said.key_lent_hours,
    )


def with_lines(chart: Chart, annex: Annex) -> Chart:
    """The chart with what the annex of a published consultation says of who pays and whose lines are used."""
    cards = {each.network: each for each in annex.networks}
    networks = (
        replace(each, fee_payer=cards[each.network].fee_payer, carrier=cards[each.network].carrier)
        if each.network in cards
        else each
        for each in chart.networks
    )
    return replace(chart, networks=tuple(networks))


def with_annex(dossier: Dossier, annex: Annex) -> Dossier:
    """A dossier that itself says what was laid beside it: the lines, the devices, the custody, what is not joined."""
    return replace(
        dossier,
        chart=with_lines(dossier.chart, annex),
        devices=annex.computers,
        credentials=annex.credentials,
        notes=tuple(each for each in annex.notes if each.kind is NoteKind.NO_PATH),
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
    dossier = with_annex(dossier, published.papers.annex)
    return Paper(dossier=dossier, terms=tuple(_terms(each) for each in latest.values()))


def precedent_dossier(tenant: str, department: str, key: str) -> Dossier:
    """A precedent as it was put to the council, to be compared with; what was assumed of it is no field.

    Raises:
        Refused: There is no such precedent for this department.

    """
    kind, _, name = key.partition("-")
    found = Consultation.objects.filter(tenant_id=tenant, consultation=name).first() if kind == "c" else None
    if found is None:
        return paper_like(tenant, department, key or "-").dossier
    papers = read_dossier(found.dossier).papers
    return replace(with_annex(papers.dossier, papers.annex), assumed=())


def paper_like(tenant: str, department: str, key: str) -> Paper:
    """Papers that begin from a precedent; empty ones if no precedent is named.

    Raises:
        Refused: There is no such precedent for this department.

    """
    kind, _, name = key.partition("-")
    if not key:
        return empty_paper()
    if kind == "c" and (found := Consultation.objects.filter(tenant_id=tenant, consultation=name).first()):
        return _from_published(read_dossier(found.dossier))
    row = Matter.objects.filter(tenant_id=tenant, matter=name).first() if kind == "m" else None
    version = _version_for(row, department) if row else 0
    if row is None or not version:
        raise Refused([because(ReasonCode.NOT_FOUND, what=key)])
    paper = read_paper(row, version)
    return replace(paper, dossier=replace(paper.dossier, exemption=None))
