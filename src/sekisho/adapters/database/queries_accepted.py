"""What S1's page of permits shows: each permit that was accepted here, and what its council's house said last."""

from dataclasses import dataclass
from datetime import datetime

from sekisho.adapters.database.issuer_words import issuer_word, stands_since
from sekisho.adapters.database.models import Consultation, PermitRow
from sekisho.adapters.database.office_time import OFFICE_TIME
from sekisho.adapters.database.permit_waits import UNREADABLE, why_it_waits
from sekisho.adapters.database.registers import on_file
from sekisho.kernel import NOT_ISSUED, PermitStatus, Reason, ReasonCode, Refused, because

_NOT_SHOWN = (*NOT_ISSUED, PermitStatus.SUPERSEDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedView:
    """A permit in this house: where it stands, since when, and whether the council's house has stopped it."""

    permit: str
    connection: str
    consultation_ja: str
    consultation_en: str
    status: str
    since: datetime | None
    cause: str
    stopped_by_issuer: bool
    replaced_by_issuer: bool
    issuer_said_at: datetime | None
    waits_for: tuple[Reason, ...]
    begins: str
    ends: str


def accepted_permits(tenant: str) -> tuple[AcceptedView, ...]:
    """Every permit of an area that a newer one has not replaced, by number."""
    rows = PermitRow.objects.filter(tenant_id=tenant).exclude(status__in=_NOT_SHOWN).order_by("permit")
    labels = {
        number: (ja, en)
        for number, ja, en in Consultation.objects.filter(tenant_id=tenant).values_list(
            "consultation", "label_ja", "label_en"
        )
    }
    return tuple(_view(row, labels.get(row.consultation, (row.consultation, row.consultation))) for row in rows)


def _view(row: PermitRow, label: tuple[str, str]) -> AcceptedView:
    """One permit; what its rows and its entries say."""
    word = issuer_word(row.tenant_id, row.permit)
    since, cause = stands_since(row.tenant_id, row.permit)
    return AcceptedView(
        permit=row.permit,
        connection=row.connection,
        consultation_ja=label[0],
        consultation_en=label[1],
        status=row.status,
        since=datetime.fromisoformat(since) if since else None,
        cause=cause,
        stopped_by_issuer=word is not None and word.stopped,
        replaced_by_issuer=word is not None and word.replaced,
        issuer_said_at=word.said_at if word is not None and word.stopped else None,
        waits_for=_waits_for(row) if row.status == PermitStatus.ISSUED else (),
        begins=str(row.specification.get("not_before", ""))[:10],
        ends=str(row.specification.get("not_after", ""))[:10],
    )


def _waits_for(row: PermitRow) -> tuple[Reason, ...]:
    """What keeps a permit that was handed over beforehand from being used, beside its first day."""
    try:
        return why_it_waits(row, on_file(row), datetime.now(OFFICE_TIME))
    except UNREADABLE as fault:
        altered = because(ReasonCode.PERMIT_ALTERED, permit=row.permit)
        return tuple(fault.reasons) if isinstance(fault, Refused) else (altered,)
