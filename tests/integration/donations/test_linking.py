"""Donations that came in are linked within their area: certain ones at once, doubtful ones asked, answers undone."""

from datetime import timedelta

import pytest

from sekisho.adapters.donations.expiry import erase_due
from sekisho.adapters.donations.link_groups import LATER, NOT_SAME, OPEN, SAME, SETTLED
from sekisho.adapters.donations.link_keys import HIDDEN
from sekisho.adapters.donations.link_questions import UNDO, decide, doubt_link, questions_in
from sekisho.adapters.donations.link_statistics import IN_A_THOUSAND, ask_statistics
from sekisho.adapters.donations.linking import link_waiting
from sekisho.adapters.donations.models import DonationRow, DonorRow, LinkKeyRow, LinkLogRow, LinkRow, QuestionRow
from sekisho.kernel import Refused
from tests.fakes.donations import NAGASAKI, NEIGHBOUR, NOW, act_in, deliver, parcel_of, record

HER = {
    "name": "髙橋　花子", "kana": "タカハシ　ハナコ", "prefecture": "長崎県", "city": "長崎市", "street": "桜町2番22号",
    "telephone": "090-1234-5678", "mail": "hana@example.invalid", "birth": "1980-04-01", "sex": "女",
}  # fmt: skip
HERS_AGAIN = {**HER, "portal": "rakuten", "name": "高橋花子", "street": "桜町２－２２", "telephone": "+819012345678"}
HUSBAND = {**HER, "name": "高橋　太郎", "kana": "タカハシ　タロウ", "birth": "1979-01-02", "sex": "男"}
MAYBE = {**HER, "name": "髙橋　華子", "telephone": "080-7777-0000", "mail": "h@example.invalid", "birth": ""}


def bring(area: str, parcel: str, *people: dict[str, str], first: int = 0) -> None:
    """Deliver a parcel of these people's donations, and link it."""
    rows = [record(first + number, **person) for number, person in enumerate(people)]
    deliver(area, parcel, parcel_of(rows))
    link_waiting(area, NOW)


def donors(area: str) -> list[int]:
    """The donor of each donation, in the order in which they came."""
    return list(DonationRow.objects.filter(tenant_id=area).order_by("id").values_list("donor_id", flat=True))


def only_question(area: str) -> QuestionRow:
    """The one question of an area."""
    return QuestionRow.objects.get(tenant_id=area)


@pytest.mark.usefixtures("areas")
def test_one_person_in_two_spellings_is_one_donor_with_evidence() -> None:
    bring(NAGASAKI, "p1", HER)
    bring(NAGASAKI, "p2", HERS_AGAIN, HUSBAND, first=5)
    first, second, third = donors(NAGASAKI)
    assert first == second != third
    link = LinkRow.objects.get(tenant_id=NAGASAKI, tier="automatic")
    assert set(link.agreeing.split(",")) == {"name", "kana", "address", "telephone", "mail", "birth"}
    assert "L01" in link.rules.split(",")
    assert link.made_at == NOW


@pytest.mark.usefixtures("areas")
def test_a_family_with_one_telephone_is_neither_linked_nor_asked_about() -> None:
    bring(NAGASAKI, "p1", HER, {**HUSBAND, "birth": HER["birth"]})
    assert not LinkRow.objects.exists()
    assert not QuestionRow.objects.exists()
    assert len(set(donors(NAGASAKI))) == 2


@pytest.mark.usefixtures("areas")
def test_the_same_person_in_two_municipalities_is_never_linked() -> None:
    bring(NAGASAKI, "p1", HER)
    bring(NEIGHBOUR, "p2", HERS_AGAIN)
    assert link_waiting(NAGASAKI, NOW) + link_waiting(NEIGHBOUR, NOW) == 0
    assert not LinkRow.objects.exists()
    keys = list(LinkKeyRow.objects.order_by("pk").values_list(*HIDDEN))
    assert not set(keys[0]) & set(keys[1]) - {""}  # keys of two areas have nothing in common, whoever compares them


@pytest.mark.usefixtures("areas")
def test_nothing_of_a_person_can_be_read_from_what_linking_keeps() -> None:
    bring(NAGASAKI, "p1", HER, HERS_AGAIN, MAYBE)
    kept = repr(list(LinkKeyRow.objects.values())) + repr(list(LinkRow.objects.values()))
    assert not [part for part in ("花子", "高橋", "ハナコ", "桜町", "5678", "hana", "1980", "女") if part in kept]


