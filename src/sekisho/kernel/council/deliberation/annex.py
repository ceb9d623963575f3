"""What is laid before the council beside a dossier (添付資料): cards of networks and computers, custody, notes.

Each kind of line answers questions that members had to ask in November 2019: who pays for a network, where a device
stands and who holds its key, who knows a password, what a word means, what else was considered.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sekisho.kernel.council.consultation.differences import flatten_data
from sekisho.kernel.council.consultation.dossier import Dossier
from sekisho.kernel.council.deliberation.conditions import Condition, ConditionKind
from sekisho.kernel.council.deliberation.opinions import TradeOff
from sekisho.kernel.errors import Reason, ReasonCode, because
from sekisho.kernel.network import Chart, path_between, paths_to_ours


class NoteKind(StrEnum):
    """What a note is about."""

    TERM = "term"
    RISK_REMOVED = "risk_removed"
    RISK_ADDED = "risk_added"
    HISTORY = "history"
    HUMAN_STEP = "human_step"
    ALTERNATIVE = "alternative"
    SAFETY = "safety"
    VOLUME = "volume"
    PRECEDENT = "precedent"
    UNCHANGED = "unchanged"
    POSSIBLE_ARROW = "possible_arrow"
    NO_PATH = "no_path"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note: what kind, about what, and its words."""

    note: str
    kind: NoteKind
    on: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkCard:
    """Who pays for a network, whose lines it uses, and what it is joined to."""

    network: str
    fee_payer: str
    carrier: str
    interconnected_with: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputerCard:
    """What a computer is physically, how it is locked, in which state it is, who made it, how tenants are apart."""

    computer: str
    form: str
    lock: str
    state: str
    maker: str
    tenancy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialCustody:
    """Who holds a credential and who uses it; sharing it, or using what one holds, is an exception with an end."""

    credential: str
    departments: tuple[str, ...]
    custodians: tuple[str, ...]
    operators: tuple[str, ...]
    shared_with: tuple[str, ...]
    exception: str
    exception_until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """Everything that is laid beside one dossier, with the conditions and trade-offs that its decision named."""

    networks: tuple[NetworkCard, ...] = ()
    computers: tuple[ComputerCard, ...] = ()
    credentials: tuple[CredentialCustody, ...] = ()
    notes: tuple[Note, ...] = ()
    conditions: tuple[Condition, ...] = ()
    trade_offs: tuple[TradeOff, ...] = ()


def _as_plain(value: Any) -> Any:
    """Plain data: lists and texts."""
    if isinstance(value, Mapping):
        return {name: _as_plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_as_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def flatten_annex(annex: Annex) -> dict[str, str | int | bool]:
    """Every field of an annex by its path, such as `annex.networks[lgwan].fee_payer`."""
    return flatten_data({"annex": _as_plain(asdict(annex))})


def _missing(place: str, what: str) -> Reason:
    """One missing answer."""
    return because(ReasonCode.DOSSIER_INCOMPLETE, place=place, what=what)


def _of_cards(dossier: Dossier, annex: Annex) -> Iterator[Reason]:
    """Every network has its card, and no card has a blank (不明 and なし are answers)."""
    carded = {each.network for each in annex.networks}
    for network in dossier.chart.networks:
        if network.network not in carded:
            yield _missing(network.network, "fee_payer")
    for path, value in flatten_annex(Annex(networks=annex.networks, computers=annex.computers)).items():
        if value == "":
            place, _, what = path.rpartition(".")
            yield _missing(place, what)


def _is_excused(credential: CredentialCustody) -> bool:
    """Is there a reason, and a day on which the exception ends?"""
    return bool(credential.exception and credential.exception_until)


def sharing_faults(credential: CredentialCustody) -> tuple[Reason, ...]:
    """A credential that serves several purposes needs a reason and the day on which that ends."""
    if not credential.shared_with or _is_excused(credential):
        return ()
    return (_missing(credential.credential, "shared_with: exception, exception_until"),)


def custody_faults(credential: CredentialCustody) -> tuple[Reason, ...]:
    """Who holds a credential does not use it, unless there is a reason and the day on which that ends."""
    if not set(credential.custodians) & set(credential.operators) or _is_excused(credential):
        return ()
    return (_missing(credential.credential, "custodians: exception, exception_until"),)


def exception_faults(credential: CredentialCustody, conditions: Iterable[Condition]) -> tuple[Reason, ...]:
    """The end of an exception is a condition: whoever promised it proves it by that day, or the permit stops."""
    if not _is_excused(credential):
        return ()
    ends = {
        each.due.isoformat()
        for each in conditions
        if each.hangs_on == credential.credential and each.kind is ConditionKind.BLOCKS_AFTER_DATE
    }
    if credential.exception_until in ends:
        return ()
    return (_missing(credential.credential, "exception_until: condition"),)


def no_path_faults(chart: Chart, note: Note) -> tuple[Reason, ...]:
    """What is said not to be joined is not joined on the chart: two computers, or one to any other of ours."""
    if note.kind is not NoteKind.NO_PATH:
        return ()
    one, _, other = note.on.partition("/")
    unknown = [each for each in (one, other) if each and chart.computer_named(each) is None]
    ways = [path_between(chart, one, other)] if other else paths_to_ours(chart, one)
    place = f"annex.notes[{note.note}]"
    return (
        *(because(ReasonCode.NOT_FOUND, what=each) for each in unknown),
        *(because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=place, what=" - ".join(way)) for way in ways if way),
    )


def missing_in_annex(dossier: Dossier, annex: Annex) -> tuple[Reason, ...]:
    """Every answer that is still missing beside the dossier, and every claim that its chart contradicts."""
    reasons = list(_of_cards(dossier, annex))
    for credential in annex.credentials:
        reasons += [*sharing_faults(credential), *custody_faults(credential)]
        reasons += exception_faults(credential, annex.conditions)
    for note in annex.notes:
        reasons += no_path_faults(dossier.chart, note)
    return tuple(reasons)
