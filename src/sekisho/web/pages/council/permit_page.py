"""S-400 通行証 and S-405: what a permit allows, sentence by sentence, and whether it still matches its approval."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from sekisho.adapters.database.queries_rows import PermitRow
from sekisho.kernel import NOT_ISSUED, PermitStatus, ReasonCode, SignInFactor, Specification
from sekisho.web.components.chips import PERMIT_CHIPS, Chip
from sekisho.web.components.dates import in_office_time, long_day
from sekisho.web.components.facts import Check, Fact, failed, passed
from sekisho.web.components.layouts import name_layout
from sekisho.web.components.vocabulary import DIRECTIONS, words_of
from sekisho.web.pages.council.permit_waiting import WaitLine, wait_lines
from sekisho.web.pages.deliberation.words import number_of
from sekisho.web.words import Words

ALTERED = Chip(words=Words("無効（内容が不一致）", "Dead (altered)"), icon="warning", tone="stop")
UNCHECKED = Chip(words=Words("自己点検の遅れにより停止", "Stopped: self-check overdue"), icon="warning", tone="stop")
STOPPED = Chip(words=Words("条件により停止", "Stopped by a condition"), icon="warning", tone="stop")


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitLine:
    """A permit in a list."""

    number: str
    url: str
    label: Words
    until: Words
    chip: Chip
    path: str = ""
    limits: Words | str = ""
    waits: tuple[WaitLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitPage:
    """Everything on the page of a permit."""

    number: str
    label: Words
    chip: Chip
    altered: bool
    caveats: tuple[Fact, ...]
    checks: tuple[Check, ...]
    facts: tuple[Fact, ...]
    digest: str
    waits: tuple[WaitLine, ...] = ()


def _day(moment: str) -> str:
    """A moment of the permit as a day."""
    return long_day(in_office_time(moment).date())


def is_altered(row: PermitRow) -> bool:
    """Does what is registered differ from what was approved?"""
    return row.digest_on_file != row.permit.specification_digest


def permit_chip(row: PermitRow) -> Chip:
    """The state of a permit; an altered one is dead and one with an open condition stopped, whatever its state."""
    if is_altered(row):
        return ALTERED
    status = PermitStatus(row.permit.status)
    if not row.stopped_by or status not in {PermitStatus.ACTIVE, PermitStatus.ISSUED}:
        return PERMIT_CHIPS[status]
    return UNCHECKED if {each.code for each in row.stopped_by} == {ReasonCode.SELF_CHECK_OVERDUE} else STOPPED


def limits_of(specification: Specification) -> Words:
    """What may be sent at once, in one line."""
    size, records = f"{specification.bytes_at_most // 1024 // 1024:,}", f"{specification.records_at_most:,}"
    types = ", ".join(specification.types)
    return Words(f"{types}・{size} MiB まで・{records} 件まで", f"{types}, at most {size} MiB and {records} records")


def permit_line(row: PermitRow) -> PermitLine:
    """A permit in a list."""
    until = _day(row.specification.not_after)
    return PermitLine(
        number=row.permit.permit,
        url=reverse("permit", args=[row.permit.permit]),
        label=Words(row.label_ja, row.label_en),
        until=Words(f"{until} まで", f"until {until}"),
        chip=permit_chip(row),
        path=_named(row, *row.specification.route, between=" → "),
        limits=limits_of(row.specification),
        waits=wait_lines(row),
    )


def _named(row: PermitRow, *ids: str, between: str = "、") -> str:
    """Ids by the names that the dossier gives them."""
    named = [str(Words(*row.names.get(each, (each, each)))) for each in ids]
    return between.join(named) if between != "、" else str(Words("、".join(named), ", ".join(named)))


FACTOR_WORDS: Final[dict[str, Words]] = {
    SignInFactor.PASSWORD: Words("パスワード", "password"),
    SignInFactor.ONE_TIME_CODE: Words("認証アプリのコード", "one-time code"),
    SignInFactor.PASSKEY: Words("パスキー", "passkey"),
    SignInFactor.CERTIFICATE: Words("端末の証明書", "certificate of the terminal"),
}


def _factors(factors: tuple[str, ...]) -> tuple[Fact, ...]:
    """By what the operator must have signed in, where that was approved."""
    words = [FACTOR_WORDS.get(each, Words(each, each)) for each in factors]
    listed = Words(f"{'・'.join(each.ja for each in words)} のいずれか", " or ".join(each.en for each in words))
    return (Fact(name=Words("本人確認", "Sign-in"), value=listed),) if factors else ()


def _who_and_where(row: PermitRow) -> tuple[Fact, ...]:
    """The caveats asked at the entrance."""
    approved = row.specification
    return (
        Fact(
            name=Words("有効期間", "Valid"),
            value=Words(
                f"{_day(approved.not_before)} から {_day(approved.not_after)} まで",
                f"{_day(approved.not_before)} to {_day(approved.not_after)}",
            ),
        ),
        Fact(
            name=Words("実施機関・所属", "Agency, department"),
            value=_named(row, approved.agency, approved.department, between=" / "),
        ),
        Fact(name=Words("操作者", "Operators"), value=_named(row, *approved.persons)),
        *_factors(approved.factors),
        Fact(name=Words("端末", "Terminals"), value=_named(row, *approved.terminals)),
        Fact(name=Words("経路", "Route"), value=_named(row, *approved.route, between=" → ")),
        Fact(name=Words("向き", "Direction"), value=words_of(DIRECTIONS, approved.direction)),
        Fact(name=Words("相手先", "Counterpart"), value=_named(row, approved.counterpart)),
    )


def _layouts(names: tuple[str, ...]) -> Words:
    """The layouts that were approved; one that is our own is marked."""
    marks = [name_layout(name).mark for name in names]
    pairs = list(zip(names, marks, strict=True))
    return Words(
        ", ".join(f"{name}{mark.ja}" for name, mark in pairs), ", ".join(f"{name}{mark.en}" for name, mark in pairs)
    )


def _masked(row: PermitRow) -> tuple[Fact, ...]:
    """The items that go along with their values hidden by the gate, where any was masked."""
    items = row.specification.masked_items
    name = Words("伏せて渡す項目", "Items handed over masked")
    return (Fact(name=name, value=_named(row, *items)),) if items else ()


def _numbers(columns: tuple[str, ...]) -> tuple[Fact, ...]:
    """The columns in which an Individual Number may stand, where any was approved."""
    listed = Words(f"{'、'.join(columns)} の欄のみ", f"only in {', '.join(columns)}")
    return (Fact(name=Words("個人番号", "Individual Numbers"), value=listed),) if columns else ()


def _assessment(assessment: str) -> tuple[Fact, ...]:
    """The protection assessment that the permit waits for, if it names one."""
    waits = Words(
        f"{assessment} が効力を持ち、その有効な版がこの接続・相手先・項目を対象とする間のみ",
        f"only while {assessment} is in force and its version covers this connection, contractor and items",
    )
    return (Fact(name=Words("特定個人情報保護評価", "Protection assessment"), value=waits),) if assessment else ()


def _inspection(inspections: tuple[str, ...], *, rebuild: bool) -> tuple[Fact, ...]:
    """What the machine must have to inspect with, and whether only rebuilt content goes on, where that was approved."""
    listed = Words(f"{'、'.join(inspections)} が必要", f"{', '.join(inspections)} demanded")
    only = Words("無害化した内容だけを通す", "Only rebuilt content goes on")
    return (
        *((Fact(name=Words("検査の備え", "Inspections"), value=listed),) if inspections else ()),
        *((Fact(name=Words("無害化", "Rebuilding"), value=only),) if rebuild else ()),
    )


def _what_and_how_much(row: PermitRow) -> tuple[Fact, ...]:
    """The caveats asked of the bytes."""
    approved = row.specification
    items = _named(row, *approved.items)
    parcels = f"{approved.parcels_a_day:,}"
    strip = Words("承認外の項目は取り除いて通す", "Unapproved items are taken out")
    stop = Words("承認外の項目があれば止める", "Stopped if there is an unapproved item")
    return (
        Fact(name=Words("データ項目", "Data items"), value=items),
        *_masked(row),
        Fact(name=Words("承認外の項目", "Unapproved items"), value=strip if approved.strip_unapproved else stop),
        Fact(name=Words("様式", "Layouts"), value=_layouts(approved.layouts)),
        *_numbers(approved.number_columns),
        *_inspection(approved.inspections, rebuild=approved.rebuild),
        Fact(name=Words("大きさ・件数", "Size, records"), value=limits_of(approved)),
        *_assessment(approved.assessment),
        Fact(name=Words("頻度", "Frequency"), value=Words(f"1日 {parcels} 件まで", f"at most {parcels} a day")),
        Fact(
            name=Words("削除", "Erasure"),
            value=Words(
                f"引き渡しから {approved.erase_within_hours} 時間以内", f"within {approved.erase_within_hours} hours"
            ),
        ),
        *_kept_elsewhere(approved),
    )


def _kept_elsewhere(approved: Specification) -> tuple[Fact, ...]:
    """How long copies may be kept beyond the gate, where the approval says it."""
    places = (
        (Words("庁内での保存", "Kept in the house"), approved.house_keeps_days),
        (Words("委託先での保存", "Kept by the contractor"), approved.contractor_keeps_days),
    )
    kept = tuple(Fact(name=name, value=Words(f"{days} 日以内", f"{days} days")) for name, days in places if days)
    return (*kept, *_lent(approved.key_lent_hours))


def _lent(hours: int) -> tuple[Fact, ...]:
    """For how long a key is lent to the contractor, where the file leaves sealed."""
    said = Words(
        f"引き渡しから {hours} 時間。封をした容器で渡し、その間だけ開ける",
        f"for {hours} hours from the delivery; handed over sealed, opened only until then",
    )
    return (Fact(name=Words("鍵の貸出し", "Key lent"), value=said),) if hours else ()


def caveat_facts(row: PermitRow) -> tuple[Fact, ...]:
    """Everything that a machine decides."""
    return _who_and_where(row) + _what_and_how_much(row)


def _made(status: PermitStatus) -> Words:
    """What the day of a permit's document is the day of: before two persons have signed it was only compiled."""
    return Words("作成", "Compiled") if status in NOT_ISSUED else Words("発行", "Issued")


