"""Minutes as PDF: what the page says stands in it, and of 200 pages with planted secrets none survives in any."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from sekisho.adapters.documents import check_redacted, minutes_pdf, text_of
from sekisho.adapters.dossiers.meetings import shipped_minutes
from sekisho.kernel import ReasonCode, Refused
from sekisho.kernel.council import make_removal_list, redact_page
from sekisho.records.minutes import write_agenda
from tests.unit.kernel.test_publication import plainest, planted


def bare(texts: Iterable[str]) -> str:
    """A text without spaces and line breaks."""
    return "".join("".join(texts).split())


def test_everything_that_was_said_on_19_november_stands_in_the_document() -> None:
    page = shipped_minutes()
    said = bare(text_of(minutes_pdf(page, 1)))
    whole = [page.title, page.held, page.place, *write_agenda(page), *(each.text for each in page.results)]
    whole += [line for part in page.discussions for turn in part.turns for line in turn.text.split("\n")]
    # A line may run over a page, where the footer stands between its halves.
    missing = [line for line in whole if bare([line])[:12] not in said]
    assert missing == []
    assert said.count("【委員】") == 65


def test_the_same_page_gives_the_same_bytes_and_a_corrected_one_says_so() -> None:
    page = shipped_minutes()
    assert minutes_pdf(page, 1) == minutes_pdf(page, 1)
    assert "第2版(件名の誤字を改めた)" in bare(text_of(minutes_pdf(page, 2, "件名の誤字を改めた")))


@pytest.mark.parametrize("number", range(200))
def test_no_planted_secret_survives_in_the_document(number: int) -> None:
    page, secrets = planted(number)
    pdf = minutes_pdf(redact_page(page, make_removal_list(secrets)), 1)
    check_redacted(pdf, secrets)
    said = plainest(bare(text_of(pdf)))
    assert [secret for secret in secrets if plainest(secret) in said] == []
    assert "［非公開］" in bare(text_of(pdf))


@pytest.mark.parametrize("number", range(0, 200, 10))
def test_a_document_that_nobody_redacted_does_not_go_out(number: int) -> None:
    page, secrets = planted(number)
    with pytest.raises(Refused) as refusal:
        check_redacted(minutes_pdf(page, 1), secrets)
    assert {reason.code for reason in refusal.value.reasons} == {ReasonCode.REDACTION_FAILED}
    assert {reason.facts["number"] for reason in refusal.value.reasons} == {"1", "2", "3", "4"}


@pytest.mark.parametrize("number", range(0, 200, 15))
def test_a_redaction_that_forgets_the_titles_is_caught_in_the_document(number: int) -> None:
    page, secrets = planted(number)
    forgetful = replace(redact_page(page, make_removal_list(secrets)), agenda=page.agenda)
    with pytest.raises(Refused) as refusal:
        check_redacted(minutes_pdf(forgetful, 1), secrets)
    assert [reason.facts["number"] for reason in refusal.value.reasons] == ["1"]
