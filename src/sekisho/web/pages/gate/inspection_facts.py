"""What inspection had, found and took out, as facts ready to be shown; read from the ledger's entry."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from sekisho.adapters.database.queries_rows import EntryRow
from sekisho.kernel import InspectionKind
from sekisho.web.components.facts import Fact
from sekisho.web.words import Words

INSPECTIONS: Final[Mapping[InspectionKind, Words]] = MappingProxyType(
    {
        InspectionKind.TYPE: Words("種類", "type"),
        InspectionKind.STRUCTURE: Words("構造", "structure"),
        InspectionKind.RECORDS: Words("記録様式", "record layouts"),
        InspectionKind.INDIVIDUAL_NUMBERS: Words("個人番号", "Individual Numbers"),
        InspectionKind.ACTIVE_CONTENT: Words("動作する内容", "active content"),
        InspectionKind.LIBMAGIC: Words("libmagic", "libmagic"),
        InspectionKind.ARCHIVES: Words("書庫", "archives"),
        InspectionKind.CANARIES: Words("他団体の見張り用の記録", "other municipalities' canaries"),
        InspectionKind.RULES: Words("検知規則(YARA)", "detection rules (YARA)"),
        InspectionKind.CLAMD: Words("ウイルス検査(clamd)", "virus scanner (clamd)"),
        InspectionKind.SANDBOX: Words("隔離環境", "sandbox"),
        InspectionKind.PEOPLE_LISTS: Words("個人の一覧", "lists of people"),
    }
)
_MAY_LACK: Final = (InspectionKind.CLAMD, InspectionKind.RULES, InspectionKind.SANDBOX, InspectionKind.CANARIES)
REMOVED: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "macro": Words("マクロ", "macros"),
        "script": Words("スクリプト", "scripts"),
        "program": Words("プログラムの起動", "starting programs"),
        "attachment": Words("埋め込まれたファイル", "embedded files"),
        "control": Words("操作部品", "controls"),
        "outside": Words("外部の参照", "references to the outside"),
        "form": Words("動的な様式", "dynamic forms"),
        "media": Words("動画・音声", "film and sound"),
        "formula": Words("数式", "formulas"),
        "link": Words("リンク", "links"),
        "action": Words("動作の指定", "actions"),
        "metadata": Words("作成者などの付帯情報", "metadata"),
        "custom_data": Words("付帯データ", "custom data"),
        "comment": Words("注釈", "comments"),
        "structure": Words("文書の構造(ページを画像にしました)", "structure (pages were drawn as pictures)"),
    }
)


def _listed(words: Sequence[Words]) -> Words:
    """Several things in one line."""
    return Words("、".join(each.ja for each in words), ", ".join(each.en for each in words))


def profile_words(profile: Sequence[str]) -> Words:
    """What the machine could look for."""
    return _listed([words for kind, words in INSPECTIONS.items() if kind in profile])


def lacking_words(profile: Sequence[str]) -> Words | None:
    """What the machine lacked, of what it may have."""
    missing = [INSPECTIONS[kind] for kind in _MAY_LACK if kind not in profile]
    return _listed(missing) if missing else None


def _facts(found: Mapping[str, Any]) -> Iterator[Fact]:
    """The facts of one inspection."""
    profile = [str(each) for each in found.get("profile", ())]
    lacks = lacking_words(profile)
    yield Fact(
        name=Words("検査の備え", "Inspected with"),
        value=profile_words(profile),
        more=Words(f"なかったもの: {lacks.ja}", f"not there: {lacks.en}") if lacks else "",
    )
    if removed := [REMOVED.get(str(each), Words(str(each), str(each))) for each in found.get("removed", ())]:
        yield Fact(name=Words("無害化で取り除いたもの", "Taken out when rebuilt"), value=_listed(removed), good=True)
    if rebuilt := str(found.get("rebuilt_sha256", "")):
        yield Fact(name=Words("無害化した内容の指紋", "Digest of what was rebuilt"), value=rebuilt)
    if rules := str(found.get("rules_sha256", "")):
        yield Fact(name=Words("検知規則の指紋", "Digest of the rules"), value=rules[:16])


def inspection_facts(entries: Sequence[EntryRow]) -> tuple[Fact, ...]:
    """The facts of the last inspection; none if there was none."""
    found = next((each.data["found"] for each in reversed(entries) if "found" in each.data), None)
    return tuple(_facts(found)) if isinstance(found, Mapping) else ()
