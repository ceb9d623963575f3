"""The meeting of November 2019 played through the council: from the drafts to the permits that its letters open.

Each division drafts and submits its own consultation; secretariat, members and chair do the rest, every one of them an
act of its own, on its day. This is the one place that plays: the demonstration does, and the test of what came of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final

from sekisho.adapters.database.council_precedents import with_annex
from sekisho.adapters.database.models import Person
from sekisho.adapters.database.office_time import OFFICE_TIME
from sekisho.adapters.dossiers import Dossier, permit_terms
from sekisho.bootstrap import council
from sekisho.kernel import SekishoError
from sekisho.kernel.council import ASSESSMENT_CHECK, NOT_IN_USE, Choice, ItemVerdict, Role, Verdict

Tell = Callable[[str], None]
_DAYS_BEFORE: Final = {"draft": 35, "submit": 34, "accept": 33, "call": 30, "circulate": 28, "opinions": 3}
_NOON: Final = time(12, 0)
_OPENED: Final = time(9, 30)
_MINUTES_AN_ITEM: Final = 20
_SIGNED: Final = 450  # minutes after the opening: five in the afternoon


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of one consultation: its permits, and its conditions by what its dossier calls them."""

    matter: str
    permits: tuple[str, ...]
    conditions: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """Who sits: the secretariat, the chair and the members."""

    secretary: str
    chair: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A meeting that was held: its id, who sat, and what came of each consultation."""

    meeting: str
    seats: Seats
    items: tuple[Played, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Put:
    """One consultation as it is put: its dossier, who drafts and who submits it, and the matter that it became."""

    dossier: Dossier
    drafter: str
    head: str
    matter: str = ""


def _holders(tenant: str, role: Role, department: str = "") -> tuple[str, ...]:
    """Everybody who holds this role, in this department if one is named."""
    rows = Person.objects.filter(tenant_id=tenant, is_active=True).order_by("id")
    people = rows.filter(department=department) if department else rows
    return tuple(each.username for each in people if each.has_role(str(role)))


def seats_of(tenant: str) -> Seats | None:
    """The council of a municipality; nothing where nobody sits in it."""
    secretaries, chairs = _holders(tenant, Role.SECRETARIAT), _holders(tenant, Role.CHAIR)
    members = _holders(tenant, Role.COUNCIL_MEMBER)
    if not (secretaries and chairs and members):
        return None
    return Seats(secretary=secretaries[0], chair=chairs[0], members=members)


def _putting(tenant: str, dossier: Dossier) -> _Put | None:
    """Who puts a consultation; nothing where its division has nobody to draft or to submit it."""
    department = dossier.papers.dossier.department
    drafters, heads = _holders(tenant, Role.DRAFTER, department), _holders(tenant, Role.HEAD, department)
    if not (drafters and heads):
        return None
    return _Put(dossier=dossier, drafter=drafters[0], head=heads[0])


def can_play(tenant: str, dossier: Dossier) -> bool:
    """Are all the people here who take this consultation through the council?"""
    return seats_of(tenant) is not None and _putting(tenant, dossier) is not None


def _number(dossier: Dossier) -> int:
    """The number of a consultation; 0 if it has none, as a request for an opinion."""
    number = str(dossier.consultation["consultation"])
    return int(number) if number.isdecimal() else 0


def _result(dossier: Dossier, *, conditional: bool) -> str:
    """What is put to the vote. Where the minutes say 承認 of what was in use already, it is ratified (追認)."""
    papers = dossier.papers.dossier
    if papers.regime == ASSESSMENT_CHECK.regime:
        return "opinion_given"
    if papers.already_in_use_since != NOT_IN_USE:
        return "ratified"
    return "approved_with_conditions" if conditional else "approved"


class _Meeting:
    """One playing of a meeting, with the people who play it."""

    def __init__(self, tenant: str, seats: Seats, dossier: Dossier) -> None:
        said = dossier.consultation["meeting"]
        self._tenant, self._seats, self._said = tenant, seats, said
        self._day = date.fromisoformat(str(said["held"]))
        self._meeting = ""

    def _before(self, person: str, what: str) -> council.Deed:
        """Somebody prepares the meeting, so many days before it."""
        day = self._day - timedelta(days=_DAYS_BEFORE[what])
        return council.act_as(self._tenant, person, datetime.combine(day, _NOON, OFFICE_TIME))

    def _during(self, person: str, minutes: int) -> council.Deed:
        """Somebody acts so many minutes after the opening."""
        opened = datetime.combine(self._day, _OPENED, OFFICE_TIME)
        return council.act_as(self._tenant, person, opened + timedelta(minutes=minutes))

    def take_in(self, put: _Put) -> str:
        """The division drafts and submits, the secretariat takes in; answers the matter."""
        papers = put.dossier.papers
        arrows = dict.fromkeys(each.specification.connection for each in put.dossier.approved)
        # A later term of an arrow is not this meeting's: it is renewed when it comes.
        terms = tuple(permit_terms(put.dossier.terms_of(each)[0]) for each in arrows)
        paper = council.Paper(dossier=with_annex(papers.dossier, papers.annex), terms=terms)
        matter = council.draft(self._before(put.drafter, "draft"), paper)
        council.submit(self._before(put.head, "submit"), matter)
        if number := _number(put.dossier):
            council.set_next_consultation(self._tenant, number)
        council.accept(self._before(self._seats.secretary, "accept"), matter)
        return matter

    def call(self, puts: Sequence[_Put]) -> str:
        """The secretariat calls the meeting and sends the papers, the chair opens it; answers its id."""
        by = partial(self._before, self._seats.secretary)
        opening = self._during(self._seats.chair, 0)
        invitation = council.Invitation(
            label_ja=self._said["ja"], label_en=self._said["en"], place=self._said["place"], due_on=opening.at
        )
        self._meeting = council.call_meeting(by("call"), invitation)
        for put in puts:
            council.put_on_agenda(by("circulate"), put.matter, self._meeting)
            council.circulate(by("circulate"), put.matter, by("opinions").at)
        for person in (*self._seats.members, self._seats.chair):
            council.arrive(self._during(self._seats.secretary, -5), self._meeting, person)
        council.open_meeting(opening, self._meeting)
        return self._meeting

    def decide(self, put: _Put, begins: int) -> Mapping[str, str]:
        """Every item is kept and every condition of the minutes adopted, all vote for it; answers the conditions."""
        chair, member = partial(self._during, self._seats.chair), self._seats.members[0]
        council.open_session(chair(begins), put.matter)
        council.close_questions(chair(begins + 10), put.matter)
        for arrow in put.dossier.chart.under_review():
            for each in arrow.items:
                said = ItemVerdict(connection=arrow.connection, item=each.item, verdict=Verdict.KEEP)
                council.record_verdict(self._during(member, begins + 11), put.matter, said)
        for trade_off in put.dossier.papers.annex.trade_offs:
            council.record_trade_off(self._during(member, begins + 12), put.matter, trade_off)
        conditions = dict(self._adopted(put, begins + 13))
        council.put_to_vote(chair(begins + 15), put.matter, _result(put.dossier, conditional=bool(conditions)))
        for person in self._seats.members:
            council.vote(self._during(person, begins + 16), put.matter, Choice.FOR)
        council.decide(chair(begins + 17), put.matter)
        return conditions

    def _adopted(self, put: _Put, minutes: int) -> Iterator[tuple[str, str]]:
        """The conditions that stood open when the council had decided; what no paper names hangs on the whole."""
        papers = put.dossier.papers
        places = {each.connection for each in papers.dossier.chart.under_review()}
        places |= {each.credential for each in papers.annex.credentials}
        for each in papers.annex.conditions:
            if each.state != "open":
                continue
            proposed = council.Proposed(
                hangs_on=each.hangs_on if each.hangs_on in places else "",
                text=each.text,
                kind=each.kind,
                proof=each.proof,
                owner=each.owner,
                verifier=each.verifier,
                due=each.due,
                every_days=each.every_days,
            )
            raised = self._during(self._seats.members[-1], minutes)
            condition = council.propose_condition(raised, put.matter, proposed)
            council.adopt_condition(self._during(self._seats.chair, minutes), condition)
            yield each.condition, condition

    def answer(self, put: _Put) -> tuple[str, ...]:
        """Secretariat and chair sign the letter in the afternoon; answers the permits that follow."""
        council.sign_letter(self._during(self._seats.secretary, _SIGNED), put.matter)
        return council.sign_letter(self._during(self._seats.chair, _SIGNED + 1), put.matter)

    def close(self, minutes: int) -> None:
        """The chair closes the meeting."""
        council.close_meeting(self._during(self._seats.chair, minutes), self._meeting)


def _words(dossier: Dossier, played: Played) -> str:
    """One line about a consultation, as the minutes call it."""
    what = dossier.consultation["number"]
    return f"{what} 起案・提出・受理・審議・採決・答申を経て通行証 {'、'.join(played.permits)} / to its permits"


def _say_nothing(line: str) -> None:
    """Whoever plays without a listener."""
    del line


def _putting_all(tenant: str, dossiers: Iterable[Dossier]) -> Iterator[_Put]:
    """Who puts each of these, in the order of the register; what has no number comes last.

    Raises:
        SekishoError: A division has nobody to draft or to submit.

    """
    for each in sorted(dossiers, key=lambda one: (not _number(one), _number(one))):
        put = _putting(tenant, each)
        if put is None:
            message = f"{tenant}: nobody drafts and submits {each.consultation['consultation']}"
            raise SekishoError(message)
        yield put


def play_meeting(tenant: str, dossiers: Sequence[Dossier], tell: Tell = _say_nothing) -> Held:
    """Play one meeting through for these consultations, in the order of the register; answers what came of it.

    Raises:
        Refused: An act is not allowed to whoever takes it, or the papers lack an answer; with every reason.
        SekishoError: Somebody of the council or of a division is missing, or a number was given already.

    """
    seats = seats_of(tenant)
    if seats is None:
        message = f"{tenant}: nobody sits in the council"
        raise SekishoError(message)
    room = _Meeting(tenant, seats, dossiers[0])
    puts = [replace(each, matter=room.take_in(each)) for each in _putting_all(tenant, dossiers)]
    meeting = room.call(puts)
    adopted = [room.decide(each, number * _MINUTES_AN_ITEM) for number, each in enumerate(puts)]
    room.close(len(puts) * _MINUTES_AN_ITEM)
    found = []
    for put, conditions in zip(puts, adopted, strict=True):
        played = Played(matter=put.matter, permits=room.answer(put), conditions=conditions)
        tell(_words(put.dossier, played))
        found.append(played)
    return Held(meeting=meeting, seats=seats, items=tuple(found))
