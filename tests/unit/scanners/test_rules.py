"""Detection rules: compiled once, one scanner a thread, the municipality's beside ours, and none if one is broken."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sekisho.adapters.scanners import Tools, inspect_document, rules
from sekisho.adapters.scanners.rules import digest_of_rules, own_rules, read_rules, rules_in_use
from sekisho.kernel import MarkCode

OWN = 'rule stamp_of_another_city { strings: $a = "STAMP-OF-ANOTHER-CITY" condition: $a }'
COMMAND = b"a,=cmd|' /C calc'!A0\r\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The municipality's own rules."""
    monkeypatch.setenv("SEKISHO_RULES", str(tmp_path))
    return tmp_path


def names(data: bytes) -> list[str]:
    """The rules that match."""
    return [mark.detail for mark in rules_in_use().scan(data)]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (COMMAND, "command_in_a_cell"),
        ("=cmd|".encode("utf-16-le"), "command_in_a_cell"),
        (b"powershell -NoP -enc SQBFAFgA", "shell_that_fetches_and_runs"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + b"Equation.3", "equation_editor_object"),
        (
            b'<Relationship Type="x/relationships/attachedTemplate" Target="http://example.invalid/a.dotm"/>',
            "template_from_outside",
        ),
    ],
)
def test_our_own_rules_find_what_they_are_for(folder: Path, data: bytes, rule: str) -> None:
    assert folder == own_rules()
    assert names(data) == [rule]


@pytest.mark.parametrize("data", [b"", b"lot,owner\r\n1,2\r\n", "納税通知書".encode("cp932"), b"mshta", b"Equation.3"])
def test_what_offices_send_matches_none(folder: Path, data: bytes) -> None:
    assert list(folder.iterdir()) == []
    assert names(data) == []


def test_the_municipality_adds_rules_and_the_digest_says_so(folder: Path) -> None:
    before = rules_in_use().digest
    assert names(b"STAMP-OF-ANOTHER-CITY") == []
    (folder / "city.yar").write_text(OWN)
    assert names(b"STAMP-OF-ANOTHER-CITY") == ["stamp_of_another_city"]
    assert names(COMMAND) == ["command_in_a_cell"], "ours are applied too"
    assert rules_in_use().digest != before
    assert rules_in_use() is rules_in_use(), "compiled once"
    (folder / "city.yar").unlink()
    assert rules_in_use().digest == before


def test_one_broken_rule_holds_everything_and_takes_the_rules_out_of_the_profile(folder: Path) -> None:
    (folder / "broken.yar").write_text("rule broken { condition: nothing }")
    tools = Tools(rules=rules_in_use())
    found = inspect_document(b"a,b\r\n", tools, rebuild=False)
    assert {mark.code for mark in found.marks} == {MarkCode.RULES_SILENT}
    assert all(mark.holds for mark in found.marks)
    assert "rules" not in found.profile


def test_each_thread_has_a_scanner_of_its_own(folder: Path) -> None:
    assert folder.exists()
    book = rules_in_use()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(book.scan, [COMMAND, b"clean"] * 20))
    assert [len(each) for each in found] == [1, 0] * 20


def test_the_digest_tells_names_and_texts_apart() -> None:
    assert digest_of_rules({"a": "b"}) != digest_of_rules({"ab": ""})
    assert digest_of_rules({"a": "b"}) != digest_of_rules({"a": "c"})
    assert digest_of_rules({"a": "1", "b": "2"}) == digest_of_rules({"b": "2", "a": "1"})


def test_rules_are_read_from_the_product_and_the_folder(folder: Path) -> None:
    (folder / "city.yar").write_text(OWN)
    (folder / "notes.txt").write_text("no rule")
    assert set(read_rules(folder)) == {"office.yar", "own/city.yar"}


def test_all_threads_that_begin_at_once_use_one_book() -> None:
    rules._compiled.cache_clear()
    together = threading.Barrier(12)

    def begin(_number: int) -> int:
        together.wait()
        return id(rules_in_use())

    with ThreadPoolExecutor(12) as pool:
        assert len(set(pool.map(begin, range(12)))) == 1
