"""What is laid before the council beside a dossier (添付資料): cards of networks and computers, custody, notes.

Each kind of line answers questions that members had to ask in November 2019: who pays for a network, where a device
stands and who holds its key, who knows a password, what a word means, what else was considered.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from sekisho.kernel.council.consultation.custody import ComputerCard, CredentialCustody, Note, NoteKind
from sekisho.kernel.council.consultation.differences import flatten_data
from sekisho.kernel.council.consultation.dossier import Dossier
from sekisho.kernel.council.deliberation.conditions import Condition, ConditionKind
from sekisho.kernel.council.deliberation.opinions import TradeOff
from sekisho.kernel.errors import Reason, ReasonCode, because
from sekisho.kernel.network import Chart, path_between, paths_to_ours


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkCard:
    """Who pays for a network, whose lines it uses, and what it is joined to."""

    network: str
    fee_payer: str
    carrier: str
    interconnected_with: tuple[str, ...]


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


def _of_networks(dossier: Dossier, annex: Annex) -> Iterator[Reason]:
    """Every network has its card, and no card has a blank (不明 and なし are answers)."""
    carded = {each.network for each in annex.networks}
    for network in dossier.chart.networks:
        if network.network not in carded:
            yield _missing(network.network, "fee_payer")
    yield from _blanks(Annex(networks=annex.networks))


def _blanks(annex: Annex) -> Iterator[Reason]:
    """Every blank on a card."""
    for path, value in flatten_annex(annex).items():
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


def _holders(_: Dossier, annex: Annex) -> Iterator[Reason]:
    """Every credential has its departments, whoever holds it, and whoever uses it."""
    for credential in annex.credentials:
        for name in ("departments", "custodians", "operators"):
            if not getattr(credential, name):
                yield _missing(credential.credential, name)


def _shared(_: Dossier, annex: Annex) -> Iterator[Reason]:
    """No credential is shared without a reason and an end."""
    return (reason for each in annex.credentials for reason in sharing_faults(each))


def _used_by_its_holder(_: Dossier, annex: Annex) -> Iterator[Reason]:
    """No holder uses a credential without a reason and an end."""
    return (reason for each in annex.credentials for reason in custody_faults(each))


def _dated(_: Dossier, annex: Annex) -> Iterator[Reason]:
    """An exception ends on a day of the calendar, so that a condition can be due on it."""
    for each in annex.credentials:
        try:
            ends = not each.exception_until or bool(date.fromisoformat(each.exception_until))
        except ValueError:
            ends = False
        if not ends:
            what, where = each.exception_until, f"{each.credential}.exception_until"
            yield because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=where, what=what)


def _devices(dossier: Dossier, annex: Annex) -> Iterator[Reason]:
    """A card has no blank, and is of a computer on the chart."""
    for each in annex.computers:
        if dossier.chart.computer_named(each.computer) is None:
            yield because(ReasonCode.NOT_FOUND, what=each.computer)
    yield from _blanks(Annex(computers=annex.computers))


def _paths(dossier: Dossier, annex: Annex) -> Iterator[Reason]:
    """What is said not to be joined is not joined."""
    return (reason for each in annex.notes for reason in no_path_faults(dossier.chart, each))


def _anybody(dossier: Dossier, annex: Annex) -> Iterator[Reason]:
    """Where people sign in, the dossier says who holds what they sign in with."""
    if any(each.factors for each in dossier.sheets) and not annex.credentials:
        yield _missing("annex.credentials", "custodians, operators")


Rule = Callable[[Dossier, Annex], Iterator[Reason]]
RULES_BESIDE: Final[tuple[Rule, ...]] = (_devices, _holders, _shared, _used_by_its_holder, _dated, _paths)
"""What is asked of everything that is laid beside a dossier, wherever it was written."""
RULES_OF_A_DRAFT: Final[tuple[Rule, ...]] = (_anybody, *RULES_BESIDE)
"""What is asked besides of a dossier that is drafted here."""


def annex_of(dossier: Dossier) -> Annex:
    """What a dossier itself says beside its sheets. Its networks say on the chart who pays for them."""
    return Annex(computers=dossier.devices, credentials=dossier.credentials, notes=dossier.notes)


def missing_beside(dossier: Dossier, rules: Iterable[Rule] = RULES_OF_A_DRAFT) -> tuple[Reason, ...]:
    """Every answer about custody and devices that a dossier lacks, and every claim that its own chart contradicts."""
    return tuple(reason for rule in rules for reason in rule(dossier, annex_of(dossier)))


def ends_not_promised(dossier: Dossier, conditions: Iterable[Condition]) -> tuple[Reason, ...]:
    """Every exception whose end is not among the conditions of the decision."""
    held = tuple(conditions)
    return tuple(reason for each in dossier.credentials for reason in exception_faults(each, held))


def missing_in_annex(dossier: Dossier, annex: Annex) -> tuple[Reason, ...]:
    """Every answer that is still missing beside the dossier, and every claim that its chart contradicts."""
    reasons = [*_of_networks(dossier, annex), *(reason for rule in RULES_BESIDE for reason in rule(dossier, annex))]
    for credential in annex.credentials:
        reasons += exception_faults(credential, annex.conditions)
    return tuple(reasons)
