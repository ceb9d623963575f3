"""Dossiers as data: what was put to the council and what it approved, read from YAML into the kernel's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import Any, Final

from sekisho.adapters.dossiers.papers import Papers, read_papers
from sekisho.kernel import (
    Carriage,
    Chart,
    Computer,
    Connection,
    DataItem,
    Direction,
    Network,
    ReasonCode,
    Refused,
    Specification,
    Zone,
    because,
    hidden_items,
    make_chart,
    written_items,
)
from sekisho.kernel.council import PermitTerms
from sekisho.records import RecordsError
from sekisho.records.strict_yaml import load_yaml

Table = Mapping[str, Any]
SHIPPED: Final = ("56", "57", "58", "59", "60", "61", "iken")
_PARTS: Final = frozenset(
    {
        "agencies",
        "annex",
        "approval",
        "computers",
        "connections",
        "consultation",
        "departments",
        "front",
        "items",
        "minutes",
        "networks",
        "persons",
        "processors",
        "said",
        "sheets",
        "source",
        "tenant",
        "terminals",
    }
)
_NOT_OF_AN_ITEM: Final = frozenset({"law", "alternative", "individual_number", "written_as"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """One term of an approved connection: the number of its permit, exactly what was approved, where and when."""

    permit: str
    specification: Specification
    minutes: str = ""
    decided_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A consultation with everything around it: who, where, the chart, the approval, the published minutes."""

    tenant: Table
    agencies: Sequence[Table]
    departments: Sequence[Table]
    terminals: Sequence[Table]
    persons: Sequence[Table]
    consultation: Table
    source: Table
    minutes: Sequence[Table]
    issuers: Sequence[str]
    chart: Chart
    approved: Sequence[Approved]
    papers: Papers

    def terms_of(self, connection: str) -> tuple[Approved, ...]:
        """The terms of one connection, the earliest first."""
        return tuple(each for each in self.approved if each.specification.connection == connection)


def permit_terms(approved: Approved) -> PermitTerms:
    """What the permit of one arrow says besides the dossier, as it is put to the council with it."""
    return PermitTerms(**{each.name: getattr(approved.specification, each.name) for each in fields(PermitTerms)})


def shipped_dossier(consultation: str = "56") -> str:
    """The text of a consultation of the meeting of November 2019 as it ships with the product."""
    return files(__package__).joinpath(f"consultation_{consultation}.yaml").read_text(encoding="utf-8")


def _networks(data: Table) -> list[Network]:
    """The networks of the chart."""
    return [
        Network(
            network=each["network"],
            label_ja=each["ja"],
            label_en=each["en"],
            zone=Zone(each["zone"]),
            owner=each["owner"],
            installer=each["installer"],
            operator=each["operator"],
            closed=each["closed"],
        )
        for each in data["networks"]
    ]


def _computers(data: Table) -> list[Computer]:
    """The computers of the chart."""
    return [
        Computer(
            computer=each["computer"],
            label_ja=each["ja"],
            label_en=each["en"],
            network=each["network"],
            owner=each["owner"],
            installer=each["installer"],
            operator=each["operator"],
            place=each["place"],
            ours=bool(each["ours"]),
        )
        for each in data["computers"]
    ]


def _connections(data: Table) -> list[Connection]:
    """The arrows of the chart, each with its data items and their uses."""
    items = {
        each["item"]: DataItem(
            written_as=tuple(each.get("written_as", ())),
            **{name: value for name, value in each.items() if name not in _NOT_OF_AN_ITEM},
        )
        for each in data["items"]
    }
    return [
        Connection(
            connection=each["connection"],
            badge=each["badge"],
            label_ja=each["ja"],
            label_en=each["en"],
            source=each["source"],
            target=each["target"],
            via=tuple(each["via"]),
            direction=Direction(each["direction"]),
            carriage=Carriage(each["carriage"]),
            items=tuple(items[item] for item in each["items"]),
            legal_basis=each["legal_basis"],
            under_review=bool(each["under_review"]),
        )
        for each in data["connections"]
    ]


