"""`sekisho pia check`, `diff`, `render`, `example`: assessment reports as files."""

import hashlib
from pathlib import Path
from typing import Any

import click

from sekisho.cli.answers import NO, answer, reasons_data
from sekisho.kernel import Reason
from sekisho.kernel.council import (
    AssessmentReport,
    Depth,
    LighterClaim,
    LighterGround,
    ReportChange,
    Stage,
    change_table,
    changes_between,
    contradictions_in,
    is_material,
    missing_answers,
)
from sekisho.records import RecordsError

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
PLACE = click.Path(dir_okay=False, writable=True, path_type=Path)
_DEPTHS = click.Choice([each.word for each in Depth if each is not Depth.NONE])
_JSON = click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")


def _read(file: Path) -> AssessmentReport:
    """One version of a report from a file."""
    from sekisho.adapters.assessments import read_report_file

    return read_report_file(file)


def _say_missing(reasons: tuple[Reason, ...], *, as_json: bool, told: dict[str, object]) -> None:
    """Every answer that is missing or contradicts another, to people or to machines; exit status 1 if there is one."""
    if as_json:
        answer({**told, "complete": not reasons, "reasons": reasons_data(reasons)})
    else:
        for each in reasons:
            click.echo(f"{each.ja}  {each.en}")
        click.echo("書き終えています / complete" if not reasons else f"{len(reasons)} 件 / open points")
    if reasons:
        raise click.exceptions.Exit(NO)


@click.command()
@click.argument("file", type=FILE)
@click.option("--depth", type=_DEPTHS, help="この種類として見る / as a report of this depth")
@click.option("--stage", type=click.Choice([each.word for each in Stage]), help="手続の段階 / how far the procedure is")
@_JSON
def check(*, file: Path, depth: str | None, stage: str | None, as_json: bool) -> None:
    """評価書の書き残しと矛盾 / what a report leaves open, and what it says against itself."""
    from sekisho.adapters.assessments import shipped_form

    report, form = _read(file), shipped_form()
    deep = Depth[depth.upper()] if depth else report.depth
    far = Stage[stage.upper()] if stage else report.stage
    reasons = (*missing_answers(form, report, deep, far), *contradictions_in(form, report))
    told = {"report": report.report, "version": report.version, "depth": deep.word, "stage": far.word}
    _say_missing(reasons, as_json=as_json, told={**told, "assumed": len(report.assumed)})


def _claims(lines: tuple[str, ...]) -> list[LighterClaim]:
    """Claims as they are written on the command line: place, ground, person, reason.

    Raises:
        RecordsError: One of them has not these four parts.

    """
    claims = []
    for line in lines:
        parts = line.split("=", 3)
        if len(parts) != len(("place", "ground", "person", "reason")) or parts[1] not in set(LighterGround):
            message = "--lighter 項目=wording|lowers_risk=言う人=理由 / place=ground=person=reason"
            raise RecordsError(message)
        claims.append(LighterClaim(place=parts[0], ground=LighterGround(parts[1]), claimed_by=parts[2], why=parts[3]))
    return claims


def _change_data(change: ReportChange) -> dict[str, object]:
    """One change for machines."""
    return {
        "changed_on": change.changed_on,
        "place": change.place,
        "label": change.label,
        "before": change.before,
        "after": change.after,
        "material": change.material,
        "filed": str(change.filed),
        "explanation": change.explanation,
    }


def _say_changes(rows: tuple[ReportChange, ...]) -> None:
    """The table of changes for people."""
    from sekisho.adapters.assessments import shipped_form
    from sekisho.adapters.documents import change_rows

    for row in change_rows(shipped_form(), rows):
        click.echo("\t".join(cell.replace("\n", " ") for cell in row))
    material = is_material(rows)
    click.echo("重要な変更があります / material" if material else "重要な変更はありません / nothing material")


@click.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("--lighter", multiple=True, help="※の変更が重要でない理由 / why a change of a ※ item is not material")
@click.option("--out", type=PLACE, help="表計算のファイル(.xlsx) / a workbook")
@_JSON
def diff(*, old: Path, new: Path, lighter: tuple[str, ...], out: Path | None, as_json: bool) -> None:
    """二つの版の変更箇所(別添3) / what changed between two versions, and whether that is material."""
    from sekisho.adapters.assessments import shipped_form
    from sekisho.adapters.documents import changes_workbook

    form = shipped_form()
    rows = change_table(form, changes_between(form, _read(old), _read(new), _claims(lighter)))
    if out is not None:
        out.write_bytes(changes_workbook(form, rows))
    if as_json:
        answer({"material": is_material(rows), "changes": [_change_data(each) for each in rows]})
        return
    _say_changes(rows)


def _words(file: Path | None) -> list[str]:
    """The words that must not stand in a document, one a line."""
    return [] if file is None else file.read_text(encoding="utf-8-sig").splitlines()


@click.command()
@click.argument("file", type=FILE)
@click.option("--out", type=PLACE, required=True, help="PDF の置き場所 / where the PDF goes")
@click.option("--before", type=FILE, help="前の版(別添3を付ける) / the version before, for the table of changes")
@click.option("--depth", type=_DEPTHS, help="この種類の様式で / as a form of this depth")
@click.option("--ended", type=click.DateTime(["%Y-%m-%d"]), help="終了した日(評価書名に記す) / the day it ended")
@click.option("--redact", type=FILE, help="載せてはならない語(1行に1つ) / words that must not stand in it, one a line")
@_JSON
def render(*, file: Path, out: Path, as_json: bool, **chosen: Any) -> None:
    """評価書を PDF にする / a report as PDF, read again before it is written."""
    from sekisho.adapters.assessments import shipped_form
    from sekisho.adapters.documents import assessment_pdf, check_redacted

    form, report = shipped_form(), _read(file)
    before, depth, ended = chosen["before"], chosen["depth"], chosen["ended"]
    pdf = assessment_pdf(
        form,
        report,
        depth=Depth[depth.upper()] if depth else None,
        changes=change_table(form, changes_between(form, _read(before), report)) if before else None,
        ended_on=ended.date() if ended else None,
    )
    check_redacted(pdf, _words(chosen["redact"]))
    out.write_bytes(pdf)
    if as_json:
        answer({"file": str(out), "bytes": len(pdf), "sha256": hashlib.sha256(pdf).hexdigest()})
        return
    click.echo(f"{out}  {len(pdf):,} bytes")


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="二つの版を置く / put both versions here")
@_JSON
def example(*, out: Path | None, as_json: bool) -> None:
    """会議録の「意見の求め」を例として / the council's opinion of November 2019 as a worked example."""
    from sekisho.adapters.assessments import shipped_text
    from sekisho.adapters.assessments.courses import play_course, shipped_course

    file = shipped_course()
    played = play_course(file)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name in ("resident_tax_1", "resident_tax_2"):
            (out / f"{name}.yaml").write_text(shipped_text(name), encoding="utf-8")
    steps = [
        {"act": step.act, "role": str(step.role), "on": step.on.isoformat(), "state": state} for step, state in played
    ]
    if as_json:
        course = file.course
        rows = [_change_data(each) for each in course.changes]
        told = {"threshold": course.judgement.depth.word, "material": is_material(course.changes), "changes": rows}
        answer({**told, "steps": steps, "assumed": list(file.assumed)})
        return
    _say_changes(file.course.changes)
    for step in steps:
        click.echo("  ".join((step["on"], step["act"], step["role"], step["state"])))
