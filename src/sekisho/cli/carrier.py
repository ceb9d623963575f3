"""`sekisho carrier`: how a counterpart is reached, what we show it, and folders whose files are taken in."""

from pathlib import Path

import click

from sekisho.cli.answers import answer, tell
from sekisho.cli.carrier_copies import verify
from sekisho.cli.permit_acts import AS_JSON, TENANT


@click.group()
def carrier() -> None:
    """相手先への届け方 / how counterparts are reached."""


@carrier.command()
@click.argument("counterpart")
@click.option("--carrier", "kind", default="https", show_default=True, help="https, sftp, s3, folder, sealed, intake")
@click.option("--url", default="", help="https, s3: 宛先 / address")
@click.option("--recipient", required=True, help="相手先の age の公開鍵 / the counterpart's age recipient")
@click.option("--receipt-key", default="", help="受領書の確認鍵(16進) / the key that checks its receipts")
@click.option(
    "--set",
    "said",
    multiple=True,
    help="名前=値 / name=value; host, port, user, host_key, folder, bucket, authority, proxy …",
)
@AS_JSON
def enter(*, as_json: bool, **given: object) -> None:
    """相手先を登録する / enter a counterpart, or change how it is reached."""
    from sekisho.bootstrap import open_house

    home = open_house()
    from sekisho.adapters.carriers import Counterpart, check_counterpart, keep_counterpart
    from sekisho.adapters.carriers.calling import read_authority

    said = given["said"] if isinstance(given["said"], tuple) else ()
    settings = dict(str(each).split("=", 1) for each in said if "=" in str(each))
    if place := settings.get("authority"):
        settings["authority"] = read_authority(Path(place))
    names = {"counterpart": "counterpart", "url": "url", "recipient": "recipient", "receipt_key": "receipt_key"}
    entered = Counterpart(
        **{field: str(given[name]) for field, name in names.items()}, carrier=str(given["kind"]), settings=settings
    )
    check_counterpart(entered)
    keep_counterpart(home, entered)
    if as_json:
        answer({"counterpart": entered.counterpart, "carrier": entered.carrier})
    else:
        click.echo(f"{entered.counterpart}: {entered.carrier}")


@carrier.command()
@click.argument("counterpart")
@TENANT
@AS_JSON
def key(*, counterpart: str, tenant: str, as_json: bool) -> None:
    """相手先のSFTPに登録してもらう、こちらの公開鍵 / our public key, for the counterpart's SFTP server."""
    from sekisho.bootstrap import open_office

    home = open_office(tenant)
    from sekisho.adapters.carriers.secrets_of import ssh_key_of

    text = ssh_key_of(home, tenant, counterpart).export_public_key().decode().strip()
    tell({"counterpart": counterpart, "key": text}, text, as_json=as_json)


@carrier.command()
@click.argument("counterpart")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@TENANT
@AS_JSON
def secret(*, counterpart: str, file: Path, tenant: str, as_json: bool) -> None:
    """S3の鍵の組(JSON: id, secret)を鍵の置き場所に入れる / keep the key pair of a bucket in the key store."""
    from sekisho.bootstrap import open_office

    home = open_office(tenant)
    from sekisho.adapters.carriers.secrets_of import keep_secret

    keep_secret(home, tenant, counterpart, file.read_text(encoding="utf-8"))
    sentence = "入れました。ファイルは消してください / kept; remove the file"
    tell({"counterpart": counterpart, "kept": True}, sentence, as_json=as_json)


@carrier.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("connection")
@TENANT
@click.option("--terminal", required=True, help="どの端末として / as which terminal")
@click.option("--person", required=True, help="誰として / as whom")
@AS_JSON
def watch(*, folder: Path, connection: str, tenant: str, terminal: str, person: str, as_json: bool) -> None:
    """フォルダーを見張り、置かれたファイルを通す / watch a folder; what is laid there passes the doors."""
    from sekisho.bootstrap import open_office

    home = open_office(tenant)
    from sekisho.bootstrap.watching import WatchedFolder, keep_watched

    place = str(folder.absolute())
    keep_watched(
        home, WatchedFolder(folder=place, tenant=tenant, connection=connection, terminal=terminal, person=person)
    )
    tell({"folder": place, "connection": connection}, f"{folder.name} → {connection}", as_json=as_json)


carrier.add_command(verify)
