"""`sekisho permit`: the permits on file, both opinions in words, and why something would be refused."""

import hashlib
import sys
from datetime import datetime
from typing import Any

import click

from sekisho.cli.answers import NO, answer, reasons_data
from sekisho.cli.permit_acts import compile_, start, stop
from sekisho.cli.permit_ends import activate, change, expire, keep, revoke, withdraw_
from sekisho.cli.permit_papers import accept, hand_over
from sekisho.kernel import (
    Direction,
    GuardObjection,
    Passage,
    PermitOnFile,
    PermitStatus,
    SekishoError,
    describe,
    settle,
)


def find_permit(tenant: str, name: str) -> PermitOnFile:
    """The permit of this number, or the present permit of the connection of this name.

    Raises:
        SekishoError: There is neither.

    """
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.adapters.database.registers import Register

    found = Register().permit_numbered(tenant, name) or Register().permit_on_file(tenant, name)
    if found is None:
        message = f"通行証も接続も「{name}」はありません / there is neither a permit nor a connection {name}"
        raise SekishoError(message)
    return found


def connection_of(tenant: str, name: str) -> str:
    """The connection that a file can cross by under this permit.

    Raises:
        SekishoError: There is no such permit, or another has taken its place.

    """
    found = find_permit(tenant, name).permit
    if found.status is PermitStatus.SUPERSEDED:
        message = f"通行証 {found.permit} は差し替えられました / permit {found.permit} was superseded"
        raise SekishoError(message)
    return found.connection


def _moment(text: str) -> datetime:
    """A moment as ISO 8601 has it; without a zone it is the office's own time.

    Raises:
        SekishoError: It is none.

    """
    from sekisho.adapters.database.office_time import OFFICE_TIME

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        message = f"日時として読めません。例: 2026-11-24T09:00 / not a moment in ISO 8601: {text}"
        raise SekishoError(message) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=OFFICE_TIME)


@click.group()
def permit() -> None:
    """通行証 / permits."""


permit.add_command(compile_)
permit.add_command(stop)
permit.add_command(start)
for each in (activate, expire, revoke, change, withdraw_, keep, hand_over, accept):
    permit.add_command(each)


def _guards(found: PermitOnFile) -> list[dict[str, str]]:
    """The guards that are asked beside the caveats, each in words; none if the policy text cannot be read."""
    from sekisho.adapters.decisions import guards_of

    return [_in_words(each) for each in guards_of(found.permit.policy)]


def _in_words(guard: GuardObjection) -> dict[str, str]:
    """A guard for machines."""
    return {"guard": guard.guard, "ja": guard.ja, "en": guard.en}


def _print_permit(data: dict[str, Any]) -> None:
    """A permit for people: the caveats, the guards, and what is wrong with it."""
    click.echo(f"通行証 {data['permit']}  {data['status']}  {data['connection']}")
    for each in data["caveats"]:
        click.echo(f"  {each['tag']:>2}  {each['ja']}\n      {each['en']}")
    click.echo(f"第二の判断 / second opinion: {data['policy_sha256']}")
    for guard in data["guards"]:
        click.echo(f"  {guard['guard']:<22} {guard['ja']}\n{'':<25}{guard['en']}")
    for fault in data["faults"]:
        click.echo(f"  × {fault['ja']} / {fault['en']}")


@permit.command()
@click.argument("permit")
@click.option("--tenant", default="422011", show_default=True, help="団体コード / municipality")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def show(*, permit: str, tenant: str, as_json: bool) -> None:
    """通行証とその制限 / a permit and its caveats in words.

    PERMIT は通行証の番号か接続の名前 / the number of a permit, or the name of its connection.
    """
    from sekisho.kernel import permit_faults

    found = find_permit(tenant, permit)
    faults = permit_faults(found)
    words = [describe(caveat) for caveat in found.permit.caveats]
    data: dict[str, Any] = {
        "permit": found.permit.permit,
        "connection": found.permit.connection,
        "status": str(found.permit.status),
        "specification_digest": found.permit.specification_digest,
        "signers": [each.signer for each in found.permit.signatures],
        "caveats": [{"tag": each.tag, "ja": each.ja, "en": each.en} for each in words],
        "policy_sha256": hashlib.sha256(found.permit.policy.encode()).hexdigest(),
        "guards": _guards(found),
        "faults": reasons_data(tuple(faults)),
    }
    if as_json:
        answer(data)
    else:
        _print_permit(data)
    if faults:
        sys.exit(NO)


def _passage(found: PermitOnFile, given: dict[str, Any]) -> Passage:
    """A crossing as it would be; what is not given is as approved."""
    from sekisho.bootstrap import now

    approved = found.specification
    return Passage(
        at=_moment(given["at"]) if given["at"] else now(),
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
        assessment=found.assessment,
    )


@permit.command()
@click.argument("permit")
@click.option("--tenant", default="422011", show_default=True)
@click.option("--person", default="", help="操作者 / operator")
@click.option("--terminal", default="", help="端末 / terminal")
@click.option("--agency", default="")
@click.option("--department", default="")
@click.option("--route", default="", help="経路(カンマ区切り) / networks, comma-separated")
@click.option("--direction", default="", type=click.Choice(["", *map(str, Direction)]))
@click.option("--counterpart", default="")
@click.option("--size", default=1, type=click.IntRange(min=0), help="バイト数 / bytes")
@click.option("--at", default="", help="日時(ISO 8601) / when")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def explain(*, permit: str, tenant: str, as_json: bool, **given: Any) -> None:
    """なぜ止まるか / why a crossing would be refused at the entrance; what is not given is as approved.

    PERMIT は通行証の番号か接続の名前 / the number of a permit, or the name of its connection.
    """
    from sekisho.adapters.decisions import CedarOpinion
    from sekisho.kernel import objections, permit_faults

    found = find_permit(tenant, permit)
    passage = _passage(found, given)
    first = (*permit_faults(found), *objections(found.permit.caveats, passage, at_entrance=True))
    second = CedarOpinion().ask(found, passage)
    reasons = settle(found.permit.permit, first, second)
    against = [_in_words(each) for each in second.against]
    if as_json:
        told = {"allows": second.allows, "fault": second.fault, "against": against}
        answer({"admitted": not reasons, "reasons": reasons_data(reasons), "second": told})
    elif not reasons:
        click.echo("入口では止まりません。中身は届いてから検査します / admitted; the content is inspected on arrival")
    else:
        for each in reasons:
            click.echo(f"・{each.ja} {each.next_ja}\n  {each.en} {each.next_en}")
        for guard in against:
            click.echo(f"  第二の判断 / second opinion: {guard['guard']} {guard['ja']} / {guard['en']}")
    if reasons:
        sys.exit(NO)
