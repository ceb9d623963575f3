"""All seven items of November 2019 played through: draft, meeting, votes, letter, permits; then the gate under each."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from sekisho.adapters.database.models import ConditionRow, DecisionRow, Matter, Person
from sekisho.adapters.database.setup import open_tenant
from sekisho.adapters.dossiers import SHIPPED, Approved, Dossier, read_dossier, shipped_dossier
from sekisho.adapters.layouts import layouts_in_use
from sekisho.adapters.objects.docks import LandingDock
from sekisho.bootstrap.condition_example import follow_conditions
from sekisho.bootstrap.council_example import Held, can_play, play_meeting
from sekisho.cli.demo.cast import enter_cast
from sekisho.kernel import (
    Arrival,
    AssessmentOpinion,
    AssessmentStanding,
    Clearance,
    Credential,
    Direction,
    ReasonCode,
    Refused,
    SekishoError,
    Standing,
    Stopped,
    digest_of,
    enter,
    examine,
)
from sekisho.records import Layout, write
from tests.integration.conftest import NOW

RESULTS = {
    "56": "approved",
    "57": "ratified",
    "58": "ratified",
    "59": "ratified",
    "60": "approved",
    "61": "approved_with_conditions",
    "iken": "opinion_given",
}
PERMITS = {
    "56": ("R1-56-01", "R1-56-02"),
    "57": ("R1-57-01", "R1-57-02"),
    "58": ("R1-58-01", "R1-58-02"),
    "59": ("R1-59-01", "R1-59-02", "R1-59-03"),
    "60": ("R1-60-01", "R1-60-02"),
    "61": ("R1-61-01", "R1-61-02"),
    "iken": ("R1-iken-01", "R1-iken-02"),
}


def as_of_today(consultation: str) -> Dossier:
    """The dossier of a consultation, with the last term of each arrow: the gate is asked today."""
    dossier = read_dossier(shipped_dossier(consultation))
    arrows = dict.fromkeys(each.specification.connection for each in dossier.approved)
    return replace(dossier, approved=tuple(dossier.terms_of(each)[-1] for each in arrows))


def play(consultation: str) -> tuple[str, Held]:
    """The whole way to the permits, and what its conditions asked for since; answers (tenant, the meeting)."""
    for text in dict.fromkeys((shipped_dossier(), shipped_dossier(consultation))):
        tenant = open_tenant(read_dossier(text), text, NOW)
    enter_cast(tenant)
    held = play_meeting(tenant, (as_of_today(consultation),))
    follow_conditions(tenant, held.seats.secretary, held.items[0].conditions)
    return tenant, held


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


def decided_as(tenant: str, matter: str) -> tuple[str, str]:
    """What the council decided on a matter, and where it stands."""
    decision = DecisionRow.objects.get(matter__tenant_id=tenant, matter__matter=matter)
    return decision.result, decision.matter.state


@pytest.mark.parametrize("consultation", SHIPPED)
def test_every_item_of_the_meeting_becomes_permits_and_the_gate_knows_good_from_wrong(
    home: object, transactional_db: None, consultation: str
) -> None:
    from sekisho.adapters.database.registers import Register
    from sekisho.bootstrap.permits import activate_permits

    tenant, held = play(consultation)
    permits, approvals = held.items[0].permits, as_of_today(consultation).approved
    assert permits == PERMITS[consultation]
    assert decided_as(tenant, held.items[0].matter) == (RESULTS[consultation], "in_force")
    # One term of 56 begins in April 2026: its permit has waited for that day since it was issued.
    assert activate_permits(tenant, NOW) == (("R1-56-02",) if consultation == "56" else ())
    for permit, approved in zip(permits, approvals, strict=True):
        on_file = Register.permit_numbered(tenant, permit)
        assert on_file is not None
        # What the letter approves is what the dossier says, but for the day of the decision and the words of the law.
        kept = {name: getattr(on_file.specification, name) for name in ("not_before", "legal_basis")}
        assert on_file.specification == replace(approved.specification, **kept)
        assert on_file.specification.not_before >= "2019-11-19"
        assert digest_of(on_file.specification) == on_file.permit.specification_digest
        wait_for_assessment(tenant, approved)
        for layout in layouts_of(approved, NOW):
            good = send(tenant, approved, golden_bytes(layout, faulty=False))
            assert isinstance(good, Clearance), good
            wrong = send(tenant, approved, golden_bytes(layout, faulty=True))
            assert isinstance(wrong, Stopped)
            assert ReasonCode.RECORDS_FAULTY in {each.code for each in wrong.reasons}
            refused_as_approved_but(tenant, approved, golden_bytes(layout, faulty=False))


def test_without_the_people_of_its_division_nothing_is_played(home: object, transactional_db: None) -> None:

    text = shipped_dossier()
    tenant = open_tenant(read_dossier(text), text, NOW)
    assert not can_play(tenant, as_of_today("56")), "nobody sits in the council"
    enter_cast(tenant)
    assert can_play(tenant, as_of_today("56"))
    Person.objects.filter(username="doza").delete()
    assert not can_play(tenant, as_of_today("56")), "nobody drafts"
    with pytest.raises(SekishoError, match="nobody drafts"):
        play_meeting(tenant, (as_of_today("56"),))
    assert not Matter.objects.exists()


def test_while_the_proof_of_a_blocking_condition_is_missing_the_gate_stays_closed(
    home: object, transactional_db: None
) -> None:
    tenant, held = play("61")
    approved = as_of_today("61").approved[0]
    body = golden_bytes(next(layouts_of(approved, NOW)), faulty=False)
    assert isinstance(send(tenant, approved, body), Clearance)
    timeout = held.items[0].conditions["r1-61-timeout"]
    ConditionRow.objects.filter(condition=timeout).update(state="open")
    with pytest.raises(Refused) as refusal:
        send(tenant, approved, body)
    assert ReasonCode.CONDITION_OPEN in {each.code for each in refusal.value.reasons}
