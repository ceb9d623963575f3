"""Changes of what was approved: after a material one the permits wait for the council, of a lighter one it hears."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import QuerySet

from sekisho.adapters.database.council_deeds import Bench, Deed, bench, find_matter, roles_of
from sekisho.adapters.database.council_papers import Paper, begin_version, freeze_paper, keep_paper, read_paper
from sekisho.adapters.database.council_versions import version_in_force
from sekisho.adapters.database.models import LighterChangeRow, Matter, PermitRow
from sekisho.adapters.database.permits import take_step
from sekisho.kernel import EntryKind, Reason, ReasonCode, Refused, because
from sekisho.kernel.council import (
    Act,
    ChangeClass,
    Difference,
    PermitTerms,
    WeighedChange,
    arrows_changed,
    digest_of_dossier,
    flatten_data,
    terms_to_data,
    weigh_changes,
)

_LIGHTER: Final = frozenset({ChangeClass.EDITORIAL, ChangeClass.MINOR})
_NO_LONGER_ASKED: Final = ("rejected", "withdrawn", "returned", "agency_declined")
_ON_AN_AGENDA: Final = frozenset({"agenda", "circulated", "in_session"})


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWeighed:
    """What a change of what is in force would be: field by field, how heavy, which arrows, which permits would wait."""

    changes: tuple[WeighedChange, ...]
    weight: ChangeClass
    arrows: frozenset[str]
    permits: tuple[str, ...]


def _term_changes(before: Paper, after: Paper) -> Iterator[WeighedChange]:
    """Every term that differs; terms are part of what two persons signed, so each is material."""
    old, new = (flatten_data({"terms": _by_arrow(each)}) for each in (before, after))
    for path in sorted(old.keys() | new.keys()):
        if old.get(path) != new.get(path):
            found = Difference(path=path, before=old.get(path), after=new.get(path))
            yield WeighedChange(difference=found, weight=ChangeClass.MATERIAL)


def _by_arrow(paper: Paper) -> dict[str, dict[str, Any]]:
    """The terms of each arrow as plain data."""
    return {
        each.connection: {
            name: list(value) if isinstance(value, tuple) else value for name, value in terms_to_data(each).items()
        }
        for each in paper.terms
    }


def _weigh(row: Matter, before: Paper, after: Paper) -> ChangeWeighed:
    """Weigh two papers of one matter."""
    arrows = arrows_changed(before.dossier, after.dossier) | _terms_changed(before, after)
    changes = (*weigh_changes(before.dossier, after.dossier), *_term_changes(before, after))
    return ChangeWeighed(
        changes=changes,
        weight=max((each.weight for each in changes), default=ChangeClass.NONE),
        arrows=arrows,
        permits=tuple(_alive(row, arrows).values_list("permit", flat=True)),
    )


def weigh_change_of(tenant: str, matter: str, paper: Paper) -> ChangeWeighed:
    """What a change would be, before anybody puts it to the council; nothing is written.

    Raises:
        Refused: There is no such matter.

    """
    row = find_matter(tenant, matter)
    before = read_paper(row)
    same = {
        name: getattr(before.dossier, name) for name in ("consultation", "version", "tenant", "agency", "department")
    }
    return _weigh(row, before, Paper(dossier=replace(paper.dossier, **same), terms=paper.terms))


def _begin_change(work: Bench, paper: Paper) -> tuple[Paper, ChangeWeighed]:
    """Keep the changed papers as the next version, and weigh them against those before."""
    work.allow(Act.CHANGE)
    work.must_be("in_force")
    before = read_paper(work.row)
    begin_version(work.row)
    after = Paper(dossier=keep_paper(work.row, paper), terms=paper.terms)
    return after, _weigh(work.row, before, after)


def change_materially(deed: Deed, matter: str, paper: Paper) -> tuple[str, ...]:
    """Put a material change of what is in force to the council; the permits of the changed arrows wait. Answers which.

    Raises:
        Refused: The change is not material, the matter is not in force, or this is not for this person.

    """
    with bench(deed, matter) as work:
        after, weighed = _begin_change(work, paper)
        if not weighed.arrows:
            raise Refused([because(ReasonCode.NO_CHANGE, what=matter)])
        told = {"change": ChangeClass.MATERIAL.name.lower(), "arrows": sorted(weighed.arrows)}
        work.advance("change_materially", digest=digest_of_dossier(after.dossier), **told)
        return _wait(deed, work.row, weighed.arrows)


def change_lightly(deed: Deed, matter: str, paper: Paper) -> int:
    """Change what is in force without going to the council: a next version, frozen at once. Answers its number.

    The permits stay as they were signed. A minor change is reported to the next meeting; an editorial one is a note.

    Raises:
        Refused: The change is material or none, something is missing, not in force, or this is not for this person.

    """
    with bench(deed, matter) as work:
        _, weighed = _begin_change(work, paper)
        if weighed.weight not in _LIGHTER:
            raise Refused([_too_heavy(weighed, matter)])
        _, digests = freeze_paper(work.row, deed.at)
        fields = [each.difference.path for each in weighed.changes]
        told = {"version": work.row.version, "weight": weighed.weight.name.lower(), "fields": fields}
        LighterChangeRow.objects.create(matter=work.row, by=deed.person, at=deed.at, **told)
        work.advance("change_lightly", change=weighed.weight.name.lower(), differences=len(fields), **digests)
        return int(work.row.version)


def _too_heavy(weighed: ChangeWeighed, matter: str) -> Reason:
    """Why this is no lighter change: nothing differs, or the first field that is material."""
    heavy = [each.difference.path for each in weighed.changes if each.weight is ChangeClass.MATERIAL]
    if heavy:
        return because(ReasonCode.CHANGE_IS_MATERIAL, place=heavy[0])
    return because(ReasonCode.NO_CHANGE, what=matter)


def _alive(matter: Matter, arrows: frozenset[str]) -> QuerySet[PermitRow]:
    """The permits of these arrows that are alive."""
    rows = PermitRow.objects.filter(tenant_id=matter.tenant_id, consultation=matter.consultation)
    return rows.filter(status__in=("issued", "active", "suspended"), connection__in=arrows).order_by("permit")


def _wait(deed: Deed, matter: Matter, arrows: frozenset[str]) -> tuple[str, ...]:
    """The permits of these arrows wait for the council."""
    by = {"kind": str(EntryKind.PERMIT_CHANGE_PENDING), "at": deed.at.isoformat(), "by": {"person": deed.person}}
    waiting = []
    for row in _alive(matter, arrows):
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
        kept = _stay(work, "keep_as_approved")
        if not kept:
            raise Refused([because(ReasonCode.NOT_FOUND, what=f"{matter}/change_pending")])
        return kept


def _stay(work: Bench, act: str) -> tuple[str, ...]:
    """The permits that waited stay as they were approved, stopped until two persons start them. Answers which."""
    rows = PermitRow.objects.filter(
        tenant_id=work.deed.tenant, consultation=work.row.consultation, status="change_pending"
    )
    by = {"kind": str(EntryKind.PERMIT_KEPT), "at": work.deed.at.isoformat(), "by": {"person": work.deed.person}}
    kept = []
    for row in rows.order_by("permit"):
        take_step(row, act, work.roles, {**by, "matter": work.row.matter})
        kept.append(row.permit)
    return tuple(kept)


def withdraw_change(deed: Deed, matter: str) -> tuple[str, ...]:
    """Take back a material change while nobody has decided; what was approved stands again. Answers which permits.

    The withdrawn version stays on file. Its permits stay stopped until two persons start them: the head who stopped
    them alone does not start them alone.

    Raises:
        Refused: No change is before the council, it is being decided, or this is not for this person.

    """
    with bench(deed, matter) as work:
        work.allow(Act.CHANGE)
        approved, withdrawn = version_in_force(work.row), work.row.version
        if not approved or work.row.state == "in_force":
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=matter, state=work.row.state)])
        begin_version(work.row, approved)
        work.row.opinions_until, work.row.remark = None, ""
        if work.row.state in _ON_AN_AGENDA:
            work.row.meeting = None
        work.advance("withdraw_change", withdrawn=withdrawn, stands=approved)
        return _stay(work, "withdraw_change")
