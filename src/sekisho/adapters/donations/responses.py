"""What was answered to a donor (対応履歴): from the city by a parcel, or written by an officer here."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sekisho.adapters.database.office_time import OFFICE_TIME
from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.donations.areas import reading_in, writing_in
from sekisho.adapters.donations.checking import Checked, check_parcel
from sekisho.adapters.donations.deliveries import Delivery, Intake, check_digest, taken_before
from sekisho.adapters.donations.intake import note_intake
from sekisho.adapters.donations.models import IntakeRow, ResponseRow
from sekisho.adapters.donations.sealed_donations import order_key, rows_of_orders, subject_of
from sekisho.adapters.layouts import codes_in
from sekisho.kernel import ReasonCode, Refused, because

LAYOUT: Final = "response_history"
CLOSED: Final = "済"
_AT_ONCE: Final = 400
_Moment = tuple[int, datetime]


def response_choices() -> dict[str, tuple[str, ...]]:
    """The words that the layout allows in each field that has a choice: by whom, about what, closed or not."""
    return codes_in(LAYOUT)


def response_place(order: str, answered_at: datetime) -> str:
    """Where the words of an answer belong."""
    return f"donations_response/{order}/{answered_at.astimezone(OFFICE_TIME):%Y%m%d%H%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to a donor, as it is written down."""

    donation: int
    order: str
    answered_at: datetime
    channel: str
    subject: str
    closed: bool
    words: str
    person: str = ""


def answer_row(area: str, seals: Seals, answer: Answer, intake: int | None) -> ResponseRow:
    """The row of an answer; its words are sealed under the donation's key, and go when that goes."""
    place = response_place(answer.order, answer.answered_at)
    return ResponseRow(
        tenant_id=area,
        donation_id=answer.donation,
        intake_id=intake,
        answered_at=answer.answered_at,
        channel=answer.channel,
        subject=answer.subject,
        closed=answer.closed,
        sealed=seals.seal(subject_of(answer.order), place, {"answer": answer.words}),
        person=answer.person,
    )


def _answers(delivery: Delivery, seals: Seals, checked: Checked) -> Iterator[tuple[Answer, bytes]]:
    """Every answer of a parcel with its donation.

    Raises:
        Refused: One is about an order that this area does not have.

    """
    orders = [(record, order_key(seals, record.values["portal"], record.values["order_number"]), raw)
              for record, raw in checked.rows()]  # fmt: skip
    wanted, portals = sorted({order for _, order, _ in orders}), {record.values["portal"] for record, _, _ in orders}
    known: dict[str, int] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        rows = rows_of_orders(delivery.area, portals, wanted[first : first + _AT_ONCE])
        known.update(rows.filter(erased_at__isnull=True).values_list("order_search", "id"))
    seals.prepare(map(subject_of, known))
    for record, order, raw in orders:
        if order not in known:
            what = f"{record.row} 行の申込 / the order of row {record.row}"
            raise Refused([because(ReasonCode.NOT_FOUND, what=what)])
        values = record.values
        at = datetime.strptime(values["answered_at"], "%Y-%m-%d %H:%M").replace(tzinfo=OFFICE_TIME)
        answer = Answer(
            donation=known[order], order=order, answered_at=at, channel=values["channel"], subject=values["subject"],
            closed=values["closed"] == CLOSED, words=values["answer"],
        )  # fmt: skip
        yield answer, hashlib.sha256(raw).digest()


def _said(answer: Answer) -> tuple[str, str, bool, str]:
    """What an answer says, whoever brought it."""
    return answer.channel, answer.subject, answer.closed, answer.words


def _kept(area: str, seals: Seals, answers: Sequence[Answer]) -> dict[_Moment, tuple[str, str, bool, str]]:
    """What is written down already of the donations and minutes of these answers."""
    orders = {answer.donation: answer.order for answer in answers}
    found: dict[_Moment, tuple[str, str, bool, str]] = {}
    for first in range(0, len(answers), _AT_ONCE):
        some = {(each.donation, each.answered_at) for each in answers[first : first + _AT_ONCE]}
        rows = ResponseRow.objects.filter(
            tenant_id=area, donation__in={each for each, _ in some}, answered_at__in={at for _, at in some}
        )
        for row in rows:
            order = orders[row.donation_id]
            place = response_place(order, row.answered_at)
            words = str(seals.open(subject_of(order), place, bytes(row.sealed))["answer"])
            found[row.donation_id, row.answered_at] = (row.channel, row.subject, row.closed, words)
    return found


def check_same(area: str, seals: Seals, answers: Sequence[Answer]) -> None:
    """One answer a minute and donation: what came before must say the same; in the transaction that writes.

    Whoever sent it erases its copy once it is acknowledged: another answer must never be taken for a known one.

    Raises:
        Refused: Another answer stands there for the minute.

    """
    kept = _kept(area, seals, answers)
    if any(kept.get((each.donation, each.answered_at), _said(each)) != _said(each) for each in answers):
        what = "同じ分の別の記録があります。1分あとの日時で / another stands there for this minute; use the next one"
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="対応日時 / when", what=what)])


def _write(delivery: Delivery, seals: Seals, size: int, answers: Sequence[tuple[Answer, bytes]]) -> Intake:
    """The answers, the parcel and the entry; one that is here already stays as it is."""
    area, digests = delivery.area, [digest for _, digest in answers]
    check_same(area, seals, [answer for answer, _ in answers])
    facts: dict[str, Any] = {"parcel": delivery.parcel, "door": delivery.door, "sha256": delivery.sha256}
    facts |= {"size": size, "records": len(answers), "amount": 0, "digests": b"".join(digests)}
    facts |= {"taken_at": delivery.at, "sender": delivery.sender, "new": 0, "known": 0}
    intake = IntakeRow.objects.create(tenant_id=area, **facts)
    rows = [answer_row(area, seals, answer, intake.pk) for answer, _ in answers]
    ResponseRow.objects.bulk_create(rows, ignore_conflicts=True, batch_size=200)
    new = ResponseRow.objects.filter(tenant_id=area, intake=intake).count()
    known = len(answers) - new
    IntakeRow.objects.filter(tenant_id=area, pk=intake.pk).update(new=new, known=known)
    note_intake(delivery, (len(answers), 0, new, known))
    told = tuple(digest.hex() for digest in digests)
    return Intake(parcel=delivery.parcel, records=len(answers), amount=0, new=new, known=known, rows=told)


def take_in_responses(delivery: Delivery, body: bytes) -> Intake:
    """Take a parcel of answers in; the same parcel again is answered as the first time.

    Raises:
        Refused: Its bytes are others than announced, a record does not fit, is another's or names no donation here.

    """
    check_digest(delivery, body)
    if (before := taken_before(delivery)) is not None:
        return before
    checked = check_parcel(LAYOUT, delivery.area, body)
    seals = Seals(delivery.area)
    with reading_in(delivery.area):
        answers = list(_answers(delivery, seals, checked))
    with writing_in(delivery.area):
        if (before := taken_before(delivery)) is not None:
            return before
        return _write(delivery, seals, len(body), answers)
