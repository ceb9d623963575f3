"""The rules by which a municipality's council sits: held as the municipality's own data, entered by the secretariat."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sekisho.adapters.database.council_deeds import Deed, note, roles_of
from sekisho.adapters.database.models import Tenant
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind
from sekisho.kernel.council import (
    Act,
    CouncilRule,
    check_duties,
    read_council_rules,
    rule_for,
    rule_from_data,
    rule_to_data,
    rules_from,
)


def kept_rules(data: Sequence[Mapping[str, Any]] | None) -> list[dict[str, Any]] | None:
    """A municipality's own rules as they are kept, if its file has any.

    Raises:
        Refused: Something in them is missing, unknown or unsound.

    """
    return None if data is None else [rule_to_data(each) for each in read_council_rules(data)]


def _own_rules(tenant: str) -> tuple[CouncilRule, ...]:
    """What this municipality has entered."""
    return tuple(rule_from_data(each) for each in Tenant.objects.get(code=tenant).council_rules or ())


def rules_for(tenant: str, at: datetime) -> tuple[CouncilRule, ...]:
    """The rules by which a meeting may be called from this time on, the usual one first."""
    return rules_from(_own_rules(tenant), office_day(at).isoformat())


def sitting_rule(tenant: str, named: str, at: datetime) -> CouncilRule:
    """The rule that is named, or the usual one if none is, for a meeting at this time.

    Raises:
        Refused: The council has no such rule, or it is not in force then.

    """
    return rule_for(_own_rules(tenant), named, office_day(at).isoformat())


def set_rules(deed: Deed, data: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Enter the council's rules anew, all of them; what has sat keeps the rule by which it did. Answers their names.

    Raises:
        Refused: Something in them is missing, unknown or unsound, or not by the secretariat.

    """
    with writing():
        check_duties(deed.person, roles_of(deed), Act.CIRCULATE, ())
        rules = kept_rules(data)
        Tenant.objects.filter(code=deed.tenant).update(council_rules=rules)
        note(deed, EntryKind.COUNCIL_RULES_SET, council_rules=rules)
    return tuple(each["rule"] for each in rules or ())
