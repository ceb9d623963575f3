"""Japanese first and complete, English beside: a phrase without its English cannot get onto a screen."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import sekisho.web
from sekisho.business.registry_notices import Event
from sekisho.web.words import Words

DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)
WEB = Path(sekisho.web.__file__).parent
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
TAG = re.compile(r"\{%\s*t (\"[^\"]*\"|[\w.]+) (\"[^\"]*\"|[\w.]+)[^%]*%\}")
# Words that are data and not interface: the era names, the answer 不明 of a dossier, the name of the product.
DATA = {"flowmap/placing.py": {"不明"}, "settings.py": {"関所", "日本語"}, "apps.py": {"関所の画面"}}
DATA["pages/charting/words.py"] = {"不明", "閉域", "分離", "開放"}
DATA["donation_manager/settings.py"] = {"寄附データ一括管理"}
# Keys of a table whose words stand beside them.
DATA["pages/registry_notices/notice_page.py"] = {str(event) for event in Event}
DATA["pages/connectors/responses.py"] = {"済", "継続", "対応日時を読み取れません / the moment cannot be read"}
DATA["donation_manager/words.py"] = {"入金済", "受付", "取消"}
# Values of the layout.
DATA["donation_manager/pages/donations/page.py"] = {
    "その他",
    "メール",
    "ワンストップ特例",
    "住所変更",
    "寄附証明書",
    "窓口",
    "返礼品",
    "郵便",
    "電話",
}
# A paper of the council, in Japanese for every reader.
DATA["pages/questions/sheet.py"] = {
    " の再質問）",
    " 件",
    " 件・回答済み ",
    "\u3000質問 ",
    "個人情報保護審議会",
    "号\u3000",
    "版で改めた",
    "第",
    "諮問第",
    "（回答待ち）",
}
# Both languages in one sentence.
DATA["middleware/characters.py"] = {
    "制御文字 U+0000 が入っています。消して、もう一度送ってください / take the control character U+0000 out",
}
# Headings of the table that an officer sends.
DATA["donation_manager/pages/one_stop/stacks.py"] = {
    "受付日",
    "整理番号",
    "本人確認",
    "枚 / 1 to ",
}


def stray_japanese_in_template(text: str) -> list[str]:
    """Japanese that stands outside a bilingual tag."""
    bare = re.sub(r"\{#.*?#\}", "", TAG.sub("", text))
    return [line.strip() for line in bare.splitlines() if JAPANESE.search(line)]


def words_without_english(text: str) -> list[str]:
    """Bilingual tags whose English is empty or Japanese."""
    pairs = [(ja, en) for ja, en in TAG.findall(text) if ja.startswith('"')]
    pairs = [pair for pair in pairs if pair != ('"English"', '"日本語"')]
    return [ja for ja, en in pairs if JAPANESE.search(en) or (en == '""' and ja not in {'"件"', '"人"'})]


@pytest.mark.parametrize("template", sorted(WEB.rglob("*.html")), ids=lambda path: str(path.relative_to(WEB)))
def test_every_phrase_of_a_template_has_its_english(template: Path) -> None:
    text = template.read_text("utf-8")
    allowed = {"※", "＊", "○", "—", "　", "（", "）", "："}
    stray = [line for line in stray_japanese_in_template(text) if JAPANESE.search("".join(set(line) - allowed))]
    assert stray == []
    assert words_without_english(text) == []


def test_a_phrase_without_english_is_found() -> None:
    assert stray_japanese_in_template("<p>通過の記録</p>") == ["<p>通過の記録</p>"]
    assert words_without_english('{% t "通過" "通過" %}') == ['"通過"']


def _literals(node: ast.AST, inside: bool = False) -> Iterator[tuple[str, bool]]:
    """Every Japanese text of a module, and whether it stands in `Words(…)` or beside its English."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Words":
        inside = True
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value, inside
        yield from _literals(child, inside)


def japanese_outside_words(module: Path) -> list[str]:
    """Japanese texts of a module that have no English beside them."""
    tree = ast.parse(module.read_text("utf-8"))
    documented = [node for node in ast.walk(tree) if isinstance(node, DOCUMENTED)]
    docs = {ast.get_docstring(node, clean=False) for node in documented}
    known = DATA.get(str(module.relative_to(WEB)), set())
    return [
        text for text, inside in _literals(tree) if JAPANESE.search(text) and not inside and text not in docs | known
    ]


MODULES = [path for path in sorted(WEB.rglob("*.py")) if path.name != "dates.py"]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(WEB)))
def test_every_phrase_of_a_module_has_its_english(module: Path) -> None:
    assert japanese_outside_words(module) == []


def test_words_follow_the_switch() -> None:
    words = Words("通過", "Crossed")
    with translation.override("ja"):
        assert str(words) == "通過"
    with translation.override("en"):
        assert str(words) == "Crossed"
