"""The commands: policies that the screens then follow, and the daily erasure of what is past its day."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.integration.one_stop.conftest import AREA, deed, take_application


@pytest.fixture
def say(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Say a command and read its answer."""
    from sekisho.cli import donations_one_stop

    monkeypatch.setattr(donations_one_stop, "enter_home", lambda _home: None)  # the tests' own tables are open already

    def run(*words: str) -> Any:
        told = CliRunner().invoke(donations_one_stop.one_stop, [*words, "--home", str(home), "--area", AREA, "--json"])
        assert told.exit_code == 0, told.output
        return json.loads(told.output)

    return run


def test_a_policy_moves_the_deadline_and_names_who_gets_paper(
    donate: Callable[[list[dict[str, str]]], list[int]], say: Callable[..., Any]
) -> None:
    from sekisho.adapters.donations.notice_books import paper_destinations
    from sekisho.adapters.donations.one_stop_cases import deadlines_in

    told = say("policy", "--year", "2026", "--forms-until", "2027-01-12", "--on-paper", "13103")
    assert told["forms_until"] == "2027-01-12"
    assert deadlines_in(AREA, 2026).forms_until == date(2027, 1, 12)
    assert paper_destinations(AREA, 2026) == {"131032"}


def test_what_a_later_decision_does_not_name_stays_as_it_was(
    donate: Callable[[list[dict[str, str]]], list[int]], say: Callable[..., Any]
) -> None:
    say("policy", "--year", "2026", "--on-paper", "13103", "--on-paper", "401307")
    told = say("policy", "--year", "2026", "--forms-until", "2027-01-12")
    assert (told["forms_until"], told["on_paper"]) == ("2027-01-12", ["131032", "401307"])
    told = say("policy", "--year", "2026", "--on-paper", "13103")
    assert (told["forms_until"], told["on_paper"]) == ("2027-01-12", ["131032"])


def test_what_is_due_is_erased_with_its_proof_and_nothing_else(
    donate: Callable[[list[dict[str, str]]], list[int]], forms: list[dict[str, str]], say: Callable[..., Any]
) -> None:
    from sekisho.adapters.donations.models import NumberRow, OneStopRow
    from sekisho.adapters.donations.one_stop_numbers import keep_image

    first, second = (take_application(donation, form) for donation, form in zip(donate(forms)[:2], forms, strict=False))
    keep_image(deed(first), "card_back", b"\xff\xd8\xff\xe0" + bytes(99), date(2020, 1, 1))
    OneStopRow.objects.filter(number=first).update(keep_until=date(2020, 12, 31))
    told = say("due")
    assert (len(told["numbers"]), len(told["images"])) == (1, 1)
    assert forms[0]["individual_number"] not in json.dumps(told)
    assert list(NumberRow.objects.values_list("case__number", flat=True)) == [second]
    assert say("due") == {"area": AREA, "numbers": [], "images": []}


def test_a_day_of_s1_erases_what_is_past_its_day_by_itself(
    donate: Callable[[list[dict[str, str]]], list[int]], forms: list[dict[str, str]], home: Path
) -> None:
    from sekisho.adapters.donations.expiry import pass_day
    from sekisho.adapters.donations.models import NumberRow, OneStopRow

    assert home.exists()
    first, second = (take_application(donation, form) for donation, form in zip(donate(forms)[:2], forms, strict=False))
    OneStopRow.objects.filter(number=first).update(keep_until=date(2020, 12, 31))
    pass_day(datetime(2026, 11, 27, tzinfo=UTC))
    assert list(NumberRow.objects.values_list("case__number", flat=True)) == [second]
    assert json.loads(OneStopRow.objects.get(number=first).number_proof)["searched"] is True
