"""Given a draft before the public, residents comment within its days; nothing is kept of them but what they wrote."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest

from sekisho.kernel import ReasonCode
from tests.fakes.assessments import START, commenting, in_force, on
from tests.integration.council.conftest import why

CODE = ReasonCode
NAME = "浦上 仮名子"


def at(day: date, hour: int = 12) -> datetime:
    """A moment of a day at the office."""
    from sekisho.adapters.database.office_time import OFFICE_TIME

    return datetime.combine(day, time(hour), OFFICE_TIME)


def send(tenant: str, assessment: str, when: datetime, **said: str) -> str:
    """A resident sends a comment."""
    from sekisho.adapters.database.resident_comments import Said, receive_from_resident

    told = {"text": "委託先での管理はどうなるか", **said}
    return receive_from_resident(tenant, assessment, Said(**told), when)


def comments(assessment: str) -> list[Any]:
    """The rows of what came in."""
    from sekisho.adapters.database.models import ResidentCommentRow

    return list(ResidentCommentRow.objects.filter(version__assessment__assessment=assessment).order_by("id"))


def ledger_text() -> str:
    """Everything that the ledger holds."""
    from sekisho.adapters.database.models import EntryRow

    return "\n".join(bytes(each).decode() for each in EntryRow.objects.values_list("body", flat=True))


def test_it_is_taken_from_the_first_day_to_the_end_of_the_last_and_not_a_moment_beside(city: str) -> None:
    assessment, last = commenting(city), START + timedelta(days=30)
    assert send(city, assessment, at(START, 0)) == "1"
    assert send(city, assessment, at(last, 23)) == "2"
    for moment in (at(START, 0) - timedelta(seconds=1), at(last + timedelta(days=1), 0)):
        assert why(partial(send, city, assessment, moment)) == {CODE.COMMENT_CLOSED}
    published = in_force(city)
    assert why(lambda: send(city, published, at(START))) == {CODE.COMMENT_CLOSED}
    assert why(lambda: send("422029", assessment, at(START))) == {CODE.NOT_FOUND}
    assert len(comments(assessment)) == 2


def test_the_ledger_has_its_number_and_digest_and_never_a_word_of_it(city: str) -> None:
    from sekisho.adapters.database.council_deeds import text_digest

    assessment = commenting(city)
    send(city, assessment, at(START), text="  目立つ言葉です ", name=NAME, affiliation="浜町自治会")
    row = comments(assessment)[0]
    assert (row.text, row.name, row.affiliation, row.received_at) == ("目立つ言葉です", NAME, "浜町自治会", at(START))
    written = ledger_text()
    assert text_digest("目立つ言葉です") in written
    assert not [each for each in ("目立つ", NAME, "浜町自治会") if each in written]


@pytest.mark.parametrize(
    "said",
    [
        {"text": " \n"},
        {"text": "あ" * 4_001},
        {"text": "a\0b"},
        {"name": "あ" * 101},
        {"affiliation": "あ" * 101},
    ],
    ids=["empty", "too long", "control", "name", "affiliation"],
)
def test_what_is_empty_or_too_long_is_not_taken(city: str, said: dict[str, str]) -> None:
    assessment = commenting(city)
    assert why(lambda: send(city, assessment, at(START), **said)) == {CODE.FIELD_NOT_UNDERSTOOD}
    assert comments(assessment) == []
    send(city, assessment, at(START), text="あ" * 4_000, name="あ" * 100, affiliation="あ" * 100)


def test_thirty_an_hour_are_taken_whoever_sends_them(city: str) -> None:
    assessment = commenting(city)
    for _ in range(30):
        send(city, assessment, at(START))
    assert why(lambda: send(city, assessment, at(START, 12))) == {CODE.TOO_MANY_COMMENTS}
    assert send(city, assessment, at(START, 13)) == "31"


def test_names_are_erased_once_the_report_is_published_or_a_year_after(city: str) -> None:
    from sekisho.adapters.database.models import AssessmentVersion
    from sekisho.adapters.database.resident_comments import erase_senders, senders

    first, second = commenting(city), commenting(city)
    for each in (first, second):
        send(city, each, at(START), name=NAME)
        send(city, each, at(START))
    assert senders(city, first) == {"1": NAME}
    last = START + timedelta(days=30)
    assert erase_senders(city, at(last + timedelta(days=365))) == 0
    AssessmentVersion.objects.filter(assessment__assessment=first).update(published_on=last)
    assert erase_senders(city, at(last)) == 1
    assert (senders(city, first), senders(city, second)) == ({}, {"1": NAME})
    assert erase_senders(city, at(last + timedelta(days=366))) == 1
    assert [(each.name, each.text != "") for each in comments(second)] == [("", True)] * 2
    assert ledger_text().count("senders_erased") == 2


def test_answers_are_public_after_the_comment_has_closed_and_names_never(city: str) -> None:
    from sekisho.adapters.database.resident_comments import open_draft
    from sekisho.bootstrap import assessments as office

    assessment, last = commenting(city), START + timedelta(days=31)
    send(city, assessment, at(START), name=NAME)
    office.answer_comment(on(city, "doza", START), assessment, office.CommentAnswer(comment="1", text="契約で定める"))
    before = open_draft(city, assessment, at(START))
    assert before is not None
    assert (before.is_open, before.answered) == (True, ())
    office.close_comment(on(city, "kazagashira", last), assessment)
    after = open_draft(city, assessment, at(last))
    assert after is not None
    assert (after.is_open, [each.answer for each in after.answered]) == (False, ["契約で定める"])
    assert NAME not in repr(after)
