"""What is written into the ledger, and who may open what has landed."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from sekisho.kernel import (
    Acknowledgement,
    Cargo,
    ErasureProof,
    Handling,
    Inspected,
    LandedDocument,
    PermitOnFile,
    ReasonCode,
    Receipt,
    Refused,
    Sealed,
    Stored,
    admit,
    because,
    cleared_entry,
    delivered_entry,
    erased_entry,
    erasing_entry,
    handle,
    identify,
    leaving_entry,
    make_clearance,
    make_recorded,
    make_stopped,
    present,
    received_entry,
    stopped_entry,
    turned_away_entry,
)
from tests.fakes.office import GOOD, NOW, SPECIFICATION, STANDING, Bench, arrival_of, permit_of

STORED = Stored(size=9, digest="d" * 64, place="place")
DOCUMENT = LandedDocument(
    document="doc-1", tenant="422011", parcel="parcel-1", recipients=frozenset({"urakami"}), erase_by=NOW
)
FRAME = {
    "tenant": "422011",
    "parcel": "parcel-1",
    "connection": "registry-notices-down",
    "at": "2026-11-24T01:00:00.000+00:00",
}
BY = {"person": "urakami", "terminal": "asset-tax-terminal-1", "agency": "mayor", "department": "asset_tax"}


def inspected() -> Inspected:
    """A parcel that was looked into."""
    bench = Bench(on_file=PermitOnFile(permit=permit_of(), specification=SPECIFICATION, signatures_hold=True))
    admitted = admit(present(identify(arrival_of(), bench), bench), bench, bench)
    waybill = replace(admitted.waybill, digest=STORED.digest)
    return Inspected(waybill=waybill, passage=admitted.passage, stored=STORED, found=GOOD)


def test_received_names_who_by_which_way_and_under_which_specification() -> None:
    bench = Bench()
    admitted = admit(present(identify(arrival_of(), bench), bench), bench, bench)
    assert received_entry(admitted, STORED) == {
        **FRAME,
        "kind": "received",
        "permit": "R1-56-01",
        "digest": STORED.digest,
        "size": 9,
        "by": BY,
        "route": ["government_shared_network", "lgwan"],
        "counterpart": "linkage_platform",
        "direction": "inward",
        "specification": permit_of().specification_digest,
        "without": [],
    }


def test_turned_away_names_every_reason_and_nobody_if_nobody_was_known() -> None:
    reasons = [because(ReasonCode.NOT_IDENTIFIED)]
    entry = turned_away_entry(arrival_of(), None, reasons)
    assert entry["by"] == {}
    assert entry["hall"] == "entrance"
    assert entry["reasons"] == [{"code": "not_identified", "facts": {}}]
    assert turned_away_entry(arrival_of(), STANDING, reasons) == {
        **FRAME,
        "kind": "refused",
        "hall": "entrance",
        "by": BY,
        "reasons": [{"code": "not_identified", "facts": {}}],
        "route": ["government_shared_network", "lgwan"],
        "counterpart": "linkage_platform",
        "direction": "inward",
        "size": arrival_of().announced_size,
    }


@pytest.mark.parametrize(("code", "kind"), [(ReasonCode.NOT_INSPECTED, "held"), (ReasonCode.DIGEST_DIFFERS, "refused")])
def test_stopped_is_held_or_refused(code: ReasonCode, kind: str) -> None:
    entry = stopped_entry(inspected(), make_stopped(inspected().waybill, (because(code),)), NOW)
    assert entry["kind"] == kind
    assert entry["hall"] == "examination"
    assert entry["by"] == BY
    assert entry["reasons"] == [{"code": str(code), "facts": {}}]
    assert entry["found"] == {
        "media_type": "text/csv",
        "layout": "registry_notice",
        "layout_version": "2019",
        "layout_sha256": "5e",
        "size": 9,
        "records": 3,
        "items": ["lot_number", "owner_name"],
        "faults": 0,
        "individual_numbers": 0,
        "other_municipality": 0,
        "unmapped_characters": 0,
        "active_content": [],
        "profile": [],
        "canaries": 0,
        "people_rows": 0,
        "marks": [],
        "rebuilt_sha256": "",
        "removed": [],
        "rules_sha256": "",
    }


def test_the_way_out_is_written_step_by_step() -> None:
    waybill = inspected().waybill
    cargo = Cargo(place="sealed", digest="e" * 64, size=12, recipient="age1recipient")
    sealed = Sealed(waybill=waybill, cargo=cargo, counterpart="linkage_platform", direction="inward")
    recorded = make_recorded(sealed, Receipt(entry=1, leaf="f" * 64))
    proof = ErasureProof(key="k", key_digest="g" * 64, bytes_removed=9, searched=True, at="2026")
    answer = Acknowledgement(number="R-1", facts={"records": "3"})
    frame = {**FRAME, "permit": "R1-56-01", "digest": STORED.digest}
    cleared = cleared_entry(inspected(), make_clearance(inspected(), frozenset({"sex"})), NOW)
    assert (cleared["kind"], cleared["strip"]) == ("cleared", ["sex"])
    assert cleared["found"] == stopped_entry(inspected(), make_stopped(waybill, ()), NOW)["found"]
    assert leaving_entry(sealed, NOW) == {
        **frame,
        "kind": "leaving",
        "sealed_digest": "e" * 64,
        "sealed_size": 12,
        "recipient": "age1recipient",
        "counterpart": "linkage_platform",
        "direction": "inward",
    }
    assert delivered_entry(recorded, answer, NOW) == {
        **frame,
        "kind": "delivered",
        "receipt": "R-1",
        "facts": {"records": "3"},
        "sealed_digest": "e" * 64,
    }
    assert erasing_entry(waybill, NOW) == {**frame, "kind": "erasing"}
    erased = erased_entry(waybill, NOW, proof)
    assert erased == {
        **frame,
        "kind": "erased",
        "key": "k",
        "key_digest": "g" * 64,
        "bytes_removed": 9,
        "searched": True,
    }
    assert json.loads(json.dumps(erased)) == erased


def test_a_named_recipient_opens_a_landed_document_until_its_erasure_date() -> None:
    before = NOW - timedelta(seconds=1)
    assert handle(DOCUMENT, "urakami", Handling.PRINTED, before) == {
        "document": "doc-1",
        "handling": "printed",
        "person": "urakami",
    }
    with pytest.raises(Refused) as late:
        handle(DOCUMENT, "urakami", Handling.OPENED, NOW)
    assert late.value.reasons[0].code is ReasonCode.NOT_IN_THIS_STATE
    with pytest.raises(Refused) as stranger:
        handle(DOCUMENT, "dejima", Handling.OPENED, before)
    assert stranger.value.reasons[0].code is ReasonCode.NOT_A_RECIPIENT
