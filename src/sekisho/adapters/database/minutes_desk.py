"""Minutes on the desk: one version, locked, its sealed text opened; who may do what to it, and the entry that says so.

The draft and the words to be removed may hold names: they are sealed. Marks hold the digest of the text they are about,
so that whoever confirmed one text has not confirmed another.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sekisho.adapters.database.council_conditions import CLOCK
from sekisho.adapters.database.council_deeds import Deed, note, roles_of
from sekisho.adapters.database.models import MinutesMark, MinutesRow
from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import MINUTES_TABLE, Act, Duty, RemovalList, Role, advance_state, check_duties
from sekisho.records import RecordsError
from sekisho.records.minutes import MinutesPage, parse_minutes

OBJECTED: Final = "object"
STEP_ENTRIES: Final = MappingProxyType(
    {
        "edit": EntryKind.MINUTES_EDITED,
        "object": EntryKind.MINUTES_OBJECTED,
        "confirm": EntryKind.MINUTES_CONFIRMED,
        "pass_in_silence": EntryKind.MINUTES_PASSED_IN_SILENCE,
        "find_leak": EntryKind.REDACTION_LEAK_FOUND,
        "check_redaction": EntryKind.REDACTION_CHECKED,
        "publish": EntryKind.MINUTES_PUBLISHED,
        "correct": EntryKind.MINUTES_CORRECTED,
    }
)


def subject_of(minutes: str) -> str:
    """Under whose key the drafts of minutes are sealed."""
    return f"minutes/{minutes}"


def place_of(minutes: str, version: int, what: str) -> str:
    """Where a sealed text belongs; it opens nowhere else."""
    return f"minutes/{minutes}/{version}/{what}"


def page_of(text: str) -> MinutesPage:
    """The page that a text is.

    Raises:
        Refused: It is not such a page; with the place.

    """
    try:
        return parse_minutes(text.replace("\r\n", "\n").strip("\n") + "\n")
    except RecordsError as fault:
        # The message may quote what somebody typed; only where it stands goes into the reason.
        where = str(fault).split(":", maxsplit=1)[0][:60]
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="minutes", what=where)]) from fault


@dataclass(slots=True, kw_only=True)
class MinutesDesk:
    """One version of minutes on the desk, with its text and the words to be removed from it."""

    deed: Deed
    row: MinutesRow
    roles: frozenset[Role] | None
    text: str
    words: tuple[str, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the text and of the words to be removed: what marks are about."""
        return hashlib.sha256("\0".join((self.text, *self.words)).encode()).hexdigest()

    @property
    def removal(self) -> RemovalList:
        """The words to be removed; they were checked when they were listed."""
        return RemovalList(words=self.words)

    def marked(self, mark: str) -> frozenset[str]:
        """Who set this mark on the text as it stands."""
        rows = MinutesMark.objects.filter(minutes=self.row, mark=mark, digest=self.digest)
        return frozenset(rows.values_list("person", flat=True))

    def allow(self, act: Act) -> None:
        """May this person do this to this version, after all they did to it?

        Raises:
            Refused: Not with these roles, or not after what they did before.

        """
        marks = MinutesMark.objects.filter(minutes=self.row, mark__in=list(Act)).values_list("person", "mark")
        duties = [Duty(person=person, act=Act(mark)) for person, mark in marks]
        check_duties(self.deed.person, self.roles or (), act, duties)

    def mark(self, mark: str, remark: str = "") -> None:
        """Set a mark on the text as it stands."""
        about = {"minutes": self.row, "person": self.deed.person, "mark": mark, "digest": self.digest}
        MinutesMark.objects.get_or_create(**about, defaults={"at": self.deed.at, "remark": remark})

    def must_be(self, *states: str) -> None:
        """Is the version where this can be done?

        Raises:
            Refused: It is not.

        """
        if self.row.state not in states:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=self.row.minutes, state=self.row.state)])

    def advance(self, step: str, /, **facts: object) -> None:
        """Take a step of the state table and write it down.

        Raises:
            Refused: Not in this state, or not with these roles.

        """
        before = self.row.state
        self.row.state = advance_state(MINUTES_TABLE, self.row.minutes, before, step, self.roles)
        self.row.save()
        self.note(STEP_ENTRIES[step], before=before, after=self.row.state, **facts)

    def note(self, kind: EntryKind, /, **facts: object) -> None:
        """Write an entry about this version."""
        note(self.deed, kind, minutes=self.row.minutes, version=self.row.version, **facts)


def _open(deed: Deed, row: MinutesRow, roles: frozenset[Role] | None) -> MinutesDesk:
    """A version with its sealed text opened."""
    seals, subject = Seals(deed.tenant), subject_of(row.minutes)
    text = seals.open(subject, place_of(row.minutes, row.version, "text"), bytes(row.sealed))["text"]
    words = seals.open(subject, place_of(row.minutes, row.version, "words"), bytes(row.removal))["words"]
    return MinutesDesk(deed=deed, row=row, roles=roles, text=str(text), words=tuple(words))


def seal_into(row: MinutesRow, text: str, words: Iterable[str]) -> None:
    """Seal the text and the words into the row; the key of the minutes must be there."""
    seals, subject, listed = Seals(row.tenant_id), subject_of(row.minutes), list(words)
    row.sealed = seals.seal(subject, place_of(row.minutes, row.version, "text"), {"text": text})
    row.removal = seals.seal(subject, place_of(row.minutes, row.version, "words"), {"words": listed})
    row.removal_count = len(listed)


def newest_minutes(tenant: str, minutes: str) -> MinutesRow:
    """The newest version of minutes of this municipality.

    Raises:
        Refused: There are none.

    """
    row = MinutesRow.objects.filter(tenant_id=tenant, minutes=minutes).order_by("version").last()
    if row is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=minutes)])
    return row


def read_draft(deed: Deed, minutes: str) -> MinutesDesk:
    """The newest version, opened to be read.

    Raises:
        Refused: There are none, or nobody of that name.

    """
    return _open(deed, newest_minutes(deed.tenant, minutes), roles_of(deed))


@contextmanager
def minutes_desk(deed: Deed, minutes: str) -> Iterator[MinutesDesk]:
    """Take the newest version of minutes to work on; a refusal changes nothing.

    Raises:
        Refused: There are none, or nobody of that name.

    """
    with writing():
        MinutesRow.objects.select_for_update().filter(tenant_id=deed.tenant, minutes=minutes).first()
        yield _open(deed, newest_minutes(deed.tenant, minutes), roles_of(deed))


def clock_desk(tenant: str, row: MinutesRow, at: datetime) -> MinutesDesk:
    """A version as the clock takes it: it has no roles and names no person."""
    return _open(replace(Deed(tenant=tenant, person=CLOCK, at=at)), row, None)
