"""Seeds, golden files and all that fuzzing ever found keep the laws of their parsers; a planted fault does not."""

from dataclasses import replace

import pytest

from sekisho.records.minutes import MinutesPage, write_minutes
from sekisho.records.notebook import Notebook
from sekisho.records.partial import Partial
from sekisho.records.parts import screened_part
from tests.fuzz.run import HERE, PARSERS, laws_of, seeds_of

CASES = [(parser, seed) for parser in PARSERS for seed in seeds_of(parser)]


@pytest.mark.parametrize(("parser", "seed"), CASES, ids=[f"{parser}-{n}" for n, (parser, _) in enumerate(CASES)])
def test_no_seed_and_no_finding_breaks_a_law_of_its_parser(parser: str, seed: bytes) -> None:
    laws_of(parser)(seed)


@pytest.mark.parametrize("parser", PARSERS)
def test_every_parser_has_seeds_and_words(parser: str) -> None:
    assert len(list(seeds_of(parser))) >= 2
    words = (HERE / "words" / f"{parser}.txt").read_text(encoding="ascii").splitlines()[1:]
    assert len(words) >= 15
    assert all(word.startswith('"') and word.endswith('"') for word in words)


def test_a_parser_that_lets_another_fault_out_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def planted(text: str) -> object:
        return int(text)

    monkeypatch.setattr("tests.fuzz.wareki.read_date", planted)
    with pytest.raises(ValueError, match="invalid literal"):
        laws_of("wareki")("令和8年".encode())


def test_a_parser_that_drops_a_line_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def planted(page: MinutesPage) -> str:
        return write_minutes(page).replace("【委員】", "", 1)

    monkeypatch.setattr("tests.fuzz.minutes.write_minutes", planted)
    seed = next(seed for seed in seeds_of("minutes") if "【委員】".encode() in seed)
    with pytest.raises(AssertionError):
        laws_of("minutes")(seed)


def test_whole_columns_that_miss_a_fault_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def planted(data: bytes, notes: Notebook) -> Partial | None:
        found = screened_part(data, notes)
        return found and replace(found, faults=found.faults[1:], fault_count=max(found.fault_count - 1, 0))

    monkeypatch.setattr("tests.fuzz.block.screened_part", planted)
    wrong = (HERE.parent / "golden" / "records" / "not_digits.csv").read_bytes()
    with pytest.raises(AssertionError):
        laws_of("block")(wrong)
