"""Before a permit is issued (検証): its policy text against the schema, ids, what could never match, cases, rehearsal.

Cedar's own check finds a wrong name or type. It does not find a policy that can never match, an id that nobody bears,
or two policies with one id; those are looked for here.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, Final

import cedarpy

from sekisho.adapters.decisions.compiling import name_connection
from sekisho.adapters.decisions.opinion import CedarOpinion, shipped_schema, shipped_text, whole_text
from sekisho.adapters.decisions.rehearsal import (
    Rehearsed,
    first_opinion,
    guards_for,
    guards_in,
    make_cases,
    make_questions,
    rehearse,
)
from sekisho.kernel import (
    DOCUMENT,
    Direction,
    InspectionKind,
    PermitOnFile,
    ReasonCode,
    Refused,
    SecondOpinion,
    SignInFactor,
    Specification,
    because,
    loan_faults,
)

SUITE: Final = "2026-11"
"""The name of this set of checks, as the ledger keeps it beside the counts."""
ASKED_BEFORE_ISSUE: Final = 200
_SEED: Final = 56


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The ids that exist in a municipality today; `columns` are (layout, column).

    `items` are the (layout, item) that a file may hold, `unmaskable` those in whose place no mask may stand.
    """

    persons: frozenset[str]
    terminals: frozenset[str]
    offices: frozenset[tuple[str, str]]
    layouts: frozenset[str]
    columns: frozenset[tuple[str, str]] = frozenset()
    items: frozenset[tuple[str, str]] = frozenset()
    unmaskable: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Validated:
    """That a permit was checked before its issue: by which suite, against which texts, with how many cases.

    `schema` and `guards` are digests of what its policy text was checked against and together with.
    """

    suite: str
    schema: str
    guards: str
    policies: int
    cases: int
    asked: int
    allowed: int


def _policies(text: str) -> Mapping[str, Mapping[str, Any]]:
    """The policies of a text as data, by their place.

    Raises:
        ValueError: It is not Cedar.

    """
    data: Mapping[str, Mapping[str, Any]] = json.loads(cedarpy.policies_to_json_str(text))["staticPolicies"]
    return data


def _entities_in(data: object) -> Iterator[tuple[str, str]]:
    """Every entity that a policy names: its type and id."""
    if isinstance(data, Mapping):
        if set(data) == {"type", "id"}:
            yield str(data["type"]), str(data["id"])
        for inner in data.values():
            yield from _entities_in(inner)
    elif isinstance(data, list):
        for inner in data:
            yield from _entities_in(inner)


def schema_faults(text: str) -> Iterator[str]:
    """What Cedar itself finds wrong: syntax, names, types."""
    for each in cedarpy.validate_policies(text, shipped_schema()).errors:
        yield str(each).splitlines()[0]


