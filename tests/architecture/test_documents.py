"""The documents say what the code says; a link to nowhere, a stale page and a command in vain are found."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sekisho import kernel
from sekisho.adapters.layouts import shipped_files
from sekisho.records import Confidence, DataClass, FieldType, rule_words
from sekisho.records.layout import CheckKind, LayoutCheck, NumberForm, When
from tests.architecture.conftest import ROOT
from tools import check_docs, layout_pages, make_reference

KNOWN = ({"demo", "ledger"}, {"demo", "test"})
PLANTS = {
    "link to gone.md leads nowhere": "See [there](gone.md).\n",
    "link to there.md#nothing: no such heading": "See [there](there.md#nothing).\n",
    "names src/sekisho/utils.py, which does not exist": "Look into `src/sekisho/utils.py`.\n",
    "`sekisho fly` is no command": "```sh\nsekisho fly --json\n```\n",
    "`dev.py fly` is no command": "Type `python3 dev.py fly`.\n",
}


@pytest.mark.parametrize("fault", sorted(PLANTS))
def test_what_is_not_true_is_found(tmp_path: Path, fault: str) -> None:
    (tmp_path / "there.md").write_text("# There\n\n## A heading, with `code`\n", encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(PLANTS[fault], encoding="utf-8")
    assert check_docs.faults_of(page, KNOWN) == [fault]


def test_what_is_true_is_not_disturbed(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# There\n\n## A heading, with `code`\n", encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(
        "[a](there.md#a-heading-with-code) [b](https://example.org/x) `src/sekisho/kernel` `sekisho demo --once`\n",
        encoding="utf-8",
    )
    assert check_docs.faults_of(page, KNOWN) == []


def test_a_stale_page_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_reference, "ROOT", tmp_path)
    monkeypatch.setattr(make_reference, "PAGES", {"reasons.md": make_reference.reasons_page})
    monkeypatch.setattr(make_reference, "api_document", str)
    monkeypatch.setattr(make_reference, "layout_pages", dict)
    assert make_reference.main(["--check"]) == 1
    assert make_reference.main([]) == 0
    assert make_reference.main(["--check"]) == 0
    page = tmp_path / "reasons.md"
    page.write_text(page.read_text(encoding="utf-8").replace("no_permit", "no_papers"), encoding="utf-8")
    assert make_reference.main(["--check"]) == 1


def test_a_setting_nobody_explained_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_reference, "settings_in_code", lambda: {"SEKISHO_" + "PLANTED": {"src/planted.py"}})
    with pytest.raises(SystemExit, match="PLANTED"):
        make_reference.settings_page()


def test_the_reference_is_the_gates_even_where_the_donation_manager_is_served() -> None:
    where = {**os.environ, "DJANGO_SETTINGS_MODULE": "sekisho.web.donation_manager.settings"}
    asked = "from tools.make_reference import api_document; print(api_document(), end='')"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=where, capture_output=True, text=True, check=True
    )
    assert done.stdout == (ROOT / "docs/reference/openapi.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", sorted(kernel.ReasonCode))
def test_every_reason_is_in_the_reference(code: kernel.ReasonCode) -> None:
    assert f"| `{code}` |" in (ROOT / "docs/reference/reasons.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_reference() -> None:
    page = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    assert [name for name in check_docs.known_commands()[0] if f"## sekisho {name}\n" not in page] == []


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_the_readme_names_the_two_commands(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert "python3 dev.py demo " in text
    assert "python3 dev.py test " in text
    assert "docs/images/today.png" in text


def test_a_stale_page_of_a_layout_and_one_that_is_left_over_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make_reference, "ROOT", tmp_path)
    monkeypatch.setattr(make_reference, "PAGES", {})
    monkeypatch.setattr(make_reference, "api_document", str)
    assert make_reference.main([]) == 0
    pages = sorted((tmp_path / "docs" / "reference" / "layouts").glob("*.md"))
    assert len(pages) == len(shipped_files()) + 1
    pages[0].write_text("| 1 | 氏名 |", encoding="utf-8")
    assert make_reference.main(["--check"]) == 1
    assert make_reference.main([]) == 0
    left_over = pages[0].with_name("nta.375-1900.md")
    left_over.write_text("old", encoding="utf-8")
    assert make_reference.main(["--check"]) == 1
    assert make_reference.main([]) == 0
    assert not left_over.exists()
    assert make_reference.main(["--check"]) == 0


def test_the_pages_have_words_for_everything_that_a_layout_can_say() -> None:
    assert set(layout_pages.TYPES) == set(FieldType)
    assert set(layout_pages.NUMBERS) == set(NumberForm)
    assert set(layout_pages.CLASSES) == set(DataClass)
    assert set(rule_words.CHECK_WORDS) == set(CheckKind)
    assert set(layout_pages.BANNERS) == set(Confidence)


def test_a_check_is_said_with_its_condition() -> None:
    layout = next(each.layout for each in shipped_files() if each.layout.layout == "nta.375")
    name, other = layout.fields[0].header, layout.fields[1].header
    fields = (layout.fields[1].name,)
    when = When(field=layout.fields[0].name, codes=("1", "2"))
    said = rule_words.check_in_words(layout, LayoutCheck(check=CheckKind.REQUIRED_IF, fields=fields, when=when))
    assert said == (f"{name} が 1・2 のとき、{other} は必須", f"{other} is required when {name} is 1・2")
    said = rule_words.check_in_words(layout, LayoutCheck(check=CheckKind.UNIQUE, fields=fields, when=when))
    assert said[0] == f"{name} が 1・2 のとき、{other} が同じ記録は一つだけ"
