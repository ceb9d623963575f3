"""Setting up the city of the demonstration: tables, keys, certificates, the dossier, a synthetic property ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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
from sekisho.adapters.dossiers import SHIPPED, Approved, Dossier, read_dossier, shipped_dossier
from sekisho.adapters.dossiers.meetings import shipped_minutes
from sekisho.bootstrap import minutes, now, prepare_database
from sekisho.bootstrap.assessment_example import work_example
from sekisho.bootstrap.assessment_rounds import work_rounds
from sekisho.bootstrap.condition_example import enter_from_papers, follow_conditions
from sekisho.bootstrap.council import set_next_consultation
from sekisho.bootstrap.council_example import Tell, can_play, play_meeting
from sekisho.bootstrap.permits import expire_permits
from sekisho.bootstrap.survey_example import work_survey
from sekisho.business.registry_notices import Property, make_ledger
from sekisho.cli.demo.cast import CAST, NEXT_CONSULTATION, enter_cast
from sekisho.cli.demo.checking import check_every_year
from sekisho.cli.demo.story import UP
from sekisho.kernel import period_over
from sekisho.kernel.council import Role

SEED: Final = 56
PASSWORD: Final = "sekisho-demo-56"  # noqa: S105 - the demonstration's own, printed on the screen that uses it

_SECRETARY: Final = "kazagashira"
_PUBLISHED: Final = "r1-3"  # how its minutes are called where the meeting itself was not played
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


def enter_minutes(tenant: str, meeting: str) -> None:
    """Enter the minutes of the meeting as the city published them, where its secretariat is; they go by its id."""
    if not Person.objects.filter(tenant_id=tenant, username=_SECRETARY).exists():
        return
    page = shipped_minutes()
    source = f"{page.council}の公表したページ(ページID:{page.page_id})"
    minutes.enter_published_minutes(minutes.act_as(tenant, _SECRETARY), meeting, page, source)


def decide_all(tenant: str, dossiers: Sequence[Dossier], tell: Tell) -> str:
    """Play every consultation through the council to its permits, and then its conditions; answers the meeting.

    Where a dossier that was handed in names nobody who could draft or submit it, or the council has nobody, there is
    nothing to play: what it approves was decided on paper, and its permits are entered as they are.
    """
    played = tuple(each for each in dossiers if can_play(tenant, each))
    for each in dossiers:
        if each not in played:
            enter_decided(tenant, each)
            tell(f"{each.consultation['number']} 起案か提出をする人がいないため、通行証を直接登録 / entered directly")
    if not played:
        set_next_consultation(tenant, NEXT_CONSULTATION)
        return _PUBLISHED
    held = play_meeting(tenant, played, tell)
    for item in held.items:
        follow_conditions(tenant, held.seats.secretary, item.conditions)
    return held.meeting


def enter_decided(tenant: str, dossier: Dossier) -> None:
    """What was decided on paper: the conditions that are open, where the secretariat is, and the permits."""
    if Person.objects.filter(tenant_id=tenant, username=_SECRETARY).exists():
        follow_conditions(tenant, _SECRETARY, enter_from_papers(tenant, dossier.papers, _SECRETARY))
    for connection in dict.fromkeys(each.specification.connection for each in dossier.approved):
        approved = dossier.terms_of(connection)[0]
        issue_permit(approved, dossier.issuers, _issued_on_paper(approved))


def _issued_on_paper(approved: Approved) -> datetime:
    """The moment of issue of what is entered as it was decided: a permit that has run out was issued while it held."""
    said, at = approved.specification, now()
    over = period_over(said.connection, said.not_after, at)
    return datetime.fromisoformat(said.not_before) if over else at


def _tell_nobody(line: str) -> None:
    """Whoever founds the city for something else than to show it."""
    del line


def found_city(home: Home, dossier_text: str, notices: int, tell: Tell = _tell_nobody, *, alone: bool = False) -> City:
    """Everything before the first crossing. The permit to send prices is at first the one that has run out.

    With the dossier's own consultation alone, or with all items of the meeting.
    """
    prepare_database()
    dossier = read_dossier(dossier_text)
    tenant = open_tenant(dossier, dossier_text, now())
    own = dossier.consultation["consultation"]
    others = () if alone else enter_others(tenant)
    enter_cast(tenant)
    put = (dossier, *(each for each in others if each.consultation["consultation"] != own))
    meeting = decide_all(tenant, put, tell)
    assess_resident_tax(tenant)
    work_rounds(tenant)
    enter_minutes(tenant, meeting)
    issue_certificates(home, tenant, {each["terminal"]: each["ja"] for each in dossier.terminals})
    Terminal.objects.filter(tenant_id=tenant, terminal=dossier.terminals[0]["terminal"]).update(demo=True)
    check_every_year(tenant, now())
    expire_permits(tenant, now())  # as the worker does when a day begins
    properties = make_ledger(Random(SEED), max(notices, 400))
    enter_properties(tenant, properties)
    return City(home=home, tenant=tenant, dossier=dossier, properties=properties)


def renew_permit(city: City) -> None:
    """The next term's permit supersedes the one that ran out.

    No minutes tell of this renewal: it is the demonstration's own, and it is entered as decided on paper.
    """
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
