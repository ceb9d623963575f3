"""The papers of a matter: each version of its dossier with the terms of its permits, frozen when circulated."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sekisho.adapters.database.council_deeds import text_digest
from sekisho.adapters.database.models import CouncilNumber, DossierVersion, Matter
from sekisho.adapters.database.turns import writing
from sekisho.kernel import Chart, ReasonCode, Refused, SekishoError, because
from sekisho.kernel.council import (
    Dossier,
    PermitTerms,
    canonical_dossier,
    digest_of_dossier,
    dossier_from_data,
    missing_in_papers,
    terms_to_data,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A dossier and the terms of its permits, as they are put to the council together."""

    dossier: Dossier
    terms: tuple[PermitTerms, ...]


def set_next_consultation(tenant: str, number: int) -> None:
    """Let the register go on from an earlier one, such as 56 in November 2019. Numbers never go back.

    Raises:
        SekishoError: That number was passed already.

    """
    with writing():
        row, _ = CouncilNumber.objects.get_or_create(tenant_id=tenant, series="consultation")
        if number < row.next:
            message = f"consultation numbers of {tenant} are at {row.next} already"
            raise SekishoError(message)
        CouncilNumber.objects.filter(pk=row.pk).update(next=number)


def write_terms(terms: Sequence[PermitTerms]) -> str:
    """Terms as text, in one way of writing."""
    return json.dumps([terms_to_data(each) for each in terms], ensure_ascii=False, sort_keys=True)


def read_terms(text: str) -> tuple[PermitTerms, ...]:
    """Terms as they were written."""
    rows: list[dict[str, Any]] = json.loads(text)
    return tuple(PermitTerms(**{name: _frozen(value) for name, value in each.items()}) for each in rows)


def _frozen(value: Any) -> Any:
    """Lists as they stand in facts."""
    return tuple(value) if isinstance(value, list) else value


@lru_cache(maxsize=64)
def _read_body(body: str) -> tuple[Dossier, str]:
    """A dossier as it was written, and its digest. The same text is read once: a page asks for it many times."""
    dossier = dossier_from_data(json.loads(body))
    return dossier, digest_of_dossier(dossier)


def read_paper(row: Matter, version: int = 0) -> Paper:
    """A version of a dossier, the present one if none is named; a frozen one must be what was frozen.

    Raises:
        Refused: There is no such version.
        SekishoError: A frozen version was changed in the database.

    """
    found = DossierVersion.objects.filter(matter=row, version=version or row.version).first()
    if found is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=f"{row.matter}/{version or row.version}")])
    return read_version(row, found)


def read_version(row: Matter, found: DossierVersion) -> Paper:
    """A version from its row; a frozen one must be what was frozen.

    Raises:
        SekishoError: A frozen version was changed in the database.

    """
    dossier, digest = _read_body(found.body)
    digests = (digest, text_digest(found.terms))
    if found.frozen_at is not None and digests != (found.digest, found.terms_digest):
        message = f"version {found.version} of {row.matter} is not the one that was frozen"
        raise SekishoError(message)
    return Paper(dossier=dossier, terms=read_terms(found.terms))


def charts_of(tenant: str) -> tuple[Chart, ...]:
    """The charts of the papers that were circulated, the newest first."""
    rows = DossierVersion.objects.filter(matter__tenant_id=tenant, frozen_at__isnull=False).order_by("-id")
    return tuple(_read_body(each)[0].chart for each in rows.values_list("body", flat=True))


def is_frozen(row: Matter) -> bool:
    """Was the present version circulated?"""
    return DossierVersion.objects.filter(matter=row, version=row.version, frozen_at__isnull=False).exists()


def keep_paper(row: Matter, paper: Paper) -> Dossier:
    """Write the present version, which is not frozen; number, version and department are the register's.

    Raises:
        Refused: It is frozen.

    """
    if is_frozen(row):
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=f"{row.matter}/{row.version}", state="frozen")])
    dossier = replace(
        paper.dossier,
        consultation=row.consultation or row.matter,
        version=row.version,
        tenant=row.tenant_id,
        agency=row.agency,
        department=row.department,
    )
    values = {"body": canonical_dossier(dossier).decode(), "terms": write_terms(paper.terms)}
    DossierVersion.objects.update_or_create(matter=row, version=row.version, defaults=values)
    row.label_ja, row.label_en = dossier.title_ja, dossier.title_en
    row.save()
    return dossier


def check_paper(row: Matter) -> Paper:
    """The present version, complete.

    Raises:
        Refused: With every missing answer.

    """
    paper = read_paper(row)
    if reasons := missing_in_papers(paper.dossier, paper.terms):
        raise Refused(reasons)
    return paper


def freeze_paper(row: Matter, at: datetime) -> tuple[Dossier, dict[str, object]]:
    """Freeze the present version, if it is complete; answers with the dossier and its digests.

    Raises:
        Refused: With every missing answer.

    """
    paper = check_paper(row)
    digest, terms_digest = digest_of_dossier(paper.dossier), text_digest(write_terms(paper.terms))
    unfrozen = DossierVersion.objects.filter(matter=row, version=row.version, frozen_at__isnull=True)
    unfrozen.update(digest=digest, terms_digest=terms_digest, frozen_at=at)
    return paper.dossier, {"digest": digest, "terms_digest": terms_digest}


def begin_version(row: Matter, like: int = 0) -> None:
    """The next version, as yet like the present one, or like an earlier one."""
    paper = read_paper(row, like)
    row.version += 1
    row.save()
    keep_paper(row, paper)
