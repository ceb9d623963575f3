"""Setting up the city of the demonstration: tables, keys, certificates, the dossier, a synthetic property ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

import httpx

from sekisho.adapters.carriers import Counterpart, keep_counterpart
from sekisho.adapters.carriers.calling import DIRECT
from sekisho.adapters.certificates import CertificateAuthority, CertificateKind
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.models import Person, Terminal
from sekisho.adapters.database.property_ledgers import enter_properties
from sekisho.adapters.database.setup import enrol_terminal, issue_permit, open_tenant
from sekisho.adapters.dossiers import SHIPPED, Dossier, read_dossier, shipped_dossier
from sekisho.adapters.dossiers.meetings import shipped_minutes
from sekisho.bootstrap import minutes, now, prepare_database
from sekisho.bootstrap.assessment_example import work_example
from sekisho.bootstrap.assessment_rounds import work_rounds
from sekisho.bootstrap.condition_example import follow_conditions
from sekisho.bootstrap.permits import StopCause, expire_permits, stop_permit
from sekisho.bootstrap.survey_example import work_survey
from sekisho.business.registry_notices import Property, make_ledger
from sekisho.cli.demo.cast import CAST, enter_cast
from sekisho.cli.demo.story import DOWN, UP
from sekisho.kernel.council import Condition, ConditionKind, Role, stops_permit

SEED: Final = 56
PASSWORD: Final = "sekisho-demo-56"  # noqa: S105 - the demonstration's own, printed on the screen that uses it

_SECRETARY: Final = "kazagashira"
_STOPS: Final = Role.INFORMATION_SYSTEMS
# Who plays the assessment that the council was asked about; all of them are made up.
_ASSESSORS: Final = {
    Role.DRAFTER: "ginya",
    Role.HEAD: "megane",
    Role.SECRETARIAT: _SECRETARY,
    Role.CHAIR: "shianbashi",
    Role.COUNCIL_MEMBER: "meganebashi",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """The demonstration's city, ready for its first crossing."""

    home: Home
    tenant: str
    dossier: Dossier
    properties: list[Property]


def issue_certificates(home: Home, tenant: str, terminals: Mapping[str, str]) -> None:
    """Certificates for the lane, our gate, the platform and each terminal; terminals are enrolled by theirs."""
    authority, at = CertificateAuthority(home), now()
    authority.initialise(at)
    authority.issue("lane", CertificateKind.SERVER, "", at)
    authority.issue(f"gate-{tenant}", CertificateKind.TERMINAL, tenant, at)
    authority.issue("legal-affairs-bureau", CertificateKind.SERVER, "", at)
    for terminal in terminals:
        issued = authority.issue(terminal, CertificateKind.TERMINAL, tenant, at)
        enrol_terminal(tenant, terminal, issued.fingerprint)


def enter_others(tenant: str) -> tuple[Dossier, ...]:
    """Enter the other consultations of the meeting; answers their dossiers."""
    others = []
    for number in SHIPPED:
        text = shipped_dossier(number)
        other = read_dossier(text)
        if other.tenant["code"] == tenant:
            open_tenant(other, text, now())
            others.append(other)
    return tuple(others)


def assess_resident_tax(tenant: str) -> None:
    """Work through the assessment of the meeting's last item, from version 1 to version 2, where its people are."""
    played = set(_ASSESSORS.values())
    if set(Person.objects.filter(tenant_id=tenant, username__in=played).values_list("username", flat=True)) == played:
        work_example(tenant, "resident_tax", _ASSESSORS)


def enter_minutes(tenant: str) -> None:
    """Enter the minutes of the meeting as the city published them, where its secretariat is."""
    if not Person.objects.filter(tenant_id=tenant, username=_SECRETARY).exists():
        return
    page = shipped_minutes()
    source = f"{page.council}の公表したページ(ページID:{page.page_id})"
    minutes.enter_published_minutes(minutes.act_as(tenant, _SECRETARY), "r1-3", page, source)


