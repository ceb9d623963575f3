"""With a worker beside the lane: the receipt becomes a proof, and what has landed is handed out in parts."""

import base64
import hashlib
import time
from collections.abc import Iterator

import httpx
import pytest

from sekisho.adapters.bundles import verify
from sekisho.cli.demo.stage import running
from tests.integration.lane.conftest import HEADERS, Lane, codes

_KEY = """
from sekisho.bootstrap import open_house
open_house()
from sekisho.adapters.database.ledgers import ledger_verifier_key
print(ledger_verifier_key("422011"))
"""


@pytest.fixture(scope="module")
def parcel(lane: Lane, body: bytes) -> Iterator[str]:
    """A parcel that was delivered inside the house."""
    with running("worker", "sekisho.worker", [], lane.home / "worker.log", lane.environment):
        found = lane.put(body, "delivered").json()["parcel"]
        for _ in range(600):
            if lane.query("select 1 from database_document where parcel = ?", found):
                break
            time.sleep(0.1)
        yield found


def document_of(lane: Lane, parcel: str) -> str:
    """The document that the parcel became."""
    return str(lane.query("select document from database_document where parcel = ?", parcel)[0][0])


def read(lane: Lane, document: str, **more: str) -> httpx.Response:
    """GET by the approved terminal."""
    named = {name.replace("_", "-"): value for name, value in more.items()}
    with lane.client() as client:
        return client.get(f"/documents/{document}", headers={**HEADERS, **named})


def test_the_receipt_is_a_proof_that_the_verifier_of_one_file_accepts(lane: Lane, parcel: str) -> None:
    with lane.client() as client:
        for _ in range(100):
            answer = client.get(f"/parcels/{parcel}/receipt")
            if answer.status_code == 200:
                break
            time.sleep(0.05)
    assert answer.headers["content-type"].startswith("text/plain")
    told, note = answer.text.split("\n\n", 1)
    name, index, *hashes = told.split("\n")
    assert name == "c2sp.org/tlog-proof@v1"
    key = lane.script(_KEY)
    size, root, _ = verify.read_checkpoint(note, key)
    leaf = bytes(lane.query("select leaf from database_entryrow where parcel = ? and kind = 'received'", parcel)[0][0])
    proof = [base64.b64decode(each) for each in hashes]
    place = int(index.removeprefix("index "))
    assert verify.root_from(leaf, place, size, proof) == root
    assert verify.root_from(leaf[::-1], place, size, proof) != root, "another leaf is not proven"


def test_a_receipt_is_for_terminals_of_its_municipality_and_of_parcels_that_are_there(lane: Lane, parcel: str) -> None:
    with lane.client() as client:
        assert client.get("/parcels/p000000-000000000000/receipt").status_code == 404
    stranger = f"http://localhost:{lane.forms}/parcels/{parcel}/receipt"
    assert httpx.get(stranger, trust_env=False).status_code == 404


def test_a_document_is_read_in_parts_and_every_reading_is_an_entry(lane: Lane, parcel: str, body: bytes) -> None:
    document = document_of(lane, parcel)
    whole = read(lane, document)
    assert (whole.status_code, whole.headers["accept-ranges"]) == (200, "bytes")
    assert whole.headers["etag"] == f'"{hashlib.sha256(whole.content).hexdigest()}"'
    part = read(lane, document, Range="bytes=10-19")
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole.content)}"
    same = read(lane, document, Range="bytes=-5", If_Range=whole.headers["etag"])
    assert (same.status_code, same.content) == (206, whole.content[-5:])
    other = read(lane, document, Range="bytes=-5", If_Range='"another"')
    assert (other.status_code, other.content) == (200, whole.content)
    assert read(lane, document, Range=f"bytes={len(whole.content)}-").status_code == 416
    rows = lane.query("select body from database_entryrow where parcel = ? and kind = 'exported' order by id", parcel)
    assert len(rows) == 4
    digest = hashlib.sha256(whole.content).hexdigest().encode()
    assert all(digest in bytes(entry) and b'"person":"urakami"' in bytes(entry) for (entry,) in rows)
    assert b'"first":10' in bytes(rows[1][0])


def test_a_document_is_for_its_recipient_at_an_approved_terminal(lane: Lane, parcel: str) -> None:
    document = document_of(lane, parcel)
    before = lane.query("select count(*) from database_entryrow where kind = 'exported'")
    assert codes(read(lane, document, Sekisho_Person="dejima")) == ["not_a_recipient"]
    assert codes(read(lane, document, Sekisho_Person="nobody")) == ["not_identified"]
    assert read(lane, "no-such-document").status_code == 404
    url = f"https://localhost:{lane.port}"
    with httpx.Client(base_url=url, verify=lane.context("asset-tax-terminal-2"), trust_env=False) as other:
        assert codes(other.get(f"/documents/{document}", headers=HEADERS)) == ["terminal_not_approved"]
    stranger = f"http://localhost:{lane.forms}/documents/{document}"
    assert codes(httpx.get(stranger, headers=HEADERS, trust_env=False)) == ["not_identified"]
    assert lane.query("select count(*) from database_entryrow where kind = 'exported'") == before
