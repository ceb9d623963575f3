"""Items that go along masked are a fact of their own wherever a permit is read, and custody says what was hidden."""

from dataclasses import replace

import pytest
from django.test import Client

from sekisho.adapters.database.models import PermitRow as Stored
from sekisho.adapters.database.queries_rows import PermitRow
from sekisho.kernel import ReasonCode, because
from sekisho.web.pages.council.permit_page import caveat_facts
from sekisho.web.pages.gate.answering import items_to_leave_out
from sekisho.web.pages.gate.custody import custody
from sekisho.web.pages.lists.columns import PERMITS
from tests.unit.web.sample_rows import crossing_entries, entry, permit_row
from tests.unit.web.two_offices import NAGASAKI, Belongings, client_of, open_office

NAME = "伏せて渡す項目"
SEX = ("性別", "Sex")


@pytest.fixture
def mine(db: None) -> Belongings:
    return open_office(NAGASAKI)


def masking() -> PermitRow:
    """A permit under which the sex goes along masked."""
    row = permit_row()
    return replace(row, specification=replace(row.specification, masked_items=("sex",)), names={"sex": SEX})


def test_the_permit_page_and_the_list_say_which_items_are_masked_and_only_if_there_are_any() -> None:
    told = {str(each.name): str(each.value) for each in caveat_facts(masking())}
    assert told[NAME] == "性別"
    assert NAME not in {str(each.name) for each in caveat_facts(permit_row())}
    (column,) = (each for each in PERMITS if each.words.ja == NAME)
    assert column.value(masking()) == "性別"
    assert column.value(permit_row()) == ""


def test_custody_says_of_which_items_the_values_were_hidden() -> None:
    plain = crossing_entries()
    hidden = [
        entry("cleared", 3, found=each.data["found"], strip=[], mask=["sex"]) if each.kind == "cleared" else each
        for each in plain
    ]
    told = [line.ja for step in custody(hidden, {"sex": SEX}) for line in step.lines]
    assert "項目の値を伏せました：性別" in told
    assert not any("伏せました" in line.ja for step in custody(plain, {"sex": SEX}) for line in step.lines)


def test_a_masked_item_is_not_offered_to_be_left_out() -> None:
    reasons = [because(ReasonCode.ITEM_NOT_APPROVED, item="age", label="年齢").as_data()]
    entries = [entry("refused", 2, found={"items": ["sex", "age"]}, reasons=reasons)]
    assert items_to_leave_out(entries, masking()) == ("age",)
    assert items_to_leave_out(entries, permit_row()) == ("sex", "age")


def test_the_public_register_and_the_page_of_the_permit_show_them(mine: Belongings) -> None:
    address = f"/register/{NAGASAKI}/"
    assert NAME not in Client().get(address).content.decode()
    row = Stored.objects.get(tenant_id=NAGASAKI, permit=mine.permit)
    Stored.objects.filter(pk=row.pk).update(specification={**row.specification, "masked_items": ["sex"]})
    assert NAME in Client().get(address).content.decode()
    page = client_of(mine.person, "operator").get(f"/permits/{mine.permit}/").content.decode()
    assert NAME in page
    lines = {each["permit"]: each for each in Client().get(f"{address}permits.json").json()["permits"]}
    assert lines[mine.permit]["masked"]