def id_faults(policies: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Policies without an id, or with that of another."""
    ids = Counter(each.get("annotations", {}).get("id", "") for each in policies)
    for each, count in sorted(ids.items()):
        if not each:
            yield "a policy has no id"
        elif count > 1:
            yield f"{each} is the id of {count} policies"


def match_faults(policies: Iterable[Mapping[str, Any]], known: frozenset[tuple[str, str]]) -> Iterator[str]:
    """Policies that could never match, because they name what does not exist or ask what nothing fulfils."""
    for each in policies:
        name = each.get("annotations", {}).get("id", "-")
        for kind, identity in sorted(set(_entities_in(each)) - known):
            yield f"{name} names {kind}::{identity}, which does not exist"
        for condition in each["conditions"]:
            if _never(condition):
                yield f"{name} can never match"


def _never(condition: Mapping[str, Any]) -> bool:
    """Does a condition never let its policy match, whatever is asked?"""
    body = condition["body"]
    if isinstance(body, Mapping) and "is" in body and body["is"]["left"] in ({"Var": "resource"}, {"Var": "principal"}):
        kinds = {"resource": "Sekisho::Connection", "principal": "Sekisho::Person"}
        constant = body["is"]["entity_type"] == kinds[body["is"]["left"]["Var"]]
    elif body in ({"Value": True}, {"Value": False}):
        constant = body["Value"]
    else:
        return False
    return bool(constant) is (condition["kind"] == "unless")


def specification_faults(approved: Specification) -> Iterator[str]:
    """What in the approval nobody and nothing could ever fulfil."""
    for what in ("persons", "terminals", "items", "layouts", "types"):
        if not getattr(approved, what):
            yield f"no {what} are approved"
    for what in ("bytes_at_most", "records_at_most", "parcels_a_day"):
        if getattr(approved, what) < 1:
            yield f"{what} lets nothing through"
    if approved.number_columns and not approved.assessment:
        yield "Individual Numbers would cross without a protection assessment"
    yield from (
        each.en for each in loan_faults(approved.connection, approved.key_lent_hours, approved.contractor_keeps_days)
    )
    if approved.key_lent_hours and approved.direction != Direction.OUTWARD:
        yield "a key can be lent only of what goes out"
    yield from _window_faults(approved)


def mask_faults(approved: Specification, known: Known) -> Iterator[str]:
    """Items that are to be masked and cannot be: approved in the clear too, not in any layout, or where no mask fits.

    It is said here, not at the crossing, where nobody could do anything about it.
    """
    for item in approved.masked_items:
        if item in approved.items:
            yield f"item {item} cannot be masked: it is also among the items that cross as they are"
        if not any((layout, item) in known.items for layout in approved.layouts):
            yield f"item {item} cannot be masked: no approved layout holds it"
        for layout in approved.layouts:
            if layout == DOCUMENT or (layout, item) in known.unmaskable:
                yield f"item {item} of layout {layout} cannot be masked: no mask may stand in its place"


def _unknown_words(approved: Specification) -> Iterator[str]:
    """Ways to sign in and inspections that there are not."""
    for what, words in (("factors", set(SignInFactor)), ("inspections", set(InspectionKind))):
        for each in sorted(set(getattr(approved, what)) - words):
            yield f"{what}: {each!r} does not exist"


def unknown_ids(approved: Specification, known: Known) -> Iterator[str]:
    """Ids in the approval that nobody and nothing bears."""
    yield from _unknown_words(approved)
    if approved.direction not in set(Direction):
        yield f"direction {approved.direction!r} does not exist"
    if (approved.agency, approved.department) not in known.offices:
        yield f"department {approved.agency}/{approved.department} does not exist"
    for what in ("persons", "terminals", "layouts"):
        for each in sorted(set(getattr(approved, what)) - getattr(known, what)):
            yield f"{what}: {each!r} does not exist"
    for each in approved.number_columns:
        if not any((layout, each) in known.columns for layout in approved.layouts):
            yield f"number_columns: {each!r} is no column of the approved layouts"


def _window_faults(approved: Specification) -> Iterator[str]:
    """A window that holds no moment, or cannot be read."""
    try:
        first, last = (datetime.fromisoformat(each) for each in (approved.not_before, approved.not_after))
        if not first < last:
            yield "the approved period is empty"
    except (TypeError, ValueError):
        yield "the approved period cannot be read"


def policy_faults(policy: str, approved: Specification) -> Iterator[str]:
    """What is wrong with a permit's policy text, together with the guards."""
    text = whole_text(policy)
    try:
        policies = _policies(text).values()
        own = _policies(policy).values()
    except ValueError as fault:
        yield str(fault).splitlines()[0]
        return
    actions = {("Sekisho::Action", "enter"), ("Sekisho::Action", "cross")}
    yield from schema_faults(text)
    yield from id_faults(policies)
    yield from match_faults(policies, frozenset({*actions, ("Sekisho::Connection", name_connection(approved))}))
    effects = [(each["effect"], len(each["conditions"])) for each in own]
    if effects != [("permit", 0), ("forbid", 1)]:
        yield "a permit has one policy that grants and one that holds it to its approval"


def case_faults(on_file: PermitOnFile, second: SecondOpinion) -> Iterator[str]:
    """Cases of the table whose answer is not the expected one."""
    for question, expected in make_cases(on_file, _SEED):
        ours = guards_for(first_opinion(question))
        answer = second.ask(question.on_file, question.passage)
        if answer.fault or ours != expected or guards_in(answer) != expected:
            said = answer.fault or ", ".join(sorted(guards_in(answer)))
            yield f"case {', '.join(sorted(expected)) or 'as approved'}: {', '.join(sorted(ours))} / {said}"


def _refuse(permit: str, faults: Iterable[str]) -> None:
    """Say everything that is wrong at once.

    Raises:
        Refused: There is something.

    """
    if reasons := [because(ReasonCode.POLICY_NOT_VALID, permit=permit, what=each) for each in faults]:
        raise Refused(reasons)


def _digest(name: str) -> str:
    """Which text this is, in one line."""
    return hashlib.sha256(shipped_text(name).encode()).hexdigest()


def validate_permit(on_file: PermitOnFile, known: Known, second: SecondOpinion | None = None) -> Validated:
    """Check a permit before it is issued.

    Raises:
        Refused: It must not be issued, with every fault that was found.

    """
    permit, approved = on_file.permit, on_file.specification
    faults = (
        specification_faults(approved),
        unknown_ids(approved, known),
        mask_faults(approved, known),
        policy_faults(permit.policy, approved),
    )
    _refuse(permit.permit, chain.from_iterable(faults))
    second = second or CedarOpinion()
    rehearsed: Rehearsed = rehearse(make_questions(on_file, _SEED, ASKED_BEFORE_ISSUE), second)
    _refuse(permit.permit, [*case_faults(on_file, second), *rehearsed.differing[:3]])
    return Validated(
        suite=SUITE,
        schema=_digest("sekisho.cedarschema"),
        guards=_digest("guards.cedar"),
        policies=len(_policies(whole_text(permit.policy))),
        cases=sum(1 for _ in make_cases(on_file, _SEED)),
        asked=rehearsed.asked,
        allowed=rehearsed.allowed,
    )
