"""`sekisho loan`: a key that is lent to a contractor. The contractor opens a container; an officer ends the loan."""

from pathlib import Path
from typing import NoReturn

import click

from sekisho.cli.answers import NO, answer, tell
from sekisho.cli.permit_acts import AS_JSON, TENANT

PLACE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def loan() -> None:
    """委託先への鍵の貸出し / keys that are lent to contractors."""


@loan.command()
@click.argument("container", type=PLACE)
@AS_JSON
def show(*, container: Path, as_json: bool) -> None:
    """容器の見出しを読む。鍵は求めない / what a CONTAINER says in the clear; no key is asked for."""
    from sekisho.adapters.borrowing import read_container

    head, digest = read_container(container)
    told = {"tenant": head.tenant, "parcel": head.parcel, "connection": head.connection, "ask": head.ask}
    lines = (f"荷物 / parcel: {head.parcel} ({head.tenant}, {head.connection})", f"鍵の窓口 / ask at: {head.ask}")
    tell({**told, "sha256": digest}, "\n".join((*lines, f"SHA-256: {digest}")), as_json=as_json)


@loan.command("open")
@click.argument("container", type=PLACE)
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--certificate", type=PLACE, required=True, help="この端末の証明書 / this terminal's certificate")
@click.option("--key", type=PLACE, required=True, help="その鍵 / its key")
@click.option("--authority", type=PLACE, required=True, help="市の認証局 / the city's authority")
@click.option("--person", required=True, help="開く人 / who opens it")
@click.option("--address", default="", help="窓口が変わったとき / where to ask, if not where the container says")
@AS_JSON
def open_(*, container: Path, target: Path, as_json: bool, **desk: object) -> None:
    """市に鍵を求め、容器を開いてTARGETに書く / ask for the key, open a CONTAINER into TARGET.

    開いたことは市の台帳に残る。貸出しが終わっていれば開けない。終了コードは1 / refused: exit 1, nothing is written.
    """
    from sekisho.adapters.borrowing import BorrowingDesk, TurnedDownError, open_lent

    mine = BorrowingDesk(
        certificate=Path(str(desk["certificate"])),
        key=Path(str(desk["key"])),
        authority=Path(str(desk["authority"])),
        person=str(desk["person"]),
        address=str(desk["address"]),
    )
    try:
        count = open_lent(container, target, mine)
    except TurnedDownError as turned:
        _turned_down(turned.reasons, as_json=as_json)
    sentence = (
        f"{target.name}: 開きました({count}バイト)。終わったら消してください / opened; erase it when you are done"
    )
    tell({"file": target.name, "bytes": count}, sentence, as_json=as_json)


def _turned_down(reasons: list[dict[str, str]], *, as_json: bool) -> NoReturn:
    """Say why the gate gave no key, in its own words."""
    if as_json:
        answer({"reasons": reasons})
    for each in reasons:
        click.echo(f"開けません: {each['ja']} {each['next_ja']}", err=True)
        click.echo(f"Not opened: {each['en']} {each['next_en']}", err=True)
    raise SystemExit(NO)


@loan.command()
@click.argument("parcel")
@TENANT
@click.option("--person", required=True, help="だれが引き揚げるか / who recalls it")
@AS_JSON
def recall(*, parcel: str, tenant: str, person: str, as_json: bool) -> None:
    """貸した鍵を期限の前に引き揚げる / end a loan before its time; from then on nobody opens."""
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.adapters.database.ledgers import sequence
    from sekisho.bootstrap import council, erasure

    erasure.recall_key(council.act_as(tenant, person), parcel)
    sequence(tenant)
    sentence = f"{parcel}: 鍵を引き揚げ、壊しました / recalled, and destroyed"
    tell({"parcel": parcel, "recalled": True}, sentence, as_json=as_json)


@loan.command()
@click.argument("counterpart")
@click.argument("terminal")
@click.argument("fingerprint")
@TENANT
@click.option("--person", required=True, help="システム管理者 / the administrator")
@click.option("--ja", required=True, help="委託先の呼び名 / what the contractor is called, in Japanese")
@click.option("--en", required=True, help="英語の呼び名 / in English")
@AS_JSON
def terminal(*, counterpart: str, fingerprint: str, tenant: str, as_json: bool, **said: str) -> None:
    """委託先の端末を登録する / enter a contractor's TERMINAL; FINGERPRINT is what `ca issue` answered.

    COUNTERPARTは通行証の相手先 / as permits name it. 人は画面で、所属を委託先、役割を受託者にして登録する。
    """
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.adapters.database.ledgers import sequence
    from sekisho.bootstrap import accounts, council

    standing = accounts.ContractorTerminal(
        counterpart=counterpart, terminal=said["terminal"], label_ja=said["ja"], label_en=said["en"]
    )
    bound = fingerprint.replace(":", "").lower()
    accounts.enter_contractor_terminal(council.act_as(tenant, said["person"]), standing, bound)
    sequence(tenant)
    sentence = f"{said['terminal']}: {counterpart} の端末として登録しました / entered"
    tell({"terminal": said["terminal"], "counterpart": counterpart, "fingerprint": bound}, sentence, as_json=as_json)
