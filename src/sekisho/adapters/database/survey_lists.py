"""The lists that a survey uses: our networks, and the reviewed technical hosts. The latest version counts."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any, Final, TypeVar

from sekisho.adapters.database.council_deeds import Deed, note, roles_of, text_digest
from sekisho.adapters.database.models import SurveyListRow
from sekisho.adapters.database.turns import writing
from sekisho.business.connection_survey import OwnNetwork, TechnicalHost, read_networks, read_technical
from sekisho.kernel import EntryKind, ReasonCode, Refused, SekishoError, because
from sekisho.kernel.council import Role

NETWORKS: Final = "networks"
TECHNICAL: Final = "technical"
Kept = TypeVar("Kept")
SURVEYORS: Final = frozenset({Role.SECRETARIAT, Role.INFORMATION_SYSTEMS})


def must_survey(deed: Deed) -> None:
    """Only the secretariat and information systems keep a survey.

    Raises:
        Refused: Somebody else.

    """
    if roles_of(deed).isdisjoint(SURVEYORS):
        raise Refused([because(ReasonCode.NOT_ALLOWED, action="survey")])


def understood(what: str, read: Callable[[bytes], tuple[Kept, ...]], body: bytes) -> tuple[Kept, ...]:
    """A table as it was handed in.

    Raises:
        Refused: It cannot be read; with the sentence that says where.

    """
    try:
        return read(body)
    except SekishoError as fault:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where=what, what=str(fault))]) from fault


def _keep(deed: Deed, kind: str, rows: list[dict[str, Any]]) -> int:
    """Keep a version of a list; answers how many rows it has."""
    with writing():
        must_survey(deed)
        SurveyListRow.objects.create(tenant_id=deed.tenant, kind=kind, rows=rows, kept_by=deed.person, kept_at=deed.at)
        digest = text_digest(repr([sorted(each.items()) for each in rows]))
        note(deed, EntryKind.SURVEY_LIST_KEPT, list=kind, rows=len(rows), digest=digest)
    return len(rows)


def keep_networks(deed: Deed, body: bytes) -> int:
    """Keep the inventory of our networks; answers how many.

    Raises:
        Refused: Not by this person, or the table cannot be read.

    """
    return _keep(deed, NETWORKS, [asdict(each) for each in understood(NETWORKS, read_networks, body)])


def keep_technical(deed: Deed, body: bytes) -> int:
    """Keep the reviewed list of technical hosts; answers how many.

    Raises:
        Refused: Not by this person, or the table cannot be read.

    """
    rows = [asdict(each) for each in understood(TECHNICAL, read_technical, body)]
    return _keep(
        deed,
        TECHNICAL,
        [{**each, "reviewed": each["reviewed"].isoformat(), "until": each["until"].isoformat()} for each in rows],
    )


def _latest(tenant: str, kind: str) -> list[dict[str, Any]]:
    """The rows of the latest version."""
    row = SurveyListRow.objects.filter(tenant_id=tenant, kind=kind).order_by("-id").first()
    return list(row.rows) if row else []


def networks_of(tenant: str) -> tuple[OwnNetwork, ...]:
    """Our networks, as they were written down last."""
    return tuple(OwnNetwork(**each) for each in _latest(tenant, NETWORKS))


def technical_of(tenant: str) -> tuple[TechnicalHost, ...]:
    """The technical hosts, as they were reviewed last."""
    days = ("reviewed", "until")
    return tuple(
        TechnicalHost(**{**each, **{name: date.fromisoformat(each[name]) for name in days}})
        for each in _latest(tenant, TECHNICAL)
    )
