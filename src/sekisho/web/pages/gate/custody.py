"""The custody timeline: what the ledger's entries say, in the order of the doors, in words a citizen can follow."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sekisho.adapters.database.queries_rows import EntryRow
from sekisho.kernel import EntryKind, reason_from_data
from sekisho.web.components.vocabulary import words_of
from sekisho.web.words import Words

GATE: Final = Words("関所", "The gate")
OUTSIDE: Final = Words("相手先", "The counterpart")
HOUSE: Final = Words("庁内", "In the office")
Names = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of custody: when, what, where, and its particulars."""

    at: datetime
    icon: str
    tone: str
    name: Words
    place: Words | str
    lines: tuple[Words, ...] = ()
    digest: str = ""


def _table(value: object) -> Mapping[str, object]:
    """A part of an entry that is a table."""
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[object]:
    """A part of an entry that is a list."""
    return list(value) if isinstance(value, list | tuple) else []


def _called(names: Names, identity: object) -> Words:
    """What an id is called; an unknown one is shown as it is."""
    return Words(*names.get(str(identity), (str(identity or "—"), str(identity or "—"))))


def _by(row: EntryRow, names: Names) -> Words:
    """Who acted, at which terminal."""
    by = _table(row.data.get("by"))
    person, terminal = _called(names, by.get("person")), _called(names, by.get("terminal"))
    return Words(f"{person.ja}／{terminal.ja}", f"{person.en} at {terminal.en}")


def _received(row: EntryRow, names: Names) -> Iterable[Step]:
    """The first hall: taken, identified, compared with the permit."""
    data = row.data
    size = f"{int(str(data.get('size', 0))):,}"
    yield Step(
        at=row.at,
        icon="down",
        tone="good",
        name=Words("受け取り", "Received"),
        place=GATE,
        lines=(Words(f"{size} バイト。届きながら暗号化して保管", f"{size} bytes, encrypted while arriving"),),
        digest=str(data.get("digest", "")),
    )
    stops = [_called(names, each) for each in _list(data.get("route"))]
    ja, en = " → ".join(stop.ja for stop in stops), " → ".join(stop.en for stop in stops)
    who = Words("本人と端末の確認", "Person and terminal")
    yield Step(at=row.at, icon="person", tone="key", name=who, place=GATE, lines=(_by(row, names),))
    permit = data.get("permit", "")
    yield Step(
        at=row.at,
        icon="key",
        tone="key",
        name=Words("審議会の承認と照合", "Compared with the approval"),
        place=GATE,
        lines=(Words(f"通行証 {permit}。経路 {ja}", f"Permit {permit}. Route {en}"),),
    )


def _changed(row: EntryRow, names: Names) -> Iterable[Words]:
    """What the gate took out of the parcel, and of what it hid the values."""
    for what, said in (
        ("strip", Words("承認外の項目を取り除きました", "Unapproved items taken out")),
        ("mask", Words("項目の値を伏せました", "Items whose values were hidden")),
    ):
        if items := [_called(names, each) for each in _list(row.data.get(what))]:
            ja, en = "、".join(each.ja for each in items), ", ".join(each.en for each in items)
            yield Words(f"{said.ja}：{ja}", f"{said.en}: {en}")


def _cleared(row: EntryRow, names: Names) -> Iterable[Step]:
    """The second hall: what was found, and that no caveat objects."""
    found = _table(row.data.get("found"))
    records, items = found.get("records", 0), len(_list(found.get("items")))
    gaiji = found.get("unmapped_characters", 0)
    lines = [
        Words(f"{records}件・{items}項目すべて承認の範囲内", f"{records} records with {items} items, all approved")
    ]
    if gaiji:
        lines.append(Words(f"外字 {gaiji}文字を保持", f"{gaiji} gaiji kept as they are"))
    lines += _changed(row, names)
    yield Step(
        at=row.at,
        icon="look",
        tone="key",
        name=Words("形式・動作する内容・項目の検査", "Type, active content and items inspected"),
        place=GATE,
        lines=tuple(lines),
    )


