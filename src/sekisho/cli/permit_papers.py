"""`sekisho permit hand-over` and `accept`: a permit of the city's council in the gate of another house, as S1 is."""

import hashlib
from pathlib import Path
from typing import Final

import click

from sekisho.cli.answers import tell
from sekisho.cli.permit_acts import AS_JSON, TENANT
from sekisho.kernel import PermitStatus

_ENDED: Final = (
    PermitStatus.SUSPENDED,
    PermitStatus.CHANGE_PENDING,
    PermitStatus.EXPIRED,
    PermitStatus.REVOKED,
    PermitStatus.SUPERSEDED,
)
_WAITS: Final = (
    "\n初日が来て、発行した側が有効と知らせ、ここで止めた通行証がなければ、使い始めます"
    " / it is used from its first day, once its house says that it is in force and no stop here is against it"
)
_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


def _paper_of(tenant: str, permit: str, person: str) -> bytes:
    """The paper of a permit in force, or of one that waits."""
    from sekisho.adapters.database.permit_papers import write_paper
    from sekisho.bootstrap import now

    return write_paper(tenant, permit, person, now())


def _word_of(tenant: str, permit: str, person: str) -> bytes:
    """The paper of a permit's stop or end."""
    from sekisho.adapters.database.word_papers import note_word_told, write_word
    from sekisho.bootstrap import now

    paper = write_word(tenant, permit)
    note_word_told(tenant, paper, {"person": person}, now())
    return paper.body


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
    発行済みで初日を待つ通行証も渡せる / one that is issued and waits can be handed over beforehand.
    止めた・更新した通行証なら、その通知書になる / of one that was stopped or replaced, the paper says that it is.
    """
    from sekisho.cli.permit import find_permit

    found = find_permit(tenant, permit).permit
    number = found.permit
    body = _word_of(tenant, number, person) if found.status in _ENDED else _paper_of(tenant, number, person)
    file.write_bytes(body)
    digest = hashlib.sha256(body).hexdigest()
    tell({"permit": number, "file": str(file), "digest": digest}, f"通行証 {number}: {digest}", as_json=as_json)


@click.command()
@click.argument("file", type=_FILE)
@TENANT
@click.option("--digest", default="", help="渡した側から聞いた要約値(停止の通知書には不要) / the digest that was told")
@click.option("--person", required=True, help="受け入れる管理者 / the administrator who accepts it")
@AS_JSON
def accept(*, file: Path, tenant: str, digest: str, person: str, as_json: bool) -> None:
    """引き渡された通行証を預かり有効にする、または止める / keep and use a permit that was handed over, or stop it."""
    from sekisho.bootstrap import now, open_office

    open_office(tenant)
    from sekisho.bootstrap.handed_over import accept as accept_here

    permit, status = accept_here(file.read_bytes(), tenant, digest, person, now())
    told = {"permit": permit, "status": status}
    waits = _WAITS if status == PermitStatus.ISSUED else ""
    tell(told, f"通行証 {permit} を受け入れました。状態: {status} / accepted{waits}", as_json=as_json)
