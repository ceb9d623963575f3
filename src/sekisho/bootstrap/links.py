"""The automatic link (自動連携) of S1: from a portal straight into an area, without touching the city.

S1 asks the portal for what is new, takes it in through its door for links whole or not at all, compares counts and
yen with what the portal said, and only then tells the portal that it has it. Import this only once the house is open.
"""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from sekisho.adapters.connectors import LinkClient, LinkPage, PortalAwayError
from sekisho.adapters.database.connectors import (
    NewConnector,
    begin_run,
    connector_secret,
    due_connectors,
    end_cut_runs,
    end_run,
    enter_connector,
    find_connector,
    note_page,
    run_now,
    running_alone,
)
from sekisho.adapters.database.home import Home, find_home
from sekisho.adapters.database.models import ConnectorMode, ConnectorRow, ConnectorRunRow, RunOutcome
from sekisho.adapters.donations.deliveries import Delivery
from sekisho.adapters.donations.intake import take_in
from sekisho.adapters.donations.link_views import link_sender, page_parcel
from sekisho.adapters.layouts import layouts_in_use
from sekisho.adapters.places import city_expression
from sekisho.bootstrap.again import Guard, sentence_of
from sekisho.bootstrap.column_mapping import difference_as_data, look_at_headings
from sekisho.bootstrap.house import now
from sekisho.business.hometown_donations.donations import (
    PORTALS,
    RECORD_LAYOUT,
    Converted,
    convert,
)
from sekisho.kernel import Refused, SekishoError

AT_ONCE: Final = 2_000
_HEAD: Final = 1 << 16


class Link(Protocol):
    """The portal's interface: what is new behind a cursor, and that we have it."""

    def pull(self, cursor: int, limit: int) -> LinkPage:
        """So many orders behind a cursor."""
        ...

    def acknowledge(self, cursor: int) -> None:
        """We have everything up to here."""
        ...


class NotReconciledError(SekishoError):
    """What the portal says a page comes to is not what it holds; nothing of the page was kept."""


def run_link(area: str, connector: str, link: Link) -> ConnectorRunRow:
    """Pull until nothing is new; answers with the run. What was cut off is pulled again, and known again.

    Raises:
        SekishoError: There is no such connector, or it is not a link's.
        Refused: It runs already.

    """
    row = find_connector(area, connector)
    if row.mode != ConnectorMode.LINK:
        message = f"{connector}: 自動連携の接続ではありません / not a link's connector"
        raise SekishoError(message)
    with running_alone(row):
        return _run(begin_run(row, None, "", now()), link)


def enter_link(home: Home, area: str, said: NewConnector) -> ConnectorRow:
    """Enter a link, or change what is known of it; with hours S1 pulls at once and then by itself, with none no more.

    Raises:
        SekishoError: There is no such mode.

    """
    row = enter_connector(home, area, said)
    run_now(row, now() if said.every_hours else None)
    return row


def pull_once(home: Home, area: str, said: NewConnector, token: str) -> ConnectorRunRow:
    """Enter a link and run it now; when S1 runs it by itself stays as it was said before.

    Raises:
        Refused: It runs already.

    """
    known = ConnectorRow.objects.filter(tenant_id=area, connector=said.connector).first()
    enter_connector(home, area, replace(said, every_hours=known.every_hours if known else 0))
    return run_link(area, said.connector, LinkClient(url=said.url, token=token))


def run_due_links(at: datetime, guard: Guard) -> int:
    """Run every link whose hour has come, one after the other; what breaks in one keeps no other. Answers how many."""
    end_cut_runs(ConnectorMode.LINK)
    due = due_connectors(at, ConnectorMode.LINK)
    for row in due:
        guard.manages(f"{row.tenant_id}/{row.connector}", _run_by_itself, row)
    return len(due)


def _run_by_itself(row: ConnectorRow) -> None:
    """Pull with the token that the key store keeps.

    Raises:
        SekishoError: None is kept; it waits for somebody to enter one.

    """
    token = connector_secret(find_home(), row)
    if not token:
        run_now(row, None)
        message = f"{row.connector}: トークンがありません。入れ直してください / no token is kept; enter it again"
        raise SekishoError(message)
    run_link(row.tenant_id, row.connector, LinkClient(url=row.url, token=token))


def _run(run: ConnectorRunRow, link: Link) -> ConnectorRunRow:
    """A run from its beginning to its end, however it ends."""
    try:
        met = _pull_everything(run, link)
    except PortalAwayError as away:
        return end_run(run, RunOutcome.AWAY, now(), detail={"why": str(away)})
    except Refused as refused:
        why = [{"ja": each.ja, "en": each.en} for each in refused.reasons]
        return end_run(run, RunOutcome.REFUSED, now(), detail={"reasons": why})
    except Exception as fault:  # noqa: BLE001 - whatever it is, the run has ended, and says so
        return end_run(run, RunOutcome.REFUSED, now(), detail={"why": sentence_of(fault)})
    if met is not None:
        return end_run(run, RunOutcome.MISMATCH, now(), detail=met)
    return end_run(run, RunOutcome.DONE if run.donations else RunOutcome.EMPTY, now())


def _pull_everything(run: ConnectorRunRow, link: Link) -> dict[str, object] | None:
    """Page by page until nothing is new; answers how the headings differ, if that stops it. Each page is counted once.

    Raises:
        NotReconciledError: The portal gives a page that ends where it began.

    """
    row = run.connector
    while (page := link.pull(row.cursor, AT_ONCE)).orders:
        if (met := _mismatch(row, page.body)) is not None:
            return met
        if page.cursor <= row.cursor:
            message = f"{row.connector}: the portal's cursor does not move on from {row.cursor}"
            raise NotReconciledError(message)
        found = _take(row, page)
        link.acknowledge(page.cursor)
        note_page(run, row.cursor, page.cursor, (found.donations, found.amount))
    return None


def _mismatch(row: ConnectorRow, body: bytes) -> dict[str, object] | None:
    """How the headings differ from the layout, if that stops the link."""
    difference, guesses = look_at_headings(row, body[:_HEAD])
    return difference_as_data(difference, guesses) if difference.stops else None


def _take(row: ConnectorRow, page: LinkPage) -> Converted:
    """Convert a page, compare it with what the portal said, and take it in.

    Raises:
        NotReconciledError: The portal said another number or amount; nothing is taken in.

    """
    office = layouts_in_use()
    layout = office.choose(PORTALS[row.portal].layout, page.body[:_HEAD]).layout
    target = office.choose(RECORD_LAYOUT, b"").layout
    found = convert(PORTALS[row.portal], layout, page.body, target, city_expression())
    if (found.donations, found.amount) != (page.orders, page.amount):
        message = (
            f"{row.connector}: ポータルは{page.orders}件{page.amount}円、届いたのは{found.donations}件{found.amount}円"
            f" / the portal says {page.orders} orders and {page.amount} yen"
        )
        raise NotReconciledError(message)
    taken = take_in(_delivery(row, page.cursor, found.records), found.records)
    if (taken.records, taken.amount) != (found.donations, found.amount):
        message = f"{row.connector}: what was taken in is not what was sent"
        raise NotReconciledError(message)
    return found


def _delivery(row: ConnectorRow, cursor: int, records: bytes) -> Delivery:
    """A page as a parcel at the door for links; the same page again is the same parcel."""
    digest = hashlib.sha256(records).hexdigest()
    return Delivery(
        area=row.tenant_id,
        parcel=page_parcel(row.connector, row.cursor, cursor, digest),
        door="link",
        sha256=digest,
        sender=link_sender(row.connector),
        at=now(),
        portal=row.portal,
    )
