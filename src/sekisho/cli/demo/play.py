"""Playing the story on the stage: start the processes, carry out the attempts, report, serve the screens."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from sekisho.adapters.carriers.calling import client_context
from sekisho.bootstrap import PLAIN_SETTINGS, now, open_house
from sekisho.bootstrap.council_example import Tell
from sekisho.cli.demo.accepting import accept_some
from sekisho.cli.demo.cast import cards_of, write_cards
from sekisho.cli.demo.checking import check_connection
from sekisho.cli.demo.city import (
    PASSWORD,
    City,
    found_city,
    give_passwords,
    meet_platform,
    renew_permit,
    survey_way_out,
)
from sekisho.cli.demo.crossings import Gate, announce_notices
from sekisho.cli.demo.report import Report, make_report, print_report
from sekisho.cli.demo.stage import running, wait_for
from sekisho.cli.demo.story import EXPIRED, NAMED, NOTICES, PRICES, REFUSALS
from sekisho.cli.demo.year.plan import year_before
from sekisho.cli.demo.year.playing import YearStory


def _console(*, quiet: bool) -> Console:
    """Where people read; machines get standard output for themselves."""
    return Console(stderr=quiet, width=None if sys.stdout.isatty() else 140)


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """What is played: where, under which dossier, how many notices and donations, and on which port forms are taken."""

    home: Path
    dossier: str
    notices: int
    donations: int
    forms: int


@contextmanager
def play(wanted: Play, *, quiet: bool) -> Iterator[tuple[Report, City]]:
    """The whole story; the processes stay up until the caller is done."""
    console = _console(quiet=quiet)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with ExitStack() as stack:
        with Progress(*columns, console=console, transient=True) as progress:
            task = progress.add_task("準備しています / setting up")
            gate, control = _set_stage(stack, wanted, progress.console.print)
            year = _year_of(stack, gate.city, wanted.donations)
            for number, title in enumerate(chain(_tell(gate, control), year.tell() if year else ()), start=1):
                progress.update(task, description=f"{number}. {title}")
            progress.update(task, description="確かめています / verifying")
            report = make_report(gate.city, gate.done, next(iter(gate.done)), year.report() if year else None)
        print_report(report, console)
        yield report, gate.city


def _year_of(stack: ExitStack, city: City, donations: int) -> YearStory | None:
    """The year of donations; nothing if none was asked for."""
    if not donations:
        return None
    year = year_before(now().date(), donations)
    return YearStory(stack=stack, city=city.home, tenant=city.tenant, year=year)


def _set_stage(stack: ExitStack, wanted: Play, tell: Tell) -> tuple[Gate, str]:
    """City, platform, lane and worker; answers the gate and the platform's control port."""
    home, forms, house = wanted.home, wanted.forms, open_house()
    city = found_city(house, wanted.dossier, wanted.notices, tell)
    ca, plain = house.certificates, {"DJANGO_SETTINGS_MODULE": PLAIN_SETTINGS}
    bureau = ["--home", str(home / "bureau"), "--client-ca", str(ca / "authority.pem")]
    bureau += ["--certificate", str(ca / "legal-affairs-bureau.pem"), "--key", str(ca / "legal-affairs-bureau.key")]
    module = "counterparts.legal_affairs_bureau"
    platform = stack.enter_context(running("bureau", module, bureau, home / "bureau.log"))
    url = f"https://localhost:{platform.ready['port']}"
    with httpx.Client(base_url=url, verify=client_context(house, f"gate-{city.tenant}"), trust_env=False) as client:
        meet_platform(house, platform.ready["port"], client)
    survey_way_out(house, city.tenant)
    ports = ["--port", "0", "--form-port", str(forms), "--back", f"http://localhost:{max(forms - 1, 0)}"]
    lane = stack.enter_context(running("lane", "sekisho.lane", ports, home / "lane.log", plain))
    stack.enter_context(running("worker", "sekisho.worker", [], home / "worker.log", plain))
    return Gate(city=city, port=lane.ready["port"], notices=wanted.notices), platform.ready["control"]


def _tell(gate: Gate, control: str) -> Iterator[str]:
    """Carry out every attempt; names each before it is made."""
    yield NOTICES.ja
    announce_notices(gate, NOTICES, control)
    gate.fetch(NOTICES)
    accept_some(gate.city.tenant, NAMED, now())
    yield EXPIRED.ja
    gate.attempt(EXPIRED)
    renew_permit(gate.city)
    yield PRICES.ja
    gate.attempt(PRICES)
    limit = gate.city.dossier.approved[0].specification.bytes_at_most
    for refusal in REFUSALS:
        yield refusal.ja
        if refusal.attempt == "edited-permit":
            gate.under_edited_permit(refusal)
        elif refusal.attempt == "too-large":
            gate.announce_only(refusal, limit + 1)
        else:
            gate.attempt(refusal)
    yield "年次の自己点検をする"
    check_connection(gate.city.tenant, gate.city.dossier.consultation["consultation"], now())


def serve_screens(home: Path, city: City, port: int) -> None:
    """Serve the screens until Ctrl-C, and say who can sign in."""
    console = _console(quiet=False)
    people, cards = give_passwords(city), home / "cards.json"
    write_cards(cards_of(people, PASSWORD), cards)
    settings = {
        "SEKISHO_DEMO_CARDS": str(cards),
        "DJANGO_SETTINGS_MODULE": "sekisho.web.settings",
        "SEKISHO_LANE_URL": f"http://localhost:{port + 1}",
        "SEKISHO_DEMO_TERMINAL": str(city.dossier.terminals[0]["terminal"]),
    }
    with running("web", "sekisho.web", ["--port", str(port)], home / "web.log", settings) as web:
        console.print(f"\n[bold]http://localhost:{port}[/]  画面を開いてください / open the screens (Ctrl-C で終了)")
        for person in people:
            console.print(f"  {person.username:<14} {person.label_ja}  {', '.join(person.roles)}  合言葉 {PASSWORD}")
        console.print("  初回に二つ目の要素(確認コードまたはパスキー)を登録します / enrol a second factor first")
        try:
            wait_for(web.process)
        except KeyboardInterrupt:
            console.print("終了します / ending")
