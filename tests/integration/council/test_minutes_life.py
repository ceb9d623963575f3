"""Minutes in the database: drafted from events, confirmed by each, redacted, published, and corrected by a version."""

from datetime import timedelta
from typing import Any

import pytest

from sekisho.kernel import ReasonCode
from sekisho.records.minutes import parse_minutes, read_web_words
from tests.integration.council.conftest import why

CODE = ReasonCode


def row_of(minutes: str, version: int = 1) -> Any:
    """The row of a version."""
    from sekisho.adapters.database.models import MinutesRow

    return MinutesRow.objects.get(minutes=minutes, version=version)


def public_of(minutes: str, version: int = 1) -> Any:
    """The published row of a version."""
    from sekisho.adapters.database.models import PublishedMinutesRow

    return PublishedMinutesRow.objects.get(minutes__minutes=minutes, minutes__version=version)


def test_the_draft_tells_what_happened_in_the_meeting(city: str) -> None:
    from tests.fakes.minutes import SECRET, drafted, text_now

    page = parse_minutes(text_now(city, drafted(city)))
    assert page.title == "令和元年度第3回 長崎市個人情報保護審議会"
    assert [(each.kind, each.no, each.section) for each in page.agenda] == [("諮問", 56, "資産税課")]
    assert [each.text for each in page.results] == ["諮問第56号については承認された。"]
    said = [(part.phase, turn.role, turn.text) for part in page.discussions for turn in part.turns]
    assert said[:2] == [
        ("質疑", "委員", f"{SECRET}さんの件は、だれが管理しているのか"),
        ("質疑", "実施機関", "J-LIS が一元的に管理している"),
    ]
    assert ("審議", "委員", "項目「備考」は外す。不要") in said
    assert ("審議", "委員", "「正確な課税」を「手間」より重く見る。紙では間違える") in said
    assert "megane" not in text_now(city, row_of("k001").minutes)


def test_draft_and_publication_name_the_rule_of_the_meeting_and_that_its_quorum_was_met(city: str) -> None:
    from sekisho.adapters.documents import text_of
    from tests.fakes.minutes import published, text_now

    minutes = published(city)
    for text in (text_now(city, minutes), public_of(minutes).text):
        rule, *counted = parse_minutes(text).attendance
        assert rule.startswith("会議の規則:委員の過半数の出席で開き")
        assert counted == ["委員4人のうち4人が出席し、定足数(3人)を満たした。"], "decided by the same: told once"
    pdf = "".join("".join(text_of(bytes(public_of(minutes).pdf))).split())
    assert "定足数(3人)を満たした" in pdf
    assert "<h2>出席</h2>" in public_of(minutes).web


def test_an_item_that_was_decided_by_others_is_told_apart_and_a_meeting_nobody_opened_says_nothing(city: str) -> None:
    from sekisho.adapters.database.minutes_attendance import attendance_of
    from sekisho.adapters.database.models import EntryRow, Meeting, PresenceRow
    from tests.fakes.council import act
    from tests.fakes.minutes import held

    meeting = Meeting.objects.get(meeting=held(city))
    PresenceRow.objects.create(meeting=meeting, person="megane", at=act(city, "megane", 10).at, arrived=False)
    assert attendance_of(meeting)[2:] == ("諮問第56号の決定では、委員4人のうち3人が出席し、定足数(3人)を満たした。",)
    EntryRow.objects.filter(kind="meeting_opened").update(kind="meeting_closed")
    assert attendance_of(meeting) == ()


def test_it_is_published_as_page_and_document_without_the_secret(city: str) -> None:
    from sekisho.adapters.documents import text_of
    from tests.fakes.minutes import SECRET, published

    out = public_of(published(city))
    pdf = "".join("".join(text_of(bytes(out.pdf))).split())
    for form in (out.text, read_web_words(out.web), str(out.page), pdf):
        assert "花子" not in form
    assert "［非公開］さんの件は" in out.text
    assert "［非公開］さんの件は" in pdf
    assert out.checked_by == ["kazagashira", "suwa"]
    assert SECRET.replace(" ", "") not in "".join(out.text.split())


