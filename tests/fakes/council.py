"""Consultation 56 as its division would draft it, and the people of a council. Every person is made up."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sekisho.adapters.database.models import Person
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.bootstrap import council
from sekisho.kernel import Connection
from sekisho.kernel.council import (
    Choice,
    ConditionKind,
    ConnectionSheet,
    Dossier,
    Feasibility,
    ItemUse,
    ItemVerdict,
    PermitTerms,
    ProofKind,
    Retention,
    Safeguard,
    SafeguardKind,
    Verdict,
)

DAY = datetime(2019, 11, 19, 1, 0, tzinfo=UTC)
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
    "urakami": ("asset_tax", ["operator"]),
}
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


def paper_56(regime: str = "ordinance") -> council.Paper:
    """The dossier of consultation 56, complete, with the terms of its two permits."""
    chart = read_dossier(shipped_dossier()).chart
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
    return council.Paper(dossier=dossier, terms=(terms_for(DOWN, "registry_notice"), terms_for(UP, "price_notice")))


def enter_people(tenant: str, suffix: str = "") -> None:
    """Enter the people of the council, and give those of the division their roles."""
    for name, (department, roles) in PEOPLE.items():
        known = {"tenant_id": tenant, "department": department, "roles": roles, "password": "!"}
        Person.objects.update_or_create(username=name + suffix, defaults=known)


def act(tenant: str, person: str, minutes: int = 0) -> council.Deed:
    """Somebody acts on the day of the meeting, so many minutes after ten o'clock."""
    return council.act_as(tenant, person, DAY + timedelta(minutes=minutes))


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


def circulated(tenant: str, paper: council.Paper | None = None) -> tuple[str, str]:
    """From the draft to the members' desks; answers (matter, meeting)."""
    matter = council.draft(act(tenant, "doza", -600), paper or paper_56())
    council.submit(act(tenant, "inasa", -590), matter)
    council.accept(act(tenant, "kazagashira", -580), matter)
    invitation = council.Invitation(label_ja="令和元年度第3回", label_en="Third of 2019", place="研修室", due_on=DAY)
    meeting = council.call_meeting(act(tenant, "kazagashira", -570), invitation)
    council.put_on_agenda(act(tenant, "kazagashira", -560), matter, meeting)
    council.circulate(act(tenant, "kazagashira", -550), matter, DAY - timedelta(minutes=60))
    return matter, meeting


def deliberating(tenant: str) -> tuple[str, str]:
    """From the draft to the end of the questions, all members and the chair in the room."""
    matter, meeting = circulated(tenant)
    for person in (*MEMBERS, "oura"):
        council.arrive(act(tenant, "kazagashira", -5), meeting, person)
    council.open_meeting(act(tenant, "oura", 0), meeting)
    council.open_session(act(tenant, "oura", 1), matter)
    council.close_questions(act(tenant, "oura", 20), matter)
    return matter, meeting


def judge_items(tenant: str, matter: str, dropped: tuple[str, ...] = ()) -> None:
    """Every data item is kept, but for those that are dropped."""
    for arrow in paper_56().dossier.chart.under_review():
        for each in arrow.items:
            verdict = Verdict.DROP if each.item in dropped else Verdict.KEEP
            said = ItemVerdict(connection=arrow.connection, item=each.item, verdict=verdict, reason="不要")
            council.record_verdict(act(tenant, "megane", 25), matter, said)


def approve(tenant: str, matter: str, result: str = "approved") -> None:
    """All members vote for it, and the chair announces it."""
    council.put_to_vote(act(tenant, "oura", 30), matter, result)
    for person in MEMBERS:
        council.vote(act(tenant, person, 31), matter, Choice.FOR)
    council.decide(act(tenant, "oura", 32), matter)
