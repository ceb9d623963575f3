"""`sekisho permit hand-over` and `accept`: a permit of the city's council in the gate of another house, as S1 is."""

import hashlib
from pathlib import Path
from typing import Final

import click

from sekisho.cli.answers import tell
from sekisho.cli.permit_acts import AS_JSON, TENANT

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("hand-over")
@click.argument("permit")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@TENANT
@click.option("--person", required=True, help="引き渡す人 / who hands it over")
@AS_JSON
def hand_over(*, permit: str, file: Path, tenant: str, person: str, as_json: bool) -> None:
    """通行証を別の関所へ渡す書類を作る / write the paper that carries a permit to another house.

    PERMIT は通行証の番号か接続の名前 / the number of a permit, or the name of its connection.
    要約値は、書類とは別の方法(電話など)で伝える / tell the digest by another way than the paper.
    """
    from sekisho.bootstrap import now
    from sekisho.cli.permit import find_permit

    number = find_permit(tenant, permit).permit.permit
    from sekisho.adapters.database.permit_papers import write_paper

    body = write_paper(tenant, number, person, now())
    file.write_bytes(body)
    digest = hashlib.sha256(body).hexdigest()
    tell({"permit": number, "file": str(file), "digest": digest}, f"通行証 {number}: {digest}", as_json=as_json)


@click.command()
@click.argument("file", type=_FILE)
@TENANT
@click.option("--digest", required=True, help="渡した側から聞いた要約値 / the digest that the other side told")
@click.option("--person", required=True, help="受け入れる管理者 / the administrator who accepts it")
@AS_JSON
def accept(*, file: Path, tenant: str, digest: str, person: str, as_json: bool) -> None:
    """引き渡された通行証をこの関所で有効にする / put a permit in force here that was handed over."""
    from sekisho.bootstrap import now, open_office

    open_office(tenant)
    from sekisho.adapters.database.permit_papers import accept_paper

    permit = accept_paper(file.read_bytes(), tenant, digest, person, now())
    told = {"permit": permit.permit, "connection": permit.connection, "status": str(permit.status)}
    tell(told, f"通行証 {permit.permit} を受け入れました / accepted: {permit.connection}", as_json=as_json)
