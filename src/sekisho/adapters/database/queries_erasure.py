"""What is kept and erased in one municipality, for the screen and the task list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sekisho.adapters.database.contractor_copies import KEEPERS
from sekisho.adapters.database.erasure_lists import STOPPED
from sekisho.adapters.database.holds import LIFTERS
from sekisho.adapters.database.keeping import LateCopy, late_copies
from sekisho.adapters.database.models import ContractorCopyRow, ErasureListRow, HoldRow
from sekisho.adapters.database.queries_authority import all_labels
from sekisho.adapters.database.queries_rows import Waiting, Worker
from sekisho.kernel.council import Role

CONFIRMERS: Final = frozenset({Role.HEAD, Role.PROTECTION_MANAGER, Role.INFORMATION_SYSTEMS, Role.SECRETARIAT})
SOON: Final = timedelta(days=7)
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldView:
    """A hold as it is shown."""

    hold: str
    parcel: str
    why: str
    set_by: str
    set_at: datetime
    agreed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A list of copies to erase as it is shown."""

    number: str
    place: str
    copies: int
    kept: int
    state: str
    agreed_by: tuple[str, ...]
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorView:
    """A copy at a contractor as it is shown."""

    parcel: str
    permit: str
    counterpart_ja: str
    counterpart_en: str
    delivered_at: datetime
    erase_by: datetime
    certified_at: datetime | None
    digest: str
    lent_until: datetime | None
    openings: int
    opened_at: datetime | None
    loan_ended_at: datetime | None
    loan_end: str
    key_gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Everything on the page of one municipality."""

    late: tuple[LateCopy, ...]
    lists: tuple[ListView, ...]
    holds: tuple[HoldView, ...]
    contractors: tuple[ContractorView, ...]


def _hold(row: HoldRow) -> HoldView:
    """One hold."""
    return HoldView(
        hold=row.hold,
        parcel=row.parcel,
        why=row.why,
        set_by=row.set_by,
        set_at=row.set_at,
        agreed_by=row.agreed_by,
    )


def _list(row: ErasureListRow) -> ListView:
    """One list."""
    return ListView(
        number=row.number,
        place=row.place,
        copies=row.copies,
        kept=row.kept,
        state=row.state,
        agreed_by=tuple(row.agreed_by),
        made_at=row.made_at,
    )


def _contractors(tenant: str) -> Iterator[ContractorView]:
    """What contractors keep, what is asked after first."""
    labels = all_labels(tenant)
    rows = ContractorCopyRow.objects.filter(tenant_id=tenant).defer("certificate").order_by("certified_at", "erase_by")
    # Those without a certificate come first on both databases.
    waiting = [row for row in rows[:_SHOWN] if row.certified_at is None]
    for row in (*waiting, *(row for row in rows[:_SHOWN] if row.certified_at is not None)):
        ja, en = labels.get(row.counterpart, (row.counterpart, row.counterpart))
        yield ContractorView(
            parcel=row.parcel,
            permit=row.permit,
            counterpart_ja=ja,
            counterpart_en=en,
            delivered_at=row.delivered_at,
            erase_by=row.erase_by,
            certified_at=row.certified_at,
            digest=row.certificate_digest,
            lent_until=row.lent_until,
            openings=row.openings,
            opened_at=row.opened_at,
            loan_ended_at=row.loan_ended_at,
            loan_end=row.loan_end,
            key_gone=row.loan_proof is not None,
        )


def keeping_of(tenant: str, at: datetime) -> Keeping:
    """What is late, what waits for two persons, what is on hold, and what contractors keep."""
    holds = HoldRow.objects.filter(tenant_id=tenant, lifted_at__isnull=True).order_by("id")
    lists = ErasureListRow.objects.filter(tenant_id=tenant).exclude(place="gate").order_by("-id")
    return Keeping(
        late=late_copies(tenant, at)[:_SHOWN],
        lists=tuple(_list(row) for row in lists[:20]),
        holds=tuple(_hold(row) for row in holds[:_SHOWN]),
        contractors=tuple(_contractors(tenant)),
    )


def hold_of_parcel(tenant: str, parcel: str) -> HoldView | None:
    """The hold that a crossing is on, if it is."""
    row = HoldRow.objects.filter(tenant_id=tenant, parcel=parcel, lifted_at__isnull=True).first()
    return _hold(row) if row else None


def _task(task: str, count: int, due: datetime | None = None) -> Waiting:
    """One line of the task list."""
    ja, en = "保存と削除", "Keeping and erasing"
    return Waiting(task=task, matter="", consultation="", label_ja=ja, label_en=en, count=count, due=due)


def erasure_tasks(worker: Worker, at: datetime) -> Iterator[Waiting]:
    """What waits for this person: copies that are late, certificates to ask for, lists and holds to decide about."""
    roles = set(worker.roles)
    if roles & KEEPERS:
        if late := late_copies(worker.tenant, at):
            yield _task("late_copies", len(late), late[0].due)
        soon = ContractorCopyRow.objects.filter(tenant_id=worker.tenant, certified_at__isnull=True)
        dates = sorted(soon.filter(erase_by__gte=at, erase_by__lte=at + SOON).values_list("erase_by", flat=True))
        if dates:
            yield _task("ask_contractor", len(dates), dates[0])
    if roles & CONFIRMERS:
        lists = ErasureListRow.objects.filter(tenant_id=worker.tenant, state=STOPPED)
        if waiting := [row for row in lists if worker.person not in row.agreed_by]:
            yield _task("confirm_erasure", len(waiting))
    if roles & LIFTERS:
        holds = HoldRow.objects.filter(tenant_id=worker.tenant, lifted_at__isnull=True, agreed_by__gt="")
        if count := holds.exclude(agreed_by=worker.person).count():
            yield _task("lift_hold", count)
