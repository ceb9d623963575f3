"""The rules by which a municipality's council sits, from the municipality's own file, and which one holds on a day.

An ordinance or bylaw says how many members are a quorum and how many carry a motion; the next one may say otherwise.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from sekisho.kernel.council.deliberation.rules import USUAL_RULE, CouncilRule
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because

_WHERE: Final = "council_rules"
_HALF: Final = Fraction(1, 2)
_TEXTS: Final = ("rule", "ja", "en", "legal_basis", "holds_from")
_SHARES: Final = ("quorum", "majority")
_CHOICES: Final = ("quorum_strict", "majority_strict", "chair_votes", "chair_breaks_tie")
_NAMES: Final = frozenset({*_TEXTS, "holds_until", *_SHARES, *_CHOICES})


def _objection(what: str) -> Reason:
    """One point of the file that cannot be used."""
    return because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=_WHERE, what=what)


def _share(value: object) -> Fraction | None:
    """A share as the file writes it: 1/2, 2/3; nothing if it is none."""
    top, stroke, bottom = str(value).partition("/")
    digits = isinstance(value, str) and stroke and all(each.isascii() and each.isdigit() for each in (top, bottom))
    share = Fraction(int(top), int(bottom)) if digits and int(bottom) else None
    return share if share is not None and 0 < share <= 1 else None


def _is_day(value: object) -> bool:
    """Is it a day, written 2019-11-19?"""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _faults(line: Mapping[str, Any]) -> Iterator[str]:
    """Every field of a rule that says nothing, or nothing that can be read."""
    yield from (name for name in _TEXTS if not isinstance(line[name], str) or not line[name].strip())
    yield from (f"{name}: {line[name]}" for name in _SHARES if _share(line[name]) is None)
    yield from (f"{name}: {line[name]}" for name in _CHOICES if type(line[name]) is not bool)
    until = line["holds_until"]
    days = [line["holds_from"]] if until == "" else [line["holds_from"], until]
    if not all(_is_day(day) for day in days) or days != sorted(days):
        yield f"holds_from, holds_until: {', '.join(map(str, days))}"


def _unsound(rule: CouncilRule) -> Iterator[str]:
    """What no rule may say: half the votes that carry a motion and its opposite, a share beyond all who are there."""
    if rule.majority < _HALF or (rule.majority == _HALF and not rule.majority_strict):
        yield f"{rule.rule}/majority: {rule.majority}"
    if (rule.majority == 1 and rule.majority_strict) or (rule.quorum == 1 and rule.quorum_strict):
        yield f"{rule.rule}/strict"
    if rule.chair_breaks_tie and rule.majority != _HALF:
        # A casting vote decides between equal numbers (可否同数); there are none where more than half is asked for.
        yield f"{rule.rule}/chair_breaks_tie"


def _rule(line: Any) -> CouncilRule:
    """One rule of the file.

    Raises:
        Refused: A name is missing or unknown, or a value cannot be read; with every point.

    """
    if not isinstance(line, Mapping) or set(line) != _NAMES:
        raise Refused([_objection(", ".join(sorted(_NAMES)))])
    if faults := tuple(_objection(what) for what in _faults(line)):
        raise Refused(faults)
    shares = {name: Fraction(line[name]) for name in _SHARES}
    rule = CouncilRule(**{**line, **shares})
    if unsound := tuple(_objection(what) for what in _unsound(rule)):
        raise Refused(unsound)
    return rule


def read_council_rules(data: Any) -> tuple[CouncilRule, ...]:
    """The municipality's own rules from its file, in their order; the first that holds on a day is the usual one.

    Raises:
        Refused: There is none, two have one name, or something is missing, unknown or unsound.

    """
    if not isinstance(data, Sequence) or isinstance(data, str) or not data:
        raise Refused([_objection("rules")])
    rules = tuple(_rule(line) for line in data)
    if len({each.rule for each in rules}) != len(rules):
        raise Refused([_objection("rule")])
    return rules


def rules_from(rules: Sequence[CouncilRule], day: str) -> tuple[CouncilRule, ...]:
    """The rules that are in force on a day or will be, those in force first: by which a meeting may be called."""
    coming = [each for each in rules or (USUAL_RULE,) if not each.holds_until or day <= each.holds_until]
    return tuple(sorted(coming, key=lambda each: not each.holds_on(day)))


def rule_for(rules: Sequence[CouncilRule], named: str, day: str) -> CouncilRule:
    """The rule by which a meeting sits on a day: the one that is named, or the first in force if none is.

    Raises:
        Refused: The council has no such rule, or it is not in force on that day.

    """
    holding = (each for each in rules or (USUAL_RULE,) if each.holds_on(day))
    found = next((each for each in holding if named in {"", each.rule}), None)
    if found is None:
        raise Refused([because(ReasonCode.RULE_NOT_IN_FORCE, rule=named, day=day)])
    return found
