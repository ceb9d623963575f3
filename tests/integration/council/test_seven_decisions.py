"""All seven items of November 2019 played through: draft, meeting, votes, letter, permits; then the gate under each."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from sekisho.adapters.database.council_precedents import with_annex
from sekisho.adapters.dossiers import SHIPPED, Approved, permit_terms, read_dossier, shipped_dossier
from sekisho.adapters.layouts import layouts_in_use
from sekisho.adapters.objects.docks import LandingDock
from sekisho.kernel import (
    Arrival,
    AssessmentOpinion,
    AssessmentStanding,
    Clearance,
    Credential,
    Direction,
    ReasonCode,
    Refused,
    Standing,
    Stopped,
    digest_of,
    enter,
    examine,
)
from sekisho.kernel.council import Choice, ConditionKind, CredentialCustody, Dossier, ItemVerdict, Verdict
from sekisho.records import Layout, write
from tests.fakes.council import MEMBERS, act, enter_people, proposed
from tests.integration.conftest import NOW

# What was put to the vote: what was in use already can only be ratified, and on an assessment an opinion is given.
RESULTS = {"57": "ratified", "58": "ratified", "59": "ratified", "iken": "opinion_given"}
PERMITS = {
    "56": ("R1-56-01", "R1-56-02"),
    "57": ("R1-57-01", "R1-57-02"),
    "58": ("R1-58-01", "R1-58-02"),
    "59": ("R1-59-01", "R1-59-02", "R1-59-03"),
    "60": ("R1-60-01", "R1-60-02"),
    "61": ("R1-61-01", "R1-61-02"),
    "iken": ("R1-62-01", "R1-62-02"),
}

LATER = date(2035, 3, 31)
LOGIN = CredentialCustody(
    credential="tax_login",
    departments=("市民税課",),
    custodians=("kajiya",),
    operators=("doza",),
    shared_with=(),
    exception="",
    exception_until="",
)


def enter_city(consultation: str) -> str:
    """Nagasaki with this dossier's people, a drafter and a head of its department, and the council."""
    from sekisho.adapters.database.models import Department, Person
    from sekisho.adapters.database.setup import open_tenant
    from sekisho.bootstrap import council

    for text in dict.fromkeys((shipped_dossier(), shipped_dossier(consultation))):
        tenant = open_tenant(read_dossier(text), text, NOW)
    # A council has one chair: whoever the dossier names is a member here.
    chairs = [each for each in Person.objects.filter(tenant_id=tenant) if each.has_role("chair")]
    Person.objects.filter(pk__in=[each.pk for each in chairs]).update(roles=["council_member"])
    enter_people(tenant)
    department = read_dossier(shipped_dossier(consultation)).papers.dossier.department
    assert Department.objects.filter(tenant_id=tenant, department=department).exists()
    for person, role in (("doza", "drafter"), ("kajiya", "head")):
        told = {"tenant_id": tenant, "department": department, "roles": [role], "password": "!"}
        Person.objects.update_or_create(username=person, defaults=told)
    council.set_next_consultation(tenant, int(consultation) if consultation.isdigit() else 62)
    return tenant


def last_terms(consultation: str) -> tuple[Approved, ...]:
    """The last term of each arrow under review."""
    dossier = read_dossier(shipped_dossier(consultation))
    arrows = dict.fromkeys(each.specification.connection for each in dossier.approved)
    return tuple(dossier.terms_of(each)[-1] for each in arrows)


def custody_until(dossier: Dossier, day: date) -> Dossier:
    """The dossier with its exceptions of custody ending on another day, and a credential where its annex names none."""
    end = day.isoformat()
    logins = (replace(each, exception_until=end if each.exception else "") for each in dossier.credentials)
    return replace(dossier, credentials=tuple(logins) or (LOGIN,))


def promise_ends(tenant: str, matter: str, dossier: Dossier) -> None:
    """The council adopts the condition by which each exception of custody ends."""
    from sekisho.bootstrap import council

    for each in dossier.credentials:
        if each.exception:
            asked = proposed(hangs_on=each.credential, kind=ConditionKind.BLOCKS_AFTER_DATE, due=LATER)
            condition = council.propose_condition(act(tenant, "suwa", 26), matter, asked)
            council.adopt_condition(act(tenant, "oura", 27), condition)


