"""Connectors as rows: who runs for which portal, what each run did, and which headings an officer said to leave out."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sekisho.adapters.carriers.secrets_of import keep_secret, secret_of
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.models import ConnectorMode, ConnectorRow, ConnectorRunRow, RunOutcome
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.turns import alone, writing
from sekisho.kernel import Refused, SekishoError

FIRST_WAIT: Final = timedelta(minutes=1)
_LONGEST_WAIT: Final = timedelta(hours=1)
CUT_OFF: Final = "途中で止まりました。次の実行が、抜けも重なりもなく続けます / cut off; the next run goes on, once each"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConnector:
    """What is said of a connector when it is entered; the password or token goes to the key store."""

    connector: str
    portal: str
    mode: str
    person: str
    terminal: str
    url: str = ""
    user: str = ""
    secret: str = ""
    every_hours: int = 0
    fetched_until: date | None = None
    pin: str = ""


def secret_name(connector: str) -> str:
    """Under which name a connector's password is kept."""
    return f"connector/{connector}"


def enter_connector(home: Home, tenant: str, said: NewConnector) -> ConnectorRow:
    """Enter a connector, or change what is known of it. How far it has fetched stays, unless a day is said.

    A new one with hours is due at once: nobody needs to start it by hand.

    Raises:
        SekishoError: There is no such mode.

    """
    if said.mode not in ConnectorMode.values:
        message = f"{said.mode}: csv・robot・link のどれかです / one of csv, robot, link"
        raise SekishoError(message)
    names = ("portal", "mode", "url", "user", "person", "terminal", "every_hours", "pin")
    defaults = {name: getattr(said, name) for name in names}
    if said.fetched_until is not None:
        defaults["fetched_until"] = said.fetched_until
    if said.secret:
        keep_secret(home, tenant, secret_name(said.connector), said.secret)
    with writing():
        row, new = ConnectorRow.objects.update_or_create(tenant_id=tenant, connector=said.connector, defaults=defaults)
        if new and said.every_hours:
            row.next_run = datetime.now(UTC)
            row.save(update_fields=["next_run"])
    return row


def connector_secret(home: Home, row: ConnectorRow) -> str:
    """The password or token of a connector."""
    return secret_of(home, row.tenant_id, secret_name(row.connector))


def find_connector(tenant: str, connector: str) -> ConnectorRow:
    """A connector of a municipality.

    Raises:
        SekishoError: There is none of this name.

    """
    row = ConnectorRow.objects.filter(tenant_id=tenant, connector=connector).first()
    if row is None:
        message = f"接続 {connector} は登録されていません / there is no connector of this name"
        raise SekishoError(message)
    return row


@contextmanager
def running_alone(row: ConnectorRow) -> Iterator[None]:
    """One run of a connector at a time. A run that still says it is running was killed, and is ended first.

    Raises:
        Refused: It runs now.

    """
    with alone(f"connector-{row.pk}"):
        cut = ConnectorRunRow.objects.filter(connector=row, outcome=RunOutcome.RUNNING)
        if cut.exists():
            with writing():
                cut.update(outcome=RunOutcome.CUT, ended_at=datetime.now(UTC), detail={"why": CUT_OFF})
            row.refresh_from_db()
        yield


def end_cut_runs(*modes: ConnectorMode) -> int:
    """End the runs whose process is gone; what was due stays due. Answers how many connectors had one."""
    running = ConnectorRunRow.objects.filter(outcome=RunOutcome.RUNNING, connector__mode__in=modes)
    return sum(_is_ended(row) for row in ConnectorRow.objects.filter(pk__in=running.values("connector")))


def _is_ended(row: ConnectorRow) -> bool:
    """End what was killed of this connector's runs; one that lives is left alone."""
    try:
        with running_alone(row):
            return True
    except Refused:
        return False


