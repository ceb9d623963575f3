"""Acting in a matter of the council: who may, in which state, and the entry that says so, in one transaction.

Separation of duties is checked here at every act, against the roles that the person holds today and against all that
they did in the same matter before. Entries hold ids, states, digests and counts; what somebody wrote stays in its row.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import CouncilNumber, DutyRow, Matter, Person
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import CONSULTATION_TABLE, Act, Duty, Role, advance_state, check_assignment, check_duties

STEP_ENTRIES: Final = MappingProxyType(
    {
        "submit": EntryKind.CONSULTATION_SUBMITTED,
        "return": EntryKind.CONSULTATION_RETURNED,
        "accept": EntryKind.CONSULTATION_ACCEPTED,
        "put_on_agenda": EntryKind.CONSULTATION_ON_AGENDA,
        "claim_exemption": EntryKind.EXEMPTION_CLAIMED,
        "confirm_exemption": EntryKind.EXEMPTION_CONFIRMED,
        "reject_exemption": EntryKind.EXEMPTION_REJECTED,
        "circulate": EntryKind.CONSULTATION_CIRCULATED,
        "amend": EntryKind.CONSULTATION_AMENDED,
        "open_session": EntryKind.SESSION_OPENED,
        "close_questions": EntryKind.QUESTIONS_CLOSED,
        "take_back": EntryKind.CONSULTATION_TAKEN_BACK,
        "sign_letter": EntryKind.CONSULTATION_ANSWERED,
        "decide_internally": EntryKind.CONSULTATION_DECIDED_INTERNALLY,
        "decline_internally": EntryKind.CONSULTATION_DECIDED_INTERNALLY,
        "issue_permits": EntryKind.CONSULTATION_IN_FORCE,
        "withdraw": EntryKind.CONSULTATION_WITHDRAWN,
        "change_lightly": EntryKind.CONSULTATION_CHANGED_LIGHTLY,
        "change_materially": EntryKind.CONSULTATION_CHANGED,
        "withdraw_change": EntryKind.CONSULTATION_CHANGE_WITHDRAWN,
    }
)
_OF_DEPARTMENT: Final = frozenset({Act.DRAFT, Act.ANSWER, Act.SUBMIT, Act.CLAIM_EXEMPTION, Act.CHANGE})
_ONCE_A_DECISION: Final = frozenset({Act.SIGN_LETTER, Act.ISSUE, Act.DECIDE_INTERNALLY, Act.COUNTERSIGN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who acts, for which municipality, and when."""

    tenant: str
    person: str
    at: datetime


def text_digest(text: str) -> str:
    """What an entry says of a text that it must not hold."""
    return hashlib.sha256(text.encode()).hexdigest()


def person_of(deed: Deed) -> Person:
    """The person who acts.

    Raises:
        Refused: Nobody of that name works here.

    """
    found = Person.objects.filter(tenant_id=deed.tenant, username=deed.person, is_active=True).first()
    if found is None:
        raise Refused([because(ReasonCode.NOT_IDENTIFIED)])
    return found


def roles_of(deed: Deed) -> frozenset[Role]:
    """The roles that the person holds today; together they must be allowed, whoever wrote them into the row.

    Raises:
        Refused: Nobody of that name works here, or one person may not hold these roles together.

    """
    roles = frozenset(Role(each) for each in person_of(deed).roles if each in set(Role))
    check_assignment(deed.person, roles)
    return roles


def note(deed: Deed, kind: EntryKind, /, **facts: object) -> None:
    """Write the entry of what was done."""
    frame = {"kind": str(kind), "tenant": deed.tenant, "at": deed.at.isoformat(), "by": {"person": deed.person}}
    append_entry(deed.tenant, {**frame, **facts})


def next_number(tenant: str, series: str) -> int:
    """Take the next number of a series."""
    CouncilNumber.objects.get_or_create(tenant_id=tenant, series=series)
    row = CouncilNumber.objects.select_for_update().get(tenant_id=tenant, series=series)
    CouncilNumber.objects.filter(pk=row.pk).update(next=row.next + 1)
    return row.next


