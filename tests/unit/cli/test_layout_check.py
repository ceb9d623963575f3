"""`sekisho layout check`: a table that a clerk can act on; one sentence for what is no file of the layout."""

import io
import json
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sekisho.adapters.layouts import shipped_files, shipped_layouts
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
from sekisho.cli import main
from sekisho.cli.first_look import refuse_other_kinds

NAME = "registry_notice"


def run(*arguments: str) -> Result:
    """One command."""
    return CliRunner().invoke(main, list(arguments))


def answer(*arguments: str) -> Any:
    """What a command answers to a machine."""
    return json.loads(run(*arguments, "--json").stdout)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own."""
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    """A good file of notices."""
    path = tmp_path / "notices.csv"
    rows = make_rows(Random(1), make_ledger(Random(1), 50), 40, misfits=0.0)
    path.write_bytes(b"".join(notice_file(shipped_layouts().find(NAME), rows)))
    return path


@pytest.fixture
def faulty(notices: Path) -> Path:
    """The same with 30 impossible days and one kind of property that there is not."""
    body = notices.read_bytes().replace(b"2026-04-01", b"2026-99-01", 30)
    notices.write_bytes(body.replace("土地".encode("cp932"), "空地".encode("cp932"), 1))
    return notices


def test_the_table_says_where_what_is_allowed_and_how_to_mend_it(faulty: Path) -> None:
    told = run("layout", "check", NAME, str(faulty))
    assert told.exit_code == 1
    for word in ("受付年月日", "2026-05-01 の形の日付", "暦にある日付を", "not a date", "SHA-256", "最初は"):
        assert word in told.stdout
    assert "2026-99-01" not in told.stdout, "values are masked"
    place = faulty.read_bytes().index(b"2026-99-01")
    assert f"{place:,}" in told.stdout
    assert "2019-reconstructed" in told.stdout
    assert "復元" in told.stdout


def test_the_summary_counts_by_kind_the_most_frequent_first(faulty: Path) -> None:
    found = answer("layout", "check", NAME, str(faulty))
    assert found["kinds"] == [{"rule": "not_date", "count": 30}, {"rule": "not_in_codes", "count": 1}]
    assert found["fault_count"] == len(found["faults"]) == 31
    assert set(found["faults"][0]) >= {"row", "column", "field", "byte", "rule", "message"}


@pytest.mark.parametrize(("options", "shown"), [((), 20), (("--limit", "3"), 3), (("--all",), 31)])
def test_the_table_is_as_long_as_asked_and_says_what_is_left_out(
    faulty: Path, options: tuple[str, ...], shown: int
) -> None:
    told = run("layout", "check", NAME, str(faulty), *options)
    assert told.stdout.count("暦にある日付を") + told.stdout.count("許される値から選ぶ") == shown
    assert ("ほか" in told.stdout) == (shown < 31)
    if shown < 31:
        assert f"{31 - shown} 件 / more" in told.stdout


def test_what_was_compared_is_named_with_version_and_digest(notices: Path) -> None:
    found = answer("layout", "check", NAME, str(notices))
    file = next(each for each in shipped_files() if each.layout.layout == NAME)
    assert (found["version"], found["layout_sha256"], found["origin"]) == (
        file.layout.version,
        file.sha256,
        "shipped",
    )
    assert run("layout", "check", NAME, str(notices), "--version", file.layout.version).exit_code == 0


@pytest.mark.parametrize("options", [("--version", "1900"), ("--on", "1900-01-01"), ("--on", "yesterday")])
def test_a_version_or_day_that_is_none_could_not_be_answered(notices: Path, options: tuple[str, ...]) -> None:
    assert run("layout", "check", NAME, str(notices), *options).exit_code == 2


def _zip(*names: str, body: str | bytes = "x") -> bytes:
    """A packed file with parts of these names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name in names:
            packed.writestr(name, body)
    return held.getvalue()


ODS, ODT = (f"application/vnd.oasis.opendocument.{kind}" for kind in ("spreadsheet", "text"))
GOOD = "市区町村コード,年度,種別\r\n422011,2026,土地\r\n"
KINDS = {
    "empty": (b"", "空のファイル", "empty"),
    "xlsx": (_zip("xl/workbook.xml"), "xlsx", "spreadsheet"),
    "docx": (_zip("word/document.xml"), "docx", "word-processor"),
    "zip": (_zip("notices.csv"), "ZIP", "unpack"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64, "表計算", "spreadsheet"),
    "pdf": (b"%PDF-1.7\n1 0 obj", "PDF", "PDF"),
    "html": (b"<!DOCTYPE html><html></html>", "ウェブページ", "web page"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(64)), "画像", "picture"),
    "utf-8": (GOOD.encode(), "UTF-8", "save it in that encoding"),
    "utf-8 with a mark": (GOOD.encode("utf-8-sig"), "BOM", "UTF-8"),
    "utf-16": (GOOD.encode("utf-16"), "UTF-16", "UTF-16"),
    "bytes": (bytes([1, 2, 0x81, 0x20, 0xFF, 0, 7]) * 9, "文字のファイルではありません", "not a text file"),
    "utf-16 without a mark": ("12345,67890\r\n".encode("utf-16-le"), "UTF-16", "UTF-16"),
    "ods": (_zip("mimetype", body=ODS), "ods", "spreadsheet"),
    "odt": (_zip("mimetype", body=ODT), "OpenDocument", "OpenDocument"),
    "xlsx, its sheets far on": (
        _zip("[Content_Types].xml", "a", "xl/workbook.xml", body=Random(1).randbytes(1 << 16)),
        "xlsx",
        "spreadsheet",
    ),
    "euc-jp": (GOOD.encode("euc_jp"), "EUC-JP", "save it in that encoding"),
    "iso-2022-jp": (GOOD.encode("iso2022_jp"), "ISO-2022-JP", "save it in that encoding"),
    "another layout": (None, "価格等の通知(地方税法第422条の3)(price_notice)のファイル", "looks like"),
    "no layout": ("果物,値段\r\nりんご,100\r\n".encode("cp932"), "どの様式とも合いません", "no layout"),
}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_no_file_of_the_layout_is_one_sentence_and_status_two(tmp_path: Path, kind: str) -> None:
    body, japanese, english = KINDS[kind]
    if body is None:
        body = ",".join(each.header for each in shipped_layouts().find("price_notice").fields).encode("cp932")
    path = tmp_path / "file.csv"
    path.write_bytes(body)
    told = run("layout", "check", NAME, str(path))
    assert told.exit_code == 2
    assert told.stdout == ""
    assert len(told.stderr.splitlines()) == 1
    assert told.stderr.startswith("答えられません / could not answer: file.csv: ")
    assert japanese in told.stderr
    assert english in told.stderr


