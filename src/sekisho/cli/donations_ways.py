"""`sekisho donations` on the city's side: connectors to portals, the allow-list; and S1's automatic link.

The city's commands work in the city's own home folder; `automatic-link` alone works in the home folder of S1.
"""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click

from sekisho.bootstrap import open_office
from sekisho.business.hometown_donations.donations import PORTALS
from sekisho.cli.answers import tell
from sekisho.cli.donations import HOME, enter_home
from sekisho.cli.permit_acts import AS_JSON

TENANT = click.option("--tenant", required=True, help="団体コード / the municipality's code")
_BY_ITSELF = "S1 が自分で取りに行く間隔。0 で止める / S1 pulls by itself every so many hours; 0 ends that"
DAY = click.DateTime(["%Y-%m-%d"])


@click.command("connector")
@TENANT
@click.option("--name", required=True)
@click.option("--portal", type=click.Choice(list(PORTALS)), required=True)
@click.option("--mode", type=click.Choice(["csv", "robot"]), required=True)
@click.option("--person", required=True, help="通行証に載っている職員 / a person of the permit")
@click.option("--terminal", required=True)
@click.option("--url", default="")
@click.option("--user", default="")
@click.option("--password", prompt=False, default="", envvar="SEKISHO_PORTAL_PASSWORD", help="鍵の保管庫に置く")
@click.option("--every-hours", type=int, default=0)
@click.option("--fetched-until", type=DAY, default=None)
@click.option("--pin", default="", help="ポータルの鍵の指紋(SPKI, base64) / where its key is pinned")
@AS_JSON
def connector(
    *, tenant: str, name: str, password: str, fetched_until: datetime | None, as_json: bool, **said: object
) -> None:
    """ポータルへの接続を登録する / enter a connector to a portal."""
    home = open_office(tenant)
    from sekisho.bootstrap.connectors import NewConnector, enter_connector

    until = fetched_until.date() if fetched_until is not None else None
    enter_connector(home, tenant, NewConnector(connector=name, secret=password, fetched_until=until, **said))  # type: ignore[arg-type]  # click checked them
    tell({"tenant": tenant, "connector": name}, f"{name} を登録しました / entered", as_json=as_json)


def _whole_period(first: datetime | None, last: datetime | None) -> tuple[date, date] | None:
    """The period that was asked for, if one was.

    Raises:
        UsageError: Only one end of it was said, or it ends before it begins.

    """
    if first is None and last is None:
        return None
    if first is None or last is None or first > last:
        sentence = "--from と --until は両方を、初日・末日の順で / give --from and --until, both or neither, in order"
        raise click.UsageError(sentence)
    return first.date(), last.date()


@click.command("run-connector")
@TENANT
@click.option("--name", required=True)
@click.option("--from", "first", type=DAY, default=None)
@click.option("--until", "last", type=DAY, default=None)
@AS_JSON
def run_connector(*, tenant: str, name: str, first: datetime | None, last: datetime | None, as_json: bool) -> None:
    """ロボットを1回動かす / run a robot once."""
    period = _whole_period(first, last)
    open_office(tenant)
    from sekisho.bootstrap.connectors import run_connector as run_once

    run = run_once(tenant, name, period)
    told = {"connector": name, "outcome": run.outcome, "parcels": list(run.parcels)}
    tell(told, f"{run.outcome} {' '.join(run.parcels)}".rstrip(), as_json=as_json)
    if run.outcome in {"mismatch", "refused", "away"}:
        raise SystemExit(1)


@click.command("allow-list")
@AS_JSON
def allow_list(*, as_json: bool) -> None:
    """セキュリティクラウドの許可リストを通行証から作る / the security cloud's allow-list, from the permits."""
    open_office()
    from sekisho.bootstrap.egress import allow_list as written

    lines = written()
    tell({"allowed": lines.splitlines()}, lines.rstrip("\n"), as_json=as_json)


@click.command("way-out")
@click.argument("url")
@AS_JSON
def way_out(*, url: str, as_json: bool) -> None:
    """インターネットへの出口(セキュリティクラウド)を登録する / enter the security cloud as the only way out."""
    home = open_office()
    from sekisho.adapters.carriers.calling import set_way_out

    set_way_out(home, url)
    tell({"way_out": url}, url, as_json=as_json)


@click.command("automatic-link")
@HOME
@click.option("--area", required=True, help="S1 の領域(団体コード) / the area of S1")
@click.option("--portal", type=click.Choice(list(PORTALS)), required=True)
@click.option("--url", required=True)
@click.option("--token", required=True, envvar="SEKISHO_LINK_TOKEN", help="鍵の保管庫に置く / goes to the key store")
@click.option("--every-hours", type=click.IntRange(min=0), default=None, help=_BY_ITSELF)
@AS_JSON
def automatic_link(
    *, home: Path, area: str, portal: str, url: str, token: str, every_hours: int | None, as_json: bool
) -> None:
    """S1 の自動連携(市を通らない)。1回動かすか、間隔を決めて S1 に任せる / run S1's link once, or let S1 do it."""
    opened = enter_home(home)
    from sekisho.bootstrap.connectors import NewConnector
    from sekisho.bootstrap.links import enter_link, pull_once

    link = NewConnector(connector=f"link-{portal}", portal=portal, mode="link", person="", terminal="", url=url)
    if every_hours is not None:
        enter_link(opened, area, replace(link, secret=token, every_hours=every_hours))
        sentence = f"S1 が {every_hours} 時間ごとに取りに行きます / S1 pulls every {every_hours} hours"
        told = {"connector": link.connector, "every_hours": every_hours}
        tell(told, sentence if every_hours else "自分では動きません / it runs no more by itself", as_json=as_json)
        return
    run = pull_once(opened, area, link, token)
    told = {"connector": link.connector, "outcome": run.outcome, "donations": run.donations, "amount": run.amount}
    tell(told, f"{run.outcome} {run.donations} {run.amount}", as_json=as_json)
    if run.outcome in {"mismatch", "refused", "away"}:
        raise SystemExit(1)
