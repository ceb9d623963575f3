"""`sekisho municipality`: open a municipality from a file, with its first administrator, who enters everybody else."""

from pathlib import Path
from typing import Any, Final

import click

from sekisho.cli.answers import answer
from sekisho.cli.files import read_pieces
from sekisho.cli.municipality_rules import COUNCIL_RULES, EXAMPLE_OF_RULES, rules, rules_in
from sekisho.kernel import Zone
from sekisho.records import NumberKind, RecordsError, check_number
from sekisho.records.strict_yaml import as_table, load_yaml

_EXAMPLE: Final = """\
# 市区町村を開くための控え。名前は半角の英小文字・数字・下線で書きます。
# What a municipality is opened from. Ids are small letters, digits and underscores.
municipality: {code: "422011", ja: 長崎市, en: Nagasaki City}
agencies:
  - {agency: mayor, ja: 長崎市長, en: Mayor of Nagasaki}
departments:
  - {department: general_affairs, agency: mayor, ja: 総務課, en: General Affairs Division}
  - {department: asset_tax, agency: mayor, ja: 資産税課, en: Asset Tax Division}
terminals: # zone: my_number, lgwan, internet
  - {terminal: asset-tax-1, ja: 資産税課の端末, en: Asset tax terminal, zone: lgwan, department: asset_tax}
administrator: {person: kanri, ja: 管理 一, en: Kanri Hajime, department: general_affairs}
# 特定個人情報保護評価のしきい値を国より厳しくしている場合だけ、次の # を外して書きます。
# Only if the municipality's own threshold of assessments is stricter than the national one:
# assessment_threshold:
#   source: 長崎市特定個人情報保護評価実施要綱
#   holds_from: "2026-04-01"
#   strict_handlers: 500
#   rules:
#     - {subjects_from: 1000, depth: basic, strict_depth: key}
#     - {subjects_from: 10000, depth: key, strict_depth: all_items}
#     - {subjects_from: 100000, depth: all_items, strict_depth: all_items}
"""
_OWN_RULE: Final = "assessment_threshold"
_TEXTS: Final = ("ja", "en")
_ROWS: Final = {
    "agencies": ("agency",),
    "departments": ("department", "agency"),
    "terminals": ("terminal", "zone", "department"),
}


@click.group()
def municipality() -> None:
    """市区町村を開く / open a municipality."""


@municipality.command()
def example() -> None:
    """書き方の見本を出す / print a file to fill in."""
    click.echo(_EXAMPLE + EXAMPLE_OF_RULES, nl=False)


municipality.add_command(rules)


def _row(data: Any, what: str, names: tuple[str, ...]) -> dict[str, str]:
    """One row with just these names, each a text.

    Raises:
        RecordsError: A name is missing, unknown, or no text.

    """
    row = as_table(data, what, dict.fromkeys((*names, *_TEXTS), str))
    wanted, found = {*names, *_TEXTS}, set(row)
    if wanted != found:
        differing = ", ".join(sorted(wanted ^ found))
        message = f"{what}: 要る名前は {', '.join(sorted(wanted))} です / missing or unknown: {differing}"
        raise RecordsError(message)
    return {name: str(value) for name, value in row.items()}


def _rows(data: Any, what: str) -> tuple[dict[str, str], ...]:
    """Rows of one kind.

    Raises:
        RecordsError: It is no list, or a row is wrong.

    """
    if not isinstance(data, list):
        message = f"{what}: 並びではありません / not a list"
        raise RecordsError(message)
    return tuple(_row(each, f"{what} {number}", _ROWS[what]) for number, each in enumerate(data, start=1))


def _check_names(rows: dict[str, tuple[dict[str, str], ...]]) -> None:
    """Every agency, department and zone that is named is one.

    Raises:
        RecordsError: One is not.

    """
    agencies = {each["agency"] for each in rows["agencies"]}
    departments = {each["department"] for each in rows["departments"]}
    unknown = {each["agency"] for each in rows["departments"]} - agencies
    unknown |= {each["department"] for each in rows["terminals"]} - departments
    unknown |= {each["zone"] for each in rows["terminals"]} - set(Zone)
    if unknown:
        message = f"{', '.join(sorted(unknown))}: この控えにないか、知らない区域です / not in this file, or no zone"
        raise RecordsError(message)


def _text(body: bytes) -> str:
    """A file as text.

    Raises:
        RecordsError: It is not in UTF-8.

    """
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        message = f"municipality: UTF-8 で保存してください / not UTF-8, byte {fault.start}"
        raise RecordsError(message) from fault


def read_threshold(body: bytes) -> dict[str, Any] | None:
    """The municipality's own threshold as its file has it, if it has one.

    Raises:
        RecordsError: It is no table.

    """
    data = as_table(load_yaml(_text(body), "municipality"), "municipality", {})
    return as_table(data[_OWN_RULE], _OWN_RULE, {}) if _OWN_RULE in data else None


def read_rules(body: bytes) -> list[dict[str, Any]] | None:
    """The rules by which the council sits, as the municipality's file has them, if it has any.

    Raises:
        RecordsError: They are no list of tables.

    """
    return rules_in(as_table(load_yaml(_text(body), "municipality"), "municipality", {}))


