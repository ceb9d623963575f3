"""`sekisho erasure confirm`, `drop`, `hold` and `lift`: what persons decide; each step is an entry."""

import click

from sekisho.cli.permit_acts import TENANT

_PERSON = click.option("--person", required=True, help="行う人 / who does it")


@click.command()
@click.argument("number")
@TENANT
@_PERSON
def confirm(*, number: str, tenant: str, person: str) -> None:
    """安全装置が止めた名簿を確認する / confirm a list that the breaker stopped; with two persons it is carried out."""
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.bootstrap import council
    from sekisho.bootstrap.erasure import confirm_list

    done = confirm_list(council.act_as(tenant, person), number)
    click.echo("消しました / erased" if done else "もう一人の確認を待ちます / waits for a second person")


@click.command()
@click.argument("number")
@TENANT
@_PERSON
def drop(*, number: str, tenant: str, person: str) -> None:
    """安全装置が止めた名簿を取り下げる / drop a list that the breaker stopped; nothing on it is erased."""
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.bootstrap import council
    from sekisho.bootstrap.erasure import drop_list

    drop_list(council.act_as(tenant, person), number)
    click.echo("取り下げました / dropped")


@click.command()
@click.argument("parcel")
@TENANT
@_PERSON
@click.option("--why", required=True, help="理由(個人情報は書かない) / why, without personal data")
def hold(*, parcel: str, tenant: str, person: str, why: str) -> None:
    """法的保全にする / put a crossing on legal hold; the protection manager does."""
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.bootstrap import council
    from sekisho.bootstrap.erasure import set_hold

    click.echo(set_hold(council.act_as(tenant, person), parcel, why))


@click.command()
@click.argument("number")
@TENANT
@_PERSON
def lift(*, number: str, tenant: str, person: str) -> None:
    """法的保全の解除に同意する / agree to lift a hold; the second person's word lifts it."""
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.bootstrap import council
    from sekisho.bootstrap.erasure import agree_to_lift

    done = agree_to_lift(council.act_as(tenant, person), number)
    click.echo("解除しました / lifted" if done else "もう一人の同意を待ちます / waits for a second person")
