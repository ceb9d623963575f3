"""Consultation 56 as its division would draft it, and the people of a council. Every person is made up."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from sekisho.adapters.database.council_precedents import paper_like, with_annex
from sekisho.adapters.database.models import CouncilNumber, Person
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.bootstrap import council
from sekisho.kernel import Connection
from sekisho.kernel.council import (
    Choice,
    ConditionKind,
    ConnectionSheet,
    Dossier,
    Feasibility,
    InternalOutcome,
    ItemUse,
    ItemVerdict,
    PermitTerms,
    ProofKind,
    Retention,
    Safeguard,
    SafeguardKind,
    Verdict,
)
from tests.fakes.kept import kept

DAY = datetime(2019, 11, 19, 1, 0, tzinfo=UTC)
NEIGHBOUR = "422029"
DOWN, UP = "registry-notices-down", "registry-prices-up"
# Who plays whom; the division's head and operator are those of the shipped dossier.
PEOPLE = {
    "doza": ("asset_tax", ["drafter"]),
    "inasa": ("asset_tax", ["operator", "head"]),
    "kazagashira": ("general_affairs", ["secretariat"]),
    "oura": ("council", ["chair"]),
    "megane": ("council", ["council_member"]),
    "suwa": ("council", ["council_member"]),
    "sofuku": ("council", ["council_member"]),
    "glover": ("information_systems", ["information_systems"]),
    "nabekanmuri": ("general_affairs", ["protection_manager"]),
    "urakami": ("asset_tax", ["operator"]),
    "admin": ("information_systems", ["administrator"]),
}
NAMES = {"doza": "銅座 見本", "oura": "大浦 見本", "megane": "眼鏡 見本", "suwa": "諏訪 見本", "sofuku": "崇福 見本"}
MEMBERS = ("megane", "suwa", "sofuku")
_KINDS = ((SafeguardKind.PERSONNEL, "login"), (SafeguardKind.TECHNICAL, "line"), (SafeguardKind.PHYSICAL, "lock"))


def sheet_for(arrow: Connection) -> ConnectionSheet:
    """A sheet with every answer, for an arrow of the shipped chart."""
    uses = (
        ItemUse(item=each.item, necessity=each.use, legal_basis=arrow.legal_basis, alternative="なし")
        for each in arrow.items
    )
    kept = (
        Retention(place=each, hours=24, reason="取込みまで", method="鍵の破棄") for each in (arrow.source, arrow.target)
    )
    return ConnectionSheet(
        connection=arrow.connection,
        purpose="課税客体の把握",
        function="ファイルダウンロード機能",
        trigger="変更があったとき",
        parcels_a_year=250,
        records_a_year=20_000,
        subjects=("土地家屋の所有者",),
        operators=("urakami", "inasa"),
        factors=("password", "certificate"),
        items=tuple(uses),
        retention=tuple(kept),
        safeguards=tuple(
            Safeguard(safeguard=name, kind=kind, text=name, feasibility=Feasibility.DONE) for kind, name in _KINDS
        ),
    )


def terms_for(connection: str, layout: str) -> PermitTerms:
    """The terms of a permit."""
    return PermitTerms(
        connection=connection,
        counterpart="linkage_platform",
        terminals=("asset-tax-terminal-1",),
        layouts=(layout,),
        types=("text/csv",),
        bytes_at_most=67_108_864,
        records_at_most=20_000,
        parcels_a_day=2_500,
        erase_within_hours=24,
        not_before="2019-11-19T00:00:00+09:00",
        not_after="2035-04-01T00:00:00+09:00",
    )


@cache
def paper_56(regime: str = "ordinance") -> council.Paper:
    """The dossier of consultation 56, complete, with the terms of its two permits."""
    published = read_dossier(shipped_dossier())
    chart = published.chart
    dossier = Dossier(
        consultation="",
        version=1,
        title_ja="登記所との通知のオンライン化に係る外部サーバとの接続について",
        title_en="Joining an outside server to put notices with the registry office on line",
        tenant="",
        agency="",
        department="",
        regime=regime,
        purpose="固定資産税の課税",
        before="紙とUSB",
        after="オンライン",
        planned_changes="なし",
        already_in_use_since="none",
        chart=chart,
        sheets=tuple(sheet_for(each) for each in chart.under_review()),
    )
    dossier = with_annex(dossier, published.papers.annex)
    return council.Paper(dossier=dossier, terms=(terms_for(DOWN, "registry_notice"), terms_for(UP, "price_notice")))


def who(tenant: str, person: str) -> str:
    """The neighbour's people have the same names with a number."""
    return f"{person}_2" if tenant == NEIGHBOUR else person


