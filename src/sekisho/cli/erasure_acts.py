"""`sekisho erasure confirm`, `drop`, `hold` and `lift`: what persons decide; each step is an entry."""

import click

from sekisho.cli.answers import tell
from sekisho.cli.permit_acts import AS_JSON, TENANT

_PERSON = click.option("--person", required=True, help="行う人 / who does it")


@click.command()
@click.argument("number")
@TENANT
@_PERSON
@AS_JSON
def confirm(*, number: str, tenant: str, person: str, as_json: bool) -> None:
    """安全装置が止めた名簿を確認する / confirm a list that the breaker stopped; with two persons it is carried out."""
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.bootstrap import council
    from sekisho.bootstrap.erasure import confirm_list

    done = confirm_list(council.act_as(tenant, person), number)
    sentence = "消しました / erased" if done else "もう一人の確認を待ちます / waits for a second person"
    tell({"number": number, "erased": done}, sentence, as_json=as_json)


@click.command()
@click.argument("number")
@TENANT
@_PERSON
@AS_JSON
def drop(*, number: str, tenant: str, person: str, as_json: bool) -> None:
    """安全装置が止めた名簿を取り下げる / drop a list that the breaker stopped; nothing on it is erased."""
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.bootstrap import council
    from sekisho.bootstrap.erasure import drop_list

    drop_list(council.act_as(tenant, person), number)
    tell({"number": number, "dropped": True}, "取り下げました / dropped", as_json=as_json)


@click.command()
@click.argument("parcel")
@TENANT
@_PERSON
@click.option("--why", required=True, help="理由(個人情報は書かない) / why, without personal data")
@AS_JSON
def hold(*, parcel: str, tenant: str, person: str, why: str, as_json: bool) -> None:
    """法的保全にする / put a crossing on legal hold; the protection manager does."""
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.bootstrap import council
    from sekisho.bootstrap.erasure import set_hold

    number = set_hold(council.act_as(tenant, person), parcel, why)
    tell({"hold": number, "parcel": parcel}, number, as_json=as_json)


@click.command()
@click.argument("number")
@TENANT
@_PERSON
@AS_JSON
def lift(*, number: str, tenant: str, person: str, as_json: bool) -> None:
    """法的保全の解除に同意する / agree to lift a hold; the second person's word lifts it."""
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.bootstrap import council
    from sekisho.bootstrap.erasure import agree_to_lift

    done = agree_to_lift(council.act_as(tenant, person), number)
    sentence = "解除しました / lifted" if done else "もう一人の同意を待ちます / waits for a second person"
    tell({"hold": number, "lifted": done}, sentence, as_json=as_json)
