"""What the house that issued a permit has said of it since it was handed over, read from this house's own ledger.

A row can be edited; an entry cannot be edited unseen. So whether the council's house has stopped an accepted permit,
and whether a paper is older than that, is asked of the entries alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from sekisho.adapters.database.ledgers import rows_about
from sekisho.adapters.database.models import EntryRow
from sekisho.kernel import EntryKind, ReasonCode, Refused, because, decode_entry

STOPPED: Final = "市の会議の判断で止められています / stopped by the city's council"
_ACTIVE, _ISSUED = "active", "issued"
_BEFORE: Final = datetime(1970, 1, 1, tzinfo=UTC)


class IssuerSays(StrEnum):
    """What the issuing house says of a permit that it handed over. Never renamed or reused."""

    HANDED_OVER = "handed over"
    WAITS = "waits"
    BEGUN = "begun"
    STOPPED = "stopped"
    RESUMED = "resumed"
    SUPERSEDED = "superseded"


_IN_FORCE: Final = frozenset({IssuerSays.HANDED_OVER, IssuerSays.BEGUN, IssuerSays.RESUMED})


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerWord:
    """The issuing house's last word, the moment on its own paper, and why."""

    word: IssuerSays
    said_at: datetime
    cause: str = ""
    status: str = ""

    @property
    def stopped(self) -> bool:
        """Has its house stopped it?"""
        return self.word is IssuerSays.STOPPED

    @property
    def in_force(self) -> bool:
        """Does its house say that it is in force there?"""
        return self.word in _IN_FORCE

    @property
    def replaced(self) -> bool:
        """Has another permit taken its place in its house?"""
        return self.word is IssuerSays.SUPERSEDED


def entries_about(tenant: str, permit: str) -> Iterator[Mapping[str, Any]]:
    """Every entry about a permit, in order."""
    rows = rows_about(tenant, f"permit/{permit}")
    return map(decode_entry, [bytes(body) for body in rows.values_list("body", flat=True)])


def issuer_word(tenant: str, permit: str) -> IssuerWord | None:
    """The last word of the issuing house about an accepted permit; nothing of one that was issued here."""
    found = None
    for entry in entries_about(tenant, permit):
        if str(entry["kind"]) == str(EntryKind.PERMIT_ISSUED) and "paper" in entry and "issuer" not in entry:
            # Accepted before papers said when they were written.
            found = IssuerWord(word=IssuerSays.HANDED_OVER, said_at=_BEFORE)
        if said := entry.get("issuer"):
            found = IssuerWord(
                word=IssuerSays(said["word"]),
                said_at=datetime.fromisoformat(said["at"]),
                cause=str(said.get("cause", "")),
                status=str(said.get("status", "")),
            )
    return found


def stopped_here(tenant: str, permit: str) -> bool:
    """Did somebody of this house stop it as well, and has nobody here started it again?"""
    kinds = {str(EntryKind.PERMIT_SUSPENDED): True, str(EntryKind.PERMIT_RESUMED): False}
    found = False
    for entry in entries_about(tenant, permit):
        if "issuer" not in entry:
            found = kinds.get(str(entry["kind"]), found)
    return found


def check_not_stopped_by_issuer(tenant: str, permit: str) -> None:
    """Nobody here starts what the city's council has stopped.

    Raises:
        Refused: Its house has stopped it, and no newer paper was accepted.

    """
    word = issuer_word(tenant, permit)
    if word is not None and word.stopped:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=permit, state=STOPPED)])


def stands_since(tenant: str, permit: str) -> tuple[str, str]:
    """Since when a permit is in its present state in this house, and why if somebody said; by its entries."""
    status, since, cause = "", "", ""
    for entry in entries_about(tenant, permit):
        after = str(entry.get("status", _ACTIVE))
        if after != status:
            status, since, cause = after, str(entry["at"]), str(entry.get("cause", ""))
    return since, cause


def was_handed_over(tenant: str, permit: str) -> bool:
    """Did a paper of this permit leave for another house?"""
    kind = str(EntryKind.PERMIT_HANDED_OVER)
    return any(str(entry["kind"]) == kind and "to" not in entry for entry in entries_about(tenant, permit))


def handed_over(tenant: str) -> frozenset[str]:
    """Every permit of which a paper left for another house."""
    rows = EntryRow.objects.filter(
        tenant_id=tenant, kind=EntryKind.PERMIT_HANDED_OVER, subject__gt="", subject__startswith="permit/"
    )
    named = {subject.removeprefix("permit/") for subject in rows.values_list("subject", flat=True)}
    return frozenset(permit for permit in named if was_handed_over(tenant, permit))


def begun_since_handed_over(tenant: str, permit: str) -> bool:
    """Did it leave while it waited for its first day, and begin without having been stopped in between?"""
    handed, waits, begun = str(EntryKind.PERMIT_HANDED_OVER), False, False
    for entry in entries_about(tenant, permit):
        status = str(entry.get("status", _ACTIVE))
        if str(entry["kind"]) == handed and "to" not in entry:
            waits, begun = status == _ISSUED, False
        else:
            begun = begun or (waits and status == _ACTIVE)
            waits = waits and status == _ISSUED
    return begun


def was_told(tenant: str, permit: str, to: str, since: str) -> bool:
    """Was this counterpart told of the stop that began then?"""
    return any((entry.get("to"), entry.get("since")) == (to, since) for entry in entries_about(tenant, permit))