def _if_any(arrow: Table) -> dict[str, Any]:
    """What is approved only where the dossier says so."""
    return {
        "number_columns": tuple(arrow.get("number_columns", ())),
        "assessment": arrow.get("assessment", ""),
        "factors": tuple(arrow.get("factors", ())),
        "inspections": tuple(arrow.get("inspections", ())),
        "rebuild": bool(arrow.get("rebuild", False)),
        "house_keeps_days": int(arrow.get("house_keeps_days", 0)),
        "contractor_keeps_days": int(arrow.get("contractor_keeps_days", 0)),
        "key_lent_hours": int(arrow.get("key_lent_hours", 0)),
    }


def _items(arrow: Table, carried: Sequence[DataItem]) -> dict[str, Any]:
    """What crosses in the clear, and what crosses masked; a masked item may be one that the arrow does not name."""
    masked = tuple(arrow.get("masked_items", ()))
    kept = [each for each in arrow["items"] if each not in masked]
    besides = tuple(each for each in masked if each not in arrow["items"])
    return {
        "items": written_items(carried, kept),
        "masked_items": (*hidden_items(carried, kept, masked), *besides),
    }


def _specification(data: Table, arrow: Table, term: Table, carried: Sequence[DataItem]) -> Specification:
    """What the council approved for one arrow under review, for one term."""
    approval = data["approval"] | arrow.get("approval", {})
    return Specification(
        tenant=data["tenant"]["code"],
        consultation=data["consultation"]["consultation"],
        connection=arrow["connection"],
        agency=approval["agency"],
        department=approval["department"],
        counterpart=approval["counterpart"],
        direction=str(Direction(arrow["direction"])),
        route=tuple(arrow["via"]),
        persons=tuple(approval["persons"]),
        terminals=tuple(approval["terminals"]),
        strip_unapproved=bool(approval["strip_unapproved"]),
        layouts=tuple(arrow["layouts"]),
        types=tuple(approval["types"]),
        bytes_at_most=int(approval["bytes_at_most"]),
        records_at_most=int(approval["records_at_most"]),
        parcels_a_day=int(approval["parcels_a_day"]),
        not_before=str(term["not_before"]),
        not_after=str(term["not_after"]),
        erase_within_hours=int(approval["erase_within_hours"]),
        legal_basis=f"{approval['legal_ground']} / {arrow['legal_basis']}",
        as_of=str(approval["as_of"]),
        **_items(arrow, carried),
        **_if_any({**approval, **arrow}),
    )


def _approved(data: Table, chart: Chart) -> list[Approved]:
    """The terms of every arrow under review on which files or records travel; pixels and paper pass no gate."""
    put = data["consultation"]
    carried = {each.connection: each.items for each in chart.connections}
    return [
        Approved(
            permit=term["permit"],
            specification=_specification(data, arrow, term, carried[arrow["connection"]]),
            minutes=put["meeting"]["ja"],
            decided_on=str(put["result"]["decided"]),
        )
        for arrow in data["connections"]
        if arrow["under_review"] and Carriage(arrow["carriage"]) in {Carriage.FILE, Carriage.RECORD}
        for term in arrow["terms"]
    ]


def _dossier(data: Table) -> Dossier:
    """The consultation from its parts.

    Raises:
        ValueError: It has a part that no consultation has.

    """
    if strangers := sorted(set(data) - _PARTS):
        message = f"unknown parts: {', '.join(strangers)}"
        raise ValueError(message)
    chart = make_chart(_networks(data), _computers(data), _connections(data))
    return Dossier(
        tenant=data["tenant"],
        agencies=data["agencies"],
        departments=data["departments"],
        terminals=data["terminals"],
        persons=data["persons"],
        consultation=data["consultation"],
        source=data["source"],
        minutes=data["minutes"],
        issuers=data["approval"]["issuers"],
        chart=chart,
        approved=_approved(data, chart),
        papers=read_papers(data, chart, data["minutes"]),
    )


def read_dossier(text: str) -> Dossier:
    """Read a dossier.

    Raises:
        Refused: It is not YAML, a part is missing or unknown, an answer is missing, a source speaks of nothing, or
            the chart does not hold together; with the place.

    """
    try:
        return _dossier(load_yaml(text, "dossier"))
    except (RecordsError, KeyError, TypeError, ValueError) as fault:
        what = f"{type(fault).__name__}: {fault}".splitlines()[0]
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="dossier", what=what)]) from fault
