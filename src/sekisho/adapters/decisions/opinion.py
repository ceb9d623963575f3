"""The second opinion (第二の判断), formed by Cedar from the guards, the permit's policy text and what was found.

Cedar skips a policy whose evaluation errs, so that a guard that errs would let everything through. Therefore every
request is checked against the schema, and any error, or no decision, is an answer that stops.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

import cedarpy
from pydantic_core import to_json

from sekisho.adapters.decisions.asking import Today, connection_data, request_data, selection_data, today_of
from sekisho.kernel import GuardObjection, Passage, PermitOnFile, SecondAnswer, Specification

_LOG: Final = logging.getLogger("sekisho.decisions")
KEPT_READY: Final = 1024
_NO_POLICY: Final = GuardObjection(
    guard="N00-no-policy", ja="承認の規則文がありません", en="no policy grants this connection"
)
Judge = Callable[..., cedarpy.AuthzResult]


@cache
def shipped_text(name: str) -> str:
    """The schema or the guards, as they ship with the product."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def shipped_schema() -> cedarpy.Schema:
    """The schema, read once."""
    return cedarpy.Schema.from_str(shipped_text("sekisho.cedarschema"))


def whole_text(policy: str, guards: str = "") -> str:
    """Everything that decides under one permit: the guards and its two policies."""
    return f"{guards or shipped_text('guards.cedar')}\n{policy}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The policies that one permit needs, read once, and the words of each."""

    policies: cedarpy.PolicySet
    words: Mapping[str, GuardObjection]
    grants: frozenset[str]


def _read_words(text: str) -> tuple[dict[str, GuardObjection], set[str]]:
    """The words of each policy in a text, by its id, and the ids of those that grant.

    Raises:
        ValueError: It is not Cedar, or a policy has no id of its own.

    """
    words, grants = {}, set()
    static = json.loads(cedarpy.policies_to_json_str(text))["staticPolicies"]
    for each in static.values():
        notes = each.get("annotations", {})
        guard = notes.get("id", "")
        words[guard] = GuardObjection(guard=guard, ja=notes.get("reason_ja", ""), en=notes.get("reason_en", ""))
        if each["effect"] == "permit":
            grants.add(guard)
    if "" in words or len(words) != len(static):
        message = "a policy has no id of its own"
        raise ValueError(message)
    return words, grants


@lru_cache(maxsize=8)
def _read_guards(guards: str) -> Slice:
    """Read the guards, once for all permits."""
    text = guards or shipped_text("guards.cedar")
    words, grants = _read_words(text)
    return Slice(policies=cedarpy.PolicySet.from_str(text), words=words, grants=frozenset(grants))


@lru_cache(maxsize=KEPT_READY)
def read_slice(policy: str, guards: str = "") -> Slice:
    """Read the policies of a permit beside the guards, once for each content.

    Raises:
        ValueError: It is not Cedar, or a policy has no id of its own.

    """
    shared, (words, grants) = _read_guards(guards), _read_words(policy)
    if shared.words.keys() & words.keys():
        message = "a policy has the id of a guard"
        raise ValueError(message)
    return Slice(
        policies=shared.policies.with_added_str(policy),
        words={**shared.words, **words},
        grants=shared.grants | grants,
    )


def guards_of(policy: str) -> tuple[GuardObjection, ...]:
    """Every guard that can object under this permit, in words; none if its text cannot be read."""
    try:
        known = read_slice(policy)
    except ValueError:
        return ()
    return tuple(known.words[each] for each in sorted(known.words) if each not in known.grants)


@lru_cache(maxsize=KEPT_READY)
def _connection(specification: Specification, today: Today) -> cedarpy.Entities:
    """The connection in its state, as Cedar keeps it: once for each content of the row."""
    data = connection_data(specification, today)
    return cedarpy.Entities.from_json_str(json.dumps([data]), shipped_schema())


@lru_cache(maxsize=KEPT_READY)
def _with_items(specification: Specification, today: Today, items: frozenset[str]) -> cedarpy.Entities:
    """The connection and the data items that were found: once for each set of columns."""
    data = selection_data(items)
    return _connection(specification, today).with_added_json_str(json.dumps([data]), shipped_schema())


def _answer(result: cedarpy.AuthzResult, known: Slice) -> SecondAnswer:
    """What Cedar's result means. Only a clean yes, given by this permit's own policy, is one."""
    if result.diagnostics.errors:
        return SecondAnswer(fault="error")
    names = result.diagnostics.id_annotations_by_reason
    reasons = [names.get(each, "") for each in result.diagnostics.reasons]
    if result.decision is cedarpy.Decision.Allow:
        return SecondAnswer() if reasons and known.grants.issuperset(reasons) else SecondAnswer(fault="no_policy")
    if result.decision is cedarpy.Decision.Deny:
        return SecondAnswer(against=tuple(known.words[each] for each in sorted(reasons)) or (_NO_POLICY,))
    return SecondAnswer(fault="no_decision")


@dataclass(frozen=True, slots=True, kw_only=True)
class CedarOpinion:
    """The second opinion on a crossing under a permit on file, by the guards that ship unless others are told."""

    judge: Judge = field(default=cedarpy.is_authorized)
    guards: str = ""

    def ask(self, on_file: PermitOnFile, passage: Passage) -> SecondAnswer:
        """Who objects to this crossing. What cannot be answered is said; nothing is raised."""
        try:
            return self._ask(on_file, passage)
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as fault:  # noqa: BLE001 - a panic of the library is no Exception, and must not open the gate
            _LOG.error("no second opinion on permit %s: %s", on_file.permit.permit, type(fault).__name__)
            return SecondAnswer(fault=type(fault).__name__)

    def _ask(self, on_file: PermitOnFile, passage: Passage) -> SecondAnswer:
        """Put the question and read the answer."""
        known = read_slice(on_file.permit.policy, self.guards)
        approved, today = on_file.specification, today_of(on_file)
        found = passage.found
        things = _connection(approved, today) if found is None else _with_items(approved, today, found.items)
        request: dict[str, Any] = request_data(on_file, passage)
        # The library takes the facts as text or as values; this text costs a quarter of its own.
        request["context"] = to_json(request["context"]).decode()
        return _answer(self.judge(request, known.policies, things, schema=shipped_schema()), known)
