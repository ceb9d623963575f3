"""The peers of benchmarks/decision.py: the same permits and the same crossings, decided by regopy or by casbin.

Run by the peers' own Python (BENCH_PEERS): python -m benchmarks._decision_peers TOOL FILE. The file holds permits and
questions as plain data. Each tool is used the way that suits it: rego as a built bundle with all permits as its data,
casbin with attributes, once with a rule for each permit and once with an enforcer of its own for each permit.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_OF_THE_SLOW: Final = 100
Data = dict[str, Any]

REGO: Final = """
package gate
import rego.v1
default allow := false
p := data.permits[input.connection]
allow if { p; count(against) == 0 }
against contains "window" if input.at < p.not_before
against contains "window" if input.at >= p.not_after
against contains "agency" if input.agency != p.agency
against contains "department" if input.department != p.department
against contains "person" if not input.person in p.persons
against contains "terminal" if not input.terminal in p.terminals
against contains "route" if input.route != p.route
against contains "direction" if input.direction != p.direction
against contains "counterpart" if input.counterpart != p.counterpart
against contains "size" if input.announced_size > p.bytes_at_most
against contains "frequency" if input.parcels_today >= p.parcels_a_day
against contains "erasure" if input.overdue_erasures > 0
against contains "size" if input.found.size > p.bytes_at_most
against contains "type" if { input.found; not input.found.media_type in p.types }
against contains "layout" if { input.found; not input.found.layout in p.layouts }
against contains "items" if { some item in input.found.items; not item in p.items }
against contains "faults" if input.found.faults > 0
against contains "numbers" if input.found.numbers > 0
against contains "records" if input.found.records > p.records_at_most
against contains "active" if input.found.active > 0
against contains "other" if input.found.other > 0
"""

MODEL: Final = """
[request_definition]
r = q, c, f
[policy_definition]
p = connection
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = """
MATCHER: Final = """r.c.connection == p.connection && r.q.at >= r.c.not_before && r.q.at < r.c.not_after \
&& r.q.agency == r.c.agency && r.q.department == r.c.department \
&& r.q.person in r.c.persons && r.q.terminal in r.c.terminals \
&& r.q.route == r.c.route && r.q.direction == r.c.direction && r.q.counterpart == r.c.counterpart \
&& r.q.announced_size <= r.c.bytes_at_most && r.q.parcels_today < r.c.parcels_a_day && r.q.overdue_erasures == 0"""
MATCHER_INSIDE: Final = """r.f.size <= r.c.bytes_at_most && r.f.media_type in r.c.types && r.f.layout in r.c.layouts \
&& subset(r.f.items, r.c.items) && r.f.faults == 0 && r.f.numbers == 0 \
&& r.f.records <= r.c.records_at_most && r.f.active == 0 && r.f.other == 0"""


def use_rego(permits: dict[str, Data]) -> Callable[[Data], bool]:
    """Rego through rego-cpp. JSON is handed over as it is: the wrapper's own encoder does not keep Japanese texts."""
    from regopy import Interpreter  # type: ignore[import-not-found,unused-ignore]

    rego = Interpreter()
    rego.add_module("gate", REGO)
    rego.add_data_json(json.dumps({"permits": permits}, ensure_ascii=False))
    bundle = rego.build("x := data.gate.allow", ["gate/allow"])

    def decide(question: Data) -> bool:
        rego.set_input_term(json.dumps(question, ensure_ascii=False))
        answer = json.loads(str(rego.query_bundle(bundle)))
        return bool(answer["bindings"]["x"])

    return decide


def _enforcer(connections: list[str], matcher: str) -> Any:
    """An enforcer with a rule for each of these connections."""
    import casbin  # type: ignore[import-not-found,unused-ignore]

    model = casbin.Model()
    model.load_model_from_text(f"{MODEL}{matcher}\n")
    enforcer = casbin.Enforcer(model)
    enforcer.add_function("subset", lambda some, all_: set(some) <= set(all_))
    enforcer.add_policies([[each] for each in connections])
    return enforcer


def use_casbin(permits: dict[str, Data], *, apart: bool) -> Callable[[Data], bool]:
    """Casbin with attributes: one enforcer for all permits, or one for each."""
    objects = {name: SimpleNamespace(**permit) for name, permit in permits.items()}
    matchers = (MATCHER, f"{MATCHER} && {MATCHER_INSIDE}")
    groups = [[name] for name in permits] if apart else [list(permits)]
    enforcers: dict[str, list[Any]] = {}
    for group in groups:
        pair = [_enforcer(group, each) for each in matchers]
        enforcers |= dict.fromkeys(group, pair)

    def decide(question: Data) -> bool:
        found = question.get("found")
        inside = SimpleNamespace(**found) if found else SimpleNamespace()
        name = question["connection"]
        asked = (SimpleNamespace(**question), objects[name], inside)
        return bool(enforcers[name][bool(found)].enforce(*asked))

    return decide


TOOLS: Final[dict[str, Callable[[dict[str, Data]], Any]]] = {
    "regopy": use_rego,
    "casbin-together": lambda permits: use_casbin(permits, apart=False),
    "casbin-apart": lambda permits: use_casbin(permits, apart=True),
}


def main() -> None:
    """Decide every question, and answer with the CPU of one decision and the number of wrong answers."""
    tool, path = sys.argv[1:]
    data = json.loads(Path(path).read_text(encoding="utf-8"))
    decide = TOOLS[tool](data["permits"])
    questions = data["questions"][: MOST_OF_THE_SLOW if tool == "casbin-together" else None]
    for each in questions[:20]:
        decide(each["asked"])
    wrong, costs = 0, []
    for each in questions:
        started = time.thread_time_ns()
        allowed = decide(each["asked"])
        costs.append((time.thread_time_ns() - started) / 1e6)
        wrong += allowed != each["allowed"]
    print(json.dumps({"asked": len(questions), "wrong": wrong, "costs": costs}))


if __name__ == "__main__":
    main()
