"""S-130 tells of a lent key: until when, how often, how it ended, what to do; and an officer recalls it there."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sekisho.adapters.database.models import ContractorCopyRow, EntryRow
from sekisho.adapters.database.queries_erasure import ContractorView
from sekisho.web.pages.keeping.loans import is_lent_now, loan_chip, loan_facts, next_step
from tests.unit.web.two_offices import NAGASAKI, Belongings, client_of, open_office

PARCEL = "p261124-00000000c0de"
AT = datetime(2026, 11, 27, 1, 0, tzinfo=timezone.get_default_timezone())


def view(**changes: Any) -> ContractorView:
    """A contractor's copy whose key is lent for a day."""
    said: dict[str, Any] = {
        "parcel": PARCEL, "permit": "R1", "counterpart_ja": "業者", "counterpart_en": "Printer", "delivered_at": AT,
        "erase_by": AT + timedelta(days=30), "certified_at": None, "digest": "", "lent_until": AT + timedelta(days=1),
        "openings": 0, "opened_at": None, "loan_ended_at": None, "loan_end": "", "key_gone": False,
    }  # fmt: skip
    return ContractorView(**{**said, **changes})


def told(each: ContractorView, at: datetime = AT) -> str:
    """What the page says of it."""
    facts = " ".join(f"{fact.name}:{fact.value}:{fact.more}" for fact in loan_facts(each, at))
    return f"{facts} {next_step(each, at)}"


def test_a_copy_without_a_loan_says_nothing_of_one() -> None:
    plain = view(lent_until=None)
    assert list(loan_facts(plain, AT)) == []
    assert loan_chip(plain, AT) is None
    assert "削除証明書を求めて" in str(next_step(plain, AT))


def test_a_loan_is_told_with_its_end_and_its_openings() -> None:
    assert "まだ開いていません" in told(view())
    text = told(view(openings=3, opened_at=AT))
    assert "3 回" in text
    assert "鍵を引き揚げてください" in text
    assert str(getattr(loan_chip(view(), AT), "words", "")) == "鍵を貸出し中"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ("期限が来た", "鍵は破壊待ち")),
        ({"loan_ended_at": AT, "loan_end": "recalled", "key_gone": True}, ("市が引き揚げた", "鍵は壊しました")),
        ({"loan_ended_at": AT, "loan_end": "certified", "certified_at": AT}, ("削除証明を受け取った", "ありません")),
    ],
)
def test_a_loan_that_is_over_is_told_with_its_cause_also_before_the_worker_looked(
    changes: dict[str, Any], words: tuple[str, ...]
) -> None:
    over = view(**changes)
    text = told(over, AT + timedelta(days=2))
    assert all(each in text for each in words)
    assert not is_lent_now(over, AT + timedelta(days=2))
    assert str(getattr(loan_chip(over, AT + timedelta(days=2)), "words", "")) == "鍵の貸出し終了"


def test_what_is_late_asks_for_the_certificate() -> None:
    assert "期限を過ぎています" in told(view(), AT + timedelta(days=31))


@pytest.fixture
def lent(db: None) -> Belongings:
    """Nagasaki with a copy whose key is lent."""
    mine, now = open_office(NAGASAKI), timezone.now()
    ContractorCopyRow.objects.create(
        tenant_id=NAGASAKI, parcel=PARCEL, permit=mine.permit, connection="registry-prices-up", counterpart="printer",
        receipt="P-1", delivered_at=now, erase_by=now + timedelta(days=30), container="ab" * 32,
        lent_until=now + timedelta(hours=48),
    )  # fmt: skip
    return mine


def test_an_officer_recalls_the_key_and_the_page_says_so(lent: Belongings) -> None:
    head: Client = client_of("inasa", "head")
    page = head.get("/keeping/").content.decode()
    assert "鍵の貸出しの期限" in page
    assert f'action="/keeping/recall/{PARCEL}/"' in page
    assert head.post(f"/keeping/recall/{PARCEL}/").status_code == 302
    page = head.get("/keeping/").content.decode()
    assert "市が引き揚げた" in page
    assert f'action="/keeping/recall/{PARCEL}/"' not in page
    assert EntryRow.objects.filter(tenant_id=NAGASAKI, kind="key_loan_ended").count() == 1
    again = head.post(f"/keeping/recall/{PARCEL}/")
    assert (again.status_code, "もう開けません" in again.content.decode()) == (409, True)
    assert lent.tenant == NAGASAKI


def test_the_way_of_a_parcel_tells_of_its_loan() -> None:
    from sekisho.adapters.database.queries_rows import EntryRow as Told
    from sekisho.web.pages.gate.custody import custody

    rows = [
        Told(kind=kind, at=AT, parcel=PARCEL, data={"by": {"person": "insatsu"}}, index=1, leaf="", intact=True)
        for kind in ("key_lent", "lent_key_given", "key_loan_ended", "lent_key_destroyed")
    ]
    steps = custody(rows, {"insatsu": ("印刷 花", "Insatsu Hana")})
    assert str(steps[1].name) == "委託先が鍵で開きました"
    assert {each.icon for each in steps} == {"key"}
    assert "印刷 花" in str(steps[1].lines[0])


def test_who_does_not_keep_sees_it_and_recalls_nothing(lent: Belongings) -> None:
    auditor: Client = client_of("kazagashira", "auditor")
    page = auditor.get("/keeping/").content.decode()
    assert "鍵を貸出し中" in page
    assert "/keeping/recall/" not in page
    assert auditor.post(f"/keeping/recall/{PARCEL}/").status_code == 409
    assert lent.tenant == NAGASAKI
