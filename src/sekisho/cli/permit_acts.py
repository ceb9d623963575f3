"""`sekisho permit compile`, `stop` and `start`: the policy text of a permit, and its life. Each step is an entry."""

import hashlib
import json
import sys
from typing import Final

import click

from sekisho.cli.answers import NO, answer

TENANT: Final = click.option("--tenant", default="422011", show_default=True, help="団体コード / municipality")
AS_JSON: Final = click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
CAUSES: Final = ("incident", "alarm", "condition", "erasure", "counterpart", "other")


@click.command("compile")
@click.argument("connection")
@TENANT
@click.option("--whole", is_flag=True, help="語彙・番人・結合も / with the schema, the guards and the connection")
@AS_JSON
def compile_(*, connection: str, tenant: str, whole: bool, as_json: bool) -> None:
    """承認を規則文にする / the policy text of an approval, in Cedar; exit status 1 if another text was signed.

    CONNECTION は結合の名前か通行証の番号 / the name of a connection, or the number of its permit.
    """
    from sekisho.adapters.database.queries_authority import approval_of
    from sekisho.adapters.decisions import Origin, compile_policy, connection_data, shipped_text, today_of
    from sekisho.cli.permit import find_permit

    found = find_permit(tenant, connection)
    approved = approval_of(tenant, found.permit.permit)
    origin = Origin(minutes=approved.minutes, decided_on=approved.decided_on)
    policy = compile_policy(approved.permit, approved.specification, origin)
    parts = {"policy": policy}
    if whole:
        row = connection_data(found.specification, today_of(found))
        parts |= {"schema": shipped_text("sekisho.cedarschema"), "guards": shipped_text("guards.cedar")}
        parts["connection"] = json.dumps([row], ensure_ascii=False, indent=2)
    signed = policy == found.permit.policy
    if as_json:
        digest = hashlib.sha256(policy.encode()).hexdigest()
        answer({"permit": approved.permit, "sha256": digest, "is_signed": signed, **parts})
    else:
        click.echo("\n".join(parts[name] for name in ("schema", "guards", "policy", "connection") if name in parts))
    if not signed:
        click.echo("署名された規則文と違います / another text was signed with this permit", err=True)
        sys.exit(NO)


def _told(permit: str, state: str, *, as_json: bool) -> None:
    """Say where the permit stands now."""
    if as_json:
        answer({"permit": permit, "status": state})
    else:
        click.echo(f"通行証 {permit}: {state}")


@click.command()
@click.argument("permit")
@TENANT
@click.option("--person", required=True, help="止める人 / who stops it")
@click.option("--cause", default="other", show_default=True, type=click.Choice(CAUSES), help="理由 / why")
@AS_JSON
def stop(*, permit: str, tenant: str, person: str, cause: str, as_json: bool) -> None:
    """通行証を止める(一人) / stop a permit; one person is enough, and it holds from the next decision on.

    PERMIT は通行証の番号か接続の名前 / the number of a permit, or the name of its connection.
    """
    from sekisho.bootstrap import now
    from sekisho.cli.permit import find_permit

    number = find_permit(tenant, permit).permit.permit
    from sekisho.adapters.database.permits import StopCause, stop_permit

    _told(number, stop_permit(tenant, number, person, StopCause(cause), now()), as_json=as_json)


@click.command()
@click.argument("permit")
@TENANT
@click.option("--person", "persons", required=True, multiple=True, help="同意する人(一人) / who agrees")
@AS_JSON
def start(*, permit: str, tenant: str, persons: tuple[str, ...], as_json: bool) -> None:
    """止めた通行証の再開に同意する(二人目で再開) / agree to start a stopped permit; the second person's word starts it.

    一人ずつ、24時間以内に / one person a command, within 24 hours; each word is an entry of the ledger.

    PERMIT は通行証の番号か接続の名前 / the number of a permit, or the name of its connection.
    """
    if len(persons) > 1:
        message = "--person は一人ずつです。二人目は別のコマンドで / one person a command; the second in another"
        raise click.UsageError(message)
    from sekisho.bootstrap import now
    from sekisho.cli.permit import find_permit

    number = find_permit(tenant, permit).permit.permit
    from sekisho.bootstrap.permits import agree_to_start

    _told(number, agree_to_start(tenant, number, persons[0], now()), as_json=as_json)
