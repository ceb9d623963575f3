"""What axe cannot see: contrast of every pair that carries text, in drawings too; paper; forced colours."""

import re
from pathlib import Path

import pytest

import sekisho.web

CSS = Path(sekisho.web.__file__).parent / "static" / "sekisho" / "css"
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", (CSS / "tokens.css").read_text("utf-8")))
TEXT = 4.5
SHAPE = 3.0


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    ("text", "ground"), ("quiet", "ground"), ("quiet", "paper"), ("key", "paper"), ("key-deep", "key-pale"),
    ("key-deep", "key-soft"), ("good", "good-pale"), ("good", "paper"), ("stop", "stop-pale"), ("stop", "paper"),
    ("wait", "wait-pale"), ("wait", "paper"), ("slate", "ground"), ("ink", "shade"), ("paper", "key"),
    ("paper", "good"), ("paper", "stop"), ("paper", "wait"), ("paper", "slate"), ("good-deep", "paper"),
    ("quiet", "stop-pale"),
]  # fmt: skip


@pytest.mark.parametrize(("letters", "behind"), PAIRS)
def test_words_can_be_read(letters: str, behind: str) -> None:
    assert contrast(TOKENS[letters], TOKENS[behind]) >= TEXT


def test_borders_of_fields_can_be_seen() -> None:
    assert contrast(TOKENS["line"], TOKENS["paper"]) >= SHAPE


DRAWN = [
    ("#1a1a1a", "#f2f2f2"), ("#4d4d4d", "#f2f2f2"), ("#4d4d4d", "#e6f5ec"), ("#4d4d4d", "#e8f1fe"),
    ("#ac3e00", "#f2f2f2"), ("#ac3e00", "#e6f5ec"), ("#ffffff", "#333333"), ("#ffffff", "#0017c1"),
]  # fmt: skip


@pytest.mark.parametrize(("letters", "behind"), DRAWN)
def test_words_on_the_map_can_be_read(letters: str, behind: str) -> None:
    sheet = (CSS / "gate.css").read_text("utf-8")
    assert letters in sheet
    assert behind in sheet
    assert contrast(letters, behind) >= TEXT


def test_a_pair_that_fails_is_found() -> None:
    assert contrast("#c74700", "#ffeee2") < TEXT


def test_paper_has_page_numbers_and_says_that_it_is_sensitive() -> None:
    sheet = (CSS / "print.css").read_text("utf-8")
    assert "counter(page)" in sheet
    assert "counter(pages)" in sheet
    assert "取扱注意" in sheet
    assert "size: A4" in sheet


def test_forced_colours_keep_the_borders() -> None:
    assert "forced-colors: active" in (CSS / "print.css").read_text("utf-8")


def test_nothing_is_fetched_from_elsewhere() -> None:
    for sheet in CSS.glob("*.css"):
        assert "url(" not in sheet.read_text("utf-8")
        assert "@import" not in sheet.read_text("utf-8")
