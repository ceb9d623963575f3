"""Write one page a layout and version from its YAML file: fields, checks, dates, source, golden records.

Part of tools/make_reference.py, which writes the pages and compares them.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from sekisho.adapters.layouts import LayoutFile, shipped_files
from sekisho.records import DataClass, Field, FieldType, Layout
from sekisho.records.layout import Golden, NumberForm
from sekisho.records.rule_words import check_in_words

FOLDER: Final = "docs/reference/layouts"
BANNERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "official": "**公表 (official)**: taken from what the authority publishes; the source is named below.",
        "reconstructed": "**復元 (reconstructed)**: not published; put together from public sources. Compare it with "
        "the official layout before real data crosses.",
        "local": "**独自 (local)**: our own, for this product; no authority prescribes it.",
    }
)
TYPES: Final[Mapping[FieldType, str]] = MappingProxyType(
    {
        FieldType.TEXT: "文字 any text",
        FieldType.DIGITS: "数字 ASCII digits, with leading zeros",
        FieldType.INTEGER: "整数 whole number",
        FieldType.DECIMAL: "小数 number with at most two decimals",
        FieldType.DATE: "日付 day, as 2026-05-01",
        FieldType.CODE: "区分 one of",
        FieldType.FRACTION: "持分 share, as 2分の1",
        FieldType.LOT: "地番 lot number, as 123番4",
        FieldType.WIDE: "全角 full-width characters only",
        FieldType.NARROW: "半角 half-width (printable ASCII) only",
        FieldType.NARROW_KANA: "半角カナ half-width katakana",
        FieldType.WIDE_KANA: "全角カナ full-width katakana",
    }
)
NUMBERS: Final[Mapping[NumberForm, str]] = MappingProxyType(
    {
        NumberForm.INDIVIDUAL: "個人番号 Individual Number with its check digit",
        NumberForm.CORPORATE: "法人番号 corporate number with its check digit",
        NumberForm.MUNICIPALITY: "団体コード municipality code with its check digit",
        NumberForm.MUNICIPALITY_SHORT: "団体コード municipality code without its check digit",
        NumberForm.PADDED_INDIVIDUAL: "個人番号 Individual Number, padded to 13 characters",
        NumberForm.PADDED_EITHER: "個人番号・法人番号 Individual Number, padded, or corporate number",
        NumberForm.INVOICE: "登録番号 invoice registration number",
    }
)
CLASSES: Final[Mapping[DataClass, str]] = MappingProxyType(
    {
        DataClass.NONE: "",
        DataClass.PERSONAL: "個人情報 personal",
        DataClass.SENSITIVE: "要配慮 sensitive",
        DataClass.INDIVIDUAL_NUMBER: "個人番号 Individual Number",
        DataClass.CORPORATE_NUMBER: "法人番号 corporate number",
    }
)


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Lay out a table in Markdown."""
    lines = [list(heads)]
    lines.append(["---"] * len(lines[0]))
    lines.extend([cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows)
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def kind_in_words(field: Field) -> str:
    """Say what may stand in a field."""
    parts = [NUMBERS[field.number] if field.number else TYPES[field.type]]
    if field.codes:
        parts[0] += f" {', '.join(f'`{each}`' if each else '空 (empty)' for each in field.codes)}"
    if field.form:
        parts.append(field.form)
    if field.at_least is not None or field.at_most is not None:
        least, most = ("" if each is None else f"{each:,}" for each in (field.at_least, field.at_most))
        parts.append(f"{least}〜{most}")
    return "常に空 always empty" if field.blank else "; ".join(parts)


def length(field: Field) -> str:
    """Say how many characters a field may have."""
    if field.type in {FieldType.CODE, FieldType.DATE} or field.blank:
        return ""
    return str(field.max) if field.min == field.max else f"{field.min}–{field.max}"


def _day(day: date | None) -> str:
    """Write a day, or that there is none."""
    return "—" if day is None else "until further notice" if day == date.max else day.isoformat()


def _golden_row(layout: Layout, number: int, golden: Golden, first: Mapping[str, str]) -> list[str]:
    """Say how a golden record differs from the first, and what must be found in it."""
    names = {field.name: field.header for field in layout.fields}
    changed = [(name, value) for name, value in golden.values if number == 1 or first.get(name) != value]
    told = "the whole record" if number == 1 else "<br>".join(f"{names[name]} = `{value}`" for name, value in changed)
    faults = "<br>".join(f"{names[name]}: `{code}`" for name, code in golden.faults)
    return [str(number), told or "as the first", faults or "nothing"]


def _frame(file: LayoutFile) -> list[list[str]]:
    """Say everything of a layout but its fields."""
    layout = file.layout
    return [
        ["version 版", layout.version],
        ["accepted 提出日", f"{_day(layout.effective_from)} – {_day(layout.effective_until)}"],
        ["grace 猶予", _day(layout.grace_until)],
        ["source 出典", layout.source],
        ["encoding 文字コード", layout.encoding],
        ["line end 改行", layout.newline.upper()],
        ["columns 列", "by heading 見出し" if layout.header else "by position 順番 (no heading)"],
        ["quotation marks 引用符", str(layout.quoting)],
        ["file name ファイル名", f"`{layout.filename}`" if layout.filename else "—"],
        ["fields 項目数", str(len(layout.fields))],
        ["file of the layout", f"`src/sekisho/records/layouts/{file.name}`"],
        ["SHA-256", f"`{file.sha256}`"],
    ]


def layout_page(file: LayoutFile) -> str:
    """Write the page of one version of a layout."""
    layout = file.layout
    fields = [
        [
            str(number),
            field.header,
            f"`{field.name}`",
            kind_in_words(field),
            length(field),
            "○" if field.required else "",
            CLASSES[field.data_class],
            field.note,
        ]
        for number, field in enumerate(layout.fields, start=1)
    ]
    checks = [[*check_in_words(layout, check), check.note] for check in layout.checks]
    first = dict(layout.golden[0].values) if layout.golden else {}
    golden = [_golden_row(layout, number, each, first) for number, each in enumerate(layout.golden, start=1)]
    heads = ("no", "見出し", "name", "what may stand there", "characters", "必須", "class", "note")
    parts = [
        f"# {layout.ja} (`{layout.layout}`, {layout.version})\n\n{layout.en}.\n\n{BANNERS[layout.confidence]}\n",
        table(("", ""), _frame(file)),
        f"## Fields (項目)\n\n{table(heads, fields)}",
        f"## Checks over several fields (照合)\n\n{table(('照合', 'check', 'note'), checks) if checks else 'None.'}",
        "## Golden records (見本)\n\nTried before the layout can be used.\n\n"
        + (table(("", "record", "must be found"), golden) if golden else "None yet."),
    ]
    return "\n".join(each.rstrip() + "\n" for each in parts)


def page_name(layout: Layout) -> str:
    """Name the page of one version of a layout."""
    return f"{layout.layout}-{layout.version}.md"


def index_page() -> str:
    """List every layout and version."""
    rows = [
        [
            f"[`{each.layout.layout}`]({page_name(each.layout)})",
            each.layout.version,
            f"{each.layout.ja} / {each.layout.en}",
            str(each.layout.confidence),
            f"{_day(each.layout.effective_from)} – {_day(each.layout.effective_until)}",
        ]
        for each in sorted(shipped_files(), key=lambda file: (file.layout.layout, file.layout.effective_from))
    ]
    intro = (
        "Every layout that ships with the product, one page a version, written from its YAML file. A municipality can\n"
        "put its own in their place: [how to correct or add a layout](../../how-to/correct-or-add-a-layout.md).\n"
    )
    return f"# Layouts (記録様式)\n\n{intro}\n" + table(("layout", "version", "what", "confidence", "accepted"), rows)


def pages() -> dict[str, str]:
    """Write all pages, by their place in the repository."""
    found = {f"{FOLDER}/{page_name(each.layout)}": layout_page(each) for each in shipped_files()}
    return {f"{FOLDER}/README.md": index_page(), **found}
