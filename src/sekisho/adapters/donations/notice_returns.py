"""A notice that came back: written down once, and its cases reopened."""

from datetime import datetime

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.donations.areas import take_turn, writing_in
from sekisho.adapters.donations.models import NoticeRow
from sekisho.adapters.donations.one_stop_cases import CaseDeed, find_case, move
from sekisho.business.hometown_donations.notices import ReturnedNotice
from sekisho.kernel import EntryKind


def _find(area: str, returned: ReturnedNotice) -> NoticeRow | None:
    """The latest notice of this number that stands at that destination."""
    rows = NoticeRow.objects.filter(
        tenant_id=area, reception=returned.reception_number, batch__destination=returned.destination, returned=""
    )
    return rows.order_by("-id").first()


def take_return(area: str, returned: ReturnedNotice, at: datetime) -> bool:
    """Write a return down and reopen its cases; the same return again changes nothing. Answers whether it was new."""
    with writing_in(area):
        take_turn(f"{area}/notice-return/{returned.returned}")
        if NoticeRow.objects.filter(tenant_id=area, returned=returned.returned).exists():
            return False
        row = _find(area, returned)
        facts = {"returned": returned.returned, "destination": returned.destination, "why": str(returned.kind)}
        facts["reception"] = returned.reception_number if row else "?"
        append_entry(area, {"kind": str(EntryKind.NOTICE_RETURNED), "tenant": area, "at": at.isoformat(), **facts})
        if row is None:
            return False
        row.returned, row.returned_kind = returned.returned, str(returned.kind)
        row.belongs_to, row.returned_at = returned.belongs_to, at
        row.save()
        for case in row.applications:
            known = find_case(area, case, locked=True)
            if known.state == "notified":
                move(known, CaseDeed(area=area, case=case, person="", at=at), "return", why=str(returned.kind))
    return True
