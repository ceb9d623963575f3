"""The loan of a key on S-130: until when it is lent, how often it was opened, how it ended, what to do next."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sekisho.adapters.database.queries_erasure import ContractorView
from sekisho.kernel import LoanEnd
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import long_moment
from sekisho.web.components.facts import Fact
from sekisho.web.words import Words

_LENT: Final = Chip(words=Words("鍵を貸出し中", "Key lent"), icon="key", tone="wait")
_OVER: Final = Chip(words=Words("鍵の貸出し終了", "Key loan over"), icon="lock", tone="quiet")
ENDS: Final[dict[str, Words]] = {
    LoanEnd.TIME: Words("期限が来た", "its time was over"),
    LoanEnd.RECALLED: Words("市が引き揚げた", "recalled by the city"),
    LoanEnd.CERTIFIED: Words("削除証明を受け取った", "the certificate was taken"),
}


def is_lent_now(each: ContractorView, at: datetime) -> bool:
    """Can the contractor open it now?"""
    return each.lent_until is not None and each.loan_ended_at is None and at < each.lent_until


def loan_chip(each: ContractorView, at: datetime) -> Chip | None:
    """How the loan stands; nothing where no key was lent."""
    if each.lent_until is None:
        return None
    return _LENT if is_lent_now(each, at) else _OVER


def _ended(each: ContractorView, at: datetime) -> Words:
    """When and why nobody can open any more, and whether the key is gone."""
    if is_lent_now(each, at):
        return Words("まだ終わっていません", "not yet")
    moment = min(filter(None, (each.loan_ended_at, each.lent_until)))
    why = ENDS.get(each.loan_end or LoanEnd.TIME, Words(each.loan_end, each.loan_end))
    gone = (
        Words("鍵は壊しました", "the key is destroyed")
        if each.key_gone
        else Words("鍵は破壊待ち", "the key is about to go")
    )
    when = long_moment(moment)
    return Words(f"{when}（{why.ja}）。{gone.ja}", f"{when} ({why.en}); {gone.en}")


def loan_facts(each: ContractorView, at: datetime) -> Iterator[Fact]:
    """The facts of a loan, if there is one."""
    if each.lent_until is None:
        return
    times = Words(f"{each.openings} 回", f"{each.openings} times")
    yield Fact(name=Words("鍵の貸出しの期限", "Key lent until"), value=long_moment(each.lent_until))
    last = long_moment(each.opened_at) if each.opened_at else Words("まだ開いていません", "not opened yet")
    yield Fact(name=Words("開いた回数・最後", "Opened, last"), value=times, more=last)
    yield Fact(name=Words("貸出しの終わり", "End of the loan"), value=_ended(each, at))


def next_step(each: ContractorView, at: datetime) -> Words:
    """What an officer does next about this copy."""
    if each.certified_at is not None:
        return Words("ありません", "Nothing")
    if each.erase_by < at:
        return Words(
            "期限を過ぎています。委託先に削除証明書を求め、受け取ってください。それまで次の引き渡しは止まります",
            "It is overdue: ask for the certificate and take it; until then nothing more is delivered",
        )
    if is_lent_now(each, at):
        return Words(
            "事故や契約の終わりのときは、鍵を引き揚げてください",
            "After an incident or the end of the contract, recall the key",
        )
    return Words("委託先に削除証明書を求めてください", "Ask the contractor for the certificate of erasure")
