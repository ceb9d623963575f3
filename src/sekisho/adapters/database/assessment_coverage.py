"""What a version covers: its connections, each with the contractor and the data items of its dossier at that time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sekisho.adapters.database.council_papers import Paper, read_paper
from sekisho.adapters.database.models import AssessmentVersion, Consultation, Matter
from sekisho.adapters.dossiers import permit_terms, read_dossier
from sekisho.kernel import Coverage, Particulars, written_items


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """The connections of a version as its row keeps them: their names, and what is known of each."""

    connections: list[str]
    particulars: dict[str, Any]


def papers_of(tenant: str) -> Iterator[Paper]:
    """Every dossier of a municipality with its terms: those on their way first, the newest first."""
    for row in Matter.objects.filter(tenant_id=tenant).order_by("-id"):
        yield read_paper(row)
    for published in Consultation.objects.filter(tenant_id=tenant).order_by("-id"):
        known = read_dossier(published.dossier)
        terms = {each.specification.connection: permit_terms(each) for each in known.approved}
        yield Paper(dossier=known.papers.dossier, terms=tuple(terms.values()))


def _particulars(paper: Paper, connection: str) -> Particulars | None:
    """The contractor and the items of one connection, if it stands in this dossier with its terms."""
    arrow = paper.dossier.chart.connection_named(connection)
    terms = next((each for each in paper.terms if each.connection == connection), None)
    if arrow is None or terms is None:
        return None
    return Particulars(counterpart=terms.counterpart, items=written_items(arrow.items, (i.item for i in arrow.items)))


def cover(tenant: str, connections: Iterable[str]) -> Covered:
    """These connections with their particulars: those of the newest dossier that has them."""
    open_names, known = set(connections), dict[str, Any]()
    for paper in papers_of(tenant) if open_names else ():
        for name in sorted(open_names - set(known)):
            if (found := _particulars(paper, name)) is not None:
                known[name] = {"counterpart": found.counterpart, "items": list(found.items)}
    return Covered(connections=sorted(open_names), particulars=known)


def coverage_of(version: AssessmentVersion) -> tuple[Coverage, ...]:
    """What a version covers, as the gate compares it."""
    return tuple(
        Coverage(connection=each, particulars=_read(version.particulars.get(each))) for each in version.connections
    )


def _read(known: dict[str, Any] | None) -> Particulars | None:
    """Particulars from their row."""
    return None if known is None else Particulars(counterpart=known["counterpart"], items=tuple(known["items"]))
