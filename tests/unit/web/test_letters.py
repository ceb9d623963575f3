"""S-240: conditions until the letter is sealed, the letter as it will be, what it lacks, two signatures, permits."""

from datetime import UTC, datetime, timedelta

import pytest

from sekisho.adapters.database.models import ConditionRow, DecisionRow, EntryRow, Matter
from sekisho.adapters.documents import text_of
from sekisho.bootstrap import council
from sekisho.kernel import EntryKind, ReasonCode, Refused
from tests.fakes.council import (
    DOWN,
    Desks,
    act,
    approve,
    open_council,
)
from tests.fakes.council import proposed as as_proposed
from tests.unit.web.letter_desk import (
    FORM,
    as_it_stands,
    decide,
    decided,
    digest,
    do,
    enter,
    newest,
    page,
    sign,
    steps,
    talked,
)
from tests.unit.web.two_offices import NAGASAKI, client_of, open_office


@pytest.fixture
def mine(db: None) -> Desks:
    open_office(NAGASAKI)
    return open_council(NAGASAKI)


def test_what_was_decided_stands_there_as_facts_and_what_is_missing_has_its_link(mine: Desks) -> None:
    shown = page("kazagashira", decided())
    for words in (
        "条件付きの意見",
        "賛成 3・反対 0",
        "署名がそろうまでに、あと2件",
        'href="#signatures"',
    ):
        assert words in shown, words
    assert "残す" in shown
    assert "答申書に署名する" in shown
    assert "条件を入力する" not in shown
    assert "条件を入力する" in page("kazagashira", talked())
    assert "条件を入力する" not in page("oura", talked())


def test_a_condition_that_a_member_raised_is_entered_adopted_voted_on_and_then_in_the_letter(mine: Desks) -> None:
    matter = talked()
    assert enter("kazagashira", matter) == 302
    row = newest(matter)
    assert (row.state, row.raised_by, row.connection) == ("proposed", "megane", DOWN)
    assert "提案された条件を採るか決める" in client_of("oura").get("/").content.decode()
    assert do("oura", f"/conditions/{row.condition}/act/adopt/") == 302
    approve(NAGASAKI, matter, "opinion_with_conditions", datetime.now(UTC) - timedelta(hours=1))
    assert FORM["text"] in page("konpira", matter)
    letter = client_of("konpira").get(f"/api/matters/{matter}/decision").json()["letter"]
    assert [each["condition"] for each in letter["conditions"]] == letter["decision"]["conditions"]
    assert row.condition in letter["decision"]["conditions"]
    assert (sign("kazagashira", matter), sign("oura", matter)) == (302, 302)


def test_what_was_not_voted_on_never_enters_the_letter(mine: Desks) -> None:
    matter = decided()
    before, row = digest(matter), newest(matter)
    assert enter("kazagashira", matter) == 409
    for changes in ({"kind": "report_only"}, {"due": "2036-01-01"}, {"owner": "kajiya"}, {"hangs_on": ""}):
        said = {**as_it_stands(row), **changes}
        assert do("kazagashira", f"/conditions/{row.condition}/act/amend/", **said) == 409, changes
    # Planted: a condition that was proposed and not decided on before the vote. The chair can drop it, no more.
    ConditionRow.objects.create(**{**as_planted(row), "condition": f"{row.condition}9", "state": "proposed"})
    assert do("oura", f"/conditions/{row.condition}9/act/adopt/") == 409
    assert digest(matter) == before
    assert do("oura", f"/conditions/{row.condition}9/act/drop/") == 302
    assert (sign("kazagashira", matter), sign("oura", matter)) == (302, 302)


def as_planted(row: ConditionRow) -> dict[str, object]:
    """The columns of a condition, for a row that nobody entered."""
    columns = (each.attname for each in ConditionRow._meta.concrete_fields)
    return {each: getattr(row, each) for each in columns if each != "id"}


