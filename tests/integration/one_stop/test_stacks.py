"""Stacks of applications at the terminal: keyed, verified by another, accepted, scanned; each with its own result."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sekisho.business.hometown_donations.one_stop import FORM_FIELDS
from tests.integration.one_stop.conftest import AREA, deed
from tests.integration.one_stop.test_areas_apart import neighbour
from tests.integration.one_stop.test_papers_and_donors import photographed
from tests.integration.one_stop.test_through_the_screens import last_year, officers

__all__ = ["neighbour", "officers"]
Donate = Callable[[list[dict[str, str]]], list[int]]
Forms = list[dict[str, str]]
Officers = tuple[Client, Client]


def table_of(forms: Forms, cases: list[str], encoding: str = "utf-8-sig") -> SimpleUploadedFile:
    """A table as an office makes it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["整理番号", "受付日", "本人確認", *(words[0] for words in FORM_FIELDS.values())])
    for case, form in zip(cases, forms, strict=True):
        writer.writerow([case, "R7.12.1", "1", *(form.get(name, "") for name in FORM_FIELDS)])
    return SimpleUploadedFile("stack.csv", text.getvalue().encode(encoding), "text/csv")


@pytest.fixture
def given(donate: Donate, forms: Forms) -> Forms:
    """Five forms whose cases are open."""
    from sekisho.adapters.donations.one_stop_desk import send_form

    made = last_year(forms)[:5]
    for donation in donate(made):
        send_form(deed(""), donation)
    return made


CASES = [f"2025-{number:06d}" for number in range(1, 6)]


def states() -> list[str]:
    """The state of every case."""
    from sekisho.adapters.donations.models import OneStopRow

    return list(OneStopRow.objects.order_by("number").values_list("state", flat=True))


def test_a_stack_is_keyed_verified_and_accepted_and_what_differs_keeps_no_other_back(
    given: Forms, officers: Officers
) -> None:
    one, other = officers
    keyed = one.post("/one-stop/stack/table/key/", {"table": table_of(given, [*CASES[:4], "999"])})
    assert keyed.status_code == 422, "one of them is not there"
    assert states() == ["keyed"] * 4 + ["form_sent"]
    assert "済み 4件・残り 1件" in keyed.content.decode()
    again = other.post("/one-stop/stack/table/key/", {"table": table_of(given[4:], CASES[4:], "cp932")})
    assert again.status_code == 200
    typed = [{**form} for form in given]
    typed[1]["amount"] = "99999"
    checked = other.post("/one-stop/stack/table/verify/", {"table": table_of(typed, CASES)})
    page = checked.content.decode()
    assert states() == ["applied", "keyed", "applied", "applied", "keyed"]
    assert "寄附金額" in page
    assert "済み 3件・残り 2件" in page, "one differs, and one was keyed by the same person"
    assert given[0]["individual_number"] not in page
    accepted = other.post("/one-stop/stack/accept/", {"year": "2025"})
    assert "済み 3件・残り 0件" in accepted.content.decode()
    assert states() == ["accepted", "keyed", "accepted", "accepted", "keyed"]


def test_a_stack_says_the_same_in_the_ledger_as_form_by_form(given: Forms, officers: Officers) -> None:
    from sekisho.adapters.database.ledgers import read_entries, sequence

    one, other = officers
    one.post("/one-stop/stack/table/key/", {"table": table_of(given[:2], CASES[:2])})
    other.post("/one-stop/stack/table/verify/", {"table": table_of(given[:2], CASES[:2])})
    sequence(AREA)
    told = [(each["act"], each["by"]["person"]) for each in read_entries(AREA) if each["kind"] == "one_stop_acted"]
    assert told[-4:] == [("key_in", "tateyama")] * 2 + [("verify", "kosuge")] * 2


NO_CHARACTER = "整理番号,氏名\r\n1,".encode("cp932") + b"\xfd\r\n"
TWICE = "整理番号,氏名,氏名\r\n1,甲,乙\r\n".encode()


@pytest.mark.parametrize(
    "body",
    [b"", b"a,b\r\n1,2\r\n", "整理番号,氏名\r\n1\r\n".encode(), b'"', b"case\r\n\x00\r\n", NO_CHARACTER, TWICE],
)
def test_what_is_no_such_table_is_refused_whole(given: Forms, officers: Officers, body: bytes) -> None:
    table = SimpleUploadedFile("stack.csv", body or b" ", "text/csv")
    assert officers[0].post("/one-stop/stack/table/key/", {"table": table}).status_code == 422
    assert states() == ["form_sent"] * 5


def test_a_day_or_a_code_that_cannot_be_read_is_told_for_its_row(given: Forms, officers: Officers) -> None:
    body = table_of(given[:2], CASES[:2]).read().decode("utf-8-sig")
    first, second = body.replace("R7.12.1", "R99.1.1", 1), body.replace(",1,", ",7,", 1)
    for text, words in ((first, "受付日"), (second, "本人確認")):
        page = officers[0].post("/one-stop/stack/table/key/", {"table": SimpleUploadedFile("t.csv", text.encode())})
        assert words in page.content.decode()
        assert "済み 1件・残り 1件" in page.content.decode()


def test_a_stack_of_scans_finds_each_case_by_its_code(donate: Donate, forms: Forms, officers: Officers) -> None:
    from sekisho.adapters.donations.models import IdentityImageRow

    one, _ = officers
    donate(last_year(forms)[:1])
    printed: Any = one.post("/one-stop/forms/")
    good, blank = photographed(printed.content), b"no picture"
    pictures = [SimpleUploadedFile(f"{n}.png", each, "image/png") for n, each in enumerate((good, blank))]
    page = one.post("/one-stop/stack/scan/", {"pictures": pictures}).content.decode()
    assert "済み 1件・残り 1件" in page
    assert "2025-000001" in page
    assert IdentityImageRow.objects.count() == 1
    assert one.post("/one-stop/stack/scan/", {}).status_code == 422


def test_a_stack_opens_at_the_approved_terminals_only(given: Forms, officers: Officers, settings: Any) -> None:
    assert officers[0].get("/one-stop/stack/").status_code == 200
    settings.SEKISHO_DEMO_TERMINAL = ""
    assert officers[0].get("/one-stop/stack/").status_code == 403
    assert officers[0].post("/one-stop/stack/accept/").status_code == 403


def test_the_neighbour_keys_verifies_and_accepts_nothing_here(
    given: Forms, officers: Officers, neighbour: Client
) -> None:
    assert neighbour.post("/one-stop/stack/table/key/", {"table": table_of(given, CASES)}).status_code == 422
    assert states() == ["form_sent"] * 5
    officers[0].post("/one-stop/stack/table/key/", {"table": table_of(given, CASES)})
    assert neighbour.post("/one-stop/stack/table/verify/", {"table": table_of(given, CASES)}).status_code == 422
    officers[1].post("/one-stop/stack/table/verify/", {"table": table_of(given, CASES)})
    neighbour.post("/one-stop/stack/accept/", {"year": "2025"})
    assert states() == ["applied"] * 5