def follow_up(tenant: str, others: tuple[Dossier, ...]) -> None:
    """Enter and follow the conditions of the meeting, where its secretariat is."""
    if Person.objects.filter(tenant_id=tenant, username=_SECRETARY).exists():
        follow_conditions(tenant, tuple(each.papers for each in others), _SECRETARY)


def found_city(home: Home, dossier_text: str, notices: int) -> City:
    """Everything before the first crossing. The permit to send prices is at first the one that has run out."""
    prepare_database()
    dossier = read_dossier(dossier_text)
    tenant = open_tenant(dossier, dossier_text, now())
    others = enter_others(tenant)
    enter_cast(tenant)
    assess_resident_tax(tenant)
    work_rounds(tenant)
    enter_minutes(tenant)
    follow_up(tenant, others)
    issue_certificates(home, tenant, {each["terminal"]: each["ja"] for each in dossier.terminals})
    Terminal.objects.filter(tenant_id=tenant, terminal=dossier.terminals[0]["terminal"]).update(demo=True)
    for connection in (DOWN, UP):
        for approved in dossier.terms_of(connection)[:1]:
            issue_permit(approved, dossier.issuers, now())
    own = dossier.consultation["consultation"]
    issue_others(tenant, tuple(each for each in others if each.consultation["consultation"] != own))
    expire_permits(tenant, now())  # as the worker does when a day begins
    properties = make_ledger(Random(SEED), max(notices, 400))
    enter_properties(tenant, properties)
    return City(home=home, tenant=tenant, dossier=dossier, properties=properties)


def issue_others(tenant: str, others: tuple[Dossier, ...]) -> None:
    """Issue the permits of the other consultations; where a condition of the council is still in the way, they rest."""
    stopper = next(
        (each.username for each in Person.objects.filter(tenant_id=tenant).order_by("id") if each.has_role(_STOPS)), ""
    )
    for other in others:
        waits = any(stops_from_the_start(each) for each in other.papers.annex.conditions)
        for approved in other.approved:
            issue_permit(approved, other.issuers, now())
            if waits and stopper:
                stop_permit(tenant, approved.permit, stopper, StopCause.CONDITION, now())


def stops_from_the_start(condition: Condition) -> bool:
    """Must it be met before anything crosses at all, and is it not met yet?"""
    return condition.kind is ConditionKind.BLOCKS_START and stops_permit(condition, condition.due)


def renew_permit(city: City) -> None:
    """The council's renewal: the next term's permit supersedes the one that ran out."""
    for approved in city.dossier.terms_of(UP)[1:]:
        issue_permit(approved, city.dossier.issuers, now())


def meet_platform(home: Home, port: str, client: httpx.Client) -> None:
    """Enter the platform's address, its age recipient and its receipt key."""
    keys = client.get("/recipient").raise_for_status().json()
    keep_counterpart(
        home,
        Counterpart(
            counterpart="linkage_platform",
            url=f"https://localhost:{port}",
            recipient=keys["recipient"],
            receipt_key=keys["receipt_key"],
            settings={"proxy": DIRECT},  # it stands in the closed network, to which no way out leads
        ),
    )


def survey_way_out(home: Home, tenant: str) -> None:
    """Read a made-up log of the way out, where those who do so are; the screens then show what it found."""
    people = (_SECRETARY, "glover", "doza")
    if Person.objects.filter(tenant_id=tenant, username__in=people).count() == len(people):
        work_survey(home, tenant, people, "linkage_platform")


def give_passwords(city: City) -> list[Person]:
    """Let the demonstration's people sign in; answers who they are."""
    cast = (each.person for each in CAST)
    named = {*(each["person"] for each in city.dossier.persons), *_ASSESSORS.values(), *cast}
    people = list(Person.objects.filter(tenant_id=city.tenant, username__in=named).order_by("id"))
    for person in people:
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    return people
