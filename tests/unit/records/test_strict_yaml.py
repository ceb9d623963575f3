"""YAML means the same to everybody who reads it: only true and false are truth values."""

import re

import pytest

from sekisho.adapters.layouts import shipped_files
from sekisho.records import RecordsError, parse_layout
from sekisho.records.strict_yaml import load_yaml


@pytest.mark.parametrize("word", ["no", "on", "off", "yes", "n", "Y", "No"])
def test_a_word_is_a_word(word: str) -> None:
    assert load_yaml(f"{{{word}: {word}}}", "a table") == {word: word}


def test_true_and_false_are_truth_values() -> None:
    assert load_yaml("{a: true, b: false, c: 12}", "a table") == {"a": True, "b": False, "c": 12}


@pytest.mark.parametrize(
    ("find", "put", "words"),
    [
        (
            "required: true",
            "requird: true",
            "知らない項目 requird があります。綴りを確かめてください / unknown key requird",
        ),
        ("confidence: ", "confidenc: ", "必要な項目 'confidence' がありません / missing: 'confidence'"),
        ("source: ", "sauce: ", "知らない項目 sauce があります"),
        ("item: city_code, ", "", "必要な項目 'item' がありません / missing: 'item'"),
    ],
)
def test_an_unknown_or_missing_key_of_a_layout_is_told_to_its_writer_and_not_to_a_programmer(
    find: str, put: str, words: str
) -> None:
    text = next(each for each in shipped_files() if each.layout.layout == "price_notice").text
    with pytest.raises(RecordsError, match=re.escape(words)) as told:
        parse_layout(text.replace(find, put, 1))
    assert "__init__" not in str(told.value)