def test_every_step_is_an_entry_and_none_holds_a_word_of_anybody(city: str) -> None:
    from sekisho.adapters.database.ledgers import read_bodies, sequence
    from sekisho.adapters.database.models import EntryRow
    from tests.fakes.minutes import published

    published(city)
    sequence(city)
    rows = EntryRow.objects.filter(tenant_id=city).order_by("id").values_list("kind", flat=True)
    told = [each for each in rows if each.startswith(("minutes", "redaction"))]
    assert told == [
        "minutes_drafted",
        "minutes_edited",
        *["minutes_confirmed"] * 4,
        "redaction_marked",
        "redaction_checked",
        "minutes_published",
    ]
    bodies = b"".join(read_bodies(city, EntryRow.objects.filter(tenant_id=city).count()))
    assert b"minutes_published" in bodies
    assert [words for words in ("花子", "管理している", "紙では") if words.encode() in bodies] == []


def test_the_draft_and_the_words_to_be_removed_lie_sealed(city: str) -> None:
    from django.db import connection

    from tests.fakes.minutes import edited

    edited(city)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed, removal, title, attendees, why FROM database_minutesrow")
        [kept] = cursor.fetchall()
    plain = b"".join(each.encode() if isinstance(each, str) else bytes(each) for each in kept)
    assert len(plain) > 100
    assert "花子".encode() not in plain


def test_each_of_those_present_confirms_and_only_they(city: str) -> None:
    from sekisho.bootstrap import minutes as office
    from tests.fakes.council import act
    from tests.fakes.minutes import edited

    minutes = edited(city)
    assert row_of(minutes).attendees == ["megane", "oura", "sofuku", "suwa"]
    assert [office.confirm_minutes(act(city, each, 120), minutes) for each in ("megane", "suwa", "oura")] == [False] * 3
    assert row_of(minutes).state == "edited"
    refused = why(lambda: office.confirm_minutes(act(city, "kazagashira", 121), minutes))
    assert refused == {CODE.NOT_ALLOWED, CODE.DUTIES_NOT_SEPARATE}
    assert office.confirm_minutes(act(city, "sofuku", 122), minutes)
    assert row_of(minutes).state == "confirmed"


def test_a_confirmation_is_about_one_text(city: str) -> None:
    from sekisho.bootstrap import minutes as office
    from tests.fakes.council import act
    from tests.fakes.minutes import SECRET, edited, text_now

    minutes = edited(city)
    for person in ("megane", "suwa", "oura"):
        office.confirm_minutes(act(city, person, 120), minutes)
    changed = text_now(city, minutes).replace("一元的に管理している", "管理していない")
    office.edit_minutes(act(city, "kazagashira", 130), minutes, changed, [SECRET])
    assert not office.confirm_minutes(act(city, "sofuku", 140), minutes)
    assert row_of(minutes).state == "edited"


def test_an_objection_sends_it_back_and_silence_is_consent_after_fourteen_days(city: str) -> None:
    from sekisho.bootstrap import minutes as office
    from tests.fakes.council import act
    from tests.fakes.minutes import SECRET, edited, text_now

    minutes = edited(city)
    office.object_to_minutes(act(city, "suwa", 120), minutes, "そうは言っていない")
    assert row_of(minutes).state == "drafted"
    deed = act(city, "kazagashira", 130)
    office.edit_minutes(deed, minutes, text_now(city, minutes).replace("重く見る", "重く見たい"), [SECRET])
    assert office.pass_silent_minutes(city, deed.at + timedelta(days=14)) == ()
    assert office.pass_silent_minutes(city, deed.at + timedelta(days=15)) == (minutes,)
    assert row_of(minutes).state == "confirmed"


def test_one_person_alone_does_not_check_the_redaction(city: str) -> None:
    from sekisho.bootstrap import minutes as office
    from tests.fakes.council import act
    from tests.fakes.minutes import confirmed

    minutes = confirmed(city)
    deed = act(city, "kazagashira", 130)
    office.mark_redaction(deed, minutes)
    assert why(lambda: office.check_redaction(deed, minutes)) == {CODE.NOT_ALLOWED}
    assert why(lambda: office.publish(deed, minutes)) == {CODE.NOT_IN_THIS_STATE}