def _stopped(row: EntryRow, names: Names) -> Iterable[Step]:
    """A parcel that was held or refused, with the number of its reasons."""
    held = row.kind == EntryKind.HELD
    count = len(_list(row.data.get("reasons")))
    name = Words("保留しました", "Held") if held else Words("止めました", "Stopped")
    sealing = Words("封をするとき、検査したときの内容にできませんでした", "It could not be sealed as it was cleared")
    lines = (
        Words(f"理由 {count}件。どこにも渡していません", f"{count} reasons. Nothing was handed on"),
        sealing if row.data.get("hall") == "exit" else _by(row, names),
    )
    yield Step(at=row.at, icon="cross", tone="wait" if held else "stop", name=name, place=GATE, lines=lines)


def _leaving(row: EntryRow, names: Names) -> Iterable[Step]:
    """Sealed to the recipient alone, and written down before it leaves."""
    counterpart = _called(names, row.data.get("counterpart"))
    outward = row.data.get("direction") == "outward"
    opener = counterpart if outward else Words("庁内の受取人", "the named recipients")
    key = str(row.data.get("recipient", ""))[-8:]
    yield Step(
        at=row.at,
        icon="lock",
        tone="key",
        name=Words("封をして、持ち出しを記録", "Sealed, and recorded before leaving"),
        place=GATE,
        lines=(
            Words(
                f"{opener.ja}だけが開ける鍵で封をしました（鍵の末尾 {key}）",
                f"Only {opener.en} can open it (key ending in {key})",
            ),
        ),
        digest=str(row.data.get("sealed_digest", "")),
    )


def _delivered(row: EntryRow, _names: Names) -> Iterable[Step]:
    """Acknowledged by whoever received it."""
    receipt = row.data.get("receipt", "")
    yield Step(
        at=row.at,
        icon="up",
        tone="good",
        name=Words("引き渡し", "Delivered"),
        place=OUTSIDE if row.data.get("direction") == "outward" else HOUSE,
        lines=(Words(f"受領番号 {receipt}", f"Receipt {receipt}"),),
    )


def _erased(row: EntryRow, _names: Names) -> Iterable[Step]:
    """Our copy and its key are gone."""
    removed = f"{int(str(row.data.get('bytes_removed', 0))):,}"
    yield Step(
        at=row.at,
        icon="erase",
        tone="quiet",
        name=Words("関所の写しの削除", "The gate's copy erased"),
        place=GATE,
        lines=(
            Words(
                f"鍵を壊し、{removed} バイトを消しました。残っていないことを探して確かめました",
                f"Key destroyed, {removed} bytes removed; searched for remains and found none",
            ),
        ),
    )


def _noted(row: EntryRow, names: Names) -> Iterable[Step]:
    """Anything that happens to a parcel afterwards: looked at, printed, proposed, accepted."""
    lines = (_by(row, names),) if "by" in row.data else ()
    yield Step(
        at=row.at,
        icon="erase" if row.kind == EntryKind.ERASING else "key" if row.kind in _OF_A_LOAN else "paper",
        tone="quiet",
        name=words_of(_KIND_WORDS, row.kind),
        place=_PLACES.get(row.kind, HOUSE),
        lines=lines,
    )


