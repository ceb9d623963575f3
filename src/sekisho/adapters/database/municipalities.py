"""Opening a municipality: its agencies, departments and terminals, from a file that somebody filled in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sekisho.adapters.database.council_rules import kept_rules
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import Agency, Department, Tenant, Terminal
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, SekishoError
from sekisho.kernel.council import read_local_rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A municipality with its offices, each a table of names as the file has them."""

    code: str
    label_ja: str
    label_en: str
    agencies: tuple[Mapping[str, Any], ...]
    departments: tuple[Mapping[str, Any], ...]
    terminals: tuple[Mapping[str, Any], ...]
    assessment_threshold: Mapping[str, Any] | None = None
    council_rules: Sequence[Mapping[str, Any]] | None = None


def _labels(row: Mapping[str, Any]) -> dict[str, str]:
    """Its names in both languages."""
    return {"label_ja": row["ja"], "label_en": row["en"]}


def tenants() -> list[str]:
    """Every municipality of this installation; in S1, every area."""
    return list(Tenant.objects.order_by("code").values_list("code", flat=True))


def enter_offices(
    code: str,
    agencies: Iterable[Mapping[str, Any]],
    departments: Iterable[Mapping[str, Any]],
    terminals: Iterable[Mapping[str, Any]],
) -> None:
    """Agencies, departments, terminals; what is there stays as it is."""
    for each in agencies:
        Agency.objects.get_or_create(tenant_id=code, agency=each["agency"], defaults=_labels(each))
    for each in departments:
        defaults = {**_labels(each), "agency": each["agency"]}
        Department.objects.get_or_create(tenant_id=code, department=each["department"], defaults=defaults)
    for each in terminals:
        defaults = {**_labels(each), "zone": each["zone"], "department": each["department"]}
        Terminal.objects.get_or_create(tenant_id=code, terminal=each["terminal"], defaults=defaults)


def enter_tenant(code: str, labels: tuple[str, str], at: datetime, own: Mapping[str, Any] | None = None) -> bool:
    """The municipality itself, perhaps with rules of its own; answers whether it is new, which is an entry."""
    told = dict(own or {})
    defaults = {"label_ja": labels[0], "label_en": labels[1], **told}
    _, created = Tenant.objects.get_or_create(code=code, defaults=defaults)
    if created:
        append_entry(code, {"kind": str(EntryKind.TENANT_OPENED), "tenant": code, "at": at.isoformat(), **told})
    return created


def _own_threshold(data: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The municipality's own threshold of assessments, as it is kept, if it has one.

    Raises:
        Refused: It is no table, or asks for less than the national rule.

    """
    return None if data is None else {**data, "holds_from": read_local_rule(data).holds_from}


def open_municipality(opening: Opening, at: datetime) -> None:
    """Enter a municipality that is not here yet.

    Raises:
        Refused: Its own threshold asks for less than the national rule, or a rule of its council cannot be used.
        SekishoError: It is here already; its offices are changed otherwise.

    """
    with writing():
        ours = {
            "assessment_threshold": _own_threshold(opening.assessment_threshold),
            "council_rules": kept_rules(opening.council_rules),
        }
        own = {name: data for name, data in ours.items() if data is not None}
        if not enter_tenant(opening.code, (opening.label_ja, opening.label_en), at, own):
            message = f"{opening.code}: もう登録されています / is entered already"
            raise SekishoError(message)
        enter_offices(opening.code, opening.agencies, opening.departments, opening.terminals)
