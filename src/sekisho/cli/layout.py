"""`sekisho layout`: the record layouts, checking a file against one of them, and adopting one of our own."""

import sys
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from sekisho.adapters.layouts import LayoutFile, OfficeShelf, layouts_in_use
from sekisho.cli.answers import NO, answer
from sekisho.cli.fault_table import examination_data, print_examination
from sekisho.cli.files import read_pieces
from sekisho.cli.first_look import look_at, office_day, refuse_other_kinds, refuse_other_layouts
from sekisho.cli.layout_facts import MARKS, adoptions_known, field_facts, layout_facts, origin_words, version_words
from sekisho.kernel import SekishoError
from sekisho.records import Declared, Examination, Hashed, Layout, choose_version, examine, first_records
from sekisho.records.layout import CheckKind

_FACTS = ("no", "header", "name", "item", "type", "min", "max", "required", "class")
_HEADS = ("番号", "見出し", "名前", "項目", "型", "最小", "最大", "必須", "区分")
_SHOWN = 20
_KEPT = 100_000
_IN_GRACE = "項目の数が合う前の版で調べました。まだ受け付けられる版です / an earlier version, which is still accepted\n"
_DAY = click.DateTime(["%Y-%m-%d"])
_COUNT = click.IntRange(min=0)


@click.group()
def layout() -> None:
    """記録様式 / record layouts."""


@layout.command("list")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def list_(*, as_json: bool) -> None:
    """様式の一覧 / every layout and version, where it comes from, and who adopted it."""
    office = layouts_in_use()
    known = adoptions_known(office)
    found = [office.file_of(each) for each in office.shelf.layouts]
    if as_json:
        answer({"layouts": [layout_facts(each, known) for each in found]})
        return
    for each in found:
        one = each.layout
        click.echo(f"{one.layout:<18} {version_words(one)}  {one.ja} / {one.en}")
        click.echo(f"{'':<18} {MARKS[one.confidence]}  {origin_words(each, known)}")


def _find(office: OfficeShelf, name: str, version: str) -> LayoutFile:
    """A version of a layout: the one that is named, or the newest."""
    return office.file_of(office.version(name, version) if version else office.shelf.find(name))