def permit_page(row: PermitRow) -> PermitPage:
    """The page of a permit."""
    approved = row.specification
    matches = Words("登録内容の指紋が、署名された承認と一致", "What is registered matches the signed approval")
    count = len(row.permit.signatures)
    signed = Words(f"発行者 {count}名の署名が正しい", f"{count} signatures of the issuing body are valid")
    return PermitPage(
        number=row.permit.permit,
        label=Words(row.label_ja, row.label_en),
        chip=permit_chip(row),
        altered=is_altered(row),
        caveats=caveat_facts(row),
        checks=(
            failed(matches) if is_altered(row) else passed(matches),
            passed(signed) if row.signatures_hold else failed(signed),
            *(failed(Words(each.ja, each.en)) for each in row.stopped_by),
        ),
        facts=(
            Fact(
                name=Words("諮問", "Consultation"),
                value=number_of(row.consultation),
                url=reverse("consultation", args=[row.consultation]),
            ),
            Fact(name=Words("法令の根拠", "Legal ground"), value=approved.legal_basis),
            Fact(name=Words("いつの法令か", "As of"), value=approved.as_of),
            Fact(name=_made(row.permit.status), value=_day(row.permit.issued_at)),
        ),
        digest=row.permit.specification_digest,
        waits=wait_lines(row),
    )