def test_a_folder_and_a_missing_file_are_one_sentence_each(tmp_path: Path) -> None:
    assert "フォルダー" in run("layout", "check", NAME, str(tmp_path)).stderr
    missing = run("layout", "check", NAME, str(tmp_path / "missing.csv"))
    assert "missing.csv: ファイルがありません / there is no such file" in missing.stderr
    assert missing.exit_code == 2


def test_half_width_kana_in_cp932_is_not_taken_for_utf_8(tmp_path: Path) -> None:
    layout = shipped_layouts().find(NAME)
    heading = ",".join(each.name for each in layout.fields)
    path = tmp_path / "file.csv"
    path.write_bytes(heading.encode() + b"\r\n" + "ﾂｱﾃｲ".encode("cp932") * 20)
    told = run("layout", "check", NAME, str(path))
    assert "UTF-8" not in told.stderr


def test_a_file_that_is_not_named_as_the_layout_asks_is_told_so(tmp_path: Path) -> None:
    good = (Path(__file__).parents[2] / "golden/layouts/nta_375_2025/good.txt").read_bytes()
    for name, fits in (("375dat01.txt", True), ("375dat00.txt", False), ("payroll.txt", False)):
        (tmp_path / name).write_bytes(good)
        done = CliRunner().invoke(main, ["layout", "check", "nta.375", str(tmp_path / name), "--json"])
        assert (json.loads(done.stdout)["file_name_fits"], done.exit_code) == (fits, 0)
        told = CliRunner().invoke(main, ["layout", "check", "nta.375", str(tmp_path / name)])
        assert ("ファイル名が様式と違います" in told.stdout) is not fits


def test_a_rule_over_several_fields_is_told_beside_its_fault(tmp_path: Path) -> None:
    good = (Path(__file__).parents[2] / "golden/layouts/nta_375_2025/good.txt").read_bytes()
    first = good.split(b"\r\n")[0].split(b",")
    first[17] = str(int(first[16]) + 1).encode()
    (tmp_path / "375dat01.txt").write_bytes(b",".join(first) + b"\r\n")
    done = CliRunner().invoke(main, ["layout", "check", "nta.375", str(tmp_path / "375dat01.txt"), "--json"])
    assert ["支払金額 は 未払金額 以上" in fault["message"] for fault in json.loads(done.stdout)["faults"]] == [True]


@pytest.mark.parametrize("encoding", ["euc_jp", "iso2022_jp", "cp932"])
def test_a_file_for_a_layout_in_utf_8_is_told_its_encoding(tmp_path: Path, encoding: str) -> None:
    good = (Path(__file__).parents[2] / "golden/layouts/response_history_2019/good.csv").read_text(encoding="utf-8")
    path = tmp_path / "file.csv"
    path.write_bytes(good.encode(encoding))
    told = run("layout", "check", "response_history", str(path))
    assert told.exit_code == 2
    names = {"euc_jp": "EUC-JP", "iso2022_jp": "ISO-2022-JP", "cp932": "Shift_JIS"}
    assert f"文字コードが {names[encoding]}" in told.stderr


def test_no_good_file_is_taken_for_another_encoding(tmp_path: Path) -> None:
    for layout in shipped_layouts().layouts:
        folder = (
            Path(__file__).parents[2]
            / "golden/layouts"
            / f"{layout.layout.replace('.', '_')}_{layout.effective_from.year}"
        )
        for good in folder.glob("good.*"):
            refuse_other_kinds(tmp_path, good.read_bytes(), layout)


@pytest.mark.parametrize("options", [("--limit", "-3"), ("--records", "-5")])
def test_a_number_below_nothing_is_no_number_of_faults_or_records(notices: Path, options: tuple[str, str]) -> None:
    told = run("layout", "check", NAME, str(notices), *options)
    assert told.exit_code == 2
    assert options[0] in told.stderr


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_an_empty_file_could_not_be_inspected(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    told = run("inspect", str(tmp_path / "empty.csv"), *options)
    assert told.exit_code == 2
    assert "empty.csv: 空のファイルです / the file is empty" in told.stderr
    assert len(told.stderr.splitlines()) == 1