@layout.command()
@click.argument("name")
@click.option("--version", default="", help="版 / version; without it the newest")
@click.option("--yaml", "as_yaml", is_flag=True, help="様式のファイルそのもの / the layout's file as it is")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def show(*, name: str, version: str, as_yaml: bool, as_json: bool) -> None:
    """様式の項目 / the fields of a layout."""
    office = layouts_in_use()
    found = _find(office, name, version)
    if as_yaml and not as_json:
        click.echo(found.text, nl=False)
        return
    known = adoptions_known(office)
    one = found.layout
    fields = [field_facts(one, each) for each in one.fields]
    if as_json:
        answer({**layout_facts(found, known), "columns": fields})
        return
    title = f"{one.ja} / {one.en} {version_words(one)} [{MARKS[one.confidence]}] [{origin_words(found, known)}]"
    table = Table(title=title, caption=one.source)
    for heading in _HEADS:
        table.add_column(heading)
    for field in fields:
        values = [field[fact] for fact in _FACTS]
        table.add_row(*(("○" if value else "") if isinstance(value, bool) else str(value) for value in values))
    Console().print(table)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which file is compared with what."""

    name: str
    file: Path
    version: str
    on: date
    municipality: str
    declared: Declared
    keep: int


def _accepted(office: OfficeShelf, asked: Question) -> tuple[LayoutFile, ...]:
    """The version that is named, or those in which a file may be handed in on the day."""
    if asked.version:
        return (office.file_of(office.version(asked.name, asked.version)),)
    return tuple(office.file_of(each) for each in office.shelf.accepted(asked.name, asked.on))


def examine_file(office: OfficeShelf, asked: Question) -> tuple[Examination, LayoutFile]:
    """Examine a file against the accepted version that it is written in.

    Raises:
        SekishoError: It is no file of records, or of another layout; in one sentence.

    """
    accepted = tuple(each.layout for each in _accepted(office, asked))
    pieces = read_pieces(asked.file)
    head, held = look_at(pieces)
    refuse_other_kinds(asked.file, head, accepted[0])
    refuse_other_layouts(asked.file, head, accepted, office)
    chosen = choose_version(accepted, first_records(head))
    seen = examine(
        chosen,
        Hashed(chain(held, pieces)),
        vocabulary=office.shelf.vocabulary,
        municipality=asked.municipality,
        declared=_known_totals(chosen, asked.declared),
        keep=asked.keep,
    )
    return seen, office.file_of(chosen)


def _known_totals(layout: Layout, declared: Declared) -> Declared:
    """What was declared, each total by the name of its field.

    Raises:
        SekishoError: A field is not one that the layout adds up; it says which are.

    """
    added_up = {each.fields[0] for each in layout.file_checks if each.check is CheckKind.TOTAL}
    names = {word: each.name for each in layout.fields if each.name in added_up for word in (each.name, each.header)}
    strangers = [field for field, _ in declared.totals if field not in names]
    if strangers:
        known = ", ".join(f"{each.name} ({each.header})" for each in layout.fields if each.name in added_up) or "—"
        message = f"{', '.join(strangers)}: 合計する項目ではありません / not added up by this layout (known: {known})"
        raise SekishoError(message)
    return Declared(records=declared.records, totals=tuple((names[field], yen) for field, yen in declared.totals))


def _total(text: str) -> tuple[str, int]:
    """A declared total: FIELD=YEN.

    Raises:
        SekishoError: It is not written so.

    """
    field, sign, amount = text.rpartition("=")
    digits = amount.replace(",", "").replace("，", "")
    if not (sign and field and digits.removeprefix("-").isascii() and digits.removeprefix("-").isdigit()):
        message = f"{text}: 項目=金額 の形で書いてください / write FIELD=YEN, such as paid_amt=1250000"
        raise SekishoError(message)
    return field, int(digits)


@layout.command()
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--on", type=_DAY, help="提出日(2027-01-31) / the day of submission; today without it")
@click.option("--version", default="", help="この版だけと比べる / compare with this version only")
@click.option("--municipality", default="", help="この団体の記録だけか / whose records these must be")
@click.option("--records", type=_COUNT, help="届け出た件数 / how many records were declared")
@click.option("--total", "totals", multiple=True, metavar="FIELD=YEN", help="届け出た合計 / a declared total")
@click.option("--limit", type=_COUNT, default=_SHOWN, show_default=True, help="表に出す件数 / how many faults to show")
@click.option("--all", "show_all", is_flag=True, help="すべて出す / show all that were kept")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def check(*, name: str, file: Path, as_json: bool, **given: Any) -> None:
    """ファイルを様式と照らす / every fault of a file, with row, column and byte; exit status 1 if there is one."""
    asked = Question(
        name=name,
        file=file,
        version=given["version"],
        on=given["on"].date() if given["on"] else office_day(),
        municipality=given["municipality"],
        declared=Declared(records=given["records"], totals=tuple(map(_total, given["totals"]))),
        keep=_KEPT,
    )
    seen, used = examine_file(layouts_in_use(), asked)
    limit = None if given["show_all"] else given["limit"]
    graced = not asked.version and used.layout.effective_until is not None and used.layout.effective_until < asked.on
    if as_json:
        answer({**examination_data(seen, used, file.name, limit if _was_given("limit") else None), "in_grace": graced})
    else:
        print_examination(seen, used, file.name, limit)
        click.echo(_IN_GRACE * graced, nl=False)
    if seen.fault_count:
        sys.exit(NO)


def _was_given(option: str) -> bool:
    """Did somebody write this option, or is it the default?"""
    source = click.get_current_context().get_parameter_source(option)
    return source is not click.core.ParameterSource.DEFAULT


@layout.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", "person", required=True, help="採用する職員 / who adopts it")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def adopt(*, file: Path, person: str, as_json: bool) -> None:
    """当団体の様式として採用する / use this layout in place of the shipped one; who and when go into the ledger."""
    from sekisho.bootstrap import open_house
    from sekisho.bootstrap.adoption import adopt_layout_file

    open_house()
    adopted = adopt_layout_file(file.read_bytes(), file.name, person)
    data = {
        "layout": adopted.layout.layout,
        "version": adopted.layout.version,
        "sha256": adopted.sha256,
        "golden": len(adopted.layout.golden),
        "by": person,
    }
    if as_json:
        answer(data)
        return
    click.echo(f"採用しました / adopted: {data['layout']} {data['version']}  ({person})")
    click.echo(f"見本 {data['golden']} 件を確かめました / golden records tried  SHA-256: {adopted.sha256}")
