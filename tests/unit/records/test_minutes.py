"""Published minutes as data and back; a role inside a sentence stays text; what has no place is refused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sekisho.records import RecordsError
from sekisho.records.minutes import (
    MinutesPage,
    Outcome,
    PageForm,
    page_from_data,
    page_to_data,
    parse_minutes,
    write_minutes,
)

GOLDEN = Path(__file__).parents[2] / "golden" / "minutes"
R1 = (GOLDEN / "nagasaki_r1_3.txt").read_text(encoding="utf-8")
H27 = (GOLDEN / "form_of_2015.txt").read_text(encoding="utf-8")


def page() -> MinutesPage:
    """The page of November 2019."""
    return parse_minutes(R1)


@pytest.mark.parametrize("text", [R1, H27])
def test_a_page_written_again_is_the_same_to_the_byte(text: str) -> None:
    data = json.loads(json.dumps(page_to_data(parse_minutes(text)), ensure_ascii=False))
    assert write_minutes(page_from_data(data)) == text


@pytest.mark.parametrize("text", [R1, H27])
def test_who_attended_is_read_back_where_a_page_says_it_and_is_nowhere_else(text: str) -> None:
    plain = parse_minutes(text)
    assert plain.attendance == ()
    assert "attendance" not in page_to_data(plain)
    told = replace(plain, attendance=("会議の規則:過半数", "委員7人のうち5人が出席し、定足数(4人)を満たした。"))
    written = write_minutes(told)
    assert parse_minutes(written) == told
    assert page_from_data(json.loads(json.dumps(page_to_data(told)))) == told
    assert written.replace("\n\n".join(("出席", "\n".join(told.attendance))) + "\n\n", "") == text
    elsewhere = text.replace("\n\n議題\n\n", "\n\n議題\n\n出席\n\n")
    with pytest.raises(RecordsError):
        parse_minutes(elsewhere)


def test_who_met_when_and_where() -> None:
    found = page()
    assert (found.page_id, found.updated_on, found.form) == ("034465", "2020-04-13", PageForm.R1)
    assert (found.held_from, found.held_to, found.place) == ("2019-11-19T09:30", None, "長崎市民会館2階 第2研修室")
    assert (found.session.era_year, found.session.no) == ("令和元年度", 3)
    assert (found.body, found.council) == ("総務部 総務課", "長崎市個人情報保護審議会")


def test_the_agenda_and_what_came_of_it() -> None:
    found = page()
    assert [line.no for line in found.agenda] == [56, 57, 58, 59, 60, 61, None]
    assert found.agenda[1].title == "法定調書の電子申告(e-Tax及びeLTAX)に係る外部電子計算機の直結について"
    assert (found.agenda[1].section, found.agenda[6].kind) == ("人事課", "意見")
    assert [line.outcome for line in found.results] == [Outcome.APPROVED] * 6 + [Outcome.OPINION]


def test_a_typing_mistake_of_the_page_stays() -> None:
    assert "市長村長" in page().agenda[0].title


def test_a_role_inside_a_sentence_is_text() -> None:
    said = [turn for part in page().discussions for turn in part.turns if "【実施機関】" in turn.text]
    assert len(said) == 1
    assert said[0].role != ""


def test_two_turns_of_one_role_stay_two() -> None:
    deliberation = page().discussions[1]
    assert [turn.role for turn in deliberation.turns][:2] == ["委員", "委員"]


def test_the_form_of_2015() -> None:
    found = parse_minutes(H27)
    assert (found.form, found.held_from, found.held_to) == (PageForm.H27, "2015-08-07T14:00", "15:30")
    assert [(line.kind, line.no) for line in found.agenda] == [("報告", None), ("諮問", 36)]
    assert [part.phase for part in found.discussions] == ["質疑", "意見", "質疑"]
    assert found.discussions[2].nos == (36,)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("ここから本文です。", "ここから", "書き出し"),
        ("更新日:2020年4月13日", "更新:2020年4月13日", "更新日"),
        ("担当所属名", "担当課", "見出し"),
        ("9時30分~", "朝から", "日時"),
        ("・諮問第56号:", "・諮問56:", "議題"),
        ("全項目評価書について、審議会からの意見が示された。", "おわり。", "審議結果"),
        ("〔質疑〕\n\n【委員】\nLGWAN", "〔質疑〕\n\nLGWAN", "発言者"),
        ("・諮問第56号について\n\n〔質疑〕", "だれかが何か言った\n\n〔質疑〕", "発言"),
        ("第3回 長崎市個人情報保護審議会\n\n更新日", "第3 長崎市個人情報保護審議会\n\n更新日", "件名"),
    ],
)
def test_what_is_not_such_a_page_is_named(old: str, new: str, what: str) -> None:
    assert old in R1
    with pytest.raises(RecordsError, match=what):
        parse_minutes(R1.replace(old, new, 1))


@pytest.mark.parametrize("text", ["", "\n\n", "ここから本文です。", "x" * 4_000_001])
def test_what_is_no_page_at_all_is_refused(text: str) -> None:
    with pytest.raises(RecordsError, match="会議録として読めません"):
        parse_minutes(text)


def test_a_line_that_has_no_place_is_not_dropped() -> None:
    with pytest.raises(RecordsError, match="置き場"):
        parse_minutes(R1.replace("会議名\n\n令和元年度第3回", "会議名\n\n令和元年度第4回", 1))
