"""Erasing by rules: how much goes at once, what a list and a certificate say byte by byte, what is not certified."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sekisho.kernel import ErasureProof, ReasonCode, Waybill
from sekisho.kernel.gate.erasure import (
    CopyPlace,
    ErasedCopy,
    ErasureLimits,
    ErasureList,
    certificate_text,
    too_many,
    why_not_certified,
)

AT = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
PROOF = ErasureProof(at=AT.isoformat(), key="parcel/p1", key_digest="ab" * 32, bytes_removed=12, searched=True)


@pytest.mark.parametrize(
    ("kept", "limits", "at_once"),
    [
        (0, ErasureLimits(), 3),
        (60, ErasureLimits(), 3),
        (79, ErasureLimits(), 3),
        (80, ErasureLimits(), 4),
        (20_000, ErasureLimits(), 1_000),
        (20_001, ErasureLimits(), 1_000),
        (19_999, ErasureLimits(), 999),
        (100, ErasureLimits(share_percent=50, copies=10, few=1), 10),
        (10, ErasureLimits(share_percent=50, copies=10, few=1), 5),
        (1, ErasureLimits(share_percent=50, copies=10, few=1), 1),
    ],
)
def test_so_many_go_without_a_second_person(kept: int, limits: ErasureLimits, at_once: int) -> None:
    assert limits.at_once(kept) == at_once


def listed(count: int, kept: int) -> ErasureList:
    """A list of so many copies."""
    copies = tuple(f"p{number}" for number in range(count))
    return ErasureList(number="e1", tenant="422011", place=CopyPlace.GATE, copies=copies, kept=kept, at=AT)


def test_one_more_needs_somebody_else_and_says_why() -> None:
    limits = ErasureLimits()
    assert too_many(listed(4, 80), limits) is None
    reason = too_many(listed(5, 80), limits)
    assert reason is not None
    assert reason.code is ReasonCode.ERASURE_TOO_LARGE
    assert reason.facts == {"number": "e1", "count": "5", "kept": "80", "limit": "4"}


def test_a_list_is_signed_as_these_lines() -> None:
    # The digest is that of the two ids with a line end between them, by a program that is not ours.
    assert listed(2, 9).text().split("\n") == [
        "sekisho-erasure-list/1",
        "e1",
        "422011",
        "gate",
        "2026-11-27T01:00:00+00:00",
        "2 of 9",
        "391523f6b3e0ccde9d838060b7950932cb69f20dbbb05bede92d0d0cf42edebc",
        "p0",
        "p1",
        "",
    ]


def certified(**changes: object) -> str:
    """The certificate of one copy."""
    waybill = Waybill(parcel="p1", tenant="422011", connection="down", permit="R1-56-01", digest="cd" * 32)
    facts: dict[str, object] = {
        "waybill": waybill,
        "place": CopyPlace.HOUSE,
        "why": "term",
        "kind": "registry_notice",
        "records": 7,
        "by": "urakami",
        "receipt": "r1",
        "backup_days": 30,
    }
    facts |= {"proof": PROOF, **changes}
    proof = facts.pop("proof")
    return certificate_text(ErasedCopy(**facts), proof)  # type: ignore[arg-type]  # a table of fields


def test_a_certificate_is_signed_as_these_lines() -> None:
    assert certified() == "\n".join(
        (
            "sekisho-erasure-certificate/1",
            "tenant: 422011",
            "parcel: p1",
            "connection: down",
            "permit: R1-56-01",
            f"content-sha256: {'cd' * 32}",
            "place: house",
            "why: term",
            "kind: registry_notice",
            "records: 7",
            "received-from: urakami",
            "erased-at: 2026-11-27T01:00:00+00:00",
            "method: key_destroyed",
            "key: parcel/p1",
            f"wrapped-key-sha256: {'ab' * 32}",
            "bytes-removed: 12",
            "searched: yes",
            "key-backups-kept-days: 30",
            "receipt: r1",
            "",
        )
    )


def test_what_is_not_known_is_a_dash() -> None:
    waybill = Waybill(parcel="p1", tenant="422011", connection="down", permit="", digest="")
    lines = certified(waybill=waybill, kind="", by="").split("\n")
    for name in ("permit", "content-sha256", "kind", "received-from"):
        assert f"{name}: -" in lines


def test_nothing_is_certified_that_nobody_searched_for() -> None:
    assert why_not_certified(PROOF) is None
    reason = why_not_certified(replace(PROOF, searched=False))
    assert reason is not None
    assert (reason.code, dict(reason.facts)) == (ReasonCode.ERASURE_NOT_SEARCHED, {"key": "parcel/p1"})
    assert "searched: no" in certified(proof=replace(PROOF, searched=False)).split("\n")