def begin_run(row: ConnectorRow, period: tuple[date, date] | None, person: str, at: datetime) -> ConnectorRunRow:
    """A run begins."""
    first, last = period or (None, None)
    with writing():
        return ConnectorRunRow.objects.create(
            tenant_id=row.tenant_id,
            connector=row,
            first_day=first,
            last_day=last,
            started_at=at,
            outcome=RunOutcome.RUNNING,
            person=person,
        )


def end_run(run: ConnectorRunRow, outcome: RunOutcome, at: datetime, **facts: Any) -> ConnectorRunRow:
    """A run has ended; what is due next is worked out from how."""
    row = run.connector
    with writing():
        ConnectorRunRow.objects.filter(pk=run.pk).update(outcome=outcome, ended_at=at, **facts)
        changes: dict[str, Any] = {"next_run": _next_run(row, outcome, at)}
        if outcome in {RunOutcome.DONE, RunOutcome.EMPTY} and run.first_day and run.last_day:
            changes["fetched_until"] = _fetched_until(row, run.first_day, min(run.last_day, office_day(at)))
        ConnectorRow.objects.filter(pk=row.pk).update(**changes)
    run.refresh_from_db()
    return run


def note_page(run: ConnectorRunRow, before: int, cursor: int, brought: tuple[int, int]) -> None:
    """A page of a link is in and the portal was told so: the cursor moves and the run counts it, both or neither.

    Raises:
        SekishoError: The cursor is elsewhere by now: another run counted this page.

    """
    donations, amount = brought
    rows = ConnectorRow.objects.filter(pk=run.connector_id, cursor=before)
    with writing():
        if not rows.update(cursor=cursor):
            message = f"{run.connector.connector}: 別の実行が先に進めました / another run has moved on"
            raise SekishoError(message)
        run.donations, run.amount = run.donations + donations, run.amount + amount
        run.save(update_fields=["donations", "amount"])
    run.connector.cursor = cursor


def _fetched_until(row: ConnectorRow, first: date, last: date) -> date | None:
    """Up to which day nothing is missing now: a period that lies apart leaves a gap, which is still to be fetched.

    Days to come are not fetched, whatever period was asked for.
    """
    known: date | None = row.fetched_until
    if known is None:
        return last
    return known if first > known + timedelta(days=1) else max(known, last)


def _next_run(row: ConnectorRow, outcome: RunOutcome, at: datetime) -> datetime | None:
    """When it runs again: by its hours; sooner if the portal was away; not by itself if somebody has to decide.

    A robot without hours that was told to run is tried again as well until the portal is there.
    """
    if outcome in {RunOutcome.MISMATCH, RunOutcome.REFUSED} or not (row.every_hours or row.next_run):
        return None
    if outcome != RunOutcome.AWAY:
        return at + timedelta(hours=row.every_hours) if row.every_hours else None
    recent = row.runs.order_by("-started_at").values_list("outcome", flat=True)[:8]
    tries = next((number for number, each in enumerate(recent) if each != RunOutcome.AWAY), len(recent))
    wait: timedelta = FIRST_WAIT * int(2 ** max(tries - 1, 0))
    return at + min(wait, _LONGEST_WAIT)


def ignore_headings(row: ConnectorRow, headings: Iterable[str]) -> None:
    """Headings that an officer said are not used; their columns are taken out at the gate."""
    with writing():
        ignored = sorted({*row.ignored, *headings})
        ConnectorRow.objects.filter(pk=row.pk).update(ignored=ignored)


def run_now(row: ConnectorRow, at: datetime | None) -> None:
    """Let it run at the first look from this moment on; without a moment it runs no more by itself."""
    with writing():
        ConnectorRow.objects.filter(pk=row.pk).update(next_run=at)


def due_connectors(at: datetime, mode: ConnectorMode = ConnectorMode.ROBOT) -> list[ConnectorRow]:
    """The connectors of this mode (the robots, unless another is said) whose hour has come."""
    return list(ConnectorRow.objects.filter(mode=mode, next_run__lte=at).order_by("next_run"))
