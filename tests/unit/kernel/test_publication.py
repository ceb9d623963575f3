"""Minutes are published once two persons and the machine have looked; a word to be removed never survives."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest

from sekisho.kernel import ReasonCode, Refused
from sekisho.kernel.council import (
    Attendance,
    EventKind,
    MeetingEvent,
    MeetingFrame,
    MeetingItem,
    attendees_agree,
    check_published,
    correct_minutes,
    draft_minutes,
    find_leaks,
    make_removal_list,
    publish_minutes,
)
from sekisho.records.minutes import MinutesPage, read_web_words, write_web_minutes

TWO = ("kazagashira", "konpira")
FRAME = MeetingFrame(
    page_id="099999",
    updated_on="2026-12-01",
    breadcrumb="附属機関",
    body="総務課",
    council="審議会",
    era_year="令和8年度",
    no=1,
    opened_at=datetime(2026, 11, 24, 9, 5, tzinfo=UTC),
    place="会議室",
    contact=("総務課",),
)
ITEM = MeetingItem(item="70", number=70, title="見本の接続について", section="総務課", result="approved")
FAMILY, GIVEN = ("浦上", "稲佐", "出島", "風頭"), ("さくら", "ケンジ", "モモコ", "ひかる")
SAYINGS = ("端末は何台か。", "1台である。", "保管の場所はどこか。", "鍵のかかるラックの中である。", "問題ないと思う。")
WIDE = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
KATAKANA = {chr(code): chr(code + 0x60) for code in range(0x3041, 0x3097)}
HALF = dict(zip("サクラケンジモコヒカル", ("ｻ", "ｸ", "ﾗ", "ｹ", "ﾝ", "ｼﾞ", "ﾓ", "ｺ", "ﾋ", "ｶ", "ﾙ"), strict=True))


def in_katakana(word: str) -> str:
    """The word with its hiragana as katakana."""
    return "".join(KATAKANA.get(each, each) for each in word)


DISGUISES: tuple[Callable[[str, Random], str], ...] = (
    lambda word, _: word,
    lambda word, _: "".join(WIDE.get(each, each) for each in word),
    lambda word, _: in_katakana(word),
    lambda word, _: "".join(HALF.get(each, each) for each in in_katakana(word)),
    lambda word, random: " ".join((word[: (cut := random.randrange(1, len(word)))], word[cut:])),
    lambda word, _: "\u3000".join(word),
    lambda word, _: "\n".join(word),
    lambda word, _: "\u200b".join(word),
    lambda word, _: word.replace("-", "‐"),
    lambda word, _: word.replace("-", "ー"),
    lambda word, _: "・".join(word),
    lambda word, _: word + "\ufe00",
)


def secrets_of(random: Random) -> list[str]:
    """Made-up words that must not be published: a name, a telephone, a number, a house."""
    return [
        random.choice(FAMILY) + random.choice(GIVEN),
        f"095-{random.randrange(800, 900)}-{random.randrange(1000, 9999)}",
        f"{random.randrange(10**11, 10**12)}",
        f"見本町{random.randrange(1, 40)}番{random.randrange(1, 40)}号",
    ]


def planted(number: int) -> tuple[MinutesPage, list[str]]:
    """One page with every secret somewhere in it, in some disguise."""
    random = Random(number)
    secrets = secrets_of(random)
    said = [random.choice(SAYINGS) for _ in range(12)]
    for at, secret in zip(random.sample(range(len(said)), len(secrets)), secrets, strict=True):
        disguised = random.choice(DISGUISES)(secret, random)
        cut = random.randrange(len(said[at]) + 1)
        said[at] = said[at][:cut] + disguised + said[at][cut:]
    events = [
        MeetingEvent(kind=EventKind.QUESTION, items=("70",), role=("member", "agency")[turn % 2], text=text)
        for turn, text in enumerate(said)
    ]
    title = ITEM.title + random.choice(DISGUISES)(secrets[0], random).replace("\n", "") * (number % 3 == 0)
    contact = (*FRAME.contact, *([secrets[1]] if number % 5 == 0 else []))
    return draft_minutes(replace(FRAME, contact=contact), [replace(ITEM, title=title)], events), secrets


def plainest(text: str) -> str:
    """An eye of its own for the test: composed, letters and digits alone, all kana as katakana."""
    bare = re.sub(r"[\W_ー]", "", re.sub(r"[\u200b\ufe00-\ufe0f]", "", unicodedata.normalize("NFKC", text)))
    return in_katakana(bare)


@pytest.mark.parametrize("number", range(200))
def test_no_planted_secret_survives_publication(number: int) -> None:
    page, secrets = planted(number)
    removal = make_removal_list(secrets)
    assert find_leaks(read_web_words(write_web_minutes(page)), removal) == (1, 2, 3, 4)
    published = publish_minutes(page, removal, TWO)
    for form in (published.text, read_web_words(published.web), published.web):
        assert not [secret for secret in secrets if plainest(secret) in plainest(form)]
    assert "［非公開］" in published.text


@pytest.mark.parametrize("number", range(0, 200, 10))
def test_a_page_that_nobody_redacted_is_not_published(number: int) -> None:
    page, secrets = planted(number)
    with pytest.raises(Refused) as refusal:
        check_published(page, make_removal_list(secrets))
    assert [reason.code for reason in refusal.value.reasons] == [ReasonCode.REDACTION_LEAKS]
    assert not [secret for secret in secrets if secret in str(refusal.value.reasons)]


def test_a_secret_in_the_frame_of_the_page_is_refused_rather_than_leaked() -> None:
    page = draft_minutes(replace(FRAME, place="浦上さくら宅"), [ITEM], [])
    with pytest.raises(Refused):
        publish_minutes(page, make_removal_list(["浦上さくら"]), TWO)


@pytest.mark.parametrize(
    "web",
    [
        '<p title="浦上さくら">委員</p>',
        "<p><!-- 浦上さくら --></p>",
        "<p>浦<b>上さ</b>くら</p>",
        "<script>var who = '浦上さくら'</script>",
        "<p>&#28006;&#x4E0A;さくら</p>",
    ],
)
def test_what_a_browser_does_not_show_is_dug_out_too(web: str) -> None:
    assert find_leaks(read_web_words(web), make_removal_list(["浦上さくら"])) == (1,)


@pytest.mark.parametrize("word", ["", "・", "あ", " - "])
def test_a_word_that_would_be_found_everywhere_is_no_word(word: str) -> None:
    with pytest.raises(Refused):
        make_removal_list([word])


def test_one_person_alone_publishes_nothing() -> None:
    page = draft_minutes(FRAME, [ITEM], [])
    with pytest.raises(Refused):
        publish_minutes(page, make_removal_list([]), ("kazagashira", "kazagashira"))


def test_a_correction_is_a_new_version_and_the_old_one_stays() -> None:
    first = publish_minutes(draft_minutes(FRAME, [ITEM], []), make_removal_list([]), TWO)
    page = draft_minutes(FRAME, [replace(ITEM, title="直した見本について")], [])
    second = correct_minutes(first, page, make_removal_list([]), checked_by=TWO, why="議題の誤字")
    assert (first.version, second.version, second.corrects, second.why) == (1, 2, 1, "議題の誤字")
    assert "直した" not in first.text


def test_a_correction_without_reason_or_change_is_refused() -> None:
    page = draft_minutes(FRAME, [ITEM], [])
    first = publish_minutes(page, make_removal_list([]), TWO)
    with pytest.raises(Refused) as refusal:
        correct_minutes(first, page, make_removal_list([]), checked_by=TWO, why="")
    assert [dict(each.facts) for each in refusal.value.reasons] == [
        {"place": "minutes 2", "what": "why"},
        {"action": f"minutes.correct ({first.digest[:12]})"},
    ]


@pytest.mark.parametrize(
    ("confirmed", "objected", "today", "agreed"),
    [
        ({"a", "b"}, set(), date(2026, 12, 2), True),
        ({"a"}, set(), date(2026, 12, 8), False),
        ({"a"}, set(), date(2026, 12, 9), True),
        ({"a", "b"}, {"b"}, date(2026, 12, 31), False),
        (set(), {"stranger"}, date(2026, 12, 9), True),
    ],
)
def test_silence_is_consent_only_after_its_days(
    confirmed: set[str], objected: set[str], today: date, agreed: bool
) -> None:
    attendance = Attendance(present=frozenset({"a", "b"}), sent_on=date(2026, 12, 1), silent_days=7)
    assert attendees_agree(attendance, confirmed, objected, today) is agreed


def test_what_minutes_say_of_attendance_tells_a_quorum_that_was_met_from_one_that_was_not() -> None:
    from sekisho.kernel.council import Attended, attendance_lines

    met, missed = Attended(entitled=7, present=4, needed=4), Attended(entitled=7, present=3, needed=4)
    assert attendance_lines("過半数", "条例第5条", [met]) == (
        "会議の規則:過半数(条例第5条)",
        "委員7人のうち4人が出席し、定足数(4人)を満たした。",
    )
    assert attendance_lines("過半数", "", [missed])[1] == "委員7人のうち3人が出席し、定足数(4人)を満たさなかった。"
    assert attendance_lines("過半数", "", []) == ()


def test_a_listed_word_in_the_rule_of_the_meeting_is_taken_out() -> None:
    page, words = planted(0)
    told = replace(page, attendance=(f"会議の規則:{words[0]}",))
    assert "会議の規則:［非公開］" in publish_minutes(told, make_removal_list(words), TWO).text