def enter_people(tenant: str) -> None:
    """Enter the people of the council, and give those of the division their roles."""
    for name, (department, roles) in PEOPLE.items():
        known = {"tenant_id": tenant, "department": department, "roles": roles, "password": "!"}
        labels = {"label_ja": NAMES[name], "label_en": name.capitalize()} if name in NAMES else {}
        Person.objects.update_or_create(username=who(tenant, name), defaults={**known, **labels})


def act(tenant: str, person: str, minutes: int = 0, day: datetime = DAY) -> council.Deed:
    """Somebody acts on the day of the meeting, so many minutes after ten o'clock."""
    return council.act_as(tenant, who(tenant, person), day + timedelta(minutes=minutes))


def proposed(**changes: object) -> council.Proposed:
    """A condition as a member would propose it."""
    plain = council.Proposed(
        hangs_on=DOWN,
        text="端末の置き場所の写真を出すこと",
        kind=ConditionKind.BLOCKS_START,
        proof=ProofKind.PHOTO,
        owner="doza",
        verifier="glover",
        due=date(2019, 12, 27),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test changes what it names


@kept
def circulated(tenant: str, paper: council.Paper | None = None, day: datetime = DAY) -> tuple[str, str]:
    """From the draft to the members' desks; answers (matter, meeting)."""
    matter = council.draft(act(tenant, "doza", -600, day), paper or paper_56())
    council.submit(act(tenant, "inasa", -590, day), matter)
    council.accept(act(tenant, "kazagashira", -580, day), matter)
    invitation = council.Invitation(label_ja=f"第3回 {tenant}", label_en=f"Third {tenant}", place="研修室", due_on=day)
    meeting = council.call_meeting(act(tenant, "kazagashira", -570, day), invitation)
    council.put_on_agenda(act(tenant, "kazagashira", -560, day), matter, meeting)
    council.circulate(act(tenant, "kazagashira", -550, day), matter, day - timedelta(minutes=60))
    return matter, meeting


@kept
def deliberating(tenant: str, paper: council.Paper | None = None, day: datetime = DAY) -> tuple[str, str]:
    """From the draft to the end of the questions, all members and the chair in the room."""
    matter, meeting = circulated(tenant, paper, day)
    for person in (*MEMBERS, "oura"):
        council.arrive(act(tenant, "kazagashira", -5, day), meeting, who(tenant, person))
    council.open_meeting(act(tenant, "oura", 0, day), meeting)
    council.open_session(act(tenant, "oura", 1, day), matter)
    council.close_questions(act(tenant, "oura", 20, day), matter)
    return matter, meeting


@kept
def judge_items(
    tenant: str, matter: str, dropped: tuple[str, ...] = (), day: datetime = DAY, *, masked: tuple[str, ...] = ()
) -> None:
    """Every data item is kept, but for those that are dropped or masked."""
    for arrow in paper_56().dossier.chart.under_review():
        for each in arrow.items:
            verdict = Verdict.DROP if each.item in dropped else Verdict.MASK if each.item in masked else Verdict.KEEP
            reason = "" if verdict is Verdict.KEEP else "不要"
            said = ItemVerdict(connection=arrow.connection, item=each.item, verdict=verdict, reason=reason)
            council.record_verdict(act(tenant, "megane", 25, day), matter, said)


@kept
def approve(tenant: str, matter: str, result: str = "approved", day: datetime = DAY) -> None:
    """All members vote for it, and the chair announces it."""
    council.put_to_vote(act(tenant, "oura", 30, day), matter, result)
    for person in MEMBERS:
        council.vote(act(tenant, person, 31, day), matter, Choice.FOR)
    council.decide(act(tenant, "oura", 32, day), matter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desks:
    """One matter at each stage, of one municipality, as of today."""

    draft: str
    circulated: str
    deliberating: str
    decided: str
    meeting: str
    condition: str
    assessment: str = ""
    question: str = ""
    minutes: str = ""
    check: str = ""
    finding: str = ""
    campaign: str = ""


def decided_on_condition(tenant: str, day: datetime) -> tuple[str, str]:
    """A matter on which the council gave its opinion with a condition; nobody has signed its letter."""
    matter, _ = deliberating(tenant, paper_56("act_2023"), day)
    judge_items(tenant, matter, dropped=("remarks",), day=day)
    people = {"owner": who(tenant, "doza"), "verifier": who(tenant, "glover")}
    due = (day + timedelta(days=30)).date()
    condition = council.propose_condition(act(tenant, "suwa", 26, day), matter, proposed(due=due, **people))
    council.adopt_condition(act(tenant, "oura", 27, day), condition)
    approve(tenant, matter, "opinion_with_conditions", day)
    return matter, condition


@kept
def open_council(tenant: str) -> Desks:
    """Give a municipality its council, and one matter at each stage."""
    enter_people(tenant)
    first = 162 if tenant == NEIGHBOUR else 62
    council.set_next_consultation(tenant, first)
    for series in ("matter", "meeting"):
        CouncilNumber.objects.create(tenant_id=tenant, series=series, next=first)
    now = datetime.now(UTC)
    draft = council.draft(act(tenant, "doza", 0, now), paper_like(tenant, "asset_tax", "c-56"))
    ahead, _ = circulated(tenant, paper_56("act_2023"), now + timedelta(hours=8))
    asked = council.Asked(about="chart.networks[lgwan].operator", text="だれが管理しているのか")
    question = council.ask(act(tenant, "megane", 0, now), ahead, asked)
    reply = council.Reply(text="J-LIS が一元的に管理している", cites=asked.about)
    council.answer(act(tenant, "doza", 0, now), ahead, question, reply)
    council.ask(act(tenant, "suwa", 0, now), ahead, council.Asked(about="purpose", text="ほかの目的には使わないか"))
    talked, meeting = deliberating(tenant, paper_56("act_2023"), now - timedelta(hours=2))
    council.put_to_vote(act(tenant, "oura", 25, now - timedelta(hours=2)), talked, "opinion_no_objection")
    decided, condition = decided_on_condition(tenant, now - timedelta(hours=3))
    council.sign_letter(act(tenant, "kazagashira", 33, now - timedelta(hours=3)), decided)
    places = {"draft": draft, "circulated": ahead, "deliberating": talked, "decided": decided}
    return Desks(**places, meeting=meeting, condition=condition, question=question)


def prove_condition(tenant: str, desks: Desks) -> None:
    """The owner hands in the photo and the verifier accepts it: nothing keeps the permit back any more."""
    now = datetime.now(UTC)
    council.submit_proof(act(tenant, "doza", 0, now), desks.condition, "写真")
    council.verify_proof(act(tenant, "glover", 0, now), desks.condition)


def adopted_and_signed(tenant: str, desks: Desks) -> tuple[str, ...]:
    """The chair signs the letter that waits for it and the agency decides; answers the permits that are issued."""
    now = datetime.now(UTC)
    council.sign_letter(act(tenant, "oura", 0, now), desks.decided)
    return decided_by_agency(tenant, desks.decided, now)


def decided_by_agency(tenant: str, matter: str, day: datetime, minutes: int = 0) -> tuple[str, ...]:
    """The protection manager decides as the council said, and a second person signs; answers the permits."""
    council.decide_internally(act(tenant, "nabekanmuri", minutes, day), matter, InternalOutcome.OPENS)
    return council.countersign(act(tenant, "glover", minutes, day), matter)
