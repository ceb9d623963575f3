"""`sekisho permit activate`, `expire`, `revoke`, `change`, `withdraw`, `keep`: what the clock and the council do."""

import json
from pathlib import Path

import click

from sekisho.cli.answers import answer
from sekisho.cli.permit_acts import AS_JSON, CAUSES, TENANT
from sekisho.kernel import SekishoError


def _told(permits: tuple[str, ...], state: str, *, as_json: bool) -> None:
    """Say which permits stand where now."""
    if as_json:
        answer({"permits": list(permits), "status": state})
    elif permits:
        click.echo(f"{', '.join(permits)}: {state}")
    else:
        click.echo("該当する通行証はありません / no permit is concerned")


@click.command()
@click.argument("permit")
@TENANT
@click.option("--person", required=True, help="取り消す人(会長) / who revokes it (the chair)")
@click.option("--cause", default="other", show_default=True, type=click.Choice(CAUSES), help="理由 / why")
@AS_JSON
def revoke(*, permit: str, tenant: str, person: str, cause: str, as_json: bool) -> None:
    """通行証を取り消す(元に戻せない) / revoke a permit for good; only the chair may.

    PERMIT は通行証の番号か接続の名前 / the number of a permit, or the name of its connection.
    """
    from sekisho.bootstrap import now
    from sekisho.cli.permit import find_permit

    number = find_permit(tenant, permit).permit.permit
    from sekisho.bootstrap.permits import StopCause, revoke_permit

    _told((number,), revoke_permit(tenant, number, person, StopCause(cause), now()), as_json=as_json)


@click.command()
@TENANT
@AS_JSON
def expire(*, tenant: str, as_json: bool) -> None:
    """期間を過ぎた通行証を満了とする / let permits expire that are past their end, as the worker does every day."""
    from sekisho.bootstrap import now, open_office

    open_office(tenant)
    from sekisho.bootstrap.permits import expire_permits

    _told(expire_permits(tenant, now()), "expired", as_json=as_json)


@click.command()
@TENANT
@AS_JSON
def activate(*, tenant: str, as_json: bool) -> None:
    """期間の始まった通行証を有効にする / make permits active whose first day has come, as the worker does."""
    from sekisho.bootstrap import now, open_office

    open_office(tenant)
    from sekisho.bootstrap.permits import activate_permits

    _told(activate_permits(tenant, now()), "active", as_json=as_json)


@click.command()
@click.argument("matter")
@click.argument("dossier", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@TENANT
@click.option("--person", required=True, help="申し出る所属長 / the head of the department")
@AS_JSON
def change(*, matter: str, dossier: Path, tenant: str, person: str, as_json: bool) -> None:
    """重要な変更を諮る / put a material change to the council; the permits of the changed arrows wait.

    MATTER は案件の番号、DOSSIER は変更後の諮問書(JSON) / the id of a matter, and its changed dossier as JSON.
    """
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.bootstrap import council
    from sekisho.kernel.council import dossier_from_data

    try:
        data = json.loads(dossier.read_bytes())
    except ValueError:
        message = f"{dossier.name}: JSONとして読めません / not JSON"
        raise SekishoError(message) from None
    after = dossier_from_data(data)
    paper = council.Paper(dossier=after, terms=council.present_terms(tenant, matter))
    told = council.change_materially(council.act_as(tenant, person), matter, paper)
    _told(told, "change_pending", as_json=as_json)


@click.command("withdraw")
@click.argument("matter")
@TENANT
@click.option("--person", required=True, help="取り下げる所属長 / the head of the department")
@AS_JSON
def withdraw_(*, matter: str, tenant: str, person: str, as_json: bool) -> None:
    """重要な変更の諮問を取り下げる / withdraw a material change while nobody has decided.

    MATTER は案件の番号 / the id of a matter. 承認した内容に戻り、再開には二人が必要 / what was approved stands again;
    two persons start its permits.
    """
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.bootstrap import council

    _told(council.withdraw_change(council.act_as(tenant, person), matter), "suspended", as_json=as_json)


@click.command()
@click.argument("matter")
@TENANT
@click.option("--person", required=True, help="会長 / the chair")
@AS_JSON
def keep(*, matter: str, tenant: str, person: str, as_json: bool) -> None:
    """承認されなかった変更の通行証を元の承認のままとする / keep permits as approved whose change was not.

    MATTER は案件の番号 / the id of a matter. 再開には二人が必要 / two persons start them again.
    """
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.bootstrap import council

    _told(council.keep_as_approved(council.act_as(tenant, person), matter), "suspended", as_json=as_json)
