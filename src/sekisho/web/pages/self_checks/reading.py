"""Answers and rules as they were typed on the screens."""

from collections.abc import Iterator

from django.http import QueryDict

from sekisho.kernel import ReasonCode, Refused, because
from sekisho.kernel.council import CheckAnswer, CheckResult, CheckRule, OverdueMeans, make_check_rule
from sekisho.web.components.dates import read_day


def read_answers(said: QueryDict, open_keys: frozenset[str]) -> Iterator[CheckAnswer]:
    """The answers of a form; with "the rest as approved", also every question that has none yet.

    Raises:
        Refused: A day is none.
        ValueError: An answer is none of those that the form offers.

    """
    for name, value in said.items():
        key = name.removeprefix("result:")
        if key == name:
            continue
        result = value or (CheckResult.AS_APPROVED if said.get("rest") and key in open_keys else "")
        if result:
            yield _answer(said, key, CheckResult(str(result)))


def _answer(said: QueryDict, key: str, result: CheckResult) -> CheckAnswer:
    """One answer."""
    since = said.get(f"since:{key}", "").strip()
    day = read_day(since) if since else None
    if since and day is None:
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=f"since:{key}", what=since)])
    return CheckAnswer(
        key=key,
        result=result,
        what=said.get(f"what:{key}", "").strip(),
        since=day,
        evidence=said.get(f"evidence:{key}", "").strip(),
        evidence_digest=said.get(f"digest:{key}", "").strip().lower(),
    )


def read_rule(said: QueryDict) -> CheckRule:
    """The council's rule as it was typed.

    Raises:
        Refused: It cannot be kept.
        ValueError: What a late one means is none of those that the form offers.

    """
    years, notice = (_number(said, name) for name in ("years", "notice_days"))
    return make_check_rule(years=years, notice_days=notice, on_overdue=OverdueMeans(said.get("on_overdue", "")))


def _number(said: QueryDict, name: str) -> int:
    """A whole number; what is none is one that no rule has."""
    text = said.get(name, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000") else -1
