"""`sekisho address`, `barcode`, `minutes`, `number`, `date`: to people, to machines, and by their exit status."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sekisho.cli import main

GOLDEN = Path(__file__).parents[2] / "golden"
SEED = str(GOLDEN / "minutes" / "nagasaki_r1_3.txt")


def run(*arguments: str) -> Result:
    """One command."""
    return CliRunner().invoke(main, list(arguments))


def answer(*arguments: str) -> Any:
    """What a command answers to a machine."""
    return json.loads(run(*arguments, "--json").stdout)


def test_a_barcode_for_machines_and_people() -> None:
    arguments = ["barcode", "customer", "--postcode", "317-0055", "--address", "茨城県日立市宮田町6丁目7-14 ABCビル2F"]
    found = answer(*arguments)
    assert set(found) == {"extracted", "symbols", "check_symbol", "bars", "bar_count"}
    assert (found["extracted"], found["check_symbol"], found["bar_count"]) == ("6-7-14-2", "CC1", 67)
    told = run(*arguments)
    assert told.exit_code == 0
    assert found["bars"] in told.stdout


def test_a_letter_that_gets_no_barcode_is_a_no_with_the_rule() -> None:
    for postcode, address, why in (
        ("850-0000", "長崎市1-1", "00"),
        ("0600906", "札幌市東区北六条東10丁目", "065-0006"),
    ):
        told = run("barcode", "customer", "--postcode", postcode, "--address", address, "--json")
        assert told.exit_code == 1
        assert why in json.loads(told.stdout)["reason"]
        assert run("barcode", "customer", "--postcode", postcode, "--address", address).exit_code == 1


def test_a_barcode_without_a_postcode_is_exit_status_2() -> None:
    told = run("barcode", "customer", "--postcode", "12", "--address", "1-1")
    assert told.exit_code == 2
    assert "7桁" in told.stderr


def test_an_address_for_machines_and_people() -> None:
    found = answer("address", "parse", "〒850-8685 長崎市魚の町4番1号")
    assert (found["code"], found["town"], found["number"], found["postcode"]) == ("422011", "魚の町", "4-1", "8508685")
    assert "市区町村\t長崎市" in run("address", "parse", "長崎市魚の町4番1号").stdout


def test_an_address_that_cannot_be_taken_apart_is_exit_status_1() -> None:
    told = run("address", "parse", "どこか", "--json")
    assert told.exit_code == 1
    assert "市区町村" in json.loads(told.stdout)["reason"]
    assert run("address", "parse", "どこか").exit_code == 1


def test_minutes_go_there_and_back(tmp_path: Path) -> None:
    told = run("minutes", "parse", SEED, "--json")
    assert told.exit_code == 0
    kept = tmp_path / "page.json"
    kept.write_text(told.stdout, encoding="utf-8")
    assert run("minutes", "write", str(kept)).stdout == Path(SEED).read_text(encoding="utf-8")


def test_the_discussions_of_the_minutes_for_machines() -> None:
    found = answer("minutes", "parse", SEED)
    first = found["discussions"][0]
    assert (first["nos"], first["phase"], len(first["turns"])) == ([56], "質疑", 14)
    assert set(first["turns"][0]) == {"role", "text"}


def test_minutes_for_people() -> None:
    told = run("minutes", "parse", SEED)
    assert "諮問第56号については承認された。" in told.stdout
    assert "・諮問第61号について\t質疑\t委員 8 実施機関 8" in told.stdout


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", "別のページ".encode()])
def test_what_is_no_minutes_page_is_exit_status_2(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(content)
    for command in ("parse", "write"):
        told = run("minutes", command, str(file))
        assert told.exit_code == 2
        assert "答えられません" in told.stderr


def test_a_folder_is_no_page(tmp_path: Path) -> None:
    assert run("minutes", "parse", str(tmp_path)).exit_code == 2


@pytest.mark.parametrize(
    ("text", "era", "year", "written"),
    [
        ("令和8年11月", "令和", 8, "令和8年11月"),
        ("令和元年度", "令和", 1, "令和元年度"),
        ("平成27年", "平成", 27, "平成27年"),
        ("2026-11-24", "令和", 8, "令和8年11月24日"),
    ],
)
def test_a_date_says_its_era_also_when_its_day_is_not_known(text: str, era: str, year: int, written: str) -> None:
    found = answer("date", "parse", text)
    assert (found["era"], found["year"], found["text"]) == (era, year, written)


@pytest.mark.parametrize(
    ("kind", "value", "valid"),
    [("invoice", "T7000012050002", True), ("invoice", "7", False), ("real_property_id", "1" * 17, True)],
)
def test_more_kinds_of_numbers(kind: str, value: str, valid: bool) -> None:
    told = run("number", "check", kind, value, "--json")
    found = json.loads(told.stdout)
    assert (found["valid"], told.exit_code) == (valid, 0 if valid else 1)
    assert set(found) == {"valid", "normalised", "reason"}


@pytest.mark.parametrize("command", ["parse", "write"])
def test_minutes_from_a_folder_or_a_missing_file_are_one_sentence_in_both_languages(
    tmp_path: Path, command: str
) -> None:
    for path, words in (
        (tmp_path, "フォルダーです。ファイルを指定してください / a folder; name a file"),
        (tmp_path / "missing.txt", "missing.txt: ファイルがありません / there is no such file"),
    ):
        told = run("minutes", command, str(path))
        assert told.exit_code == 2
        assert words in told.stderr
        assert len(told.stderr.splitlines()) == 1
