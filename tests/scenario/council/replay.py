"""Replaying the meeting: the rows, the papers as S-210 shows them, and one crossing under a dossier's own permit."""

import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sekisho.adapters.dossiers import Dossier, read_dossier, shipped_dossier
from sekisho.kernel import (
    Arrival,
    AssessmentStanding,
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
from sekisho.kernel.council import Condition, ItemVerdict, Verdict, kept_items, status_under
from sekisho.records.strict_yaml import load_yaml
from sekisho.web.pages.council.papers_part import PaperLine, paper_sections
from tests.fakes.any_office import BODY, AnyOffice

ROWS: tuple[Mapping[str, Any], ...] = tuple(
    load_yaml((Path(__file__).parent / "utterances.yaml").read_text(encoding="utf-8"), "utterances")
)
LONG_AGO = datetime.fromisoformat("2014-04-18T00:00:00+09:00")
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


@cache
def dossier_of(consultation: str) -> Dossier:
    """One shipped dossier."""
    return read_dossier(shipped_dossier(consultation))


@cache
def shown_of(consultation: str) -> Mapping[str, PaperLine]:
    """What S-210 shows of one dossier, by the path of the field."""
    return {line.path: line for part in paper_sections(dossier_of(consultation).papers) for line in part.lines}


def not_shown(row: Mapping[str, Any]) -> list[str]:
    """The answers of a row that S-210 does not show."""
    lines = shown_of(row["of"])
    return [path for path, words in row["shown"].items() if path not in lines or words not in lines[path].value]


def _with_credential(text: str, credential: Mapping[str, Any]) -> str:
    """The dossier's text with another custody of one credential."""
    line = "{" + ", ".join(f"{name}: {value or chr(34) * 2}" for name, value in credential.items()) + "}"
    line = line.replace("'", "").replace('shared_with: ""', "shared_with: []")
    pattern = r"\{credential: " + re.escape(credential["credential"]) + r",.*\}"
    changed, times = re.subn(pattern, line, text)
    assert times == 1
    return changed


def _approved(row: Mapping[str, Any], broken: Broken) -> Dossier | None:
    """The dossier under which the attempt is made; nothing if it cannot even be read as a decided one."""
    attempt, text = row["refused"]["attempt"], shipped_dossier(row["of"])
    if "credential" not in attempt:
        return dossier_of(row["of"])
    with ExitStack() as stack:
        if rule := broken.misses(row, "rule "):
            stack.enter_context(patch(f"sekisho.kernel.council.deliberation.annex.{rule}", lambda _: ()))
        try:
            return read_dossier(_with_credential(text, attempt["credential"]))
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
    """The conditions as the attempt finds them."""
    reopened, gone = row["refused"]["attempt"].get("reopen"), broken.misses(row, "condition ")
    return tuple(
        replace(each, state="open") if each.condition == reopened else each
        for each in dossier.papers.annex.conditions
        if each.condition != gone
    )


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
        status=status_under(conditions, DAY.date()),
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
        at=datetime.fromisoformat(attempt["at"]) if "at" in attempt else DAY,
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
    with patch("sekisho.kernel.gate.entrance.compile_caveats", compiled):
        try:
            outcome = cross(arrival, office, office.halls(), lambda: arrival.at)
        except Refused as refusal:
            return [str(reason.code) for reason in refusal.reasons], bool(office.sent)
    if isinstance(outcome, Erased):
        return [], bool(office.sent)
    return [str(reason.code) for reason in outcome.reasons], bool(office.sent)
