"""`sekisho donations link` and `ask`: link what came in, and ask the second opinion, each area by itself."""

from pathlib import Path

import click

from sekisho.cli.answers import tell
from sekisho.cli.donations import AREA, HOME, enter_home
from sekisho.cli.permit_acts import AS_JSON


@click.command()
@HOME
@AS_JSON
def link(*, home: Path, as_json: bool) -> None:
    """届いた寄附を名寄せする（S1 が動いていれば自動）/ link what came in; S1 does it by itself while it runs."""
    enter_home(home)
    from sekisho.adapters.database.municipalities import tenants
    from sekisho.adapters.donations.linking import link_waiting
    from sekisho.bootstrap import now

    linked = sum(link_waiting(area, now()) for area in tenants())
    tell({"linked": linked}, f"{linked} 件を比べました / {linked} donations compared", as_json=as_json)


@click.command()
@HOME
@AREA
@AS_JSON
def ask(*, home: Path, area: str, as_json: bool) -> None:
    """統計による第二の意見を確認待ちに加える / add the second opinion's questions to the review queue."""
    enter_home(home)
    from sekisho.adapters.donations.link_statistics import ask_statistics
    from sekisho.bootstrap import now

    asked = ask_statistics(area, now())
    tell({"area": area, "asked": asked}, f"{asked} 件を確認待ちに加えました / {asked} questions added", as_json=as_json)
