"""S-110 通過の詳細 and S-120 止めました, as facts ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from sekisho.adapters.database.queries_rows import EntryRow, ParcelRow
from sekisho.kernel import EntryKind
from sekisho.web.components.chips import Chip, crossing_chip
from sekisho.web.components.dates import clock, in_office_time, long_day
from sekisho.web.components.facts import Check, Fact, Said, Task, failed, passed, pending
from sekisho.web.components.vocabulary import DIRECTIONS, item_words, short_parcel, words_of
from sekisho.web.pages.evidence.proof_page import ProofPanel
from sekisho.web.pages.gate.crossing_keeping import NOTHING_KEPT, Kept
from sekisho.web.pages.gate.custody import Names, ReasonLine, Step, custody, found_items, found_records, reasons_of
from sekisho.web.pages.gate.inspection_facts import inspection_facts
from sekisho.web.words import Words

STOPPED_STATES = frozenset({str(EntryKind.REFUSED), str(EntryKind.HELD)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A thing with its address."""

    title: Said
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingPage:
    """Everything on S-110."""

    parcel: str
    short_parcel: str
    label: Words
    path: str
    chip: Chip
    facts: tuple[Fact, ...]
    steps: tuple[Step, ...]
    proof: ProofPanel
    items: tuple[Words, ...]
    documents: tuple[Linked, ...]
    batches: tuple[Linked, ...]
    inspection: tuple[Fact, ...]
    may_export: bool
    may_verify: bool
    keeping: Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixLine:
    """A data item that was found, and whether it was approved."""

    item: str
    words: Words
    approved: bool
    chip: Chip


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppedPage:
    """Everything on S-120."""

    parcel: str
    short_parcel: str
    label: Words
    path: str
    chip: Chip
    headline: Words
    whereabouts: Words
    reasons: tuple[ReasonLine, ...]
    acts: tuple[Task, ...]
    matrix: tuple[MatrixLine, ...]
    matched: int
    checks: tuple[Check, ...]
    steps: tuple[Step, ...]
    may_export: bool
    leave_out: tuple[Words, ...]
    may_answer: bool
    inspection: tuple[Fact, ...]
    keeping: Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What stands around a crossing: its proof, its documents, its proposals, and what the reader may do."""

    proof: ProofPanel
    documents: tuple[Linked, ...]
    batches: tuple[Linked, ...]
    may_export: bool
    may_verify: bool
    approved_items: tuple[str, ...]
    masked_items: tuple[str, ...]
    names: Names
    leave_out: tuple[Words, ...] = ()
    may_answer: bool = False
    keeping: Kept = NOTHING_KEPT


def _path(row: ParcelRow) -> str:
    """Which way, and with whom."""
    return f"{words_of(DIRECTIONS, row.direction)}　{Words(row.counterpart_ja, row.counterpart_en)}"


def _when(entries: Sequence[EntryRow], fallback: datetime) -> Fact:
    """From the first entry to the last."""
    first = entries[0].at if entries else fallback
    last = entries[-1].at if entries else fallback
    day = long_day(in_office_time(first).date())
    return Fact(name=Words("日時", "When"), value=day, more=f"{clock(first)} 〜 {clock(last)}")


def _remains(state: str) -> Fact:
    """What is left in the gate."""
    if state == EntryKind.ERASED:
        return Fact(
            name=Words("関所に残る写し", "Copy left at the gate"),
            value=Words("なし（削除済み）", "None (erased)"),
            more=Words("証明つき", "with proof"),
            good=True,
        )
    return Fact(
        name=Words("関所に残る写し", "Copy left at the gate"),
        value=Words("暗号化して保管中", "Kept, encrypted"),
        more=Words("期限までに自動で削除", "erased automatically in time"),
    )


def _counted(items: Sequence[str], records: int | None) -> Words:
    """How much was found, once somebody has looked."""
    if not items:
        return Words("検査待ち", "Waiting")
    return Words(f"{records}件・{len(items)}項目", f"{records} records, {len(items)} items")


def crossing_page(row: ParcelRow, entries: Sequence[EntryRow], around: Surroundings) -> CrossingPage:
    """S-110 from the parcel, its entries and what stands around it."""
    items, records = found_items(entries), found_records(entries)
    permit_url = reverse("permit", args=[row.permit]) if row.permit else ""
    return CrossingPage(
        parcel=row.parcel,
        short_parcel=short_parcel(row.parcel),
        label=Words(row.label_ja, row.label_en),
        path=_path(row),
        chip=crossing_chip(row.state),
        facts=(
            _when(entries, row.at),
            Fact(name=Words("根拠の通行証", "Permit"), value=row.permit or "—", url=permit_url),
            Fact(name=Words("件数・項目", "Records, items"), value=_counted(items, records)),
            _remains(row.state),
        ),
        steps=custody(entries, around.names),
        proof=around.proof,
        items=tuple(item_words(item) for item in items),
        documents=around.documents,
        batches=around.batches,
        inspection=inspection_facts(entries),
        may_export=around.may_export,
        may_verify=around.may_verify,
        keeping=around.keeping,
    )


def _matrix(found: tuple[str, ...], around: Surroundings) -> tuple[MatrixLine, ...]:
    """Found items against approved ones, in the clear or masked; those not approved come first."""
    good = Chip(words=Words("一致", "Approved"), icon="check", tone="good")
    hidden = Chip(words=Words("伏せて渡す", "Masked"), icon="lock", tone="wait")
    bad = Chip(words=Words("承認外", "Not approved"), icon="cross", tone="stop")
    chips = {**dict.fromkeys(around.masked_items, hidden), **dict.fromkeys(around.approved_items, good)}
    lines = [
        MatrixLine(item=item, words=item_words(item), approved=item in chips, chip=chips.get(item, bad))
        for item in found
    ]
    return tuple(sorted(lines, key=lambda line: line.approved))


def _checks(entries: Sequence[EntryRow], reasons: tuple[ReasonLine, ...]) -> tuple[Check, ...]:
    """What had been checked when the parcel was stopped."""
    received = any(entry.kind == EntryKind.RECEIVED for entry in entries)
    inspected = any("found" in entry.data for entry in entries)
    arrived = passed(Words("本人・端末・通行証を確認", "Person, terminal and permit checked"))
    turned = failed(
        Words("入口で止めました", "Stopped at the entrance"), Words("中身は受け取っていません", "No content was taken")
    )
    return (
        arrived if received else turned,
        passed(Words("中身を検査", "Content inspected"))
        if inspected
        else pending(Words("中身の検査は行っていません", "Content not inspected")),
        *(failed(reason.sentence) for reason in reasons),
        pending(Words("引き渡しは行っていません", "Nothing was handed on")),
    )


def _acts(reasons: tuple[ReasonLine, ...]) -> tuple[Task, ...]:
    """What the reader can do: each advice once, then the two ways that are always open."""
    advice = dict.fromkeys(reason.next for reason in reasons)
    return (
        *(Task(icon="info", title=words, more="") for words in advice),
        Task(
            icon="send",
            title=Words("直したファイルを、あらためて通す", "Send the corrected file through"),
            more=Words("新しい通過番号になります。この記録は残ります", "It gets a new number; this record stays"),
            url=reverse("send"),
            act=Words("ファイルを通す", "Send a file"),
        ),
        Task(
            icon="paper",
            title=Words("承認の内容を確かめる", "Look at what was approved"),
            more=Words("承認された項目・端末・経路を見られます", "Items, terminals and routes that were approved"),
            url=reverse("permits"),
            act=Words("通行証を見る", "See the permits"),
        ),
    )


def _whereabouts(entries: Sequence[EntryRow]) -> Words:
    """Where the file is now: never taken, erased already, or kept encrypted until it is erased."""
    kinds = {entry.kind for entry in entries}
    if EntryKind.RECEIVED not in kinds:
        return Words(
            "入口で止めたため、中身は受け取っていません。ファイルは手元のままです。",
            "It was stopped at the entrance, so no content was taken. The file stays where it was.",
        )
    if EntryKind.ERASED in kinds:
        return Words(
            "ファイルはどこにも届いていません。受け取った写しは、証明つきで削除しました。",
            "The file has reached nobody. The copy taken has been erased, with proof.",
        )
    return Words(
        "ファイルはどこにも届いていません。受け取った写しは暗号化されたまま、期限までに自動で消えます。",
        "The file has reached nobody. The copy taken stays encrypted and is erased in time.",
    )


def stopped_page(row: ParcelRow, entries: Sequence[EntryRow], around: Surroundings) -> StoppedPage:
    """S-120 from the parcel and its entries."""
    reasons = reasons_of(entries)
    matrix = _matrix(found_items(entries), around)
    first = reasons[0].sentence if reasons else Words("止めました", "Stopped")
    more = len(reasons) - 1
    headline = Words(f"{first.ja}（ほか{more}件）", f"{first.en} (and {more} more)") if more > 0 else first
    return StoppedPage(
        parcel=row.parcel,
        short_parcel=short_parcel(row.parcel),
        label=Words(row.label_ja, row.label_en),
        path=_path(row),
        chip=crossing_chip(row.state),
        headline=headline,
        whereabouts=_whereabouts(entries),
        reasons=reasons,
        acts=_acts(reasons),
        matrix=matrix,
        matched=sum(line.approved for line in matrix),
        checks=_checks(entries, reasons),
        steps=custody(entries, around.names),
        may_export=around.may_export,
        leave_out=around.leave_out,
        may_answer=around.may_answer,
        inspection=inspection_facts(entries),
        keeping=around.keeping,
    )
