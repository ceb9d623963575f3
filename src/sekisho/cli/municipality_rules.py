"""`sekisho municipality rules`: enter anew the rules by which a municipality's council sits."""

from pathlib import Path
from typing import Any, Final

import click

from sekisho.cli.answers import answer
from sekisho.cli.files import read_pieces
from sekisho.records import RecordsError
from sekisho.records.strict_yaml import as_table, load_yaml

COUNCIL_RULES: Final = "council_rules"
EXAMPLE_OF_RULES: Final = """\
# 審議会の定足数・議決を条例・規則のとおりに書く場合だけ、次の # を外します。先頭の有効なものが通常の規則です。
# The council's rules of sitting, as the ordinance or bylaw has them; the first one in force is the usual one:
# council_rules:
#   - rule: majority_present
#     ja: 委員の過半数の出席で開き、出席委員の過半数で決し、可否同数のときは会長が決する
#     en: More than half of the members sit; more than half of those present decide; the chair breaks a tie
#     legal_basis: 長崎市個人情報保護審議会規則第6条
#     holds_from: "2023-04-01"
#     holds_until: ""
#     quorum: "1/2"
#     quorum_strict: true
#     majority: "1/2"
#     majority_strict: true
#     chair_votes: false
#     chair_breaks_tie: true
"""


def rules_in(data: dict[str, Any]) -> list[dict[str, Any]] | None:
    """The rules of sitting in a municipality's file, if it has any; what they say is judged by the council's kernel.

    Raises:
        RecordsError: They are no list of tables.

    """
    if COUNCIL_RULES not in data:
        return None
    if not isinstance(data[COUNCIL_RULES], list):
        message = f"{COUNCIL_RULES}: 並びではありません / not a list"
        raise RecordsError(message)
    return [as_table(each, f"{COUNCIL_RULES} {number}", {}) for number, each in enumerate(data[COUNCIL_RULES], start=1)]


def _read(file: Path) -> list[dict[str, Any]]:
    """The rules of a file.

    Raises:
        RecordsError: It is not in UTF-8, or has none.

    """
    try:
        text = b"".join(read_pieces(file)).decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        message = f"{COUNCIL_RULES}: UTF-8 で保存してください / not UTF-8, byte {fault.start}"
        raise RecordsError(message) from fault
    rules = rules_in(as_table(load_yaml(text, COUNCIL_RULES), COUNCIL_RULES, {}))
    if rules is None:
        message = f"{COUNCIL_RULES}: 見出しがありません / missing"
        raise RecordsError(message)
    return rules


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--tenant", required=True, help="団体コード / municipality")
@click.option("--person", required=True, help="審議会の事務局 / the secretariat")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def rules(*, file: Path, tenant: str, person: str, as_json: bool) -> None:
    """審議会の議事の規則を登録し直す / enter the council's rules anew: all of FILE's `council_rules`, or nothing."""
    data = _read(file)
    from sekisho.bootstrap import open_house

    open_house()
    from sekisho.adapters.database.ledgers import sequence
    from sekisho.bootstrap import council

    names = council.set_rules(council.act_as(tenant, person), data)
    sequence(tenant)
    if as_json:
        answer({"municipality": tenant, "council_rules": list(names)})
    else:
        click.echo(f"{tenant}: 議事の規則を登録しました / entered: {', '.join(names)}")
