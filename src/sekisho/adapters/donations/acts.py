"""What an officer does with donations and donors; each act is an entry, in the transaction of what it changes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.donations.areas import reading_in, writing_in
from sekisho.adapters.donations.models import DonationRow, DonorRow, ResponseRow
from sekisho.adapters.donations.responses import Answer, answer_row, response_choices
from sekisho.kernel import EntryKind, Reason, ReasonCode, Refused, Standing, because

LONGEST_ANSWER = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who acts in which area, and when."""

    area: str
    standing: Standing
    at: datetime


def note_act(act: Act, kind: EntryKind, **facts: object) -> None:
    """The entry of an act; in the transaction that is open."""
    frame = {"kind": str(kind), "tenant": act.area, "at": act.at.isoformat(timespec="milliseconds")}
    append_entry(act.area, {**frame, "by": asdict(act.standing), **facts})


def record_view(act: Act, what: str) -> None:
    """Somebody looks at a person's data: written down before it is shown."""
    with writing_in(act.area):
        note_act(act, EntryKind.VIEWED, what=what)


def record_export(act: Act, what: str, count: int) -> None:
    """Data leaves as a file: written down before the first byte."""
    with writing_in(act.area):
        note_act(act, EntryKind.EXPORTED, what=what, count=count)


def _faults(typed: Mapping[str, str]) -> list[Reason]:
    """What is wrong with an answer as it was typed."""
    words = response_choices()
    known = (
        ("対応の方法 / channel", typed.get("channel") in words["channel"]),
        ("区分 / subject", typed.get("subject") in words["subject"]),
    )
    answer = typed.get("answer", "").strip()
    fields = (*known, ("対応内容 / answer", 0 < len(answer) <= LONGEST_ANSWER))
    what = f"選択または1〜{LONGEST_ANSWER}字 / choose, or 1 to {LONGEST_ANSWER} letters"
    return [because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=name, what=what) for name, good in fields if not good]


def enter_answer(act: Act, donation: int, typed: Mapping[str, str]) -> None:
    """Write down what was answered to a donor.

    Raises:
        Refused: A field cannot be used, there is no such donation here, or it is erased.

    """
    if faults := _faults(typed):
        raise Refused(faults)
    with reading_in(act.area):
        row = DonationRow.objects.filter(tenant_id=act.area, pk=donation).first()
    if row is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=f"donation {donation}")])
    if row.erased_at is not None:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=f"donation {donation}", state="erased")])
    answer = Answer(
        donation=row.pk, order=row.order_search, answered_at=act.at.replace(second=0, microsecond=0),
        channel=typed["channel"], subject=typed["subject"], closed=typed.get("closed") == "yes",
        words=typed["answer"].strip(), person=act.standing.person,
    )  # fmt: skip
    fresh = answer_row(act.area, Seals(act.area), answer, None)
    with writing_in(act.area):
        if ResponseRow.objects.filter(tenant_id=act.area, donation=row, answered_at=answer.answered_at).exists():
            what = "同じ分の記録があります。1分あとにもう一度 / one stands there for this minute; try in a minute"
            raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="対応日時 / when", what=what)])
        fresh.save(force_insert=True)
        note_act(act, EntryKind.ACCEPTED, what=f"answer to donation {donation}")


def opt_out(act: Act, donor: int, *, wants_none: bool) -> None:
    """A donor wants no more invitations, or wants them again.

    Raises:
        Refused: There is no such donor here.

    """
    with writing_in(act.area):
        changed = DonorRow.objects.filter(tenant_id=act.area, pk=donor).update(
            opted_out_at=act.at if wants_none else None
        )
        if not changed:
            raise Refused([because(ReasonCode.NOT_FOUND, what=f"donor {donor}")])
        kind = EntryKind.WITHDRAWN if wants_none else EntryKind.RESUMED
        note_act(act, kind, what=f"invitations of donor {donor}")
