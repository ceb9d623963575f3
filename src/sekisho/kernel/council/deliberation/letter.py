"""The decision letter (答申書) with the terms of its permits, and the specification that each arrow becomes.

The letter is what chair and secretariat sign: decision, conditions and terms in one canonical writing. Whatever is
machine-checked afterwards is in it, so nobody can widen a permit without breaking two signatures.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Final

from sekisho.kernel.authority import Specification, loan_faults
from sekisho.kernel.council.consultation.dossier import ConnectionSheet, Dossier, digest_of_dossier
from sekisho.kernel.council.deliberation.conditions import Condition
from sekisho.kernel.council.deliberation.decision import Decision, Deliberated, decision_to_data
from sekisho.kernel.council.deliberation.rules import REGIMES
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because
from sekisho.kernel.evidence import canonical_bytes
from sekisho.kernel.network import Carriage, Connection, Direction, hidden_items, written_items

_GATED: Final = frozenset({Carriage.FILE, Carriage.RECORD})
_ACROSS: Final = frozenset({Direction.INWARD, Direction.OUTWARD})


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitTerms:
    """What the permit of one arrow needs besides the dossier: where, in which form, how much, from when until when."""

    connection: str
    counterpart: str
    terminals: tuple[str, ...]
    layouts: tuple[str, ...]
    types: tuple[str, ...]
    bytes_at_most: int
    records_at_most: int
    parcels_a_day: int
    erase_within_hours: int
    not_before: str
    not_after: str
    strip_unapproved: bool = False
    number_columns: tuple[str, ...] = ()
    assessment: str = ""
    factors: tuple[str, ...] = ()
    inspections: tuple[str, ...] = ()
    rebuild: bool = False
    house_keeps_days: int = 0
    contractor_keeps_days: int = 0
    key_lent_hours: int = 0


_IF_ANY: Final = frozenset(
    {
        "number_columns",
        "assessment",
        "factors",
        "inspections",
        "rebuild",
        "house_keeps_days",
        "contractor_keeps_days",
        "key_lent_hours",
    }
)
"""Terms that are written down only where there is something, so that earlier letters read as they were signed."""


_ALWAYS_OPEN: Final = _IF_ANY - {"number_columns", "assessment"}


def terms_to_data(terms: PermitTerms) -> dict[str, Any]:
    """Terms as plain data."""
    return {name: value for name, value in asdict(terms).items() if value or name not in _IF_ANY}


def gated_arrows(dossier: Dossier) -> tuple[Connection, ...]:
    """The arrows under review that cross by the gate: files and records, in or out."""
    return tuple(each for each in dossier.chart.under_review() if each.carriage in _GATED and each.direction in _ACROSS)


def missing_terms(dossier: Dossier, terms: Iterable[PermitTerms]) -> tuple[Reason, ...]:
    """Every term that a permit would lack, and every term of an arrow that gets no permit."""
    known = {each.connection: each for each in terms}
    arrows = [each.connection for each in gated_arrows(dossier)]
    numbered = [each for each in arrows if carries_numbers(dossier, each)]
    strangers = [
        because(ReasonCode.DOSSIER_INCOMPLETE, place=each, what="chart") for each in sorted({*known} - {*arrows})
    ]
    missing = (
        _missing_for(arrow, known.get(arrow), _ALWAYS_OPEN if arrow in numbered else _IF_ANY) for arrow in arrows
    )
    return (*(reason for each in missing for reason in each), *strangers)


def carries_numbers(dossier: Dossier, connection: str) -> bool:
    """Is one of the data items on the sheet of this arrow an Individual Number?"""
    sheet = dossier.sheet_of(connection)
    return sheet is not None and any(each.individual_number for each in sheet.items)


def _missing_for(arrow: str, terms: PermitTerms | None, needless: frozenset[str]) -> Iterator[Reason]:
    """What the terms of one arrow lack; some are needed only where Individual Numbers travel."""
    if terms is None:
        yield because(ReasonCode.DOSSIER_INCOMPLETE, place=arrow, what="terms")
        return
    for field in fields(terms):
        value = getattr(terms, field.name)
        empty = value in ("", ()) or (isinstance(value, int) and not isinstance(value, bool) and value <= 0)
        if empty and field.name not in needless:
            yield because(ReasonCode.DOSSIER_INCOMPLETE, place=arrow, what=field.name)
    yield from loan_faults(arrow, terms.key_lent_hours, terms.contractor_keeps_days)


def write_letter(decision: Decision, terms: Iterable[PermitTerms], conditions: Iterable[Condition]) -> bytes:
    """The canonical bytes of the letter, which two persons sign."""
    return canonical_bytes(
        {
            "decision": decision_to_data(decision),
            "terms": [terms_to_data(each) for each in terms],
            "conditions": [{**asdict(each), "due": each.due.isoformat(), "state": "open"} for each in conditions],
        }
    )


def digest_of_motion(
    result: str, dossier: Dossier, said: Deliberated, terms: Iterable[PermitTerms], conditions: Iterable[Condition]
) -> str:
    """SHA-256 of all that a vote is about: the result, the dossier with its terms, and what was put together on it."""
    voted_on = {
        "result": result,
        "dossier": digest_of_dossier(dossier),
        "terms": [terms_to_data(each) for each in terms],
        "verdicts": sorted([each.connection, each.item, str(each.verdict), each.reason] for each in said.verdicts),
        "trade_offs": [asdict(each) for each in said.trade_offs],
        "conditions": [{**asdict(each), "due": each.due.isoformat(), "state": "open"} for each in conditions],
    }
    return hashlib.sha256(canonical_bytes(voted_on)).hexdigest()


def _opens_on(terms: PermitTerms, decision: Decision) -> str:
    """From when the permit holds: never before the day of the decision, not even for what was in use already."""
    decided = f"{decision.decided_on}T00:00:00+09:00"
    return max(terms.not_before, decided, key=datetime.fromisoformat)


def _scope(
    dossier: Dossier, decision: Decision, connection: str
) -> tuple[Connection, ConnectionSheet, tuple[str, ...]]:
    """What was decided on one arrow: the arrow, its sheet, the items that were kept.

    Raises:
        Refused: The decision opens nothing, or is not about this arrow of this dossier.

    """
    arrow, sheet = dossier.chart.connection_named(connection), dossier.sheet_of(connection)
    items = tuple(decision.kept.get(connection, ()))
    if not decision.makes_permits or arrow is None or sheet is None or not items:
        raise Refused([because(ReasonCode.NO_PERMIT, connection=connection)])
    return arrow, sheet, items


def _numbers_kept(sheet: ConnectionSheet, items: tuple[str, ...]) -> bool:
    """Did the council keep an item of this sheet that is an Individual Number?"""
    return any(each.individual_number and each.item in items for each in sheet.items)


def _demands(terms: PermitTerms) -> dict[str, Any]:
    """What the terms demand besides: an assessment, a way to sign in, inspections, rebuilding, days of keeping."""
    names = ("assessment", "factors", "inspections", "rebuild")
    days = ("house_keeps_days", "contractor_keeps_days", "key_lent_hours")
    return {name: getattr(terms, name) for name in (*names, *days)}


def specification_for(dossier: Dossier, decision: Decision, terms: PermitTerms) -> Specification:
    """What was approved for one arrow: the items that were kept, the operators of its sheet, its terms."""
    arrow, sheet, items = _scope(dossier, decision, terms.connection)
    return Specification(
        tenant=dossier.tenant,
        consultation=dossier.consultation,
        connection=arrow.connection,
        agency=dossier.agency,
        department=dossier.department,
        counterpart=terms.counterpart,
        direction=str(arrow.direction),
        route=arrow.via,
        persons=sheet.operators,
        terminals=terms.terminals,
        items=written_items(arrow.items, items),
        strip_unapproved=terms.strip_unapproved,
        layouts=terms.layouts,
        types=terms.types,
        bytes_at_most=terms.bytes_at_most,
        records_at_most=terms.records_at_most,
        parcels_a_day=terms.parcels_a_day,
        not_before=_opens_on(terms, decision),
        not_after=terms.not_after,
        erase_within_hours=terms.erase_within_hours,
        legal_basis=f"{REGIMES[decision.regime].legal_basis} / {arrow.legal_basis}",
        as_of=decision.decided_on,
        number_columns=terms.number_columns if _numbers_kept(sheet, items) else (),
        masked_items=hidden_items(arrow.items, items, decision.masked.get(arrow.connection, ())),
        **_demands(terms),
    )
