"""`sekisho pia`: protection assessments (特定個人情報保護評価)."""

from pathlib import Path

import click

from sekisho.cli.answers import answer
from sekisho.cli.files import read_pieces
from sekisho.cli.municipality import read_threshold
from sekisho.cli.pia_reports import check, diff, example, render
from sekisho.kernel.council import judge_threshold, read_local_rule

_DEPTHS = {
    "none": "評価は義務付けられません / no assessment is demanded",
    "basic": "基礎項目評価 / basic items",
    "key": "重点項目評価 / key items",
    "all_items": "全項目評価 / all items",
}


@click.group()
def pia() -> None:
    """特定個人情報保護評価 / protection assessments."""


@pia.command()
@click.option("--subjects", type=click.IntRange(min=0), required=True, help="対象人数 / persons covered")
@click.option("--handlers", type=click.IntRange(min=0), required=True, help="取扱者数 / persons who handle the file")
@click.option("--serious-incident", is_flag=True, help="1年以内の重大事故 / a serious incident within a year")
@click.option("--municipality", "file", type=click.Path(path_type=Path), help="団体の控え / its file")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def threshold(*, subjects: int, handlers: int, serious_incident: bool, file: Path | None, as_json: bool) -> None:
    """しきい値判断 / how deep an assessment must be, and by which rule."""
    own = None if file is None else read_threshold(b"".join(read_pieces(file)))
    local = None if own is None else read_local_rule(own)
    judged = judge_threshold(subjects, handlers, serious_incident=serious_incident, local=local)
    if as_json:
        rule = {"rule": judged.rule.rule, "ja": judged.rule.ja, "en": judged.rule.en}
        answer({"result": judged.depth.word, **rule, "table": judged.table, "source": judged.source})
        return
    click.echo(_DEPTHS[judged.depth.word])
    click.echo(f"{judged.rule.ja}\n{judged.rule.en}\n{judged.source}")


for _command in (check, diff, render, example):
    pia.add_command(_command)
