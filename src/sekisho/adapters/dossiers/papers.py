"""The papers of a consultation: the dossier and its annex in the kernel's words, and which minute says what.

A field for which no source is named is assumed (想定): it was made up for the demonstration, and screens say so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sekisho.adapters.dossiers.sources import Sources, read_sources
from sekisho.kernel import Chart, Connection, Refused
from sekisho.kernel.council import (
    Annex,
    ComputerCard,
    Condition,
    ConditionKind,
    ConnectionSheet,
    CredentialCustody,
    Dossier,
    ExemptionClaim,
    Feasibility,
    ItemUse,
    NetworkCard,
    Note,
    NoteKind,
    Processor,
    ProofKind,
    Retention,
    Safeguard,
    SafeguardKind,
    TradeOff,
    flatten_annex,
    flatten_dossier,
    make_condition,
    missing_in,
    missing_in_annex,
)

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What was put to the council, and where each of its fields comes from."""

    dossier: Dossier
    annex: Annex
    sources: Sources
    people: Mapping[str, tuple[str, str]]

    def facts(self) -> Mapping[str, str | int | bool]:
        """Every field of the dossier and its annex by its path."""
        return facts_of(self.dossier, self.annex)


def facts_of(dossier: Dossier, annex: Annex) -> Mapping[str, str | int | bool]:
    """Every field of a dossier and its annex by its path; what is assumed is no field but a mark on fields."""
    return {**flatten_dossier(replace(dossier, assumed=())), **flatten_annex(annex)}


def _texts(value: Any) -> Any:
    """Lists become tuples, so that facts are frozen."""
    return tuple(value) if isinstance(value, list) else value


def _frozen(row: Table) -> dict[str, Any]:
    """A row whose lists are frozen."""
    return {name: _texts(value) for name, value in row.items()}


def _uses(data: Table, arrow: Connection) -> tuple[ItemUse, ...]:
    """Why each data item of an arrow is needed: what its row says, or else the arrow's law and the file's usual."""
    rows = {each["item"]: each for each in data["items"]}
    return tuple(
        ItemUse(
            item=item.item,
            necessity=item.use,
            legal_basis=rows[item.item].get("law", arrow.legal_basis),
            alternative=rows[item.item].get("alternative", data["front"]["usual_alternative"]),
            individual_number=rows[item.item].get("individual_number", False),
        )
        for item in arrow.items
    )


def _sheet(data: Table, chart: Chart, row: Table) -> ConnectionSheet:
    """The sheet of one arrow under review.

    Raises:
        KeyError: The chart has no such arrow under review.

    """
    arrow = {each.connection: each for each in chart.under_review()}[row["connection"]]
    rest = {name: value for name, value in row.items() if name not in {"retention", "safeguards"}}
    return ConnectionSheet(
        **_frozen({"operators": data["approval"]["persons"], **rest}),
        items=_uses(data, arrow),
        retention=tuple(Retention(**each) for each in row["retention"]),
        safeguards=tuple(
            Safeguard(
                **{**each, "kind": SafeguardKind(each["kind"]), "feasibility": Feasibility(each["feasibility"])},
            )
            for each in row["safeguards"]
        ),
    )


def _dossier(data: Table, chart: Chart) -> Dossier:
    """The dossier in the kernel's words."""
    front = {name: value for name, value in data["front"].items() if name not in {"usual_alternative", "exemption"}}
    claim = data["front"].get("exemption")
    return Dossier(
        consultation=data["consultation"]["consultation"],
        version=1,
        title_ja=data["consultation"]["ja"],
        title_en=data["consultation"]["en"],
        tenant=data["tenant"]["code"],
        agency=data["approval"]["agency"],
        department=data["consultation"]["department"],
        chart=chart,
        sheets=tuple(_sheet(data, chart, row) for row in data["sheets"]),
        processors=tuple(Processor(**each) for each in data["processors"]),
        exemption=ExemptionClaim(**claim) if claim else None,
        **front,
    )


def _condition(consultation: str, row: Table) -> Condition:
    """One condition, checked."""
    return make_condition(
        Condition(
            **{
                **row,
                "consultation": consultation,
                "kind": ConditionKind(row["kind"]),
                "proof": ProofKind(row["proof"]),
            }
        )
    )


def _annex(data: Table) -> Annex:
    """What is laid beside the dossier."""
    annex, consultation = data["annex"], data["consultation"]["consultation"]
    return Annex(
        networks=tuple(NetworkCard(**_frozen(each)) for each in annex["networks"]),
        computers=tuple(ComputerCard(**_frozen(each)) for each in annex["computers"]),
        credentials=tuple(CredentialCustody(**_frozen(each)) for each in annex["credentials"]),
        notes=tuple(Note(**{**each, "kind": NoteKind(each["kind"])}) for each in annex["notes"]),
        conditions=tuple(_condition(consultation, each) for each in annex["conditions"]),
        trade_offs=tuple(TradeOff(**each) for each in annex["trade_offs"]),
    )


def read_papers(data: Table, chart: Chart, turns: Iterable[Table]) -> Papers:
    """The papers of one consultation, complete and with their sources.

    Raises:
        Refused: An answer is missing, or a source speaks of nothing; with every reason.

    """
    dossier, annex = _dossier(data, chart), _annex(data)
    if reasons := (*missing_in(dossier), *missing_in_annex(dossier, annex)):
        raise Refused(reasons)
    sources = read_sources(data["said"], facts_of(dossier, annex), turns)
    people = {each["person"]: (each["ja"], each["en"]) for each in data["persons"]}
    return Papers(dossier=replace(dossier, assumed=sources.assumed), annex=annex, sources=sources, people=people)
