"""`sekisho pia check`, `diff`, `render` and `example`: to people, to machines, and by their exit status."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sekisho.adapters.documents import text_of
from sekisho.cli import main

MEASURE = "様式を定め、事務に要る項目だけを受け付ける"


def run(*words: str | Path) -> Result:
    """Run a command of `sekisho pia`."""
    return CliRunner().invoke(main, ["pia", *map(str, words)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with both versions of the worked example."""
    assert run("example", "--out", tmp_path).exit_code == 0
    return tmp_path


def spoil(folder: Path, before: str, after: str) -> Path:
    """The second version with one text changed."""
    file = folder / "resident_tax_2.yaml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    spoilt = folder / "spoilt.yaml"
    spoilt.write_text(text.replace(before, after), encoding="utf-8")
    return spoilt


def test_the_example_is_complete_and_says_how_far_it_was_checked(folder: Path) -> None:
    told = run("check", folder / "resident_tax_2.yaml", "--json")
    found = json.loads(told.stdout)
    assert (told.exit_code, found["complete"], found["reasons"]) == (0, True, [])
    assert (found["depth"], found["stage"], found["version"]) == ("all_items", "published", 2)
    assert "complete" in run("check", folder / "resident_tax_2.yaml").stdout


def test_a_missing_answer_is_exit_status_1_and_is_named(folder: Path) -> None:
    file = spoil(folder, f'  "Ⅲ.2.リスク1.措置の内容": {MEASURE}\n', "")
    told = run("check", file, "--json")
    found = json.loads(told.stdout)
    assert (told.exit_code, found["complete"]) == (1, False)
    assert [each["code"] for each in found["reasons"]] == ["dossier_incomplete"]
    assert "Ⅲ.2.リスク1.措置の内容" in run("check", file).stdout
    assert run("check", file, "--depth", "basic").exit_code == 0


def test_a_contradiction_is_exit_status_1(folder: Path) -> None:
    file = spoil(folder, "基礎項目評価及び全項目評価の実施が義務付けられる", "基礎項目評価の実施が義務付けられる")
    assert run("check", file).exit_code == 1


@pytest.mark.parametrize(
    ("after", "status"),
    [('  "Ⅸ.1": x\n', 1), ('  "Ⅰ.3": x\n  "Ⅰ.3": y\n', 2), ("{", 2), ("\x00", 2)],
    ids=["no item", "twice", "no yaml", "no text"],
)
def test_what_is_no_report_is_told_without_a_traceback(folder: Path, after: str, status: int) -> None:
    file = spoil(folder, '  "Ⅰ.3": 個人住民税課税ファイル\n', after)
    told = run("check", file, "--json")
    assert told.exit_code == status
    assert set(json.loads(told.stdout)) == ({"reasons"} if status == 1 else {"error"})
    assert "Traceback" not in told.output


def test_bytes_that_are_no_text_and_a_file_too_large_are_exit_status_2(tmp_path: Path) -> None:
    for body in (b"\xff\xfe", b"#" * ((4 << 20) + 1)):
        (tmp_path / "x.yaml").write_bytes(body)
        assert run("check", tmp_path / "x.yaml").exit_code == 2


def test_the_changes_for_machines_people_and_a_spreadsheet(folder: Path) -> None:
    old, new, book = folder / "resident_tax_1.yaml", folder / "resident_tax_2.yaml", folder / "changes.xlsx"
    told = run("diff", old, new, "--json", "--out", book)
    found = json.loads(told.stdout)
    assert (told.exit_code, found["material"]) == (0, True)
    [scope] = [each for each in found["changes"] if each["material"]]
    assert (scope["place"], scope["filed"]) == ("Ⅱ.4.委託[1].②.本人の範囲", "事前")
    assert scope["after"] == "普通徴収の対象者及び特別徴収の対象者"
    assert zipfile.is_zipfile(book)
    plain = run("diff", old, new).stdout
    assert "重要な変更があります" in plain
    assert "令和元年12月20日" in plain
    assert run("diff", new, old).exit_code == 1


def test_a_claim_on_the_command_line_makes_a_change_lighter(folder: Path) -> None:
    text = (folder / "resident_tax_2.yaml").read_text(encoding="utf-8")
    third = folder / "third.yaml"
    third.write_text(text.replace("version: 2", "version: 3").replace(MEASURE, "二人で確かめる"), encoding="utf-8")
    old, place = folder / "resident_tax_2.yaml", "Ⅲ.2.リスク1.措置の内容"
    assert json.loads(run("diff", old, third, "--json").stdout)["material"] is True
    lighter = run("diff", old, third, "--json", "--lighter", f"{place}=lowers_risk=urakami=確認が二重になる")
    assert json.loads(lighter.stdout)["material"] is False
    assert run("diff", old, third, "--lighter", f"{place}=better=urakami=x").exit_code == 2
    assert run("diff", old, third, "--lighter", place).exit_code == 2


def test_a_report_is_written_as_pdf_only_if_it_keeps_to_itself_what_it_must(folder: Path) -> None:
    file, out, words = folder / "resident_tax_2.yaml", folder / "report.pdf", folder / "words.txt"
    words.write_text("長崎太郎\n印刷業者\n", encoding="utf-8")
    told = run("render", file, "--out", out, "--redact", words)
    assert told.exit_code == 1
    assert not out.exists()
    assert "印刷業者" not in told.output
    words.write_text("長崎太郎\n", encoding="utf-8")
    told = run("render", file, "--out", out, "--redact", words, "--before", folder / "resident_tax_1.yaml")
    assert told.exit_code == 0
    assert "別添3" in "".join(text_of(out.read_bytes())[-1].split())
    assert run("render", file, "--out", out, "--depth", "basic", "--ended", "2021-03-31").exit_code == 0
    told = json.loads(run("render", file, "--out", out, "--json").stdout)
    assert told == {
        "file": str(out),
        "bytes": out.stat().st_size,
        "sha256": hashlib.sha256(out.read_bytes()).hexdigest(),
    }
    run("render", file, "--out", out, "--depth", "basic", "--ended", "2021-03-31")
    assert "令和3年3月31日終了" in text_of(out.read_bytes())[0]
    assert "基礎項目評価書" in text_of(out.read_bytes())[0]


def test_the_example_tells_its_course(tmp_path: Path) -> None:
    found = json.loads(run("example", "--json").stdout)
    assert (found["threshold"], found["material"], found["steps"][-1]["state"]) == ("all_items", True, "in_force")
    assert "findings" in found["assumed"]
    assert "2019-11-19  give_opinion  chair  opinion_given" in run("example").stdout
