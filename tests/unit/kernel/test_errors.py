"""Refusals say why, in two languages, and say what to do next."""

import string

import pytest

from sekisho.kernel import Reason, ReasonCode, Refused, SekishoError, because, reason_from_data
from sekisho.kernel.errors.sentences import SENTENCES


def facts_of(code: ReasonCode) -> dict[str, str]:
    """A value for every brace of the sentence."""
    parts = (part for sentence in SENTENCES[code] for part in string.Formatter().parse(sentence))
    return {name: "7" for _, name, _, _ in parts if name}


def test_every_reason_has_its_sentence() -> None:
    assert set(SENTENCES) == set(ReasonCode)


@pytest.mark.parametrize("code", list(ReasonCode))
def test_a_reason_speaks_japanese_and_english_and_survives_the_ledger(code: ReasonCode) -> None:
    reason = because(code, **facts_of(code))
    assert reason.ja != reason.en or code is ReasonCode.INPUT_NOT_UNDERSTOOD
    assert reason.next_ja != reason.next_en
    assert "{" not in reason.ja + reason.en
    assert reason_from_data(reason.as_data()) == reason


@pytest.mark.parametrize("code", [each for each in ReasonCode if facts_of(each)])
def test_a_sentence_with_a_hole_cannot_be_made(code: ReasonCode) -> None:
    with pytest.raises(KeyError):
        Reason(code=code)


def test_the_facts_of_a_reason_cannot_be_changed_afterwards() -> None:
    reason = because(ReasonCode.PERSON_NOT_NAMED, person="dejima")
    with pytest.raises(TypeError):
        reason.facts["person"] = "urakami"  # type: ignore[index]


def test_a_refusal_without_a_reason_is_our_fault() -> None:
    with pytest.raises(SekishoError):
        Refused([])


def test_the_text_of_a_refusal_holds_codes_only() -> None:
    assert str(Refused([because(ReasonCode.PERSON_NOT_NAMED, person="dejima")])) == "person_not_named"


@pytest.mark.parametrize(
    "data",
    [{}, {"code": "no_such_code"}, {"code": "person_not_named"}, {"code": "person_not_named", "facts": ["dejima"]}],
)
def test_a_reason_of_another_version_is_not_guessed(data: dict[str, object]) -> None:
    with pytest.raises(SekishoError):
        reason_from_data(data)
