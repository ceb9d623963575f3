"""The meeting of November 2019, published from what happened in it, is the page that was published."""

from pathlib import Path

import pytest

from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.adapters.dossiers.meetings import read_meeting, shipped_meeting, shipped_minutes
from sekisho.kernel import Refused
from sekisho.kernel.council import draft_minutes
from sekisho.records.minutes import parse_minutes, read_web_words, write_minutes, write_web_minutes

GOLDEN = (Path(__file__).parents[2] / "golden" / "minutes" / "nagasaki_r1_3.txt").read_text(encoding="utf-8")


def lines(text: str) -> list[str]:
    """The lines of a page that say something, without the spaces around them."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def test_published_from_structure_the_meeting_is_the_published_page_line_by_line() -> None:
    assert lines(write_minutes(shipped_minutes())) == lines(GOLDEN)


def test_the_same_titles_order_turns_roles_and_results() -> None:
    assert shipped_minutes() == parse_minutes(GOLDEN)


def test_one_turn_less_is_another_page() -> None:
    frame, items, events = read_meeting(shipped_meeting())
    assert lines(write_minutes(draft_minutes(frame, items, events[:-1]))) != lines(GOLDEN)


def test_the_page_on_the_web_holds_the_same_words() -> None:
    assert lines(read_web_words(write_web_minutes(shipped_minutes()))) == lines(GOLDEN)


@pytest.mark.parametrize(("one", "other"), [("57", "58"), ("59", "60")])
def test_items_discussed_together_hold_the_same_turns(one: str, other: str) -> None:
    assert read_dossier(shipped_dossier(one)).minutes == read_dossier(shipped_dossier(other)).minutes


def test_what_is_not_on_the_agenda_is_not_in_the_minutes() -> None:
    frame, items, events = read_meeting(shipped_meeting())
    with pytest.raises(Refused) as refusal:
        draft_minutes(frame, items[1:], events)
    assert [dict(reason.facts) for reason in refusal.value.reasons] == [{"what": "56"}]
