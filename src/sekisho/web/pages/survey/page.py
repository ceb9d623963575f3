"""S-250, as facts ready to be shown: what was found, what this person can do about it, logs, campaigns, lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from sekisho.adapters.database.queries_survey import CampaignView, FindingView, LogView
from sekisho.business.connection_survey import END_OF, TRIAGE_WORDS, UNREAD_WORDS, Triage, Unread
from sekisho.kernel.council import FINDING_TABLE, Role
from sekisho.web.components.act_forms import AREA, DATE, SELECT, ActForm, FormField, pick, words_pair
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import long_day, short_moment
from sekisho.web.components.facts import Fact, Said
from sekisho.web.office import Office
from sekisho.web.pages.survey.words import (
    count_words,
    finding_chip,
    return_chip,
    triage_words,
    where_of,
    why_words,
)
from sekisho.web.words import Words

Names = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """One finding in the list."""

    finding: str
    url: str
    source: Said
    where: str
    seen: str
    times: str
    why: Said
    triage: Said
    due: str
    chip: Chip


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One log that was read, with the lines that could not be."""

    name: str
    taken: str
    period: str
    lines: str
    unread: str
    faults: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLine:
    """One department's answer."""

    department: Said
    chip: Chip
    systems: Said
    signed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPart:
    """One campaign: its departments, and what this person can do."""

    campaign: str
    label: str
    due: str
    open: bool
    returns: tuple[ReturnLine, ...]
    sign_url: str
    close_url: str


def finding_line(view: FindingView, places: Names) -> FindingLine:
    """One line of the list."""
    return FindingLine(
        finding=view.finding,
        url=reverse("finding", args=[view.finding]),
        source=_named(places, view.source),
        where=where_of(view),
        seen=f"{short_moment(view.first_seen)} 〜 {short_moment(view.last_seen)}",
        times=f"{view.times:,}",
        why=why_words(view.why),
        triage=triage_words(view.triage),
        due=long_day(view.due) if view.due else "",
        chip=finding_chip(view.state),
    )


def _named(names: Names, person: str) -> Words | str:
    """What somebody, or some department, is called."""
    return Words(*names[person]) if person in names else person


def finding_facts(view: FindingView, names: Names, places: Names) -> Iterator[Fact]:
    """Everything that is known of a finding: what was seen, what is said of it, what was done about it."""
    yield from _seen_facts(view, places)
    yield Fact(name=Words("判定", "Judged"), value=why_words(view.why), more=view.detail)
    if view.permit:
        url = reverse("permit", args=[view.permit])
        yield Fact(name=Words("通行証・矢印", "Permit and arrow"), value=view.permit, url=url, more=view.connection)
    yield from (Fact(name=name, value=value) for name, value in _done_about(view, names) if value)
    if view.matter:
        url = reverse("matter", args=[view.matter])
        yield Fact(name=Words("起案した諮問", "Consultation"), value=view.matter, url=url)


def _seen_facts(view: FindingView, places: Names) -> Iterator[Fact]:
    """What was seen, and how much."""
    times = Words(
        f"{view.times:,}回（うち出口で遮断 {view.turned_away:,}回）", f"{view.times:,} ({view.turned_away:,} refused)"
    )
    first, last = short_moment(view.first_seen), short_moment(view.last_seen)
    yield Fact(name=Words("送信元", "Source"), value=_named(places, view.source), more=_named(places, view.department))
    yield Fact(name=Words("宛先", "Destination"), value=where_of(view), more=view.host)
    yield Fact(name=Words("見つけた方法", "Found by"), value=_ORIGINS[view.origin])
    yield Fact(name=Words("回数", "Times"), value=times)
    yield Fact(name=Words("最初と最後", "First and last"), value=first, more=last)
    yield Fact(name=Words("出た量", "Sent"), value=count_words(view.up))
    yield Fact(name=Words("入った量", "Received"), value=count_words(view.down))


def _done_about(view: FindingView, names: Names) -> Iterator[tuple[Words, Said]]:
    """What people said and did about a finding."""
    said = view.answer
    yield Words("仕分け", "Triage"), triage_words(view.triage)
    yield Words("回答する人", "Owner"), _named(names, view.owner)
    yield Words("回答期限", "Answer due"), long_day(view.due) if view.due else ""
    yield Words("扱う情報", "Data"), str(said.get("data", ""))
    yield Words("いつから使っているか", "In use since"), str(said.get("since", ""))
    yield Words("根拠条項", "Article"), str(said.get("basis", ""))
    yield Words("条文", "Its words"), str(said.get("quotation", ""))
    yield Words("差戻しの理由", "Why it was sent back"), view.remark
    yield Words("停止の証拠", "Proof that it stopped"), view.proof
    yield Words("報告した会議", "Reported to"), view.reported_in


