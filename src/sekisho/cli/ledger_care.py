"""`sekisho ledger` for whoever keeps it: its witnesses, their signatures, and the keeping period of its entries."""

import sys
from pathlib import Path

import click

from sekisho.cli.answers import NO, answer, fail, tell
from sekisho.cli.ledger_witness import read_text_or_code

_TENANT = click.option("--tenant", default="422011", show_default=True, help="団体コード / municipality")
_PERSON = click.option("--person", required=True, help="だれが / who does this")
_JSON = click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")


@click.command()
@click.argument("key")
@click.option("--address", default="", help="立会人の住所。なければ紙かファイルで / its address, if it has a line")
@click.option("--every-hours", default=24, show_default=True, help="何時間ごとに署名を受けるか / how often it signs")
@_TENANT
@_PERSON
@_JSON
def appoint(*, key: str, address: str, every_hours: int, tenant: str, person: str, as_json: bool) -> None:
    """立会人を登録する / enter a witness of our ledger, by its key."""
    from sekisho.bootstrap import now, open_office

    open_office(tenant)
    from sekisho.bootstrap.ledgers import Appointment, appoint_witness

    appointment = Appointment(key=key, address=address, every_hours=every_hours)
    name = appoint_witness(tenant, appointment, person, now())
    tell({"witness": name}, f"立会人 {name} を登録しました / {name} is a witness now", as_json=as_json)


@click.command()
@click.argument("name")
@_TENANT
@_PERSON
@_JSON
def dismiss(*, name: str, tenant: str, person: str, as_json: bool) -> None:
    """立会人の登録を消す / ask a witness no longer; what it signed stays."""
    from sekisho.bootstrap import now, open_office

    open_office(tenant)
    from sekisho.bootstrap.ledgers import dismiss_witness

    dismiss_witness(tenant, name, person, now())
    sentence = f"立会人 {name} の登録を消しました / {name} is asked no longer"
    tell({"witness": name, "dismissed": True}, sentence, as_json=as_json)


@click.command()
@click.argument("name")
@_TENANT
@click.option("--out", type=click.Path(path_type=Path), help="書き込むファイル / file to write")
@_JSON
def request(*, name: str, tenant: str, out: Path | None, as_json: bool) -> None:
    """通信のない立会人への依頼を作る / make the request for a witness without a line."""
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.bootstrap.ledgers import request_for, witness_named

    text = request_for(witness_named(tenant, name))
    if out is not None:
        out.write_text(text, encoding="utf-8")
    sentence = text.removesuffix("\n") if out is None else f"→ {out}"
    tell({"witness": name, "request": text, "file": str(out or "")}, sentence, as_json=as_json)


@click.command()
@click.argument("name")
@click.argument("signature", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_TENANT
@_JSON
def enter(*, name: str, signature: Path, tenant: str, as_json: bool) -> None:
    """立会人の署名(文字または二次元コードの写真)を入れる / enter what a witness signed, as text or as a picture."""
    from sekisho.bootstrap import now, open_office

    open_office(tenant)
    from sekisho.bootstrap.ledgers import keep_cosignature, witness_named

    lines = read_text_or_code(signature.read_bytes()).strip() + "\n"
    size = keep_cosignature(witness_named(tenant, name), lines, now())
    sentence = f"立会人 {name} は {size:,} 件まで署名しています / {name} has signed {size:,} entries"
    tell({"witness": name, "size": size}, sentence, as_json=as_json)


@click.command()
@click.argument("days", type=int)
@_TENANT
@_PERSON
@_JSON
def keep(*, days: int, tenant: str, person: str, as_json: bool) -> None:
    """記録の内容の保存期間を決める / set for how many days the contents of entries are kept."""
    from sekisho.bootstrap import now, open_office

    open_office(tenant)
    from sekisho.bootstrap.ledgers import set_keeping

    set_keeping(tenant, days, person, now())
    tell({"days": days}, f"保存期間は {days} 日です / contents are kept for {days} days", as_json=as_json)


@click.command()
@click.argument("because", default="")
@_TENANT
@_PERSON
@_JSON
def hold(*, because: str, tenant: str, person: str, as_json: bool) -> None:
    """内容の消去を止める。理由なしで呼ぶと解く / keep everything for this reason; without one, go on pruning."""
    from sekisho.bootstrap import now, open_office

    open_office(tenant)
    from sekisho.bootstrap.ledgers import hold_pruning

    hold_pruning(tenant, because, person, now())
    sentence = "消去を止めました / nothing is pruned" if because else "消去を再開します / pruning goes on"
    tell({"held": bool(because)}, sentence, as_json=as_json)


@click.command()
@_TENANT
@click.option("--at-most", default=0, help="一度に消してよい件数 / how many entries may go in this one round")
@click.option("--person", default="", help="だれが許すか(--at-most のとき) / who answers for a large round")
@_JSON
def prune(*, tenant: str, at_most: int, person: str, as_json: bool) -> None:
    """保存期間を過ぎた内容を消す / remove contents past the keeping period; the hashes stay."""
    from sekisho.bootstrap import now, open_office

    open_office(tenant)
    from sekisho.bootstrap.ledgers import LargeRound, care_of, prune_ledger

    if at_most and not person:
        fail("--at-most には --person が要ります / a large round needs a person (--person)", as_json=as_json)
    if care_of(tenant).keeping_days is None:
        fail("保存期間が決まっていません / no keeping period is set (sekisho ledger keep)", as_json=as_json)
    done = prune_ledger(tenant, now(), LargeRound(at_most=at_most, person=person) if at_most else None)
    stopped = "止められています / held" if done.held else "多すぎるので止めました / too many at once, stopped"
    if as_json:
        answer({"removed": done.removed, "until": done.until, "stopped": done.stopped, "held": done.held})
    elif done.stopped or done.held:
        click.echo(stopped, err=True)
    else:
        click.echo(f"{done.removed:,} 件の内容を消しました({done.until:,} 件目まで) / contents removed")
    if done.stopped or done.held:
        sys.exit(NO)
