"""`sekisho permit`: the permits on file, each caveat in words, and why something would be refused."""

import sys
from datetime import datetime
from typing import Any

import click

from sekisho.cli.answers import NO, answer, reasons_data
from sekisho.kernel import Direction, Passage, PermitOnFile, ReasonCode, Refused, because, describe


def _on_file(tenant: str, connection: str) -> PermitOnFile:
    """The permit of a connection.

    Raises:
        Refused: There is none.

    """
    from sekisho.bootstrap import open_house

    open_house()
    from sekisho.adapters.database.registers import Register

    found = Register().permit_on_file(tenant, connection)
    if found is None:
        raise Refused([because(ReasonCode.NO_PERMIT, connection=connection)])
    return found


@click.group()
def permit() -> None:
    """通行証 / permits."""


@permit.command()
@click.argument("connection")
@click.option("--tenant", default="422011", show_default=True, help="団体コード / municipality")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def show(*, connection: str, tenant: str, as_json: bool) -> None:
    """通行証とその制限 / a permit and its caveats in words."""
    from sekisho.kernel import permit_faults

    found = _on_file(tenant, connection)
    faults = permit_faults(found)
    words = [describe(caveat) for caveat in found.permit.caveats]
    data = {
        "permit": found.permit.permit,
        "connection": connection,
        "status": str(found.permit.status),
        "specification_digest": found.permit.specification_digest,
        "signers": [each.signer for each in found.permit.signatures],
        "caveats": [{"tag": each.tag, "ja": each.ja, "en": each.en} for each in words],
        "faults": reasons_data(tuple(faults)),
    }
    if as_json:
        answer(data)
    else:
        click.echo(f"通行証 {data['permit']}  {data['status']}  {connection}")
        for each in words:
            click.echo(f"  {each.tag:>2}  {each.ja}\n      {each.en}")
        for fault in faults:
            click.echo(f"  × {fault.ja} / {fault.en}")
    if faults:
        sys.exit(NO)


def _passage(found: PermitOnFile, given: dict[str, Any]) -> Passage:
    """A crossing as it would be; what is not given is as approved."""
    from sekisho.bootstrap import now

    approved = found.specification
    return Passage(
        at=datetime.fromisoformat(given["at"]) if given["at"] else now(),
        agency=given["agency"] or approved.agency,
        department=given["department"] or approved.department,
        person=given["person"] or approved.persons[0],
        terminal=given["terminal"] or approved.terminals[0],
        route=tuple(given["route"].split(",")) if given["route"] else approved.route,
        direction=Direction(given["direction"] or approved.direction),
        counterpart=given["counterpart"] or approved.counterpart,
        announced_size=given["size"],
        parcels_today=0,
        overdue_erasures=0,
    )


@permit.command()
@click.argument("connection")
@click.option("--tenant", default="422011", show_default=True)
@click.option("--person", default="", help="操作者 / operator")
@click.option("--terminal", default="", help="端末 / terminal")
@click.option("--agency", default="")
@click.option("--department", default="")
@click.option("--route", default="", help="経路(カンマ区切り) / networks, comma-separated")
@click.option("--direction", default="", type=click.Choice(["", *map(str, Direction)]))
@click.option("--counterpart", default="")
@click.option("--size", default=1, help="バイト数 / bytes")
@click.option("--at", default="", help="日時(ISO 8601) / when")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def explain(*, connection: str, tenant: str, as_json: bool, **given: Any) -> None:
    """なぜ止まるか / why a crossing would be refused at the entrance; what is not given is as approved."""
    from sekisho.kernel import objections, permit_faults

    found = _on_file(tenant, connection)
    reasons = [*permit_faults(found), *objections(found.permit.caveats, _passage(found, given), at_entrance=True)]
    if as_json:
        told = reasons_data(tuple(reasons))
        answer({"admitted": not reasons, "reasons": told})
    elif not reasons:
        click.echo("入口では止まりません。中身は届いてから検査します / admitted; the content is inspected on arrival")
    else:
        for each in reasons:
            click.echo(f"・{each.ja} {each.next_ja}\n  {each.en} {each.next_en}")
    if reasons:
        sys.exit(NO)
