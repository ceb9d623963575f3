"""Permits to decide about: consultation 56 as it ships, and connections made up after consultation 59."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sekisho.adapters.decisions import Known, Origin, compile_policy
from sekisho.adapters.decisions.questions import standing_for
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.kernel import (
    Direction,
    Findings,
    Passage,
    Permit,
    PermitOnFile,
    PermitStatus,
    Specification,
    compile_caveats,
    digest_of,
)

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ORIGIN = Origin(minutes="令和元年度第3回", decided_on="2019-11-19")
DOSSIER = read_dossier(shipped_dossier())
DOWN = DOSSIER.terms_of("registry-notices-down")[-1].specification
UP = DOSSIER.terms_of("registry-prices-up")[-1].specification
PORTAL = replace(
    DOWN,
    consultation="59",
    connection="donations-down",
    department="hometown_donation",
    counterpart="donation_portal",
    route=("municipal_security_cloud",),
    persons=("oura", "kameyama"),
    terminals=("internet-access-server",),
    items=("donor_name", "donor_address", "amount", "donated_on", "return_gift"),
    layouts=("donations",),
    records_at_most=8_000,
    parcels_a_day=4,
    legal_basis='地方税法第37条の2 "ふるさと納税"',
    assessment="donations",
    factors=("one_time_code", "passkey"),
)
MANAGER = replace(
    PORTAL,
    connection="donations-up",
    direction="outward",
    counterpart="donation_manager",
    number_columns=("individual_number", "family_number"),
    inspections=("clamd", "sandbox"),
    rebuild=True,
)
STRIPPING = replace(PORTAL, connection="donations-stripped", strip_unapproved=True, parcels_a_day=1)
SPECIFICATIONS = (DOWN, UP, PORTAL, MANAGER, STRIPPING)
KNOWN = Known(
    persons=frozenset({"urakami", "inasa", "oura", "kameyama"}),
    terminals=frozenset({"asset-tax-terminal-1", "internet-access-server"}),
    offices=frozenset({("mayor", "asset_tax"), ("mayor", "hometown_donation")}),
    layouts=frozenset({"registry_notice", "price_notice", "donations"}),
    columns=frozenset({("donations", "individual_number"), ("donations", "family_number")}),
    items=frozenset({("registry_notice", "sex"), ("registry_notice", "office"), ("price_notice", "sex")}),
    unmaskable=frozenset({("registry_notice", "office")}),
)


def grant(approved: Specification, status: PermitStatus = PermitStatus.ACTIVE, **changes: Any) -> PermitOnFile:
    """The permit that an approval compiles to, in force; changes are made to the row only."""
    number = f"R1-{approved.consultation}-{approved.connection}"
    permit = Permit(
        permit=number,
        tenant=approved.tenant,
        connection=approved.connection,
        specification_digest=digest_of(approved),
        caveats=compile_caveats(approved),
        status=status,
        issued_at="2019-11-19T11:00:00+09:00",
        policy=compile_policy(number, approved, ORIGIN),
    )
    return PermitOnFile(
        permit=permit,
        specification=replace(approved, **changes),
        signatures_hold=True,
        assessment=standing_for(approved),
    )


def found_in(approved: Specification, **changes: Any) -> Findings:
    """What inspection finds in a parcel that is as approved, but for these changes."""
    found = Findings(
        media_type=approved.types[0],
        layout=approved.layouts[0],
        size=9,
        records=120,
        items=frozenset(approved.items),
        profile=frozenset(approved.inspections),
        rebuilt_sha256="0" * 64 if approved.rebuild else "",
    )
    return replace(found, **changes)


def passage_of(approved: Specification, **changes: Any) -> Passage:
    """A crossing at the entrance, as approved but for these changes."""
    passage = Passage(
        at=NOW,
        agency=approved.agency,
        department=approved.department,
        person=approved.persons[0],
        terminal=approved.terminals[0],
        route=approved.route,
        direction=Direction(approved.direction),
        counterpart=approved.counterpart,
        announced_size=9,
        parcels_today=0,
        overdue_erasures=0,
        factors=approved.factors[:1],
    )
    return replace(passage, **changes)