_KIND_WORDS: Final[dict[str, Words]] = {
    EntryKind.ERASING: Words("削除を始めました", "Erasing began"),
    EntryKind.VIEWED: Words("閲覧", "Viewed"),
    EntryKind.OPENED: Words("文書を開きました", "Document opened"),
    EntryKind.PRINTED: Words("印刷しました", "Printed"),
    EntryKind.EXPORTED: Words("出力しました", "Exported"),
    EntryKind.PROPOSED: Words("異動案を作りました", "Changes proposed"),
    EntryKind.ACCEPTED: Words("異動を反映しました", "Change accepted"),
    EntryKind.REJECTED: Words("異動を採りませんでした", "Change rejected"),
    EntryKind.WITHDRAWN: Words("反映を取り消しました", "Change withdrawn"),
    EntryKind.POSTPONED: Words("異動を保留しました", "Change postponed"),
    EntryKind.RESUMED: Words("異動の保留を解きました", "Change resumed"),
    EntryKind.CONTRACTOR_KEEPS: Words("委託先での保管が始まりました", "The contractor keeps a copy"),
    EntryKind.CONTRACTOR_CERTIFIED: Words("委託先の削除証明を受け取りました", "The contractor's certificate was taken"),
    EntryKind.KEY_LENT: Words("委託先に鍵を貸し出しました", "The key is lent to the contractor"),
    EntryKind.LENT_KEY_GIVEN: Words("委託先が鍵で開きました", "The contractor opened it with the key"),
    EntryKind.LENT_KEY_REFUSED: Words("鍵を渡しませんでした", "The key was not given"),
    EntryKind.KEY_LOAN_ENDED: Words("鍵の貸出しが終わりました", "The loan of the key ended"),
    EntryKind.LENT_KEY_DESTROYED: Words("貸した鍵を壊しました", "The lent key was destroyed"),
}
_OF_A_LOAN: Final = frozenset(
    {
        EntryKind.KEY_LENT,
        EntryKind.LENT_KEY_GIVEN,
        EntryKind.LENT_KEY_REFUSED,
        EntryKind.KEY_LOAN_ENDED,
        EntryKind.LENT_KEY_DESTROYED,
    }
)
_PLACES: Final[Mapping[str, Words]] = {
    EntryKind.ERASING: GATE,
    EntryKind.CONTRACTOR_KEEPS: OUTSIDE,
    **dict.fromkeys(_OF_A_LOAN, GATE),
    EntryKind.LENT_KEY_GIVEN: OUTSIDE,
}

_STEPS: Final[Mapping[str, Callable[[EntryRow, Names], Iterable[Step]]]] = {
    EntryKind.RECEIVED: _received,
    EntryKind.CLEARED: _cleared,
    EntryKind.HELD: _stopped,
    EntryKind.REFUSED: _stopped,
    EntryKind.LEAVING: _leaving,
    EntryKind.DELIVERED: _delivered,
    EntryKind.ERASED: _erased,
}


def custody(entries: Iterable[EntryRow], names: Names) -> tuple[Step, ...]:
    """The whole way of a parcel, step by step, with everybody and everything by name."""
    return tuple(step for row in entries for step in _STEPS.get(row.kind, _noted)(row, names))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonLine:
    """One reason, with what to do next."""

    code: str
    sentence: Words
    next: Words
    item: str


def reasons_of(entries: Iterable[EntryRow]) -> tuple[ReasonLine, ...]:
    """Every reason that the last refusal or hold gave."""
    stopped = [row for row in entries if row.kind in (EntryKind.REFUSED, EntryKind.HELD)]
    found = []
    for data in _list(stopped[-1].data.get("reasons")) if stopped else []:
        reason = reason_from_data(_table(data))
        found.append(
            ReasonLine(
                code=str(reason.code),
                sentence=Words(reason.ja, reason.en),
                next=Words(reason.next_ja, reason.next_en),
                item=str(reason.facts.get("item", "")),
            )
        )
    return tuple(found)


def found_items(entries: Iterable[EntryRow]) -> tuple[str, ...]:
    """The data items that inspection found in the bytes."""
    for row in entries:
        if "found" in row.data:
            return tuple(str(each) for each in _list(_table(row.data["found"]).get("items")))
    return ()


def found_records(entries: Iterable[EntryRow]) -> int | None:
    """How many records inspection counted."""
    for row in entries:
        if "found" in row.data:
            return int(str(_table(row.data["found"]).get("records", 0)))
    return None