@dataclass(slots=True, kw_only=True)
class Bench:
    """A matter on the bench, locked: what is done to it now is one transaction with its entries."""

    deed: Deed
    row: Matter
    roles: frozenset[Role]

    def allow(self, act: Act) -> None:
        """May this person do this here, after all they did before? If so, it is remembered.

        Raises:
            Refused: Not with these roles, not for another department, or not after what they did before.

        """
        done = [
            Duty(person=person, act=Act(other))
            for person, other, version in DutyRow.objects.filter(matter=self.row).values_list(
                "person", "act", "version"
            )
            if other not in _ONCE_A_DECISION or version == self.row.version
        ]
        check_duties(self.deed.person, self.roles, act, done)
        if act in _OF_DEPARTMENT:
            self.own_department()
        DutyRow.objects.get_or_create(
            matter=self.row,
            version=self.row.version,
            person=self.deed.person,
            act=act,
            defaults={"at": self.deed.at},
        )

    def own_department(self) -> None:
        """Only the department that consults.

        Raises:
            Refused: It is another department's matter.

        """
        if person_of(self.deed).department != self.row.department:
            raise Refused([because(ReasonCode.NOT_ALLOWED, action=f"act for {self.row.department}")])

    def advance(self, step: str, /, **facts: object) -> None:
        """Take a step of the state table and write it down.

        Raises:
            Refused: Not in this state, or not with these roles.

        """
        before = self.row.state
        self.row.state = advance_state(CONSULTATION_TABLE, self.row.matter, before, step, self.roles)
        self.row.save()
        kind = STEP_ENTRIES.get(step, EntryKind.CONSULTATION_DECIDED)
        self.note(kind, before=before, after=self.row.state, **facts)

    def must_be(self, *states: str) -> None:
        """Is the matter where this can be done?

        Raises:
            Refused: It is not.

        """
        if self.row.state not in states:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=self.row.matter, state=self.row.state)])

    def no_open_vote(self) -> None:
        """Nothing that is being voted on changes: the chair takes the motion back first, and its ballots are void.

        Raises:
            Refused: A motion is put to the vote, and it was not decided yet.

        """
        if self.row.state == "deliberating" and self.row.motion:
            raise Refused([because(ReasonCode.VOTE_IS_OPEN, what=self.row.consultation)])

    def note(self, kind: EntryKind, /, **facts: object) -> None:
        """Write an entry about this matter."""
        named = {"matter": self.row.matter, "consultation": self.row.consultation, "version": self.row.version}
        note(self.deed, kind, **named, **facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where something is done that belongs to no matter: only what the person's roles of today allow."""

    deed: Deed
    about: str
    roles: frozenset[Role]

    def allow(self, act: Act) -> None:
        """May this person do this?

        Raises:
            Refused: Not with these roles.

        """
        check_duties(self.deed.person, self.roles, act, ())

    def must_be(self, *states: str) -> None:
        """Nothing is before the council here.

        Raises:
            Refused: Always; with the states that were asked for.

        """
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=self.about, state=f"in_force ({', '.join(states)})")])


def find_matter(tenant: str, matter: str) -> Matter:
    """A matter of this municipality.

    Raises:
        Refused: There is none.

    """
    row = Matter.objects.filter(tenant_id=tenant, matter=matter).select_related("meeting").first()
    if row is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=matter)])
    return row


@contextmanager
def bench(deed: Deed, matter: str) -> Iterator[Bench]:
    """Take a matter to work on; nobody else changes it meanwhile, and a refusal changes nothing.

    Raises:
        Refused: There is no such matter here, or nobody of that name.

    """
    with writing():
        Matter.objects.select_for_update().filter(tenant_id=deed.tenant, matter=matter).first()
        yield Bench(deed=deed, row=find_matter(deed.tenant, matter), roles=roles_of(deed))
