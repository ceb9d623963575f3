"""Consultations and permits of one municipality, read from their dossiers and documents."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from django.utils import timezone

from sekisho.adapters.database.council_papers import charts_of
from sekisho.adapters.database.models import Consultation
from sekisho.adapters.database.models import PermitRow as StoredPermit
from sekisho.adapters.database.permit_waits import what_keeps
from sekisho.adapters.database.permits import ever_issued, permit_named
from sekisho.adapters.database.queries_rows import ConsultationRow, MinuteRow, PermitRow, SafeguardRow
from sekisho.adapters.database.registers import all_on_file, on_file
from sekisho.adapters.database.registers_at_once import gather
from sekisho.adapters.dossiers import Approved, Dossier, read_dossier
from sekisho.adapters.layouts import shipped_layouts
from sekisho.kernel import PermitOnFile, PermitStatus, SekishoError, digest_of


@lru_cache(maxsize=64)
def _dossier(digest: str, text: str) -> Dossier:
    """A dossier, read once for each content."""
    del digest
    return read_dossier(text)


def _dossiers(tenant: str) -> list[tuple[Consultation, Dossier]]:
    """Every consultation of a municipality with its dossier."""
    stored = Consultation.objects.filter(tenant_id=tenant).order_by("consultation")
    return [(each, _dossier(each.dossier_digest, each.dossier)) for each in stored]


def approval_of(tenant: str, permit: str) -> Approved:
    """What the council approved, as the dossier has it, for the permit of this number.

    Raises:
        SekishoError: No dossier knows it.

    """
    for _, dossier in _dossiers(tenant):
        for each in dossier.approved:
            if each.permit == permit:
                return each
    message = f"通行証 {permit} の諮問書がありません / no dossier knows permit {permit}"
    raise SekishoError(message)


def connection_labels(tenant: str) -> Mapping[str, tuple[str, str]]:
    """What each connection is called, in Japanese and English."""
    published = (dossier.chart for _, dossier in _dossiers(tenant))
    return {
        arrow.connection: (arrow.label_ja, arrow.label_en)
        for chart in (*reversed(charts_of(tenant)), *published)
        for arrow in chart.connections
    }


def all_labels(tenant: str) -> Mapping[str, tuple[str, str]]:
    """What every id of the dossiers is called: connections, networks, computers, items, people, offices, terminals."""
    found: dict[str, tuple[str, str]] = {each.item: (each.ja, each.en) for each in shipped_layouts().vocabulary}
    found |= connection_labels(tenant)
    for _, dossier in _dossiers(tenant):
        chart = dossier.chart
        found |= {each.network: (each.label_ja, each.label_en) for each in chart.networks}
        found |= {each.computer: (each.label_ja, each.label_en) for each in chart.computers}
        found |= {item.item: (item.ja, item.en) for arrow in chart.connections for item in arrow.items}
        for kind, rows in (("person", dossier.persons), ("terminal", dossier.terminals)):
            found |= {each[kind]: (each["ja"], each["en"]) for each in rows}
        for kind, rows in (("agency", dossier.agencies), ("department", dossier.departments)):
            found |= {each[kind]: (each["ja"], each["en"]) for each in rows}
    return found


def _permit_row(
    connection: str, consultation: str, found: PermitOnFile, labels: Mapping[str, tuple[str, str]]
) -> PermitRow:
    """A permit with what is on file today, and whether the issuing body's signatures hold."""
    label = labels.get(connection, (connection, connection))
    return PermitRow(
        permit=found.permit,
        specification=found.specification,
        label_ja=label[0],
        label_en=label[1],
        consultation=consultation,
        digest_on_file=digest_of(found.specification),
        signatures_hold=found.signatures_hold,
        names=labels,
        stopped_by=found.stopped_by,
    )


def _with_waits(row: PermitRow, found: PermitOnFile) -> PermitRow:
    """The same with what keeps an issued permit from beginning, which takes some questions of its own."""
    if found.permit.status is not PermitStatus.ISSUED:
        return row
    stored = permit_named(found.permit.tenant, found.permit.permit)
    return replace(row, waits_for=what_keeps(stored, found, timezone.now()))


def permit_rows(tenant: str) -> tuple[PermitRow, ...]:
    """Every permit of a municipality, in as many questions as for one; not why one waits."""
    labels = all_labels(tenant)
    return tuple(_permit_row(*each, labels) for each in all_on_file(tenant, gather(tenant)))


def permit_rows_with_waits(tenant: str) -> tuple[PermitRow, ...]:
    """Every permit of a municipality, and of each that is issued what it waits for."""
    labels = all_labels(tenant)
    return tuple(_with_waits(_permit_row(*each, labels), each[2]) for each in all_on_file(tenant, gather(tenant)))


def permit_row(tenant: str, permit: str) -> PermitRow | None:
    """One permit of a municipality."""
    stored = StoredPermit.objects.filter(tenant_id=tenant, permit=permit).first()
    if stored is None:
        return None
    found = on_file(stored)
    return _with_waits(_permit_row(stored.connection, stored.consultation, found, all_labels(tenant)), found)


def _department(dossier: Dossier) -> tuple[str, str]:
    """Which department put the consultation."""
    asked = dossier.consultation["department"]
    found = [each for each in dossier.departments if each["department"] == asked]
    return (found[0]["ja"], found[0]["en"]) if found else (asked, asked)


def _consultation_row(stored: Consultation, dossier: Dossier) -> ConsultationRow:
    """A consultation with everything that was put to the council."""
    put, department = dossier.consultation, _department(dossier)
    permits = ever_issued().filter(tenant_id=stored.tenant_id, consultation=stored.consultation)
    issued = frozenset(permits.values_list("permit", flat=True))
    return ConsultationRow(
        consultation=stored.consultation,
        number=stored.number,
        title_ja=put["ja"],
        title_en=put["en"],
        department_ja=department[0],
        department_en=department[1],
        meeting_ja=put["meeting"]["ja"],
        meeting_en=put["meeting"]["en"],
        held=str(put["meeting"]["held"]),
        place=put["meeting"]["place"],
        result_ja=put["result"]["ja"],
        result_en=put["result"]["en"],
        decided=str(put["result"]["decided"]),
        source=f"{dossier.source['title']}（{dossier.source['page']}）",
        reconstructed=tuple(dossier.source["reconstructed"]),
        chart=dossier.chart,
        safeguards=tuple(SafeguardRow(**each) for each in put["safeguards"]),
        minutes=tuple(MinuteRow(**each) for each in dossier.minutes),
        permits=tuple(
            (each.specification.connection, each.permit) for each in dossier.approved if each.permit in issued
        ),
        papers=dossier.papers,
    )


def consultation_rows(tenant: str) -> tuple[ConsultationRow, ...]:
    """Every consultation of a municipality."""
    return tuple(_consultation_row(stored, dossier) for stored, dossier in _dossiers(tenant))


def consultation_row(tenant: str, consultation: str) -> ConsultationRow | None:
    """One consultation of a municipality."""
    return next((row for row in consultation_rows(tenant) if row.consultation == consultation), None)
