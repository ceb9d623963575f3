"""Both opinions on one crossing at 1,000 permits, beside regopy and casbin; and 100,000 crossings put to both.

Claims: both opinions together cost at most 0.5 ms of CPU (median) whichever of 1,000 permits is asked about; of 100,000
crossings at least 20 % are allowed, every guard is the only one to object at least 100 times, and the two opinions
never differ, neither in the answer nor in the reasons. The peers decide the same crossings of the same permits, without
a second opinion, and must give the same answers.

Run: python3 dev.py bench decision. BENCH_QUESTIONS says how many crossings are put to both, BENCH_PEERS is the Python
of the peers; dev.py sets it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

from benchmarks._claims import tell_claims
from sekisho.adapters.decisions import CedarOpinion, Origin, compile_policy
from sekisho.adapters.decisions.faults import FAULTS
from sekisho.adapters.decisions.questions import Question
from sekisho.adapters.decisions.rehearsal import Rehearsed, make_questions, rehearse
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.kernel import (
    Findings,
    Passage,
    Permit,
    PermitOnFile,
    PermitStatus,
    SecondAnswer,
    Specification,
    compile_caveats,
    digest_of,
    objections,
)

ROOT: Final = Path(__file__).resolve().parents[1]
QUESTIONS: Final = int(os.environ.get("BENCH_QUESTIONS", "100000"))
PEERS: Final = os.environ.get("BENCH_PEERS", sys.executable)
PERMITS, TIMED, MOST_MS, LEAST_ALONE, LEAST_ALLOWED = 1_000, 4_000, 0.5, 100, 0.2
TOOLS: Final = ("regopy", "casbin-apart", "casbin-together")
SECOND: Final = CedarOpinion()
ORIGIN: Final = Origin(minutes="令和元年度第3回", decided_on="2019-11-19")


def grant(approved: Specification) -> PermitOnFile:
    """The permit of an approval, in force."""
    number = f"R1-{approved.consultation}-{approved.connection}"
    permit = Permit(
        permit=number,
        tenant=approved.tenant,
        connection=approved.connection,
        specification_digest=digest_of(approved),
        caveats=compile_caveats(approved),
        status=PermitStatus.ACTIVE,
        issued_at="2019-11-19T11:00:00+09:00",
        policy=compile_policy(number, approved, ORIGIN),
    )
    return PermitOnFile(permit=permit, specification=approved, signatures_hold=True)


def approvals(count: int) -> list[Specification]:
    """So many approved connections: those of consultation 56, and others made after them."""
    shipped = [each.specification for each in read_dossier(shipped_dossier()).approved]
    made = []
    for index in range(count):
        like = shipped[index % len(shipped)]
        persons = (*like.persons, f"operator-{index}")
        made.append(replace(like, connection=f"{like.connection}-{index}", persons=persons, parcels_a_day=1 + index))
    return made


def _microseconds(moment: datetime) -> int:
    """A moment as one number, for tools that have none."""
    return round(moment.timestamp() * 1_000_000)


def permit_data(approved: Specification) -> dict[str, Any]:
    """A permit for the peers."""
    names = ("connection", "agency", "department", "persons", "terminals", "route", "direction", "counterpart", "items")
    more = ("bytes_at_most", "parcels_a_day", "types", "layouts", "records_at_most")
    data = {name: getattr(approved, name) for name in (*names, *more)}
    data = {name: list(value) if isinstance(value, tuple) else value for name, value in data.items()}
    for name in ("not_before", "not_after"):
        data[name] = _microseconds(datetime.fromisoformat(getattr(approved, name)))
    return data


def _found_data(found: Findings) -> dict[str, Any]:
    """What was found, for the peers."""
    return {
        "size": min(found.size, 2**53),
        "media_type": found.media_type,
        "layout": found.layout,
        "items": sorted(found.items),
        "faults": min(found.fault_count, 2**53),
        "numbers": len(found.individual_numbers) + len(found.number_columns),  # none of these permits names a column
        "records": min(found.records, 2**53),
        "active": len(found.active_content),
        "other": min(found.other_municipality, 2**53),
    }


def question_data(connection: str, passage: Passage) -> dict[str, Any]:
    """A crossing for the peers."""
    names = ("agency", "department", "person", "terminal", "counterpart")
    data: dict[str, Any] = {name: getattr(passage, name) for name in names}
    for name in ("announced_size", "parcels_today", "overdue_erasures"):
        data[name] = min(getattr(passage, name), 2**53)
    data |= {"connection": connection, "at": _microseconds(passage.at), "route": list(passage.route)}
    data["direction"] = str(passage.direction)
    return data if passage.found is None else {**data, "found": _found_data(passage.found)}


def first_of(question: Question) -> tuple[Any, ...]:
    """The first opinion, as the gate asks for it at one of its doors."""
    passage = question.passage
    return objections(question.on_file.permit.caveats, passage, at_entrance=passage.found is None)


def second_of(question: Question) -> SecondAnswer:
    """The second opinion."""
    return SECOND.ask(question.on_file, question.passage)


def both(question: Question) -> bool:
    """Both opinions: allowed if nobody objects. The second is asked whatever the first one says, as at the gate."""
    first, second = first_of(question), second_of(question)
    return not first and second.allows


def with_whole_records(question: Question) -> Question:
    """The same crossing with all columns of the approved layout, as a real file has them, or with one too many."""
    approved, found = frozenset(question.on_file.specification.items), question.passage.found
    if found is None:
        return question
    whole = replace(found, items=approved | (found.items - approved))
    return replace(question, passage=replace(question.passage, found=whole))


def clock(questions: list[Question], decide: Callable[[Question], object]) -> list[float]:
    """Milliseconds of CPU of each decision."""
    costs = []
    for question in questions:
        started = time.thread_time_ns()
        decide(question)
        costs.append((time.thread_time_ns() - started) / 1e6)
    return costs


def timed_questions(permits: list[PermitOnFile]) -> list[Question]:
    """Crossings under all permits as they were issued: the peers know nothing of an edited or unsigned row."""
    asked: list[Question] = []
    for index, each in enumerate(permits):
        plain = [question for question in make_questions(each, index, 40) if question.on_file == each]
        asked.extend(plain[: TIMED // len(permits)])
    return asked


def ask_peer(tool: str, path: Path) -> dict[str, Any]:
    """A peer in a process of its own."""
    command = [PEERS, "-m", "benchmarks._decision_peers", tool, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{tool}: {done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def show(name: str, costs: list[float], ours: float = 0) -> float:
    """Print the cost of a decision; answers its median."""
    middle, late = median(costs), quantiles(costs, n=100)[98]
    print(f"{name:44}{len(costs):>7,} asked {middle:>9.3f} ms (p99 {late:>8.3f}) {middle / (ours or middle):>9.2f} x")
    return middle


def measure(permits: list[PermitOnFile]) -> dict[str, bool]:
    """What a decision costs, ours and the peers'."""
    asked = timed_questions(permits)
    whole = [with_whole_records(each) for each in asked]
    firsts = list({each.on_file.permit.permit: each for each in whole}.values())
    print(f"{len(firsts):,} permits; the first decision under one: {median(clock(firsts, second_of)):.1f} ms of CPU")
    clock(whole, second_of)
    ours = show("Sekisho, both opinions", clock(whole, both))
    show("  the caveats alone", clock(whole, first_of), ours)
    show("  Cedar alone", clock(whole, second_of), ours)
    show("  both, each file with columns never seen", clock(asked, both), ours)
    wrong, speeds = compare(permits, whole, [both(each) for each in whole], ours)
    return {
        f"both opinions <= {MOST_MS} ms CPU (median) at {PERMITS:,} permits": ours <= MOST_MS,
        "every peer gives the same answers": not wrong,
        "faster than regopy": ours < speeds["regopy"],
    }


