"""S1 with 長崎市's area, consultation 60's permits in force, paid donations, and the road to other municipalities."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from tests.fakes.one_stop import typed_form
from tests.integration.conftest import Office, enter

AT = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
AREA = "422011"


@pytest.fixture
def house(home: Path, transactional_db: None) -> Office:
    """長崎市 with consultation 60, whose assessment is in force."""
    from sekisho.adapters.database.standings import enter_standing
    from sekisho.kernel import AssessmentStanding

    text = shipped_dossier("60")
    office = enter(read_dossier(text), text)
    standing = AssessmentStanding(assessment="one-stop-exception", in_force_from=AT - timedelta(days=3000))
    enter_standing(AREA, standing, "tateyama", AT)
    return office


def donations_of(given: list[dict[str, str]]) -> bytes:
    """One paid donation of whoever fills in each of these forms, as the gate delivers them."""
    from tests.fakes.donations import parcel_of, record

    return parcel_of(
        [
            record(
                number, paid_on=form["donated_on"], amount=form["amount"], name=form["name"], kana=form["kana"],
                prefecture="", city=form["address"], street="1", postcode="", telephone=f"090{number:08d}", mail="",
                birth=form["birth"],
            )
            for number, form in enumerate(given, start=1)
        ]
    )  # fmt: skip


@pytest.fixture
def donate(house: Office) -> Callable[[list[dict[str, str]]], list[int]]:
    """Take donations in by S1's door; answers their numbers."""
    from sekisho.adapters.donations.models import DonationRow
    from tests.fakes.donations import deliver

    def give(forms: list[dict[str, str]]) -> list[int]:
        deliver(AREA, "p1", donations_of(forms))
        return list(DonationRow.objects.order_by("id").values_list("id", flat=True))

    return give


@pytest.fixture
def forms() -> list[dict[str, str]]:
    """Six donors' forms; the last lives abroad."""
    chance = Random(60)
    made = [typed_form(chance, amount) for amount in (30_000, 10_000, 50_000, 20_000, 15_000, 12_000)]
    made[-1]["address"] = "国外 シンガポール オーチャード通り1"
    return made


def deed(case: str, person: str = "tateyama", roles: tuple[str, ...] | None = ("operator",), at: datetime = AT) -> Any:
    """Somebody acts on a case."""
    from sekisho.adapters.donations.one_stop_cases import CaseDeed

    return CaseDeed(area=AREA, case=case, person=person, at=at, roles=roles, terminal="dedicated-terminal-1")


def take_application(donation: int, form: dict[str, str]) -> str:
    """The whole way of one application: form sent, typed twice by two persons, accepted."""
    from sekisho.adapters.donations import one_stop_desk as desk

    case, _ = desk.send_form(deed(""), donation)
    desk.key_in(deed(case), desk.Typing(values=form, received_on=date(2026, 12, 1), identity=("number_card",)))
    assert desk.verify(deed(case, "kosuge", ("operator", "head")), form) == ()
    desk.accept(deed(case))
    return case


class Road:
    """The running road, and its operator's own interface."""

    def __init__(self, port: str, control: str) -> None:
        self.port, self.control = port, control

    def operate(self, path: str, wanted: dict[str, Any]) -> Any:
        """Tell it something."""
        content = json.dumps(wanted).encode()
        return httpx.post(f"http://127.0.0.1:{self.control}/control/{path}", content=content, trust_env=False).json()

    def totals(self) -> dict[str, Any]:
        """What all destinations have."""
        shown: dict[str, Any] = httpx.get(f"http://127.0.0.1:{self.control}/control/totals", trust_env=False).json()
        return shown


@pytest.fixture
def road(house: Office, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Road]:
    """The stand-in for eLTAX as a process, entered as consultation 60's counterpart."""
    from sekisho.adapters.carriers import Counterpart, keep_counterpart
    from sekisho.adapters.carriers.calling import client_context
    from sekisho.adapters.certificates import CertificateAuthority, CertificateKind
    from sekisho.adapters.database.home import Home
    from sekisho.cli.demo.stage import running

    own, at, place = Home(folder=home), datetime.now(UTC), tmp_path_factory.mktemp("road")
    authority = CertificateAuthority(own)
    authority.initialise(at)
    authority.issue("eltax", CertificateKind.SERVER, "", at)
    authority.issue(f"gate-{AREA}", CertificateKind.TERMINAL, AREA, at)
    ca = own.certificates
    told = ["--home", str(place), "--certificate", str(ca / "eltax.pem"), "--key", str(ca / "eltax.key")]
    told += ["--client-ca", str(ca / "authority.pem")]
    with running("eltax", "counterparts.eltax", told, place / "log", {"PYTHONPATH": ":".join(sys.path)}) as process:
        url = f"https://localhost:{process.ready['port']}"
        with httpx.Client(base_url=url, verify=client_context(own, f"gate-{AREA}"), trust_env=False) as client:
            keys = client.get("/recipient").raise_for_status().json()
        keep_counterpart(own, Counterpart(counterpart="home_municipality", url=url, **keys))
        yield Road(process.ready["port"], process.ready["control"])