def decide(tenant: str, consultation: str) -> str:
    """From the draft to the chair's announcement."""
    from sekisho.bootstrap import council

    papers = read_dossier(shipped_dossier(consultation)).papers
    dossier = custody_until(with_annex(papers.dossier, papers.annex), LATER)
    paper = council.Paper(dossier=dossier, terms=tuple(permit_terms(each) for each in last_terms(consultation)))
    matter = council.draft(act(tenant, "doza", -600), paper)
    council.submit(act(tenant, "kajiya", -590), matter)
    council.accept(act(tenant, "kazagashira", -580), matter)
    invitation = council.Invitation(label_ja="第3回", label_en="Third", place="研修室", due_on=act(tenant, "oura").at)
    meeting = council.call_meeting(act(tenant, "kazagashira", -570), invitation)
    council.put_on_agenda(act(tenant, "kazagashira", -560), matter, meeting)
    council.circulate(act(tenant, "kazagashira", -550), matter, act(tenant, "oura", -60).at)
    for person in (*MEMBERS, "oura"):
        council.arrive(act(tenant, "kazagashira", -5), meeting, person)
    council.open_meeting(act(tenant, "oura"), meeting)
    council.open_session(act(tenant, "oura", 1), matter)
    council.close_questions(act(tenant, "oura", 20), matter)
    for arrow in dossier.chart.under_review():
        for each in arrow.items:
            said = ItemVerdict(connection=arrow.connection, item=each.item, verdict=Verdict.KEEP)
            council.record_verdict(act(tenant, "megane", 25), matter, said)
    promise_ends(tenant, matter, dossier)
    council.put_to_vote(act(tenant, "oura", 30), matter, RESULTS.get(consultation, "approved"))
    for person in MEMBERS:
        council.vote(act(tenant, person, 31), matter, Choice.FOR)
    council.decide(act(tenant, "oura", 32), matter)
    return matter


def play(consultation: str) -> tuple[str, tuple[str, ...]]:
    """The whole way to the permits; answers (tenant, permits)."""
    from sekisho.bootstrap import council

    tenant = enter_city(consultation)
    matter = decide(tenant, consultation)
    assert council.sign_letter(act(tenant, "kazagashira", 60), matter) == ()
    return tenant, council.sign_letter(act(tenant, "oura", 61), matter)


def golden_bytes(layout: Layout, *, faulty: bool) -> bytes:
    """A file with the layout's first golden record, or with the first that it must find fault with."""
    chosen = next(each for each in layout.golden if bool(each.faults) is faulty)
    return b"".join(write(layout, [dict(chosen.values)]))


def signed_in(tenant: str, approved: Approved) -> Credential:
    """Somebody at the approved terminal; with a ticket that says by what they signed in, where that is asked."""
    from sekisho.adapters.database.registers import ticket_digest
    from sekisho.adapters.database.tickets import issue_ticket, use_ticket
    from sekisho.bootstrap import new_parcel

    now = approved.specification
    if not now.factors:
        return Credential(kind="shell", value=f"{now.terminals[0]}/{now.persons[0]}")
    who = Standing(
        person=now.persons[0],
        terminal=now.terminals[0],
        agency=now.agency,
        department=now.department,
        factors=("password", now.factors[0]),
    )
    secret = issue_ticket(tenant, who, now.connection, NOW)
    use_ticket(secret, new_parcel(NOW), NOW)
    return Credential(kind="ticket", value=ticket_digest(secret))


def send(tenant: str, approved: Approved, body: bytes, **changes: Any) -> Clearance | Stopped:
    """A parcel as approved goes through the first two halls."""
    from sekisho.adapters.database.home import find_home
    from sekisho.bootstrap import new_parcel, open_entrance, open_examination

    now = approved.specification
    arrival = Arrival(
        parcel=new_parcel(NOW),
        tenant=tenant,
        connection=now.connection,
        at=NOW,
        credential=signed_in(tenant, approved),
        route=now.route,
        direction=Direction(now.direction),
        counterpart=now.counterpart,
        announced_size=len(body),
    )
    arrival = replace(arrival, **changes)
    dock = LandingDock(find_home(), tenant, arrival.parcel)
    dock.feed(body)
    return examine(enter(arrival, dock, open_entrance(dock)), open_examination(), NOW)


