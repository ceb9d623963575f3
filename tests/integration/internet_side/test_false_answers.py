"""A door that answers other than what was sent: the parcel is held, an alarm is raised, and nothing is erased."""

import hashlib
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from counterparts.donation_portal.columns import write_file
from sekisho.adapters.carriers import Counterpart, keep_counterpart
from tests.fakes.manager import certificates_in
from tests.integration.conftest import Office
from tests.integration.internet_side.test_portal_to_s1 import bring, copy_of, look, orders_of, reasons_of, work

Answer = dict[str, Any]


def right_answer(body: bytes) -> Answer:
    """What S1 answers if it has everything."""
    lines = body.splitlines(keepends=True)[1:]
    amounts = [int(line.decode().split(",")[4]) for line in lines]
    rows = [hashlib.sha256(line).hexdigest() for line in lines]
    return {"records": len(lines), "amount": sum(amounts), "new": len(lines), "known": 0, "rows": rows}


FALSE: dict[str, Callable[[Answer], Answer]] = {
    "one-record-differs": lambda good: {**good, "rows": ["0" * 64, *good["rows"][1:]]},
    "one-record-missing": lambda good: {**good, "rows": good["rows"][1:]},
    "two-records-changed-places": lambda good: {**good, "rows": [*good["rows"][1::-1], *good["rows"][2:]]},
    "no-rows": lambda good: {name: value for name, value in good.items() if name != "rows"},
    "another-amount": lambda good: {**good, "amount": good["amount"] + 1},
    "another-number": lambda good: {**good, "records": good["records"] - 1},
    "nothing": lambda _: {},
}


def as_it_is(good: Answer) -> Answer:
    """Nothing twisted."""
    return good


class Door(BaseHTTPRequestHandler):
    """A door of S1 whose answers a test twists."""

    twist: Callable[[Answer], Answer] = staticmethod(as_it_is)
    twist_back: Callable[[Answer], Answer] = staticmethod(as_it_is)
    kept: ClassVar[Answer] = {}

    def do_POST(self) -> None:
        """Take a parcel and answer."""
        type(self).kept = right_answer(self.rfile.read(int(self.headers["Content-Length"])))
        self._say(201, type(self).twist(self.kept))

    def do_GET(self) -> None:
        """Say what it has."""
        self._say(200, type(self).twist_back(self.kept))

    def _say(self, status: int, answer: Answer) -> None:
        """One answer."""
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def door(office59: Office) -> Iterator[type[Door]]:
    """The door, which the gate knows as S1's."""
    from sekisho.adapters.database.home import find_home

    home = find_home()
    ca = certificates_in(home.folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ca / "donation-manager.pem", ca / "donation-manager.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    name, url = "donation_manager", f"https://localhost:{server.server_port}"
    keep_counterpart(home, Counterpart(counterpart=name, url=url, recipient="", receipt_key="", carrier="intake"))
    yield Door
    Door.twist = Door.twist_back = staticmethod(as_it_is)
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("kind", sorted(FALSE))
def test_an_answer_that_differs_holds_the_parcel_and_erases_nothing(door: type[Door], kind: str) -> None:
    from sekisho.adapters.database.models import Document, EntryRow, Parcel

    parcel = bring("choice", write_file("choice", orders_of("choice")[:6], {}))
    work([parcel])
    look()
    sent = copy_of(parcel).sent_as
    door.twist = staticmethod(FALSE[kind])
    for _ in range(2):
        work([sent])
    assert Parcel.objects.get(parcel=sent).state == "leaving"
    assert "answer-differs" in reasons_of(sent)[0]
    assert EntryRow.objects.filter(parcel=sent, kind="alarm_raised").count() == 1
    look()
    assert copy_of(parcel).state == "sent"
    assert "S1 に届いていません" in copy_of(parcel).fault
    assert Document.objects.get(parcel=parcel).proof is None
    door.twist = staticmethod(as_it_is)
    work([sent])
    look()
    assert (copy_of(parcel).state, copy_of(parcel).fault) == ("erased", "")


def test_what_s1_says_afterwards_is_compared_as_well_and_stands_in_the_ledger(door: type[Door]) -> None:
    from sekisho.adapters.database.models import EntryRow, Parcel

    parcel = bring("choice", write_file("choice", orders_of("choice")[:4], {}))
    work([parcel])
    look()
    sent = copy_of(parcel).sent_as
    door.twist_back = staticmethod(FALSE["one-record-differs"])
    work([sent])
    assert Parcel.objects.get(parcel=sent).state == "leaving"
    assert "read-back-differs/rows-differ-1" in reasons_of(sent)[0]
    assert EntryRow.objects.filter(parcel=sent, kind="alarm_raised").count() == 1
    door.twist_back = staticmethod(as_it_is)
    work([sent])
    facts = json.loads(bytes(EntryRow.objects.get(parcel=sent, kind="delivered").body))["facts"]
    assert (facts["read_back"], facts["read_back_records"]) == ("digests", "4")


def test_a_door_that_cannot_say_it_again_is_entered_so_and_the_ledger_says_that(door: type[Door]) -> None:
    from dataclasses import replace

    from sekisho.adapters.carriers import check_counterpart, counterparts
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.database.models import EntryRow
    from sekisho.kernel import SekishoError

    known = counterparts(find_home())["donation_manager"]
    with pytest.raises(SekishoError, match="read_back"):
        check_counterpart(replace(known, settings={"read_back": "perhaps"}))
    keep_counterpart(find_home(), replace(known, settings={"read_back": "none"}))
    door.twist_back = staticmethod(FALSE["nothing"])
    parcel = bring("choice", write_file("choice", orders_of("choice")[:4], {}))
    work([parcel])
    look()
    sent = copy_of(parcel).sent_as
    work([sent])
    facts = json.loads(bytes(EntryRow.objects.get(parcel=sent, kind="delivered").body))["facts"]
    assert facts["read_back"] == "none"


def test_a_signed_list_does_not_erase_a_copy_that_s1_has_not_answered_for(door: type[Door]) -> None:
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.database.keeping import erase_documents
    from sekisho.adapters.database.models import Document

    parcel, at = bring("choice", write_file("choice", orders_of("choice")[:3], {})), datetime.now(UTC)
    work([parcel])
    document = copy_of(parcel).document
    Document.objects.filter(document=document).update(erase_by=at)
    assert erase_documents(find_home(), "422011", [document], at) == {"documents": 0}
    assert Document.objects.get(document=document).proof is None
