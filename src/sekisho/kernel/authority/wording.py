"""Every caveat in words: the sentence of the approval that the machine enforces, in Japanese and English."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Final

from sekisho.kernel.authority.caveats import Caveat


@dataclass(frozen=True, slots=True, kw_only=True)
class CaveatWording:
    """One caveat as a council member reads it."""

    tag: int
    ja: str
    en: str


_WORDS: Final[Mapping[int, tuple[str, str]]] = MappingProxyType(
    {
        1: ("有効期間: {not_before} から {not_after} の前まで", "Valid from {not_before} until before {not_after}"),
        2: ("実施機関と所属: {agency} / {department}", "Agency and department: {agency} / {department}"),
        3: ("操作者: {persons} のみ", "Operators: {persons} only"),
        4: ("端末: {terminals} のみ", "Terminals: {terminals} only"),
        5: ("経路: {route} の順のみ", "Route: {route}, in this order only"),
        6: ("向き: {direction} のみ", "Direction: {direction} only"),
        7: ("相手先: {counterpart} のみ", "Counterpart: {counterpart} only"),
        8: ("1件の大きさ: {limit} バイトまで", "Size of a parcel: at most {limit} bytes"),
        9: ("頻度: 1日 {limit} 件まで", "Frequency: at most {limit} parcels a day"),
        10: ("時間帯: {first} から {last} の前まで", "Hours: from {first} until before {last}"),
        11: ("削除の期限を過ぎた写し: {limit} 件まで", "Copies past their erasure date: at most {limit}"),
        12: ("特定個人情報保護評価: {assessment} が効力を持つ間のみ", "Only while assessment {assessment} is in force"),
        13: ("本人確認: {factors} のいずれかによる", "Sign-in: by one of {factors}"),
        20: ("ファイルの種類: {types} のみ", "Content types: {types} only"),
        21: ("記録様式: {layouts} のみ", "Record layouts: {layouts} only"),
        22: (
            "取り扱う項目: {items} のみ(他の項目を取り除いて通す: {strip})",
            "Data items: {items} only (strip others: {strip})",
        ),
        23: ("様式に合わない箇所: {limit} 件まで", "Faults against the layout: at most {limit}"),
        24: ("個人番号: 次の欄のほかに置かない: {columns}", "Individual Numbers nowhere but in: {columns}"),
        25: ("1件の記録数: {limit} 件まで(超えれば保留)", "Records in a parcel: at most {limit}; more are held"),
        26: ("動作する内容: 次のほかは不可: {allowed}", "Active content: none but {allowed}"),
        27: ("他の市区町村の記録: {limit} 件まで", "Records of other municipalities: at most {limit}"),
        28: ("検査の備え: {inspections} が必要", "Inspections demanded: {inspections}"),
        29: ("無害化した内容だけを通す", "Only rebuilt content goes on"),
        30: (
            "伏せて渡す項目(欄は残し、値を関所で伏せる): {items}",
            "Handed over masked, values hidden by the gate: {items}",
        ),
    }
)


def describe(caveat: Caveat) -> CaveatWording:
    """Say a caveat in words; an empty list reads as a dash."""
    values = {
        field.name: (", ".join(value) or "-") if isinstance(value := getattr(caveat, field.name), tuple) else value
        for field in fields(caveat)
    }
    ja, en = _WORDS[caveat.tag]
    return CaveatWording(tag=caveat.tag, ja=ja.format(**values), en=en.format(**values))