def compare(
    permits: list[PermitOnFile], plain: list[Question], allowed: list[bool], ours: float
) -> tuple[dict[str, int], dict[str, float]]:
    """The peers on the same crossings: how many wrong answers, and the median cost."""
    data = {
        "permits": {each.permit.connection: permit_data(each.specification) for each in permits},
        "questions": [
            {"asked": question_data(each.on_file.permit.connection, each.passage), "allowed": answer}
            for each, answer in zip(plain, allowed, strict=True)
        ],
    }
    wrong, speeds = {}, {}
    with tempfile.TemporaryDirectory(prefix="sekisho-bench-") as place:
        path = Path(place) / "questions.json"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for tool in TOOLS:
            answer = ask_peer(tool, path)
            speeds[tool] = show(tool, answer["costs"], ours)
            if answer["wrong"]:
                wrong[tool] = answer["wrong"]
                print(f"  {tool}: {answer['wrong']} of {answer['asked']} answers are other ones")
    return wrong, speeds


def differ() -> tuple[Rehearsed, dict[str, bool]]:
    """So many crossings, put to both."""
    permits = [grant(each) for each in approvals(8)]
    permits += [grant(replace(approvals(1)[0], connection="stripping", strip_unapproved=True))]
    numbered = replace(approvals(1)[0], connection="numbered", number_columns=("number",), assessment="numbered")
    numbered = replace(numbered, factors=("passkey", "one_time_code"))
    rebuilt = replace(approvals(1)[0], connection="rebuilt", inspections=("clamd", "sandbox"), rebuild=True)
    permits += [grant(numbered), grant(rebuilt)]
    each, rest = divmod(QUESTIONS, len(permits))
    counts = [each + (index < rest) for index in range(len(permits))]
    asked = (make_questions(permit, 100 + i, counts[i]) for i, permit in enumerate(permits))
    found = rehearse(chain.from_iterable(asked), SECOND)
    guard, least = min(found.alone.items(), key=lambda pair: pair[1])
    print(f"{found.asked:,} crossings: {found.allowed:,} allowed, {len(found.differing)} on which the opinions differ")
    print(f"  {len(found.alone)} guards object alone; the least often {guard}, {least:,} times")
    return found, {
        f"at least {LEAST_ALLOWED:.0%} allowed": found.allowed >= LEAST_ALLOWED * found.asked,
        f"every guard alone decisive >= {LEAST_ALONE} times": set(found.alone) == {each.guard for each in FAULTS}
        and least >= LEAST_ALONE,
        "the opinions never differ": not found.differing,
    }


def main() -> int:
    """Both parts, the claims, and the same as JSON."""
    claims = measure([grant(each) for each in approvals(PERMITS)])
    found, more = differ()
    claims |= more
    status = tell_claims(claims)
    print(json.dumps({"alone": found.alone, "claims": claims}, ensure_ascii=False))
    return status


if __name__ == "__main__":
    sys.exit(main())