@pytest.mark.usefixtures("areas")
def test_what_may_be_one_person_is_asked_once_and_merged_by_an_officer_only() -> None:
    bring(NAGASAKI, "p1", HER, HERS_AGAIN)
    bring(NAGASAKI, "p2", MAYBE, first=7)
    apart = donors(NAGASAKI)
    question = only_question(NAGASAKI)
    assert (len(set(apart)), question.state, question.source) == (2, OPEN, "rules")
    decide(act_in(NAGASAKI), question.pk, SAME)
    assert len(set(donors(NAGASAKI))) == 1
    decide(act_in(NAGASAKI), question.pk, UNDO)
    assert donors(NAGASAKI) == apart
    assert only_question(NAGASAKI).state == OPEN
    assert list(LinkLogRow.objects.order_by("id").values_list("before", "after")) == [(OPEN, SAME), (SAME, OPEN)]


@pytest.mark.usefixtures("areas")
def test_an_officer_parts_what_a_rule_linked_and_takes_it_back() -> None:
    bring(NAGASAKI, "p1", HER, HERS_AGAIN)
    together = donors(NAGASAKI)
    left, right = DonationRow.objects.order_by("id").values_list("id", flat=True)
    number = doubt_link(act_in(NAGASAKI), right, left, "family")
    bring(NAGASAKI, "p0", {**MAYBE, "name": "別の　人"}, first=5)
    doubted = QuestionRow.objects.get(pk=number)
    assert (doubted.state, doubted.source, doubted.why) == (OPEN, "officer", "family"), "it does not settle by itself"
    assert donors(NAGASAKI)[:2] == together, "the link stays until somebody answers"
    assert LinkRow.objects.filter(left=left, right=right).exists(), "and so does its evidence"
    decide(act_in(NAGASAKI), number, NOT_SAME)
    assert len(set(donors(NAGASAKI)[:2])) == 2
    bring(NAGASAKI, "p2", {**HERS_AGAIN, "birth": ""}, first=9)  # a third one must not glue them together again
    first, second, *_ = donors(NAGASAKI)
    assert first != second
    with pytest.raises(Refused):
        doubt_link(act_in(NAGASAKI), right, left, "family")
    decide(act_in(NAGASAKI), number, UNDO)
    assert donors(NAGASAKI)[:2] == together


@pytest.mark.usefixtures("areas")
def test_an_answer_of_another_area_or_a_second_undo_is_refused() -> None:
    bring(NAGASAKI, "p1", HER, MAYBE)
    question = only_question(NAGASAKI)
    with pytest.raises(Refused):
        decide(act_in(NEIGHBOUR), question.pk, SAME)
    with pytest.raises(Refused):
        decide(act_in(NAGASAKI), question.pk, UNDO)
    with pytest.raises(Refused):
        decide(act_in(NAGASAKI), question.pk, "perhaps")
    with pytest.raises(Refused):
        doubt_link(act_in(NEIGHBOUR), question.left_id, question.right_id, "family")
    with pytest.raises(Refused):
        doubt_link(act_in(NAGASAKI), question.left_id, question.right_id, "because")
    assert only_question(NAGASAKI).state == OPEN


@pytest.mark.usefixtures("areas")
def test_later_leaves_the_question_and_a_question_that_answers_itself_is_settled() -> None:
    bring(NAGASAKI, "p1", HER, MAYBE)
    decide(act_in(NAGASAKI), only_question(NAGASAKI).pk, LATER)
    decide(act_in(NAGASAKI), only_question(NAGASAKI).pk, UNDO)
    bridge = {**MAYBE, "name": HER["name"], "mail": HER["mail"], "birth": ""}
    bring(NAGASAKI, "p2", {**bridge, "telephone": HER["telephone"]}, first=3)
    bring(NAGASAKI, "p3", {**MAYBE, "name": HER["name"], "mail": HER["mail"]}, first=4)
    assert set(QuestionRow.objects.values_list("state", flat=True)) <= {SETTLED, OPEN}
    for row in QuestionRow.objects.filter(state=OPEN).select_related("left", "right"):
        assert row.left.donor_id != row.right.donor_id


@pytest.mark.usefixtures("areas")
def test_who_wants_no_invitations_wants_none_for_the_whole_group() -> None:
    bring(NAGASAKI, "p1", HER)
    bring(NAGASAKI, "p2", {**MAYBE}, first=5)
    DonorRow.objects.filter(pk=donors(NAGASAKI)[1]).update(opted_out_at=NOW)
    decide(act_in(NAGASAKI), only_question(NAGASAKI).pk, SAME)
    (donor,) = set(donors(NAGASAKI))
    assert DonorRow.objects.get(pk=donor).opted_out_at is not None


