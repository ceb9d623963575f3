"""What linking was measured to be (`dev.py bench linkage`), for people who decide which items may be used."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

_CASES: Final = (
    ("as it is", "現在の規則（性別は使わない）", "As it is (sex is not used)"),
    ("with the rule that uses sex", "性別を使う規則を加えた場合", "With a rule that uses sex"),
    ("without birth date", "生年月日を使わない場合", "Without the birth date"),
    ("without birth date and mail", "生年月日もメールも使わない場合", "Without birth date and mail"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One way to link, and how right it was: shares in per cent, and wrong pairs counted."""

    ja: str
    en: str
    precision: str
    recall: str
    wrong: int
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredLinkage:
    """Everything that a council is shown about linking."""

    records: int
    seeds: int
    pairs: int
    automatic: tuple[Measured, ...]
    rules: tuple[Measured, ...]
    strata: tuple[Measured, ...]
    wrong_at_most: str
    gain_by_sex: str
    loss_without_birth: str


def _percent(share: float, digits: int = 2) -> str:
    """A share in per cent."""
    return f"{100 * share:.{digits}f}"


def _measured(words: tuple[str, str], data: Mapping[str, Any]) -> Measured:
    """One result."""
    return Measured(
        ja=words[0],
        en=words[1],
        precision=_percent(data["precision"], 3),
        recall=_percent(data["recall"]),
        wrong=data["wrong_pairs"],
        found=_percent(data["f1"]),
    )


def recorded() -> dict[str, Any]:
    """The recorded result as it was written."""
    text = files(__package__).joinpath("measured.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


STRATA: Final[dict[str, str]] = {
    "family": "家族(同じ住所・電話)",
    "twins": "双子",
    "moved": "転居した人",
    "married": "姓が変わった人",
    "paper": "書面での申込み",
    "gift recipient": "返礼品を他の人に送る人",
    "company": "法人",
    "foreign name": "ローマ字の氏名",
    "odd characters": "外字・異体字の氏名",
    "minor": "未成年者",
    "namesakes in one block": "同じ集合住宅の同姓同名",
    "namesakes with one birth date": "同姓同名で生年月日も同じ人",
    "evasion": "わざと書き方を変える人",
    "changed name and sex": "名と性別を変えた人",
}


@cache
def measured_linkage() -> MeasuredLinkage:
    """What the page for the council shows."""
    data = recorded()
    methods = data["methods"]

    def cases(tier: str) -> tuple[Measured, ...]:
        return tuple(_measured((ja, en), methods[f"{tier}, {name}"]) for name, ja, en in _CASES)

    def recall(case: str) -> float:
        found: float = methods[case]["recall"]
        return found

    return MeasuredLinkage(
        records=data["records"],
        seeds=len(data["seeds"]),
        pairs=methods["automatic, as it is"]["pairs"],
        automatic=cases("automatic"),
        rules=cases("rules"),
        strata=tuple(_measured((ja, name), data["strata"][name]) for name, ja in STRATA.items()),
        wrong_at_most=_percent(1 - methods["automatic, as it is"]["precision_interval"][0], 3),
        gain_by_sex=_percent(recall("rules, with the rule that uses sex") - recall("rules, as it is")),
        loss_without_birth=_percent(recall("automatic, as it is") - recall("automatic, without birth date"), 1),
    )