NO_CONDITIONS: tuple[tuple[str, dict[str, str], int], ...] = (
    ("suwa", {}, 409),  # a member proposes in the meeting; only the secretariat enters for one
    ("oura", {}, 409),
    ("doza", {}, 409),
    ("kazagashira", {"verifier": "doza", "owner": "doza"}, 409),
    ("kazagashira", {"verifier": "kazagashira", "owner": "kazagashira"}, 409),
    ("kazagashira", {"raised_by": "kazagashira"}, 409),  # not a member
    ("kazagashira", {"raised_by": ""}, 409),
    ("kazagashira", {"hangs_on": "moon"}, 409),
    ("kazagashira", {"hangs_on": f"{DOWN}/moon"}, 409),
    ("kazagashira", {"kind": "recurring"}, 409),  # without saying how often
    ("kazagashira", {"text": " "}, 409),
    ("kazagashira", {"kind": "whenever"}, 422),
    ("kazagashira", {"due": "いつか"}, 409),
)


def test_what_is_no_condition_is_not_entered(mine: Desks) -> None:
    matter = talked()
    before = ConditionRow.objects.count()
    for person, said, status in NO_CONDITIONS:
        assert enter(person, matter, **said) == status, (person, said)
    assert ConditionRow.objects.count() == before


def test_a_member_who_was_recused_or_not_in_the_room_raised_nothing(mine: Desks) -> None:
    row = Matter.objects.get(matter=mine.circulated)
    council.recuse(act(NAGASAKI, "megane", 0, datetime.now(UTC)), row.matter, "親族が業者")
    Matter.objects.filter(pk=row.pk).update(state="in_session")
    for member, code in (("megane", ReasonCode.RECUSED), ("suwa", ReasonCode.NOT_PRESENT)):
        with pytest.raises(Refused) as refusal:
            council.enter_condition(
                act(NAGASAKI, "kazagashira", 0, datetime.now(UTC)), row.matter, member, as_proposed()
            )
        assert [each.code for each in refusal.value.reasons] == [code]
    assert not ConditionRow.objects.filter(matter=row).exists()


def test_an_amended_condition_waits_for_the_chair_and_the_letter_keeps_the_old_words_until_then(mine: Desks) -> None:
    matter = decided()
    row = newest(matter)
    old = row.text
    assert do("oura", f"/conditions/{row.condition}/act/amend/") == 409
    said = {**as_it_stands(row), "text": "改めた条件の文"}
    assert do("kazagashira", f"/conditions/{row.condition}/act/amend/", **said) == 302
    row.refresh_from_db()
    assert (row.state, row.text) == ("proposed", "改めた条件の文")
    assert f"条件 {row.condition} を付けるかどうか" in page("kazagashira", matter)
    preview = client_of("konpira").get(f"/api/matters/{matter}/letter").json()
    assert old in str(preview["document"])
    assert preview["undecided"] == [row.condition]
    assert (sign("kazagashira", matter), sign("oura", matter)) == (409, 409)
    assert do("oura", f"/conditions/{row.condition}/act/drop/") == 409  # the council decided on it
    assert do("oura", f"/conditions/{row.condition}/act/adopt/") == 302
    assert EntryRow.objects.filter(kind=str(EntryKind.LETTER_REWRITTEN)).count() == 1
    assert "改めた条件の文" in str(client_of("konpira").get(f"/api/matters/{matter}/letter").json()["document"])


def test_after_the_first_signature_no_condition_is_added_amended_or_adopted(mine: Desks) -> None:
    matter = decided()
    row = newest(matter)
    assert sign("kazagashira", matter) == 302
    before = digest(matter)
    assert enter("kazagashira", matter) == 409
    assert do("kazagashira", f"/conditions/{row.condition}/act/amend/", text="あとから") == 409
    assert "条件を入力する" not in page("kazagashira", matter)
    with pytest.raises(Refused) as refusal:
        council.enter_condition(act(NAGASAKI, "kazagashira", 0, datetime.now(UTC)), matter, "megane", as_proposed())
    assert [each.code for each in refusal.value.reasons] == [ReasonCode.LETTER_SEALED]
    assert digest(matter) == before


def test_a_planted_late_condition_is_never_adopted_and_stops_the_second_signature(mine: Desks) -> None:
    matter = decided()
    assert sign("kazagashira", matter) == 302
    ConditionRow.objects.filter(matter__matter=matter).update(state="proposed")
    condition = newest(matter).condition
    assert do("oura", f"/conditions/{condition}/act/adopt/") == 409
    assert sign("oura", matter) == 409
    assert Matter.objects.get(matter=matter).state == "opinion_with_conditions"


