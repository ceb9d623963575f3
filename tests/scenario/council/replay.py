"""Replaying the meeting: the rows, the papers as S-210 shows them, and one crossing under a dossier's own permit."""

import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sekisho.adapters.assessments import shipped_form
from sekisho.adapters.dossiers import Dossier, read_dossier, shipped_dossier
from sekisho.kernel import (
    Arrival,
    AssessmentStanding,
    CanaryFound,
    Caveat,
    Credential,
    Direction,
    Erased,
    Findings,
    Permit,
    PermitOnFile,
    Refused,
    Specification,
    Standing,
    compile_caveats,
    cross,
    digest_of,
)
from sekisho.kernel.council import Condition, ItemVerdict, Verdict, entrusted_answers, kept_items, status_under
from sekisho.records.strict_yaml import load_yaml
from sekisho.web.pages.council.papers_part import PaperLine, paper_sections
from tests.fakes.any_office import BODY, AnyOffice

ROWS: tuple[Mapping[str, Any], ...] = tuple(
    load_yaml((Path(__file__).parent / "utterances.yaml").read_text(encoding="utf-8"), "utterances")
)
LONG_AGO = datetime.fromisoformat("2014-04-18T00:00:00+09:00")
# What a line of the chart has only where it becomes a permit.
_OF_A_PERMIT = re.compile(r"    (approval|layouts|terms|assessment|number_columns|factors):|      - \{permit")
_STEP = re.compile(r"([a-z_]+)(?:\[(.*)\])?")
DAY = datetime.fromisoformat("2019-12-02T10:00:00+09:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A guard that was taken away: of which row, hence from which permit, and what it was."""

    of: str = ""
    connection: str = ""
    guard: str = ""

    def misses(self, row: Mapping[str, Any], kind: str) -> str:
        """The name of the missing guard of this kind, if it is missing from this row's permit."""
        here = (row["of"], row["refused"]["connection"]) == (self.of, self.connection)
        return self.guard.removeprefix(kind) if here and self.guard.startswith(kind) else ""


WHOLE = Broken()


def attempts_of(row: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Each attempt of a row as a row of its own: most have one, some promise two things."""
    refused = row["refused"] if isinstance(row["refused"], list) else [row["refused"]]
    return tuple({**row, "refused": each} for each in refused)


@cache
def dossier_of(consultation: str) -> Dossier:
    """One shipped dossier."""
    return read_dossier(shipped_dossier(consultation))


@cache
def shown_of(consultation: str) -> Mapping[str, PaperLine]:
    """What S-210 shows of one dossier, by the path of the field."""
    return {line.path: line for part in paper_sections(dossier_of(consultation).papers) for line in part.lines}


def _without(thing: Any, path: str) -> Any:
    """A fact without what stands at a path in it: a blank, none, or one entry less."""
    first, _, rest = path.partition(".")
    found = _STEP.fullmatch(first)
    assert found, path
    name, key = found.groups()
    value: Any = getattr(thing, name)
    if key is None:
        value = _without(value, rest) if rest else type(value)() if type(value) in {int, str} else ""
    elif rest:
        value = tuple(_without(each, rest) if getattr(each, fields(each)[0].name) == key else each for each in value)
    else:
        value = tuple(each for each in value if each != key)
    return replace(thing, **{name: value})


def source_of(consultation: str, path: str) -> str:
    """The field that a line is read from: its own, or the one that an answer of the assessment follows from."""
    part, _, place = path.partition(".")
    if part != "assessment":
        return path
    dossier = dossier_of(consultation).papers.dossier
    reviewed = [each.connection for each in dossier.chart.under_review()]
    return entrusted_answers(shipped_form(), dossier, reviewed)[place].follows_from


def shown_without(consultation: str, path: str) -> Mapping[str, PaperLine]:
    """What S-210 shows of a dossier from which one field was taken out."""
    papers = dossier_of(consultation).papers
    path = source_of(consultation, path)
    part, _, rest = path.partition(".")
    emptied = (
        replace(papers, annex=_without(papers.annex, rest))
        if part == "annex"
        else replace(papers, dossier=_without(papers.dossier, path))
    )
    assert emptied.facts() != papers.facts(), path
    return {line.path: line for each in paper_sections(emptied) for line in each.lines}


def not_shown(row: Mapping[str, Any], lines: Mapping[str, PaperLine] | None = None) -> list[str]:
    """The answers of a row that S-210 does not show, of the shipped dossier if no other lines are given."""
    lines = shown_of(row["of"]) if lines is None else lines
    return [path for path, words in row["shown"].items() if path not in lines or words not in lines[path].value]


def _with_credential(text: str, credential: Mapping[str, Any]) -> str:
    """The dossier's text with another custody of one credential."""
    line = "{" + ", ".join(f"{name}: {value or chr(34) * 2}" for name, value in credential.items()) + "}"
    line = line.replace("'", "").replace('shared_with: ""', "shared_with: []")
    pattern = r"\{credential: " + re.escape(credential["credential"]) + r",.*\}"
    changed, times = re.subn(pattern, line, text)
    assert times == 1
    return changed


def _with_line(text: str, line: Mapping[str, Any]) -> str:
    """The dossier's text with one more arrow, drawn like the first one but between these computers, and inside."""
    begin = text.index("  - connection:")
    arrow = text[begin : text.index("  - connection:", begin + 1)]
    for name, value in {**line, "via": "[]", "direction": "inside", "under_review": "false", "items": "[]"}.items():
        arrow, times = re.subn(rf"(?m)^(  - |    ){name}: .*$", rf"\g<1>{name}: {value}", arrow)
        assert times == 1, name
    drawn = "".join(each for each in arrow.splitlines(keepends=True) if not _OF_A_PERMIT.match(each))
    return text[:begin] + drawn + text[begin:]


def _approved(row: Mapping[str, Any], broken: Broken) -> Dossier | None:
    """The dossier under which the attempt is made; nothing if it cannot even be read as a decided one."""
    attempt, text = row["refused"]["attempt"], shipped_dossier(row["of"])
    if not {"credential", "line"} & attempt.keys():
        return dossier_of(row["of"])
    text = _with_credential(text, attempt["credential"]) if "credential" in attempt else text
    text = _with_line(text, attempt["line"]) if "line" in attempt else text
    with ExitStack() as stack:
        if rule := broken.misses(row, "rule "):
            stack.enter_context(patch(f"sekisho.kernel.council.deliberation.annex.{rule}", lambda *_: ()))
        try:
            return read_dossier(text)
        except Refused:
            return None


def _specification(dossier: Dossier, row: Mapping[str, Any]) -> Specification:
    """What was approved, with the items that the members keep."""
    refused = row["refused"]
    specification = dossier.terms_of(refused["connection"])[0].specification
    dropped = refused["attempt"].get("dropped")
    verdicts = [
        ItemVerdict(
            connection=specification.connection, item=item, verdict=Verdict.DROP if item == dropped else Verdict.KEEP
        )
        for item in specification.items
    ]
    kept = kept_items({specification.connection: specification.items}, verdicts)
    return replace(specification, items=kept[specification.connection])


def _conditions(dossier: Dossier, row: Mapping[str, Any], broken: Broken) -> tuple[Condition, ...]:
    """The conditions as the attempt finds them: all of them, or all settled but the one that nobody proved."""
    attempt, gone = row["refused"]["attempt"], broken.misses(row, "condition ")
    reopened, unproven = attempt.get("reopen"), attempt.get("unproven")
    return tuple(
        replace(each, state="verified" if unproven not in {None, each.condition} else "open")
        if unproven or each.condition == reopened
        else each
        for each in dossier.papers.annex.conditions
        if each.condition != gone
    )


def _moment(row: Mapping[str, Any]) -> datetime:
    """When the attempt is made."""
    attempt = row["refused"]["attempt"]
    return datetime.fromisoformat(attempt["at"]) if "at" in attempt else DAY


def _on_file(
    row: Mapping[str, Any], broken: Broken, caveats: tuple[Caveat, ...], specification: Specification
) -> PermitOnFile:
    """The permit that this approval compiles to, standing where its conditions put it."""
    conditions = _conditions(dossier_of(row["of"]), row, broken)
    permit = Permit(
        permit="R1-replayed",
        tenant=specification.tenant,
        connection=specification.connection,
        specification_digest=digest_of(specification),
        caveats=caveats,
        status=status_under(conditions, _moment(row).date()),
        issued_at=DAY.isoformat(),
    )
    waits = row["refused"]["attempt"].get("assessment") == "not in force"
    standing = None if waits else AssessmentStanding(assessment=specification.assessment, in_force_from=LONG_AGO)
    return PermitOnFile(permit=permit, specification=specification, signatures_hold=True, assessment=standing)


def _office(row: Mapping[str, Any], specification: Specification, on_file: PermitOnFile | None) -> AnyOffice:
    """An office where everything is as approved but for the attempt."""
    attempt = row["refused"]["attempt"]
    approved = dossier_of(row["of"]).terms_of(specification.connection)[0].specification
    return AnyOffice(
        person=Standing(
            person=attempt.get("person", approved.persons[0]),
            terminal=attempt.get("terminal", approved.terminals[0]),
            agency=attempt.get("agency", approved.agency),
            department=attempt.get("department", approved.department),
            factors=tuple(attempt.get("factors", approved.factors)),
        ),
        on_file=on_file,
        found=Findings(
            media_type=approved.types[0],
            layout=attempt.get("layout", approved.layouts[0]),
            size=len(BODY),
            records=attempt.get("records", 3),
            items=frozenset(approved.items),
            other_municipality=attempt.get("other_municipality", 0),
            canaries=tuple(CanaryFound(**each) for each in attempt.get("canaries", ())),
        ),
        overdue=attempt.get("overdue", 0),
    )


def _arrival(row: Mapping[str, Any], specification: Specification) -> Arrival:
    """Somebody arrives as approved, but for the attempt."""
    attempt = row["refused"]["attempt"]
    return Arrival(
        parcel="parcel",
        tenant=specification.tenant,
        connection=specification.connection,
        at=_moment(row),
        credential=Credential(kind="certificate", value="terminal"),
        route=tuple(attempt.get("route", specification.route)),
        direction=Direction(attempt.get("direction", specification.direction)),
        counterpart=attempt.get("counterpart", specification.counterpart),
        announced_size=len(BODY),
    )


def codes_at_gate(row: Mapping[str, Any], broken: Broken = WHOLE) -> tuple[list[str], bool]:
    """Why the gate refuses a row's attempt, and whether anything left, with one guard perhaps taken away."""
    missing = broken.misses(row, "")

    def compiled(specification: Specification) -> tuple[Caveat, ...]:
        return tuple(each for each in compile_caveats(specification) if type(each).__name__ != missing)

    dossier = _approved(row, broken)
    specification = _specification(dossier or dossier_of(row["of"]), row)
    on_file = _on_file(row, broken, compiled(specification), specification) if dossier else None
    office, arrival = _office(row, specification, on_file), _arrival(row, specification)
    with ExitStack() as stack:
        stack.enter_context(patch("sekisho.kernel.gate.entrance.compile_caveats", compiled))
        if rule := broken.misses(row, "hall "):
            stack.enter_context(patch(f"sekisho.kernel.gate.examination.{rule}", lambda *_: ()))
        try:
            outcome = cross(arrival, office, office.halls(), lambda: arrival.at)
        except Refused as refusal:
            return [str(reason.code) for reason in refusal.reasons], bool(office.sent)
    if isinstance(outcome, Erased):
        return [], bool(office.sent)
    return [str(reason.code) for reason in outcome.reasons], bool(office.sent)
