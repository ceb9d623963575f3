"""The frozen dossier that a self-check asks about: the version in force, or the consultation as it was published."""

from dataclasses import dataclass
from functools import lru_cache

from sekisho.adapters.database.council_papers import read_paper
from sekisho.adapters.database.council_versions import version_in_force
from sekisho.adapters.database.models import Consultation, Matter, PermitRow, SelfCheckRow
from sekisho.adapters.dossiers import read_dossier
from sekisho.kernel import SekishoError
from sekisho.kernel.council import PERMIT_ALIVE, CheckQuestion, Dossier, digest_of_dossier, questions_for


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A dossier with the version of it that is in force, and its matter, if its procedure was kept here."""

    dossier: Dossier
    version: int
    matter: str


@lru_cache(maxsize=64)
def _published(digest: str, text: str) -> Dossier:
    """A published dossier, read once for each content."""
    del digest
    return read_dossier(text).papers.dossier


def paper_in_force(tenant: str, consultation: str) -> InForce | None:
    """The dossier of a consultation as it is in force; nothing for a permit that another house approved."""
    row = Matter.objects.filter(tenant_id=tenant, consultation=consultation).exclude(consultation="").first()
    if row is not None and (version := version_in_force(row)):
        return InForce(dossier=read_paper(row, version).dossier, version=version, matter=row.matter)
    put = Consultation.objects.filter(tenant_id=tenant, consultation=consultation).first()
    if put is None:
        return None
    return InForce(dossier=_published(put.dossier_digest, put.dossier), version=1, matter="")


def dossier_of_round(row: SelfCheckRow) -> Dossier:
    """The dossier that a round asks about: the version at which it began, whatever was changed since.

    Raises:
        SekishoError: What is on file is not what it began with.

    """
    matter = Matter.objects.filter(tenant_id=row.tenant_id, consultation=row.consultation).first()
    if matter is not None and version_in_force(matter):
        dossier: Dossier | None = read_paper(matter, row.version).dossier
    else:
        found = paper_in_force(row.tenant_id, row.consultation)
        dossier = found.dossier if found else None
    if dossier is None or digest_of_dossier(dossier) != row.dossier_digest:
        message = f"the dossier of self-check {row.number} is not the one that it began with"
        raise SekishoError(message)
    return dossier


def questions_of_round(row: SelfCheckRow) -> tuple[CheckQuestion, ...]:
    """What a round asks."""
    return questions_for(dossier_of_round(row))


def permits_alive(tenant: str, consultation: str = "") -> list[PermitRow]:
    """The permits of a municipality, or of one consultation, that have not ended."""
    rows = PermitRow.objects.filter(tenant_id=tenant, status__in=PERMIT_ALIVE).order_by("permit")
    return list(rows.filter(consultation=consultation) if consultation else rows)
