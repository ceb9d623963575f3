"""S-130 and S-115: what is late and on hold is shown, two persons decide, and a certificate can be taken away."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from sekisho.adapters.database.models import ContractorCopyRow, EntryRow, HoldRow, Parcel
from sekisho.adapters.documents import text_of
from sekisho.kernel import CopyPlace, ErasureList
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, Belongings, client_of, open_office

PARCEL = "p261124-00000000c0de"


@pytest.fixture
def mine(db: None) -> Belongings:
    """Nagasaki with a contractor's copy that is late."""
    mine = open_office(NAGASAKI)
    now = timezone.now()
    ContractorCopyRow.objects.create(
        tenant_id=NAGASAKI, parcel=PARCEL, permit=mine.permit, connection="registry-notices-up", counterpart="printer",
        receipt="U-1", delivered_at=now - timedelta(days=40), erase_by=now - timedelta(days=10),
    )  # fmt: skip
    return mine


@pytest.fixture
def manager(mine: Belongings) -> Client:
    """Somebody who may set and lift holds."""
    assert mine.tenant == NAGASAKI
    return client_of("nabekanmuri", "protection_manager")


@pytest.fixture
def head(mine: Belongings) -> Client:
    """A second person."""
    assert mine.tenant == NAGASAKI
    return client_of("inasa", "head")


def texts(client: Client, address: str) -> str:
    """A page's text."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_late_is_on_the_page_on_the_first_screen_and_in_the_task_list(head: Client) -> None:
    page = texts(head, "/keeping/")
    assert "期限超過" in page
    assert f'action="/keeping/certify/{PARCEL}/"' in page
    first = texts(head, "/")
    assert "削除の期限を過ぎた写しが1件あります" in first
    assert "削除の期限を過ぎた写しを片づける" in first


def test_a_contractor_s_certificate_is_taken_and_the_copy_is_no_longer_late(head: Client) -> None:
    refused = head.post(f"/keeping/certify/{PARCEL}/", {"certificate": SimpleUploadedFile("a.exe", b"MZ")})
    assert refused.status_code == 409
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 made up")
    assert head.post(f"/keeping/certify/{PARCEL}/", {"certificate": file}).status_code == 302
    page = texts(head, "/keeping/")
    assert "証明を受領" in page
    assert "期限超過" not in page
    assert EntryRow.objects.filter(kind="contractor_certified").count() == 1


def test_a_hold_is_set_on_a_crossing_by_the_manager_alone_and_lifted_by_two(
    mine: Belongings, manager: Client, head: Client
) -> None:
    assert "法的保全にする" in texts(manager, f"/crossings/{mine.stopped}/")
    assert "法的保全にする" not in texts(head, f"/crossings/{mine.stopped}/")
    assert head.post(f"/keeping/hold/{mine.stopped}/", {"why": "監査"}).status_code == 409
    assert manager.post(f"/keeping/hold/{mine.stopped}/", {"why": "監査"}).status_code == 302
    assert "法的保全中：消えません" in texts(head, f"/crossings/{mine.stopped}/")
    assert manager.post("/keeping/lift/hold-0001/").status_code == 302
    assert manager.post("/keeping/lift/hold-0001/").status_code == 409
    assert Parcel.objects.get(parcel=mine.stopped).hold == "hold-0001"
    assert "法的保全の解除に同意する" in texts(head, "/")
    assert head.post("/keeping/lift/hold-0001/").status_code == 302
    assert Parcel.objects.get(parcel=mine.stopped).hold == ""
    assert HoldRow.objects.get().lifted_by == "inasa"


def test_a_list_that_was_stopped_waits_on_the_page_for_two_persons(manager: Client, head: Client) -> None:
    from sekisho.adapters.database.erasure_lists import propose

    copies = tuple(f"file p191119-00000000000{number}" for number in range(5))
    wanted = ErasureList(
        number="e1", tenant=NAGASAKI, place=CopyPlace.ORPHANS, copies=copies, kept=5, at=timezone.now()
    )
    assert propose(wanted, "").stopped is not None
    assert "安全装置が停止" in texts(head, "/keeping/")
    assert "削除名簿を確かめる" in texts(head, "/")
    assert head.post("/keeping/confirm/e1/").status_code == 302
    assert head.post("/keeping/confirm/e1/").status_code == 409
    assert "削除名簿を確かめる" not in texts(head, "/")
    assert manager.post("/keeping/confirm/e1/").status_code == 302
    assert "消しました" in texts(head, "/keeping/")


def test_another_municipality_decides_nothing_here(mine: Belongings) -> None:
    from sekisho.adapters.database.holds import set_hold
    from sekisho.bootstrap import council

    open_office(NEIGHBOUR)
    set_hold(council.act_as(NAGASAKI, "nabekanmuri"), mine.stopped, "監査")
    stranger = client_of("inasa_2", "head", "protection_manager")
    assert PARCEL not in texts(stranger, "/keeping/")
    for address in (f"certify/{PARCEL}", "lift/hold-0001", f"hold/{mine.crossing}", "confirm/e1"):
        said = {"why": "監査", "certificate": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}
        assert stranger.post(f"/keeping/{address}/", said).status_code == 409, address
    assert stranger.get(f"/crossings/{mine.crossing}/erasure/").status_code == 404
    assert stranger.post(f"/crossings/{mine.crossing}/erasure/txt/").status_code == 404


def erase_with_proof(mine: Belongings) -> str:
    """Give a parcel a whole proof."""
    import json

    from sekisho.adapters.keys import open_key_store

    store = open_key_store()
    store.make(NAGASAKI, f"parcel/{mine.crossing}")
    (gone,) = store.destroy(NAGASAKI, [f"parcel/{mine.crossing}"])
    proof = {"key": gone.key, "key_digest": gone.digest, "bytes_removed": 9, "searched": True}
    Parcel.objects.filter(parcel=mine.crossing).update(proof={**proof, "at": timezone.now().isoformat()})
    row = EntryRow.objects.get(parcel=mine.crossing, kind="erased")
    EntryRow.objects.filter(pk=row.pk).update(body=json.dumps({**json.loads(bytes(row.body)), **proof}).encode())
    return mine.crossing


@pytest.fixture
def erased(mine: Belongings) -> str:
    """A parcel with a whole proof."""
    return erase_with_proof(mine)


def test_the_certificate_is_shown_and_taken_away_as_pdf_and_as_signed_text(head: Client, erased: str) -> None:
    assert "団体の鍵で署名されています" in texts(head, f"/crossings/{erased}/erasure/")
    text = head.post(f"/crossings/{erased}/erasure/txt/").content.decode()
    assert text.startswith("sekisho-erasure-certificate/1\n")
    pdf = head.post(f"/crossings/{erased}/erasure/pdf/").content
    words = "\n".join(text_of(pdf))
    assert "削除証明書" in words
    assert erased in words
    assert EntryRow.objects.filter(kind="exported", parcel=erased).count() == 2
    assert head.post(f"/crossings/{erased}/erasure/exe/").status_code == 404


def test_without_a_proof_the_page_says_why_there_is_none(mine: Belongings, head: Client) -> None:
    assert head.get(f"/crossings/{mine.stopped}/erasure/").status_code == 409