def read_opening(body: bytes) -> tuple[dict[str, str], dict[str, tuple[dict[str, str], ...]], dict[str, str]]:
    """The municipality, its offices and its administrator.

    Raises:
        RecordsError: With what is wrong, and where.

    """
    data = as_table(load_yaml(_text(body), "municipality"), "municipality", {})
    strangers = (set(data) - {_OWN_RULE, COUNCIL_RULES}) ^ {"municipality", "administrator", *_ROWS}
    if strangers:
        message = f"municipality: 足りないか知らない見出し / missing or unknown: {', '.join(sorted(strangers))}"
        raise RecordsError(message)
    own = _row(data["municipality"], "municipality", ("code",))
    code = check_number(NumberKind.MUNICIPALITY, own["code"])
    if not code.valid:
        message = f"municipality: {code.reason}"
        raise RecordsError(message)
    rows = {name: _rows(data[name], name) for name in _ROWS}
    _check_names(rows)
    return own, rows, _row(data["administrator"], "administrator", ("person", "department"))


def _told(own: dict[str, str], rows: dict[str, tuple[dict[str, str], ...]], body: bytes) -> dict[str, Any]:
    """Everything with which a municipality is opened, by its name."""
    rules = {"assessment_threshold": read_threshold(body), "council_rules": read_rules(body)}
    return {"code": own["code"], "label_ja": own["ja"], "label_en": own["en"], **rows, **rules}


@municipality.command("open")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def open_(*, file: Path, as_json: bool) -> None:
    """市区町村と最初のシステム管理者を登録する / enter a municipality and its first administrator.

    はじめのパスワードは一度だけ表示されます / the first password is shown once.
    """
    body = b"".join(read_pieces(file))
    own, rows, first = read_opening(body)
    told = _told(own, rows, body)
    from sekisho.bootstrap import now, open_house, prepare_database

    open_house()
    prepare_database()
    from sekisho.bootstrap import accounts
    from sekisho.bootstrap.accounts import Newcomer, Opening

    named = Opening(**told)
    administrator = Newcomer(
        person=first["person"],
        label_ja=first["ja"],
        label_en=first["en"],
        department=first["department"],
        roles=("administrator",),
    )
    password = accounts.open_with_administrator(named, administrator, now())
    if as_json:
        answer({"municipality": own["code"], "administrator": first["person"], "password": password})
        return
    click.echo(f"{own['ja']} ({own['code']}) を登録しました / entered")
    click.echo(f"システム管理者 / administrator: {first['person']}")
    click.echo(f"はじめのパスワード(一度だけ) / first password, shown once: {password}")


@municipality.command()
@click.argument("terminal")
@click.argument("fingerprint")
@click.option("--tenant", required=True, help="団体コード / municipality")
@click.option("--person", required=True, help="システム管理者 / the administrator")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def enrol(*, terminal: str, fingerprint: str, tenant: str, person: str, as_json: bool) -> None:
    """端末を証明書の指紋と結び付ける / bind a terminal to its certificate; FINGERPRINT is what `ca issue` answered."""
    from sekisho.bootstrap import open_house

    open_house()
    from sekisho.adapters.database.ledgers import sequence
    from sekisho.bootstrap import accounts, council

    bound = fingerprint.replace(":", "").lower()
    accounts.bind_terminal(council.act_as(tenant, person), terminal, bound)
    sequence(tenant)
    if as_json:
        answer({"terminal": terminal, "fingerprint": bound})
    else:
        click.echo(f"{terminal}: 証明書と結び付けました / bound to its certificate")


@municipality.command("continue")
@click.argument("number", type=click.IntRange(1, 999_999))
@click.option("--tenant", required=True, help="団体コード / municipality")
@click.option("--person", required=True, help="事務局の職員 / somebody of the secretariat")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def continue_(*, number: int, tenant: str, person: str, as_json: bool) -> None:
    """紙の諮問簿から番号を引き継ぐ / go on from the register on paper: NUMBER is what the next consultation gets.

    番号は年度をまたいで続き、戻すことはできません / numbers run on across the years, and never back.
    """
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.adapters.database.ledgers import sequence
    from sekisho.bootstrap import council

    council.continue_numbering(council.act_as(tenant, person), number)
    sequence(tenant)
    if as_json:
        answer({"municipality": tenant, "next": number})
    else:
        click.echo(f"{tenant}: 次の諮問は第{number}号です / the next consultation is number {number}")


@municipality.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--tenant", required=True, help="団体コード / municipality")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def canary(*, file: Path, tenant: str, as_json: bool) -> None:
    """見張り用の架空の記録を登録する / register canaries: FILE holds one made-up text a line.

    他の団体の荷に混ざっていれば、その荷は保留になります / found in another municipality's parcel, it is held.
    """
    lines = [line.strip() for line in _text(b"".join(read_pieces(file))).splitlines()]
    from sekisho.bootstrap import now, open_office

    open_office(tenant)
    from sekisho.adapters.database.canaries import register_canary
    from sekisho.adapters.database.ledgers import sequence

    count = 0
    for line in filter(None, lines):
        count = register_canary(tenant, line, now())
    sequence(tenant)
    if as_json:
        answer({"municipality": tenant, "canaries": count})
    else:
        click.echo(f"{tenant}: 見張り用の記録 {count} 件 / canaries")