@pytest.mark.usefixtures("areas")
def test_a_record_that_changed_is_compared_anew() -> None:
    bring(NAGASAKI, "p1", HER, HERS_AGAIN)
    own = donors(NAGASAKI)
    other = {**HERS_AGAIN, "name": "佐藤　次郎", "kana": "サトウ　ジロウ", "mail": "j@example.invalid", "birth": ""}
    deliver(NAGASAKI, "p2", parcel_of([record(1, **{**other, "telephone": "070-0000-1111"})]))
    link_waiting(NAGASAKI, NOW)
    assert own[0] == own[1]
    assert len(set(donors(NAGASAKI))) == 2
    assert not LinkRow.objects.filter(tier="automatic").exists()


@pytest.mark.usefixtures("areas")
def test_the_order_in_which_parcels_come_says_nothing() -> None:
    people = (HER, HUSBAND, HERS_AGAIN, MAYBE, {**MAYBE, "name": HER["name"], "mail": HER["mail"]})
    for area, order in ((NAGASAKI, (0, 1, 2, 3, 4)), (NEIGHBOUR, (4, 2, 0, 3, 1))):
        for number in order:
            bring(area, f"p{number}", people[number], first=number)
    groups = []
    for area, order in ((NAGASAKI, (0, 1, 2, 3, 4)), (NEIGHBOUR, (4, 2, 0, 3, 1))):
        found: dict[int, set[int]] = {}
        for number, donor in zip(order, donors(area), strict=True):
            found.setdefault(donor, set()).add(number)
        groups.append(sorted(map(sorted, found.values())))
    assert groups[0] == groups[1]


@pytest.mark.usefixtures("areas")
def test_an_erased_donation_leaves_no_key_and_no_link() -> None:
    bring(NAGASAKI, "p1", HER, HERS_AGAIN, MAYBE)
    erase_due(NAGASAKI, NOW + timedelta(days=365 * 12))
    assert DonationRow.objects.filter(erased_at__isnull=False).count() == 3
    assert not LinkKeyRow.objects.exists()
    assert not LinkRow.objects.exists()
    assert not QuestionRow.objects.filter(state=OPEN).exists()
    assert link_waiting(NAGASAKI, NOW) == 0
    assert questions_in(NAGASAKI, OPEN, 5) == (0, [])


@pytest.mark.usefixtures("areas")
@pytest.mark.parametrize("state", [SETTLED, SAME], ids=["as it is erased now", "as it was erased before"])
def test_what_was_said_of_an_erased_donation_holds_nobody_and_stops_no_linking(state: str) -> None:
    bring(NAGASAKI, "p1", HER, MAYBE)
    decide(act_in(NAGASAKI), only_question(NAGASAKI).pk, SAME)
    gone = DonationRow.objects.order_by("id").values_list("id", flat=True)[1]
    DonationRow.objects.filter(pk=gone).update(keep_until=NOW.date() - timedelta(days=1))
    erase_due(NAGASAKI, NOW)
    assert only_question(NAGASAKI).state == SETTLED
    QuestionRow.objects.update(state=state)
    bring(NAGASAKI, "p2", HERS_AGAIN, first=5)
    assert link_waiting(NAGASAKI, NOW) == 0
    first, _, third = donors(NAGASAKI)
    assert first == third


@pytest.mark.usefixtures("areas")
def test_statistics_only_ask_and_never_about_what_is_settled_or_a_family() -> None:
    people = [{"name": f"仮名　{number}郎", "kana": "", "birth": "1970-01-01"} for number in range(1, 16)]
    married = {**HER, "name": "大橋　花子", "kana": "オオハシ　ハナコ", "birth": "", "mail": "o@example.invalid"}
    bring(
        NAGASAKI, "p1", HER, HERS_AGAIN, HUSBAND, married, *people, *[{**each, "portal": "rakuten"} for each in people]
    )
    before = donors(NAGASAKI)
    settled = QuestionRow.objects.count()
    added = ask_statistics(NAGASAKI, NOW)
    assert donors(NAGASAKI) == before
    asked = QuestionRow.objects.filter(source="statistics").select_related("left", "right")
    assert added == len(asked) == QuestionRow.objects.count() - settled
    assert added <= max(1, len(before) * IN_A_THOUSAND // 1000)
    assert all(each.left.donor_id != each.right.donor_id and (each.likelihood or 0) >= 0.5 for each in asked)
    assert ask_statistics(NEIGHBOUR, NOW) == 0
