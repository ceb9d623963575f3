"""YAML means the same to everybody who reads it: only true and false are truth values."""

import pytest

from sekisho.records.strict_yaml import load_yaml


@pytest.mark.parametrize("word", ["no", "on", "off", "yes", "n", "Y", "No"])
def test_a_word_is_a_word(word: str) -> None:
    assert load_yaml(f"{{{word}: {word}}}", "a table") == {word: word}


def test_true_and_false_are_truth_values() -> None:
    assert load_yaml("{a: true, b: false, c: 12}", "a table") == {"a": True, "b": False, "c": 12}
