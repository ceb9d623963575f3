"""The automatic links of an area: what the portals said that they gave, beside what the door took in. To the yen."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from sekisho.adapters.database.models import ConnectorMode, ConnectorRunRow
from sekisho.adapters.database.queries_connectors import ConnectorView, RunView, connector_views
from sekisho.adapters.donations.areas import reading_in
from sekisho.adapters.donations.models import IntakeRow


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """One link: its last run, what all its runs brought, and what was taken in through the door for links."""

    connector: str
    portal: str
    last: RunView | None
    every_hours: int
    next_run: datetime | None
    donations: int
    amount: int
    taken: int
    taken_amount: int

    @property
    def reconciled(self) -> bool:
        """Is what was taken in what the portal gave? A page that was cut off is taken in before its run says so."""
        return (self.donations, self.amount) == (self.taken, self.taken_amount)


def link_sender(connector: str) -> str:
    """As whose parcels the pages of a link come in."""
    return f"link/{connector}"


def page_parcel(connector: str, before: int, cursor: int, digest: str) -> str:
    """The parcel of a page: behind which cursor it begins, and where it ends. The same page is the same parcel."""
    return f"link-{connector}-{before}.{cursor}-{digest[:12]}"


def _taken(area: str, connector: str) -> tuple[int, int]:
    """Donations and yen that came in page by page.

    A page that was cut off is pulled again from where it began, with what is new meanwhile: the last one holds them.
    """
    rows = IntakeRow.objects.filter(tenant_id=area, door="link", sender=link_sender(connector)).order_by("id")
    pages = {
        parcel.rsplit("-", 2)[1].split(".")[0]: (records, amount)
        for parcel, records, amount in rows.values_list("parcel", "records", "amount")
    }
    return sum(each[0] for each in pages.values()), sum(each[1] for each in pages.values())


def _link(area: str, view: ConnectorView, sums: dict[str, tuple[int, int]]) -> LinkView:
    """One link of an area."""
    with reading_in(area):
        taken, taken_amount = _taken(area, view.connector)
    donations, amount = sums.get(view.connector, (0, 0))
    return LinkView(
        connector=view.connector,
        portal=view.portal,
        last=view.runs[0] if view.runs else None,
        every_hours=view.every_hours,
        next_run=view.next_run,
        donations=donations,
        amount=amount,
        taken=taken,
        taken_amount=taken_amount,
    )


def link_views(area: str) -> tuple[LinkView, ...]:
    """Every link of an area, by portal."""
    runs = ConnectorRunRow.objects.filter(tenant_id=area, connector__mode=ConnectorMode.LINK)
    told = runs.values("connector__connector").annotate(count=Sum("donations"), yen=Sum("amount"))
    sums = {each["connector__connector"]: (each["count"] or 0, each["yen"] or 0) for each in told}
    views = (view for view in connector_views(area) if view.mode == ConnectorMode.LINK)
    return tuple(_link(area, view, sums) for view in views)
