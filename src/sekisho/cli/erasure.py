"""`sekisho erasure`: what is due, certificates, and what two persons decide about erasing."""

from pathlib import Path

import click

from sekisho.cli.answers import NO, answer
from sekisho.cli.erasure_acts import confirm, drop, hold, lift
from sekisho.cli.permit_acts import AS_JSON, TENANT
from sekisho.kernel import LedgerFault


@click.group()
def erasure() -> None:
    """保存と削除 / keeping and erasing."""


for command in (confirm, drop, hold, lift):
    erasure.add_command(command)


@erasure.command()
@TENANT
@AS_JSON
def due(*, tenant: str, as_json: bool) -> None:
    """いま消すことになるものを見る(消さない) / a dry run: what would be erased now, and whether it would stop."""
    from sekisho.bootstrap import now, open_office

    open_office(tenant)
    from sekisho.bootstrap.erasure import due_lists, erasure_limits, late_copies
    from sekisho.kernel import too_many

    lists, limits = due_lists(tenant, now()), erasure_limits()
    late = late_copies(tenant, now())
    told = [
        {
            "place": str(each.place),
            "copies": list(each.copies),
            "kept": each.kept,
            "at_once": limits.at_once(each.kept),
            "stops": too_many(each, limits) is not None,
        }
        for each in lists
    ]
    if as_json:
        answer({"due": told, "late": [{"place": str(each.place), "parcel": each.parcel} for each in late]})
        return
    for each in lists:
        word = "二人の確認が要ります / waits for two persons" if too_many(each, limits) else "消えます / goes"
        click.echo(f"{each.place}: {len(each.copies)} / {each.kept} 件 — {word}")
        for copy in each.copies:
            click.echo(f"  {copy}")
    click.echo(f"期限を過ぎた写し / late: {len(late)}" if late or lists else "消すものはありません / nothing is due")


@erasure.command()
@TENANT
@click.option("--person", default="", help="求める人(二人目の確認に数える) / who asks; counts as the first person")
@AS_JSON
def run(*, tenant: str, person: str, as_json: bool) -> None:
    """期限の来たものを消す / erase what is due, as the worker does every day; exit status 1 if the breaker stopped."""
    from sekisho.bootstrap import now, open_office

    open_office(tenant)
    from sekisho.bootstrap.erasure import erase_due

    proposals = erase_due(tenant, now(), person)
    if as_json:
        answer({"lists": [{"number": each.number, "stopped": each.stopped is not None} for each in proposals]})
    for each in proposals if not as_json else ():
        click.echo(f"{each.number}: {each.stopped.ja if each.stopped else '消しました / erased'}")
    if any(each.stopped for each in proposals):
        raise click.exceptions.Exit(NO)


@erasure.command()
@click.argument("parcel")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@TENANT
@AS_JSON
def certificate(*, parcel: str, file: Path, tenant: str, as_json: bool) -> None:
    """削除証明書を書き出す / write the certificate of erasure of a crossing: signed text, or PDF if FILE ends so."""
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.adapters.database.models import Tenant
    from sekisho.adapters.documents import erasure_pdf
    from sekisho.bootstrap.erasure import certificate_of

    found = certificate_of(tenant, parcel)
    content = found.note.encode()
    if file.suffix.lower() == ".pdf":
        content = erasure_pdf(found.facts, found.note, found.key, Tenant.objects.get(code=tenant).label_ja)
    file.write_bytes(content)
    if as_json:
        answer({"file": str(file), "facts": dict(found.facts), "key": found.key})
    else:
        click.echo(f"{file.name}\n確認鍵 / key: {found.key}")


@erasure.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", required=True, help="公表された確認鍵 / the published verifier key")
@AS_JSON
def verify(*, file: Path, key: str, as_json: bool) -> None:
    """削除証明書を確かめる / check a certificate of erasure, offline and without a database."""
    from sekisho.bootstrap import open_house

    open_house()
    from sekisho.bootstrap.erasure import open_certificate

    try:
        facts = dict(open_certificate(file.read_text(encoding="utf-8"), key))
        holds = facts["searched"] == "yes" and key.startswith(f"sekisho/{facts['tenant']}+")
    except (LedgerFault, UnicodeDecodeError, KeyError):
        facts, holds = {}, False
    if as_json:
        answer({"verified": holds, "facts": facts})
    else:
        for name, value in facts.items():
            click.echo(f"{name}: {value}")
        click.echo("確かめられました / verified" if holds else "合いません / does not hold")
    if not holds:
        raise click.exceptions.Exit(NO)