_ORIGINS = {
    "log": Words("通信記録", "an egress log"),
    "inventory": Words("所属の回答", "a department's answer"),
}


def _fields(act: str, view: FindingView, owners: tuple[tuple[str, Words], ...]) -> tuple[FormField, ...]:
    """What an act asks for."""
    kinds = pick(*((str(each), Words(*TRIAGE_WORDS[each])) for each in Triage), chosen=view.triage)
    law = view.triage == Triage.EXEMPT
    hint = Words("法令の定めによる場合は必須です。", "Needed where a law provides for it.")
    fields = {
        "triage": (
            FormField(name="kind", words=Words("この接続は", "This connection is"), kind=SELECT, choices=kinds),
        ),
        "assign": (
            FormField(name="owner", words=Words("回答する人", "Who answers"), kind=SELECT, choices=pick(*owners)),
            FormField(name="due", words=Words("回答期限", "By which day"), kind=DATE),
        ),
        "answer": (
            FormField(name="data", words=Words("どんな情報を扱っているか", "What data"), kind=AREA),
            FormField(name="since", words=Words("いつから使っているか", "In use since")),
            FormField(name="basis", words=Words("根拠条項", "Article of law"), required=law, hint=hint),
            FormField(name="quotation", words=Words("条文", "Its words"), kind=AREA, required=law),
        ),
        "send_back": (FormField(name="reason", words=Words("差し戻す理由", "Why"), kind=AREA),),
    }
    return fields.get(act, ())


def _may(act: str, view: FindingView, office: Office) -> bool:
    """Is this act offered to this person? The office decides again when it is done."""
    if act == "answer":
        return office.person == view.owner
    if act in set(END_OF.values()):
        fits = bool(view.triage) and END_OF[Triage(view.triage)] == act
        if act == "file_consultation":
            return fits and office.department == view.department
        return fits and office.person != view.owner
    return True


def finding_forms(view: FindingView, office: Office, owners: tuple[tuple[str, Words], ...]) -> tuple[ActForm, ...]:
    """What this person can do about a finding now."""
    roles = {Role(each) for each in office.roles}
    steps = [step for step in FINDING_TABLE.steps_from(view.state) if step.roles & roles]
    return tuple(
        ActForm(
            key=step.act,
            url=reverse("finding_act", args=[view.finding, step.act]),
            words=words_pair(FINDING_TABLE.acts[step.act]),
            fields=_fields(step.act, view, owners),
            main=step.act != "send_back",
        )
        for step in steps
        if _may(step.act, view, office)
    )


def _day(moment: datetime | None) -> str:
    """A moment in a list, or nothing."""
    return short_moment(moment) if moment else "—"


def log_line(view: LogView) -> LogLine:
    """A log that was read; each line that could not be says why and what to do."""
    faults = []
    for each in view.unread_lines:
        ja, en, next_ja, next_en = UNREAD_WORDS[Unread(str(each["why"]))]
        faults.append(Words(f"{each['line']}行目　{ja}。{next_ja}。", f"Line {each['line']}: {en}; {next_en}."))
    return LogLine(
        name=view.name,
        taken=short_moment(view.taken_at),
        period=f"{_day(view.first_seen)} 〜 {_day(view.last_seen)}",
        lines=f"{view.lines:,}",
        unread=f"{view.unread:,}",
        faults=tuple(faults),
    )


def campaign_part(view: CampaignView, office: Office, names: Names, places: Names) -> CampaignPart:
    """A campaign as this person sees it."""
    is_open = view.state == "opened"
    asked = any(each.department == office.department for each in view.returns)
    signs = is_open and asked and Role.HEAD in office.roles
    closes = is_open and Role.SECRETARIAT in office.roles
    return CampaignPart(
        campaign=view.campaign,
        label=view.label,
        due=long_day(view.due),
        open=is_open,
        returns=tuple(
            ReturnLine(
                department=_named(places, each.department),
                chip=return_chip(each.state),
                systems=_systems(each.state, each.systems),
                signed=f"{_named(names, each.signed_by)} {_day(each.signed_at)}" if each.signed_by else "",
            )
            for each in view.returns
        ),
        sign_url=reverse("campaign_act", args=[view.campaign, "sign"]) if signs else "",
        close_url=reverse("campaign_act", args=[view.campaign, "close"]) if closes else "",
    )


def _systems(state: str, count: int) -> Said:
    """How many systems a department named; none is an answer as well."""
    if state != "answered":
        return ""
    return Words(f"{count}件", str(count)) if count else Words("該当なし", "None")
