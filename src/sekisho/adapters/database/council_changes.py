"""A material change of what was approved: the permits of the changed arrows wait until the council decides again."""

from typing import Final

from sekisho.adapters.database.council_deeds import Deed, bench, find_matter, roles_of
from sekisho.adapters.database.council_papers import Paper, begin_version, keep_paper, read_paper
from sekisho.adapters.database.models import Matter, PermitRow
from sekisho.adapters.database.permits import take_step
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import (
    Act,
    ChangeClass,
    PermitTerms,
    arrows_changed,
    classify_change,
    digest_of_dossier,
)

_NO_LONGER_ASKED: Final = ("rejected", "withdrawn", "returned")


def present_terms(tenant: str, matter: str) -> tuple[PermitTerms, ...]:
    """The terms of the present version of a matter.

    Raises:
        Refused: There is no such matter.

    """
    return read_paper(find_matter(tenant, matter)).terms


def _terms_changed(before: Paper, after: Paper) -> frozenset[str]:
    """The arrows whose terms are others: they are part of what two persons signed."""
    old: dict[str, PermitTerms] = {each.connection: each for each in before.terms}
    new: dict[str, PermitTerms] = {each.connection: each for each in after.terms}
    return frozenset(each for each in old.keys() | new.keys() if old.get(each) != new.get(each))


def change_materially(deed: Deed, matter: str, paper: Paper) -> tuple[str, ...]:
    """Put a material change of what is in force to the council; the permits of the changed arrows wait. Answers which.

    Raises:
        Refused: The change is not material, the matter is not in force, or this is not for this person.

    """
    with bench(deed, matter) as work:
        work.allow(Act.CHANGE)
        work.must_be("in_force")
        before = read_paper(work.row)
        begin_version(work.row)
        after = Paper(dossier=keep_paper(work.row, paper), terms=paper.terms)
        arrows = arrows_changed(before.dossier, after.dossier) | _terms_changed(before, after)
        if not arrows:
            raise Refused([because(ReasonCode.NO_CHANGE, what=matter)])
        weight = classify_change(before.dossier, after.dossier)
        told = {"change": max(weight, ChangeClass.MATERIAL).name.lower(), "arrows": sorted(arrows)}
        work.advance("change_materially", digest=digest_of_dossier(after.dossier), **told)
        return _wait(deed, work.row, arrows)


def _wait(deed: Deed, matter: Matter, arrows: frozenset[str]) -> tuple[str, ...]:
    """The permits of these arrows wait for the council."""
    states = ("issued", "active", "suspended")
    rows = PermitRow.objects.filter(tenant_id=deed.tenant, consultation=matter.consultation, status__in=states)
    by = {"kind": str(EntryKind.PERMIT_CHANGE_PENDING), "at": deed.at.isoformat(), "by": {"person": deed.person}}
    waiting = []
    for row in rows.filter(connection__in=arrows).order_by("permit"):
        take_step(row, "change_materially", roles_of(deed), {**by, "matter": matter.matter, "version": matter.version})
        waiting.append(row.permit)
    return tuple(waiting)


def keep_as_approved(deed: Deed, matter: str) -> tuple[str, ...]:
    """The change was not approved: its permits stay as they were approved, stopped until two persons start them.

    Raises:
        Refused: The change is still before the council, or this is not for this person.

    """
    with bench(deed, matter) as work:
        work.must_be(*_NO_LONGER_ASKED)
        rows = PermitRow.objects.filter(
            tenant_id=deed.tenant, consultation=work.row.consultation, status="change_pending"
        )
        by = {"kind": str(EntryKind.PERMIT_KEPT), "at": deed.at.isoformat(), "by": {"person": deed.person}}
        kept = []
        for row in rows.order_by("permit"):
            take_step(row, "keep_as_approved", work.roles, {**by, "matter": matter})
            kept.append(row.permit)
        if not kept:
            raise Refused([because(ReasonCode.NOT_FOUND, what=f"{matter}/change_pending")])
        return tuple(kept)
