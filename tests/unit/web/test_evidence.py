"""Evidence on screen: a crossing verifies, an altered row does not; a file proves itself, an altered file does not."""

import io
import zipfile

import pytest

from sekisho.adapters.database.ledgers import sequence
from sekisho.adapters.database.models import EntryRow
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, Belongings, client_of, open_office

GOOD = "この記録は書き換えられていません"
PROVED = "この証拠は、書き換えられていません"
BAD = "この記録は書き換えられています"


@pytest.fixture
def mine(db: None) -> Belongings:
    return open_office(NAGASAKI)


def verdict_on(content: bytes) -> str:
    """What the screen says of an evidence file."""
    file = io.BytesIO(content)
    file.name = "evidence.zip"
    return client_of("konpira").post("/evidence/verify/", {"bundle": file}).content.decode()


def bundle_of(mine: Belongings) -> bytes:
    """The evidence of the crossing, as it is downloaded."""
    return client_of("konpira").post(f"/crossings/{mine.crossing}/bundle/").content


def test_a_crossing_verifies_and_says_so_in_plain_words(mine: Belongings) -> None:
    shown = client_of("konpira").get(f"/evidence/verify/?parcel={mine.crossing}").content.decode()
    assert GOOD in shown


def test_an_entry_that_somebody_changed_is_found(mine: Belongings) -> None:
    row = EntryRow.objects.filter(parcel=mine.crossing, kind="delivered").get()
    row.body = bytes(row.body).replace(b"DOC-0001", b"DOC-0002")
    row.save()
    assert BAD in client_of("konpira").get(f"/crossings/{mine.crossing}/").content.decode()


def test_an_entry_whose_leaf_was_changed_too_is_found(mine: Belongings) -> None:
    row = EntryRow.objects.filter(parcel=mine.crossing, kind="delivered").get()
    EntryRow.objects.filter(pk=row.pk).update(leaf=bytes(32))
    assert BAD in client_of("konpira").get(f"/evidence/verify/?parcel={mine.crossing}").content.decode()


def rewritten(content: bytes, old: str, new: str) -> bytes:
    """The same evidence file with something else in it."""
    taken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(taken, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).decode().replace(old, new))
    return taken.getvalue()


def test_an_evidence_file_proves_itself(mine: Belongings) -> None:
    assert PROVED in verdict_on(bundle_of(mine))


def test_a_second_evidence_file_proves_itself_although_the_first_export_is_in_the_ledger(mine: Belongings) -> None:
    bundle_of(mine)
    sequence(NAGASAKI)
    assert PROVED in verdict_on(bundle_of(mine))


def test_an_altered_evidence_file_does_not(mine: Belongings) -> None:
    assert PROVED not in verdict_on(rewritten(bundle_of(mine), "DOC-0001", "DOC-0002"))


def test_a_file_of_a_neighbour_proves_nothing_here(mine: Belongings) -> None:
    other = open_office(NEIGHBOUR)
    content = client_of("konpira_2").post(f"/crossings/{other.crossing}/bundle/").content
    assert PROVED not in verdict_on(content)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_evidence_is_said_to_be_none(mine: Belongings, content: bytes) -> None:
    assert PROVED not in verdict_on(content)


def test_the_search_finds_by_person_and_kind(mine: Belongings) -> None:
    shown = client_of("konpira").get("/evidence/?person=urakami&kind=delivered").content.decode()
    assert mine.crossing in shown
    assert mine.crossing not in client_of("konpira").get("/evidence/?person=nobody").content.decode()


def test_an_entry_that_was_pruned_says_so_and_breaks_no_page(mine: Belongings) -> None:
    EntryRow.objects.filter(parcel=mine.crossing, kind="received").update(body=b"")
    listed = client_of("konpira").get(f"/evidence/?parcel={mine.crossing}").content.decode()
    assert listed.count("内容は消去済み") == 1
    assert GOOD in client_of("konpira").get(f"/evidence/verify/?parcel={mine.crossing}").content.decode()
    assert client_of("konpira").get(f"/crossings/{mine.crossing}/").status_code == 200
