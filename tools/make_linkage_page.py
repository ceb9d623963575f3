"""Write the council's page on linking from the recorded measurement; with `--check`, only compare the two.

Usage: python tools/make_linkage_page.py [--check]
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sekisho.adapters.linkage.measured import Measured, measured_linkage, recorded

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "explanation" / "which-items-linking-needs.md"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"


def table(title: str, rows: Sequence[Measured]) -> list[str]:
    """One table of results."""
    head = [
        f"**{title}**",
        "",
        "| 使う項目・場合 | 正しく結んだ割合 % | 見つけた割合 % | 間違えた組 |",
        "| --- | ---: | ---: | ---: |",
    ]
    return [*head, *(f"| {each.ja} | {each.precision} | {each.recall} | {each.wrong} |" for each in rows), ""]


def statistics(second: Mapping[str, Any]) -> list[str]:
    """How right statistics alone would be, and how many questions they ask beside the rules."""
    rows = [
        f"| {name} | {100 * each['precision']:.2f} | {100 * each['recall']:.2f} | {each['wrong_pairs']:,} |"
        for name, each in second.items()
        if name.startswith("Splink")
    ]
    head = [
        "| 統計（Splink）を判定に使った場合 | 正しく結んだ割合 % | 見つけた割合 % | 間違えた組 |",
        "| --- | ---: | ---: | ---: |",
    ]
    asked = second["rules and an officer"]["in_a_thousand"]
    return [*head, *rows, "", f"規則のあとに統計が職員に尋ねる組は、寄附 1,000 件に {asked} 件。"]


def size(large: Mapping[str, Any]) -> list[str]:
    """How long a large set and one new donation take."""
    whole, one = large["large"], large["one"]
    return [
        "",
        f"{whole['records']:,} 件の名寄せは処理時間 {whole['processor']:.0f} 秒、主記憶 {whole['mib']:,.0f} MiB。",
        f"{one['kept']:,} 件に対して新しい1件は処理時間 {one['median_processor_ms']:.0f} ミリ秒（中央値）。",
    ]


def measured_part() -> str:
    """What the page says of the measurement."""
    found, data = measured_linkage(), recorded()
    lines = [
        f"実在しない人の寄附 {found.records:,} 件（{found.seeds} 組、同じ人の組 {found.pairs:,}）で測った。",
        "",
        *table("自動で同じ寄附者とするもの", found.automatic),
        *table("規則が見つけるもの（職員への確認を含む）", found.rules),
        *table("自動で結ぶもの：難しい場合ごと", found.strata),
        f"自動で結んだものの誤りは、95 % の確かさで {found.wrong_at_most} % 以下。",
        f"性別を使う規則を加えても、見つけた割合の差は {found.gain_by_sex} ポイント。",
        f"生年月日を使わないと、自動で結べる割合は {found.loss_without_birth} ポイント下がる。",
        "",
        *statistics(data["second_opinion"]),
        *(size(data["large"]) if "large" in data else []),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the part between the marks, or compare it."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    wanted = before + BEGIN + measured_part() + END + after
    if "--check" in sys.argv[1:]:
        print("the page is what was measured" if wanted == text else "the page is not what was measured")
        return int(wanted != text)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
