"""The `sekisho` command: one module a noun, tables for people, `--json` for machines.

Exit status: 0 yes or done, 1 the answer is no, 2 could not answer.
"""

import importlib
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import click

from sekisho import __version__
from sekisho.cli.answers import fail, refuse
from sekisho.kernel import Refused, SekishoError
from sekisho.records import RecordsError

COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "address": "sekisho.cli.address:address",
        "barcode": "sekisho.cli.barcode:barcode",
        "ca": "sekisho.cli.ca:ca",
        "carrier": "sekisho.cli.carrier:carrier",
        "cross": "sekisho.cli.cross:cross",
        "date": "sekisho.cli.date:date",
        "demo": "sekisho.cli.demo:demo",
        "donations": "sekisho.cli.donations:donations",
        "erasure": "sekisho.cli.erasure:erasure",
        "inspect": "sekisho.cli.inspection:inspect",
        "lane": "sekisho.cli.lane:lane",
        "keys": "sekisho.cli.keys:keys",
        "layout": "sekisho.cli.layout:layout",
        "ledger": "sekisho.cli.ledger:ledger",
        "loan": "sekisho.cli.loan:loan",
        "minutes": "sekisho.cli.minutes:minutes",
        "municipality": "sekisho.cli.municipality:municipality",
        "number": "sekisho.cli.number:number",
        "permit": "sekisho.cli.permit:permit",
        "pia": "sekisho.cli.pia:pia",
        "serve": "sekisho.cli.serve:serve",
        "sftp": "sekisho.cli.sftp:sftp",
        "survey": "sekisho.cli.survey:survey",
        "worker": "sekisho.cli.worker:worker",
    }
)


class Counter(click.Group):
    """The front desk: brings a command only when it is asked for, and answers every failure in a sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """All nouns, in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's own signature
        """The command of this noun."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, name = place.split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run it; a refusal is exit status 1, a fault is 2, and neither shows a traceback."""
        as_json = "--json" in ctx.args
        try:
            return super().invoke(ctx)
        except Refused as refusal:
            refuse(refusal, as_json=as_json)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as fault:
            asked = fault.ctx.command_path if fault.ctx else "sekisho"
            fail(f"{' '.join(fault.format_message().split())} ({asked} --help)", as_json=as_json)
        except (click.exceptions.Exit, BrokenPipeError):
            raise  # done; or whoever reads has read enough
        except (Exception, KeyboardInterrupt) as fault:  # noqa: BLE001 - nothing that breaks must read as "no"
            fail(_sentence(fault), as_json=as_json)


def _sentence(fault: BaseException) -> str:
    """Why there is no answer. A fault of ours is told by kind and place: its text may hold what was read."""
    if isinstance(fault, SekishoError | RecordsError):
        return str(fault)
    if isinstance(fault, OSError):
        return f"{fault.strerror}: {fault.filename}"
    if isinstance(fault, KeyboardInterrupt | click.Abort):
        return "途中でやめました / interrupted"
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"プログラムの誤りです / a fault of ours: {type(fault).__name__}, {Path(last.filename).name}:{last.lineno}"


@click.group(cls=Counter, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sekisho")
def main() -> None:
    """関所: 自治体の個人情報が出入りする、ただ一つの門 / the one gate for a municipality's personal data."""
