"""The automatic links of an area: what the portals said that they gave, beside what the door took in. To the yen."""

from dataclasses import dataclass

from django.db.models import Sum

from sekisho.adapters.database.models import ConnectorMode, ConnectorRunRow, RunOutcome
from sekisho.adapters.database.queries_connectors import ConnectorView, RunView, connector_views
from sekisho.adapters.donations.areas import reading_in
from sekisho.adapters.donations.models import IntakeRow


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """One link: its last run, what all its runs brought, and what was taken in through the door for links."""

    connector: str
    portal: str
    last: RunView | None
    donations: int
    amount: int
    taken: int
    taken_amount: int

    @property
    def reconciled(self) -> bool:
        """Is what was taken in what the portal gave? A page that was cut off is taken in before its run says so."""
        return (self.donations, self.amount) == (self.taken, self.taken_amount)


def _link(area: str, view: ConnectorView, sums: dict[str, tuple[int, int]]) -> LinkView:
    """One link of an area."""
    with reading_in(area):
        rows = IntakeRow.objects.filter(tenant_id=area, door="link", parcel__startswith=f"link-{view.connector}-")
        told = rows.aggregate(records=Sum("records"), amount=Sum("amount"))
    donations, amount = sums.get(view.connector, (0, 0))
    return LinkView(
        connector=view.connector,
        portal=view.portal,
        last=view.runs[0] if view.runs else None,
        donations=donations,
        amount=amount,
        taken=told["records"] or 0,
        taken_amount=told["amount"] or 0,
    )


def link_views(area: str) -> tuple[LinkView, ...]:
    """Every link of an area, by portal."""
    runs = ConnectorRunRow.objects.filter(tenant_id=area, connector__mode=ConnectorMode.LINK)
    runs = runs.exclude(outcome=RunOutcome.RUNNING)
    told = runs.values("connector__connector").annotate(count=Sum("donations"), yen=Sum("amount"))
    sums = {each["connector__connector"]: (each["count"] or 0, each["yen"] or 0) for each in told}
    views = (view for view in connector_views(area) if view.mode == ConnectorMode.LINK)
    return tuple(_link(area, view, sums) for view in views)