def layouts_of(approved: Approved, on: datetime) -> Iterator[Layout]:
    """The layouts of an approval, in the version that holds on a day."""
    for each in approved.specification.layouts:
        yield layouts_in_use().shelf.find(each, on.date())


def refused_as_approved_but(tenant: str, approved: Approved, body: bytes) -> None:
    """Nothing crosses the other way, from another terminal, by another route or to somebody else."""
    turned = Direction.OUTWARD if approved.specification.direction == Direction.INWARD else Direction.INWARD
    attempts: list[tuple[dict[str, Any], ReasonCode]] = [
        ({"direction": turned}, ReasonCode.DIRECTION_NOT_APPROVED),
        ({"route": (*approved.specification.route, "internet")}, ReasonCode.ROUTE_NOT_APPROVED),
        ({"counterpart": "somebody_else"}, ReasonCode.COUNTERPART_NOT_APPROVED),
    ]
    if "asset-tax-terminal-1" not in approved.specification.terminals:
        elsewhere = Credential(kind="shell", value=f"asset-tax-terminal-1/{approved.specification.persons[0]}")
        attempts.append(({"credential": elsewhere}, ReasonCode.TERMINAL_NOT_APPROVED))
    for changes, code in attempts:
        with pytest.raises(Refused) as refusal:
            send(tenant, approved, body, **changes)
        asked = {ReasonCode.FACTOR_MISSING} if "credential" in changes and approved.specification.factors else set()
        assert {each.code for each in refusal.value.reasons} == {code} | asked


def wait_for_assessment(tenant: str, approved: Approved) -> None:
    """Where an assessment is named, nothing crosses before it is in force."""
    from sekisho.adapters.database.standings import standing_of
    from sekisho.bootstrap.permits import enter_standing

    named = approved.specification.assessment
    assert bool(named) or not approved.specification.number_columns
    if not named or standing_of(tenant, named)[0] is not None:
        return
    body = golden_bytes(next(layouts_of(approved, NOW)), faulty=False)
    with pytest.raises(Refused) as refusal:
        send(tenant, approved, body)
    assert [each.code for each in refusal.value.reasons] == [ReasonCode.ASSESSMENT_NOT_IN_FORCE]
    standing = AssessmentStanding(assessment=named, in_force_from=NOW, opinion=AssessmentOpinion.SUITABLE)
    enter_standing(tenant, standing, "kazagashira", NOW)


@pytest.mark.parametrize("consultation", SHIPPED)
def test_every_item_of_the_meeting_becomes_permits_and_the_gate_knows_good_from_wrong(
    home: object, transactional_db: None, consultation: str
) -> None:
    from sekisho.adapters.database.registers import Register
    from sekisho.bootstrap.permits import activate_permits

    tenant, permits = play(consultation)
    assert permits == PERMITS[consultation]
    # One term of 56 begins in April 2026: its permit has waited for that day since it was issued.
    assert activate_permits(tenant, NOW) == (("R1-56-02",) if consultation == "56" else ())
    for permit, approved in zip(permits, last_terms(consultation), strict=True):
        on_file = Register.permit_numbered(tenant, permit)
        assert on_file is not None
        # What the letter approves is what the dossier says, but for the day of the decision and the words of the law.
        same = {"consultation", "not_before", "legal_basis", "persons"}
        kept = {name: getattr(on_file.specification, name) for name in same}
        assert on_file.specification == replace(approved.specification, **kept)
        assert digest_of(on_file.specification) == on_file.permit.specification_digest
        wait_for_assessment(tenant, approved)
        for layout in layouts_of(approved, NOW):
            good = send(tenant, approved, golden_bytes(layout, faulty=False))
            assert isinstance(good, Clearance), good
            wrong = send(tenant, approved, golden_bytes(layout, faulty=True))
            assert isinstance(wrong, Stopped)
            assert ReasonCode.RECORDS_FAULTY in {each.code for each in wrong.reasons}
            refused_as_approved_but(tenant, approved, golden_bytes(layout, faulty=False))
