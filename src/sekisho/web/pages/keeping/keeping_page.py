"""S-130 保存と削除, as facts ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse

from sekisho.adapters.database.keeping import LateCopy
from sekisho.adapters.database.queries_erasure import ContractorView, HoldView, Keeping, ListView
from sekisho.web.components.act_forms import ActForm
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import long_moment
from sekisho.web.components.facts import Fact
from sekisho.web.components.vocabulary import short_parcel, words_of
from sekisho.web.pages.keeping.loans import is_lent_now, loan_chip, loan_facts, next_step
from sekisho.web.words import Words

PLACES: Final[dict[str, Words]] = {
    "gate": Words("関所", "The gate"),
    "house": Words("庁内の文書", "In the house"),
    "contractor": Words("委託先", "The contractor"),
    "orphans": Words("持ち主のない鍵・ファイル", "Keys and files of nobody"),
}
_LIST_STATES: Final[dict[str, Chip]] = {
    "signed": Chip(words=Words("実行待ち", "To be done"), icon="clock", tone="wait"),
    "stopped": Chip(words=Words("安全装置が停止", "Stopped"), icon="warning", tone="stop"),
    "done": Chip(words=Words("消しました", "Erased"), icon="check", tone="good"),
    "dropped": Chip(words=Words("取下げ", "Dropped"), icon="cross", tone="quiet"),
}
_LATE: Final = Chip(words=Words("期限超過", "Overdue"), icon="warning", tone="stop")
_KEPT: Final = Chip(words=Words("保管中", "Kept there"), icon="clock", tone="wait")
_SHOWN_GONE: Final = Chip(words=Words("証明を受領", "Certificate received"), icon="check", tone="good")
_RECALL: Final = Words("鍵を引き揚げる", "Recall the key")
_ON_HOLD: Final = Chip(words=Words("保全中", "On hold"), icon="lock", tone="wait")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLine:
    """One thing on the page: what it is called, where it stands, its facts, what can be done."""

    key: str
    title: Words | str
    url: str
    chip: Chip
    facts: tuple[Fact, ...]
    forms: tuple[ActForm, ...] = ()
    upload: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingPage:
    """Everything on S-130."""

    late: tuple[KeptLine, ...]
    lists: tuple[KeptLine, ...]
    holds: tuple[KeptLine, ...]
    contractors: tuple[KeptLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who looks: what may this person do, and as whom do they agree."""

    person: str
    confirms: bool
    lifts: bool
    keeps: bool


def _form(act: str, what: str, words: Words, *, main: bool = False) -> ActForm:
    """A button."""
    return ActForm(key=f"{act}-{what}", url=reverse("keeping_act", args=[act, what]), words=words, main=main)


def _late(each: LateCopy, number: int) -> KeptLine:
    """A copy that should be gone."""
    return KeptLine(
        key=f"late-{number}",
        title=short_parcel(each.parcel),
        url=reverse("crossing", args=[each.parcel]),
        chip=_LATE,
        facts=(
            Fact(name=Words("場所", "Where"), value=words_of(PLACES, each.place)),
            Fact(name=Words("期限", "Due"), value=long_moment(each.due)),
            Fact(name=Words("通行証", "Permit"), value=each.permit or "—"),
            *((Fact(name=Words("持っている相手", "Held by"), value=each.holder),) if each.holder else ()),
        ),
    )


def _list(each: ListView, reader: Reader) -> KeptLine:
    """A list of copies to erase; one that was stopped asks for two persons."""
    forms: tuple[ActForm, ...] = ()
    if each.state == "stopped" and reader.confirms:
        confirm = _form("confirm", each.number, Words("中身を確かめ、削除に同意する", "Agree that these go"), main=True)
        drop = _form("drop", each.number, Words("名簿を取り下げる", "Drop the list"))
        forms = (drop,) if reader.person in each.agreed_by else (confirm, drop)
    counted = Words(f"保管中 {each.kept}件のうち {each.copies}件", f"{each.copies} of {each.kept} kept")
    agreed = "、".join(each.agreed_by)
    return KeptLine(
        key=f"list-{each.number}",
        title=each.number,
        url="",
        chip=_LIST_STATES[each.state],
        facts=(
            Fact(name=Words("対象", "What"), value=words_of(PLACES, each.place)),
            Fact(name=Words("件数", "Copies"), value=counted),
            Fact(name=Words("作成", "Made"), value=long_moment(each.made_at)),
            Fact(name=Words("同意した人", "Agreed"), value=agreed or "—"),
        ),
        forms=forms,
    )


def _hold(each: HoldView, reader: Reader) -> KeptLine:
    """A hold, with the second person's button."""
    words = Words("解除に同意する", "Agree to lift it")
    may = reader.lifts and each.agreed_by != reader.person
    return KeptLine(
        key=each.hold,
        title=f"{each.hold}　{short_parcel(each.parcel)}",
        url=reverse("crossing", args=[each.parcel]),
        chip=_ON_HOLD,
        facts=(
            Fact(name=Words("理由", "Why"), value=each.why),
            Fact(name=Words("始めた人・日時", "Set by"), value=each.set_by, more=long_moment(each.set_at)),
            Fact(name=Words("解除に同意", "Agreed to lift"), value=each.agreed_by or "—"),
        ),
        forms=(_form("lift", each.hold, words),) if may else (),
    )


def _contractor(each: ContractorView, reader: Reader, at: datetime) -> KeptLine:
    """A copy at a contractor, and the place where its certificate goes."""
    waiting = each.certified_at is None
    chip = _SHOWN_GONE if not waiting else _LATE if each.erase_by < at else loan_chip(each, at) or _KEPT
    until = Fact(name=Words("消す期限", "To be erased by"), value=long_moment(each.erase_by))
    shown = Fact(name=Words("証明の指紋", "Digest of the certificate"), value=each.digest or "—")
    return KeptLine(
        key=f"contractor-{each.parcel}",
        title=Words(f"{each.counterpart_ja}　{short_parcel(each.parcel)}", f"{each.counterpart_en} {each.parcel}"),
        url="",
        chip=chip,
        facts=(
            Fact(name=Words("通行証", "Permit"), value=each.permit),
            Fact(name=Words("引き渡し", "Delivered"), value=long_moment(each.delivered_at)),
            *loan_facts(each, at),
            until,
            shown,
            Fact(name=Words("次にすること", "What to do next"), value=next_step(each, at)),
        ),
        forms=(_form("recall", each.parcel, _RECALL),) if reader.keeps and is_lent_now(each, at) else (),
        upload=reverse("keeping_act", args=["certify", each.parcel]) if waiting and reader.keeps else "",
    )


def keeping_page(keeping: Keeping, reader: Reader, at: datetime) -> KeepingPage:
    """S-130 from what is kept."""
    late: Sequence[LateCopy] = keeping.late
    return KeepingPage(
        late=tuple(_late(each, number) for number, each in enumerate(late)),
        lists=tuple(_list(each, reader) for each in keeping.lists),
        holds=tuple(_hold(each, reader) for each in keeping.holds),
        contractors=tuple(_contractor(each, reader, at) for each in keeping.contractors),
    )
