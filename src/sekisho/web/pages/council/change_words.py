"""What becomes of a permit while its change is before the council: who has to do what next, and until when."""

from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from sekisho.adapters.database.queries_council import MatterFile
from sekisho.adapters.database.queries_meetings import MeetingRow, meeting_rows
from sekisho.web.components.dates import in_office_time, long_day
from sekisho.web.components.facts import Said
from sekisho.web.words import Words

NEXT: Final[dict[str, Words]] = {
    "amendment_pending": Words(
        "起案者が足りない欄を書き、所属長が提出する",
        "The drafter writes what is missing, the head of the department submits",
    ),
    "draft": Words("起案者が書き直し、所属長が提出する", "The drafter rewrites it, the head submits"),
    "submitted": Words("事務局が受理する", "The secretariat takes it in"),
    "accepted": Words("事務局が議題にする", "The secretariat puts it on an agenda"),
    "exemption_claimed": Words("事務局が適用除外の申出を確認する", "The secretariat checks the claim of an exemption"),
    "agenda": Words("事務局が資料を送る", "The secretariat sends the papers"),
    "circulated": Words("会長が審議を開く", "The chair opens the session"),
    "in_session": Words("委員が質問し、会長が質疑を終える", "Members ask, the chair ends the questions"),
    "deliberating": Words("委員が採決する", "The members vote"),
    "continued": Words("事務局が次の会議の議題にする", "The secretariat puts it on the next agenda"),
    "returned": Words(
        "所属長が引き取るか、会長が承認のままとする", "The head takes it back, or the chair keeps what was approved"
    ),
    "rejected": Words(
        "会長が承認のままとし、二人が再開する", "The chair keeps what was approved, two persons start it"
    ),
    "approved": Words("会長と事務局が答申書に署名する", "Chair and secretariat sign the letter"),
    "approved_with_conditions": Words("会長と事務局が答申書に署名する", "Chair and secretariat sign the letter"),
    "ratified": Words("会長と事務局が答申書に署名する", "Chair and secretariat sign the letter"),
    **dict.fromkeys(
        ("opinion_no_objection", "opinion_with_conditions", "opinion_objection"),
        Words("会長と事務局が意見の答申書に署名する", "Chair and secretariat sign the opinion"),
    ),
    "answered": Words("決裁ののち、新しい通行証が発行される", "Once decided, the newer permits are issued"),
    "agency_decided": Words("情報システム課が決裁に署名する", "Information systems signs the decision"),
    "agency_declined": Words(
        "会長が承認のままとし、二人が再開する", "The chair keeps what was approved, two persons start it"
    ),
}
_NO_MEETING: Final = Words("会議はまだ招集されていません", "no meeting has been called yet")
MEANWHILE: Final = (
    Words(
        "次の通行証は、審議会が決めるまで「変更の諮問中」となり、何も通しません。",
        "These permits wait until the council has decided; nothing crosses under them.",
    ),
    Words(
        "変更が承認されれば新しい通行証が発行され、いまの通行証は更新済みになります。",
        "If the change is approved newer permits are issued, and these are superseded.",
    ),
    Words(
        "承認されないとき、または取り下げたときは、いまの承認のまま停止中となり、二人の同意で再開します。",
        "If it is not approved, or is withdrawn, they stay as approved and stopped, until two persons start them.",
    ),
    Words(
        "ほかの矢印の通行証は、そのまま使えます。",
        "The permits of the other arrows stay as they are.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """Who has to do what next, and until when."""

    act: Said
    deadline: Said


def _day_of(meeting: MeetingRow) -> Words:
    """The day of a meeting, with its name."""
    day = long_day(in_office_time(meeting.due_on.isoformat()).date())
    return Words(f"{meeting.label_ja}（{day}）", f"{meeting.label_en} ({day})")


def next_step(tenant: str, file: MatterFile, state: str = "") -> NextStep:
    """What comes next for this matter, in its present state or in the one that is named, and the meeting to meet it."""
    now = timezone.now()
    called = [each for each in meeting_rows(tenant, now) if each.state == "called" and each.due_on >= now]
    ahead = file.row.meeting if file.row.meeting in called else min(called, key=lambda each: each.due_on, default=None)
    act = NEXT.get(state or file.row.state, Words("", ""))
    if ahead is None:
        return NextStep(act=act, deadline=_NO_MEETING)
    day = _day_of(ahead)
    return NextStep(act=act, deadline=Words(f"次の会議：{day.ja}", f"next meeting: {day.en}"))
