"""`sekisho ledger`: verifying the ledger, a bundle or an export; exporting it; its witnesses and keeping period."""

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import click

from sekisho.cli.answers import NO, answer
from sekisho.cli.ledger_care import appoint, dismiss, enter, hold, keep, prune, request
from sekisho.cli.ledger_witness import witness


@click.group()
def ledger() -> None:
    """帳簿 / the ledger."""


for _command in (appoint, dismiss, enter, hold, keep, prune, request, witness):
    ledger.add_command(_command)


def _verify_apart(given: Path, key: str, policy: Path | None, *, as_json: bool) -> None:
    """Check a bundle or an exported ledger with the verifier that every bundle carries."""
    name = "verify_ledger.py" if given.is_dir() else "verify.py"
    verifier = str(files("sekisho.adapters.bundles").joinpath(name))
    command = [sys.executable, "-I", verifier, str(given)]
    command += ["--key", key] if key else []
    command += ["--policy", str(policy)] if policy and given.is_dir() else []
    command += ["--json"] if as_json else []
    sys.exit(subprocess.run(command, check=False).returncode)


@ledger.command()
@click.argument("given", metavar="[BUNDLE|FOLDER]", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--tenant", default="422011", show_default=True, help="団体コード / municipality")
@click.option("--key", default="", help="公表された確認鍵 / the published verifier key")
@click.option("--policy", type=click.Path(exists=True, path_type=Path), help="立会人の方針 / tlog-policy to demand")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def verify(*, given: Path | None, tenant: str, key: str, policy: Path | None, as_json: bool) -> None:
    """帳簿、証拠一式、書き出した帳簿を検証する / verify the ledger, one bundle, or an exported ledger."""
    if given is not None:
        _verify_apart(given, key, policy, as_json=as_json)
    from sekisho.bootstrap import open_office
    from sekisho.kernel import replay_root

    open_office(tenant)
    from sekisho.adapters.database.ledger_verification import verify_ledger

    verdict = verify_ledger(tenant, replay_root)
    if as_json:
        data = {"entries": verdict.entries, "size": verdict.size, "root": verdict.root, "pruned": verdict.pruned}
        data["faults"] = list(verdict.faults)
        answer({"verified": verdict.verified, "tenant": tenant, **data})
    else:
        for fault in verdict.faults:
            click.echo(f"× {fault}")
        word = "確かめられました / verified" if verdict.verified else "合いません / does not hold"
        click.echo(
            f"{word}: {verdict.size} / {verdict.entries} 件(内容を消去 / pruned {verdict.pruned})root {verdict.root}"
        )
    if not verdict.verified:
        sys.exit(NO)


@ledger.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--tenant", default="422011", show_default=True, help="団体コード / municipality")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def export(*, folder: Path, tenant: str, as_json: bool) -> None:
    """帳簿を C2SP tlog-tiles の形で書き出す / write the ledger as tlog-tiles for tools of others."""
    from sekisho.bootstrap import open_office

    open_office(tenant)
    from sekisho.adapters.bundles.exports import export_ledger

    exported = export_ledger(tenant, folder)
    if as_json:
        answer({"folder": str(folder), "entries": exported.entries, "files": exported.files, "key": exported.key})
    else:
        click.echo(f"{exported.entries} 件 / entries, {exported.files} files → {folder}\n確認鍵 / key: {exported.key}")
