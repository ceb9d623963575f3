"""A copy whose donations the gate refused: never taken for one that S1 has, shown, sent again or erased unsent."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from counterparts.donation_portal.columns import write_file
from tests.fakes.manager import PERSON, TENANT, Manager
from tests.integration.conftest import Office
from tests.integration.internet_side.test_portal_to_s1 import bring, copy_of, look, orders_of, work
from tests.unit.web.two_offices import client_of

ONWARD = "R1-59-02"


def refused_copy(portal: str = "choice") -> Any:
    """A copy whose donations set out to S1, and were refused because the permit was stopped meanwhile."""
    from sekisho.adapters.database.models import PermitRow

    parcel = bring(portal, write_file(portal, orders_of(portal)[:5], {}))
    work([parcel])
    assert look() == 1
    PermitRow.objects.filter(permit=ONWARD).update(status="suspended")
    work([copy_of(parcel).sent_as])
    look()
    return copy_of(parcel)


def resume() -> None:
    """The permit is in force again."""
    from sekisho.adapters.database.models import PermitRow

    PermitRow.objects.filter(permit=ONWARD).update(status="active")


def deed() -> Any:
    """An officer acts."""
    from sekisho.adapters.database.council_deeds import Deed

    return Deed(tenant=TENANT, person=PERSON, at=datetime.now(UTC))


def test_a_copy_whose_parcel_was_refused_and_erased_is_not_taken_for_one_that_s1_has(office59: Office) -> None:
    from sekisho.adapters.database.models import Document, Parcel

    copy = refused_copy()
    gone = Parcel.objects.get(parcel=copy.sent_as)
    assert (gone.state, gone.outcome) == ("erased", "refused"), "the gate erases what it refused"
    assert (copy.state, copy.refused_as) == ("refused", [copy.sent_as])
    assert "関所が拒否しました" in copy.fault
    assert Document.objects.get(parcel=copy.parcel).proof is None, "S1 never had these donations"
    look()
    assert Document.objects.get(parcel=copy.parcel).proof is None


def test_a_refused_copy_is_counted_by_the_clock_and_no_clock_erases_it(office59: Office) -> None:
    from sekisho.adapters.database.keeping import list_documents, raise_overdue
    from sekisho.adapters.database.models import Document, InternetCopyRow
    from sekisho.adapters.database.queries_connectors import copy_totals

    copy, past, at = refused_copy(), datetime.now(UTC) - timedelta(hours=1), datetime.now(UTC)
    InternetCopyRow.objects.filter(document=copy.document).update(erase_by=past)
    Document.objects.filter(document=copy.document).update(erase_by=past)
    assert copy_totals(TENANT, at).late == 1
    assert list_documents(TENANT, at) is None
    assert raise_overdue(TENANT, at) == 1


def test_the_page_says_that_it_was_refused_why_and_what_to_do_and_sends_it_again(
    office59: Office, manager: Manager
) -> None:
    copy, officer = refused_copy(), client_of(PERSON, "operator")
    page = officer.get("/connectors/").content.decode()
    assert "関所が拒否・S1に未着" in page
    assert "もう一度送るか、証明つきで消してください" in page
    assert f"/connectors/copies/{copy.parcel}/again/" in page
    resume()
    assert officer.post(f"/connectors/copies/{copy.parcel}/again/").status_code == 302
    assert look() == 1
    sent = copy_of(copy.parcel)
    assert sent.state == "sent"
    assert sent.sent_as not in sent.refused_as, "it goes as a parcel of a new number"
    work([sent.sent_as])
    look()
    assert copy_of(copy.parcel).state == "erased"
    assert officer.post(f"/connectors/copies/{copy.parcel}/again/").status_code == 409
    assert officer.post("/connectors/copies/p-unknown/again/").status_code == 409


def test_it_is_erased_unsent_with_a_certificate_and_the_ledger_says_who_and_why(office59: Office) -> None:
    from sekisho.adapters.database.models import Document, EntryRow

    copy, officer = refused_copy(), client_of(PERSON, "operator")
    assert officer.post(f"/connectors/copies/{copy.parcel}/erase/", {"why": "because"}).status_code == 409
    assert Document.objects.get(parcel=copy.parcel).proof is None
    assert officer.post(f"/connectors/copies/{copy.parcel}/erase/", {"why": "fetched_again"}).status_code == 302
    assert copy_of(copy.parcel).state == "erased"
    assert (Document.objects.get(parcel=copy.parcel).proof or {})["searched"]
    listed = EntryRow.objects.filter(kind="erasure_listed").order_by("-id").first()
    assert listed is not None
    said = bytes(listed.body).decode()
    assert '"why":"fetched_again"' in said.replace(" ", "")
    assert PERSON in said
    assert f"/crossings/{copy.parcel}/erasure/" in officer.get("/connectors/").content.decode()


def test_what_is_on_hold_or_on_its_way_is_not_erased_and_only_officers_decide(office59: Office) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.bootstrap.refused_copies import erase_unsent
    from sekisho.kernel import Refused

    copy = refused_copy()
    Parcel.objects.filter(parcel=copy.parcel).update(hold="hold-0001")
    with pytest.raises(Refused):
        erase_unsent(deed(), copy.parcel, "mistaken")
    assert copy_of(copy.parcel).state == "refused"
    Parcel.objects.filter(parcel=copy.parcel).update(hold="")
    auditor = client_of(PERSON, "auditor")
    answer = auditor.post(f"/connectors/copies/{copy.parcel}/erase/", {"why": "mistaken"})
    assert answer.status_code == 403
    assert copy_of(copy.parcel).state == "refused"


def test_a_file_that_cannot_be_understood_can_be_erased_as_well(office59: Office) -> None:
    from sekisho.bootstrap.refused_copies import erase_unsent

    parcel = bring("choice", write_file("choice", orders_of("choice")[:4], {"性別": "ご性別"}))
    work([parcel])
    assert look() == 0
    assert copy_of(parcel).state == "landed"
    erase_unsent(deed(), parcel, "mistaken")
    assert copy_of(parcel).state == "erased"


def test_an_erasure_that_was_cut_off_is_done_at_the_next_look(
    office59: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.bootstrap import refused_copies

    copy = refused_copy()

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(refused_copies, "carry_out_waiting", cut)
    with pytest.raises(KeyboardInterrupt):
        refused_copies.erase_unsent(deed(), copy.parcel, "mistaken")
    assert copy_of(copy.parcel).state == "given_up"
    look()
    assert copy_of(copy.parcel).state == "erased"


def test_another_municipality_decides_nothing_about_it(office59: Office) -> None:
    from dataclasses import replace

    from sekisho.bootstrap.refused_copies import erase_unsent, send_again
    from sekisho.kernel import Refused

    copy, neighbour = refused_copy(), replace(deed(), tenant="401307")
    with pytest.raises(Refused):
        send_again(neighbour, copy.parcel)
    with pytest.raises(Refused):
        erase_unsent(neighbour, copy.parcel, "mistaken")
    assert copy_of(copy.parcel).state == "refused"