def test_nobody_signs_twice_and_nobody_signs_for_the_other(mine: Desks) -> None:
    matter = decided("opinion_no_objection")
    assert sign("megane", matter) == 409
    assert sign("kazagashira", matter) == 302
    assert sign("kazagashira", matter) == 409
    row = DecisionRow.objects.get(matter__matter=matter)
    assert [each["role"] for each in row.signatures] == ["secretariat"]
    # Planted: the same person as both. The letter is a draft still, and no permit is made of it.
    row.signatures = [row.signatures[0], {**row.signatures[0], "role": "chair"}]
    row.save(update_fields=["signatures"])
    said = client_of("konpira").post(f"/letters/{matter}/pdf/")
    assert said.status_code == 409
    assert "通行証を見る" not in page("kazagashira", matter)


def test_the_preview_and_the_pdf_say_the_same_and_an_unsigned_one_says_so(mine: Desks) -> None:
    matter = decided()
    document = client_of("konpira").get(f"/api/matters/{matter}/letter").json()["document"]
    answer = client_of("konpira").post(f"/letters/{matter}/pdf/")
    said = "".join("".join(text_of(answer.content)).replace("\u200b", "").split())
    shown = page("konpira", matter)
    assert document["draft"]
    names = ("draft", "number", "addressee", "heading")
    for words in (*(document[name] for name in names), newest(matter).text):
        assert "".join(words.split()) in said, words
        assert words in shown, words
    assert digest(matter) in said
    assert "銅座見本" in said  # the owner by name
    assert (sign("kazagashira", matter), sign("oura", matter)) == (302, 302)
    signed = "".join(text_of(client_of("konpira").post(f"/letters/{matter}/pdf/").content))
    assert "案（署名" not in signed
    assert "大浦 見本" in signed.replace("大浦見本", "大浦 見本")


def test_the_course_goes_from_the_decision_to_permits_that_work(mine: Desks) -> None:
    matter = decided()
    assert [step for step, done in steps(matter).items() if done] == ["decision", "letter"]
    assert sign("kazagashira", matter) == 302
    assert not steps(matter)["signed"]
    assert sign("oura", matter) == 302
    assert [step for step, done in steps(matter).items() if done] == ["decision", "letter", "signed"]
    assert "決裁して署名する" in page("nabekanmuri", matter)
    assert "審議会の意見を受けて決裁する" in client_of("nabekanmuri").get("/").content.decode()
    assert "決裁して署名する" not in page("glover", matter)
    assert decide(matter) == (302, 302)
    done = steps(matter)
    assert done == dict.fromkeys(
        ("decision", "letter", "signed", "agency", "compiled", "validated", "issued"), True
    ) | {"active": False}
    shown = page("kazagashira", matter)
    permit = next(iter(DecisionRow.objects.get(matter__matter=matter).permits.values()))
    assert f'href="/permits/{permit}/"' in shown
    assert "条件により停止" in shown
    ConditionRow.objects.filter(matter__matter=matter).update(state="closed")
    assert (
        "登録と記録が違います" in shown or not steps(matter)["active"]
    )  # a row changed behind the ledger opens nothing


def test_what_is_not_taken_up_has_no_letter_and_what_is_undecided_says_where_to_go(mine: Desks) -> None:
    assert client_of("kazagashira").get(f"/letters/{mine.circulated}/").status_code == 404
    assert client_of("kazagashira").post(f"/letters/{mine.deliberating}/pdf/").status_code == 404
    shown = page("kazagashira", mine.deliberating)
    assert "まだ決定されていません" in shown
    assert f'href="/matters/{mine.deliberating}/decision/"' in shown
    listed = client_of("kazagashira").get("/letters/").content.decode()
    assert f'href="/letters/{mine.deliberating}/"' in listed
    assert mine.circulated not in listed
    assert client_of("kazagashira").get("/letters/?meeting=none").content.decode().count("/letters/6") == 0


def test_what_is_deliberated_anew_has_no_letter_although_an_earlier_one_was_signed(mine: Desks) -> None:
    Matter.objects.filter(matter=mine.decided).update(state="deliberating")
    shown = page("kazagashira", mine.decided)
    assert "まだ決定されていません" in shown
    assert 'class="paper"' not in shown
    assert client_of("konpira").post(f"/letters/{mine.decided}/pdf/").status_code == 404
    assert client_of("konpira").get(f"/api/matters/{mine.decided}/letter").status_code == 404