def test_a_word_in_the_frame_of_the_page_is_refused_and_a_leak_that_is_found_sends_it_back(city: str) -> None:
    from sekisho.bootstrap import minutes as office
    from tests.fakes.council import act
    from tests.fakes.minutes import confirmed

    minutes = confirmed(city, ("研修室",))
    office.mark_redaction(act(city, "suwa", 130), minutes)
    deed = act(city, "kazagashira", 131)
    assert why(lambda: office.check_redaction(deed, minutes)) == {CODE.REDACTION_FAILED}
    office.find_leak(deed, minutes, "花子")
    assert (row_of(minutes).state, row_of(minutes).removal_count) == ("drafted", 2)


def test_a_planted_bug_that_redacts_nothing_is_caught_by_the_document_and_by_the_page(
    city: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.database import minutes_publishing
    from sekisho.bootstrap import minutes as office
    from sekisho.kernel.council.publication import publishing
    from tests.fakes.council import act
    from tests.fakes.minutes import confirmed

    minutes = confirmed(city)
    office.mark_redaction(act(city, "suwa", 130), minutes)
    deed = act(city, "kazagashira", 131)
    for room, code in ((minutes_publishing, CODE.REDACTION_FAILED), (publishing, CODE.REDACTION_LEAKS)):
        with monkeypatch.context() as planted:
            planted.setattr(room, "redact_page", lambda page, _: page)
            assert why(lambda: office.check_redaction(deed, minutes)) == {code}


def test_a_correction_is_a_new_version_that_names_what_changed_and_the_older_one_stays(city: str) -> None:
    from sekisho.bootstrap import minutes as office
    from tests.fakes.council import act
    from tests.fakes.minutes import SECRET, confirm_all, go_out, published, text_now

    minutes = published(city)
    first = public_of(minutes).text
    deed = act(city, "kazagashira", 200)
    assert why(lambda: office.begin_correction(deed, minutes, " ")) == {CODE.DOSSIER_INCOMPLETE}
    assert office.begin_correction(deed, minutes, "役職名の誤り") == 2
    changed = text_now(city, minutes).replace("J-LIS が", "地方公共団体情報システム機構が")
    office.edit_minutes(deed, minutes, changed, [SECRET])
    confirm_all(city, minutes, 210)
    assert go_out(city, minutes, 220) == 2
    assert (row_of(minutes, 1).state, row_of(minutes, 2).state) == ("corrected", "published")
    second = public_of(minutes, 2)
    assert (second.corrects, second.why) == (1, "役職名の誤り")
    assert second.changed == [
        {
            "before": ["J-LIS が一元的に管理している"],
            "after": ["地方公共団体情報システム機構が一元的に管理している"],
        }
    ]
    assert public_of(minutes, 1).text == first


def test_a_correction_that_corrects_nothing_is_not_published(city: str) -> None:
    from sekisho.bootstrap import minutes as office
    from tests.fakes.council import act
    from tests.fakes.minutes import SECRET, confirm_all, published, text_now

    minutes = published(city)
    deed = act(city, "kazagashira", 200)
    office.begin_correction(deed, minutes, "誤り")
    office.edit_minutes(deed, minutes, text_now(city, minutes), [SECRET])
    confirm_all(city, minutes, 210)
    office.mark_redaction(act(city, "suwa", 220), minutes)
    office.check_redaction(deed, minutes)
    assert why(lambda: office.publish(deed, minutes)) == {CODE.NOT_ALLOWED}


@pytest.mark.parametrize("text", ["", "ただの文", "ここから本文です。\n\n題"])
def test_what_is_no_minutes_page_is_refused_without_repeating_it(city: str, text: str) -> None:
    from sekisho.bootstrap import minutes as office
    from tests.fakes.council import act
    from tests.fakes.minutes import drafted

    minutes = drafted(city)
    assert why(lambda: office.edit_minutes(act(city, "kazagashira", 110), minutes, text)) == {CODE.INPUT_NOT_UNDERSTOOD}


def test_minutes_of_a_meeting_that_is_not_over_are_not_drafted(city: str) -> None:
    from sekisho.bootstrap import minutes as office
    from tests.fakes.council import act, circulated
    from tests.fakes.minutes import FRAME

    _, meeting = circulated(city)
    deed = act(city, "kazagashira", 100)
    assert why(lambda: office.draft_from_meeting(deed, meeting, FRAME)) == {CODE.NOT_IN_THIS_STATE}
    assert why(lambda: office.draft_from_meeting(act(city, "doza", 100), meeting, FRAME)) == {CODE.NOT_ALLOWED}
