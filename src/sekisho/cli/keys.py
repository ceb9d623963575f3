"""`sekisho keys`: backups of the key store, which are few and short-lived."""

from pathlib import Path

import click

from sekisho.cli.answers import answer
from sekisho.cli.permit_acts import AS_JSON


@click.group()
def keys() -> None:
    """鍵の置き場所 / the key store."""


@keys.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@AS_JSON
def backup(*, folder: Path, as_json: bool) -> None:
    """鍵の置き場所の控えを作る / back the key store up; the master key is not in it, keep that elsewhere."""
    from sekisho.bootstrap import now, open_house

    home = open_house()
    from sekisho.adapters.keys.backups import backup_days, make_backup

    place = make_backup(home, folder, now())
    if as_json:
        answer({"backup": str(place), "kept_days": backup_days()})
    else:
        click.echo(f"{place.name}({backup_days()} 日で消えます / destroyed after {backup_days()} days)")


@keys.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@AS_JSON
def expire(*, folder: Path, as_json: bool) -> None:
    """古い控えを消す / destroy the backups that are past their days, as the worker does every day."""
    from sekisho.bootstrap import now, open_house

    open_house()
    from sekisho.adapters.keys.backups import expire_backups

    found = expire_backups(folder, now())
    if as_json:
        answer({"destroyed": list(found.destroyed), "kept": list(found.kept)})
    else:
        click.echo(f"消しました / destroyed: {len(found.destroyed)}、残り / kept: {len(found.kept)}")
