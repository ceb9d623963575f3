"""Another maker's S1 as a real process: it keeps areas apart, and when it mixes two up, it is found out."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from sekisho.adapters.carriers.addresses import Counterpart, keep_counterpart
from sekisho.adapters.carriers.calling import client_context
from sekisho.adapters.certificates import CertificateAuthority, CertificateKind
from sekisho.adapters.database.home import Home
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.cli.demo.stage import running
from tests.fakes.donations import NAGASAKI, NEIGHBOUR, NOW, parcel_of, record
from tests.integration.conftest import enter

CANARY = "見張り番　諏訪ノ森架空子"
PERMIT = "R1-59-02"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A city's home with certificates; the neighbour's gate is issued here too, to play both."""
    home = Home(folder=tmp_path_factory.mktemp("city"))
    authority = CertificateAuthority(home)
    authority.initialise(NOW)
    authority.issue("vendor", CertificateKind.SERVER, "", NOW)
    for code in (NAGASAKI, NEIGHBOUR):
        authority.issue(f"gate-{code}", CertificateKind.TERMINAL, code, NOW)
    return home


@pytest.fixture(scope="module")
def vendor(city: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The vendor's process; gives its ports."""
    ca = city.certificates
    place = ["--home", str(tmp_path_factory.mktemp("vendor")), "--client-ca", str(ca / "authority.pem")]
    shown = ["--certificate", str(ca / "vendor.pem"), "--key", str(ca / "vendor.key")]
    log = tmp_path_factory.mktemp("log") / "vendor.log"
    with running("vendor", "counterparts.donation_manager", [*place, *shown], log) as process:
        url = f"https://localhost:{process.ready['port']}"
        keep_counterpart(city, Counterpart(counterpart="other_s1", url=url, recipient="-", receipt_key="-"))
        yield {**process.ready, "url": url}


def send(city: Home, gate: str, url: str, body: bytes = b"", parcel: str = "") -> httpx.Response:
    """One request with the certificate of a municipality's gate: an upload if there are bytes."""
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    headers = {"Sekisho-Parcel": parcel, "Content-Digest": f"sha-256=:{digest}:"} if body else {}
    with httpx.Client(verify=client_context(city, f"gate-{gate}"), trust_env=False) as client:
        return client.request("POST" if body else "GET", url, content=body, headers=headers)


def mix_up(vendor: dict[str, str], state: str) -> None:
    """Turn the vendor's switch."""
    httpx.post(f"http://127.0.0.1:{vendor['control']}/mix-up/{state}", trust_env=False).raise_for_status()


def test_it_answers_record_by_record_and_opens_only_the_own_area(city: Home, vendor: dict[str, str]) -> None:
    body = parcel_of([record(1), record(2)])
    taken = send(city, NAGASAKI, f"{vendor['url']}/intake/{NAGASAKI}/", body, "v1")
    assert (taken.status_code, taken.json()["amount"]) == (201, 23_000)
    lines = body.splitlines(keepends=True)[1:]
    assert taken.json()["rows"] == [hashlib.sha256(line).hexdigest() for line in lines]
    assert send(city, NAGASAKI, f"{vendor['url']}/intake/{NAGASAKI}/v1/").json() == taken.json()
    assert send(city, NAGASAKI, f"{vendor['url']}/intake/{NAGASAKI}/v1/records/").content == body
    assert send(city, NEIGHBOUR, f"{vendor['url']}/intake/{NAGASAKI}/v1/records/").status_code == 404
    assert send(city, NEIGHBOUR, f"{vendor['url']}/intake/{NAGASAKI}/", body, "v1").status_code == 403
    assert send(city, NAGASAKI, f"{vendor['url']}/intake/{NAGASAKI}/", b"no table", "v2").status_code == 422


@pytest.fixture
def office(city: Home, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nagasaki with the permits of consultation 59, and the neighbour with a canary."""
    from sekisho.adapters.database.canaries import register_canary
    from sekisho.adapters.database.municipalities import enter_tenant
    from sekisho.adapters.database.turns import writing

    monkeypatch.setenv("SEKISHO_HOME", str(city.folder))
    text = shipped_dossier("59")
    enter(read_dossier(text), text, NOW)
    with writing():
        enter_tenant(NEIGHBOUR, ("佐世保市", "Sasebo City"), NOW)
    register_canary(NEIGHBOUR, CANARY, NOW)


def verify(file: Path) -> int:
    """The command by which the city looks at the vendor's copy."""
    from sekisho.cli.carrier import carrier

    said = ["verify", "other_s1", str(file), "--tenant", NAGASAKI, "--permit", PERMIT, "--parcel", "c1"]
    return CliRunner().invoke(carrier, said).exit_code


def test_a_mix_up_is_found_put_away_and_stops_the_permit(
    city: Home, vendor: dict[str, str], office: None, tmp_path: Path
) -> None:
    from sekisho.adapters.database.ledgers import read_entries
    from sekisho.adapters.database.models import PermitRow

    body, file = parcel_of([record(1), record(2)]), tmp_path / "sent.csv"
    file.write_bytes(body)
    send(city, NAGASAKI, f"{vendor['url']}/intake/{NAGASAKI}/", body, "c1")
    send(city, NEIGHBOUR, f"{vendor['url']}/intake/{NEIGHBOUR}/", parcel_of([record(3), record(4, name=CANARY)]), "n1")
    status = PermitRow.objects.filter(permit=PERMIT)
    assert verify(file) == 0
    assert status.get().status == "active"
    mix_up(vendor, "on")
    try:
        assert verify(file) == 1
    finally:
        mix_up(vendor, "off")
    assert status.get().status == "suspended"
    alarm, stopped = list(read_entries(NAGASAKI))[-2:]
    assert (alarm["kind"], alarm["strangers"], alarm["quarantined"]) == ("alarm_raised", 1, True)
    assert alarm["canaries"] == [{"municipality": NEIGHBOUR, "count": 1}]
    assert (stopped["kind"], stopped["cause"]) == ("permit_suspended", "alarm")
    put_away = (city.folder / "quarantine" / "c1.records").read_bytes()
    assert CANARY.encode() not in put_away
    assert len(put_away) > len(body)


def test_every_delivery_is_read_back_and_a_mix_up_keeps_the_parcel_here(
    city: Home, vendor: dict[str, str], office: None
) -> None:
    from counterparts.donation_portal.columns import write_file
    from sekisho.adapters.database.models import EntryRow, Parcel, PermitRow
    from tests.integration.internet_side.test_portal_to_s1 import bring, copy_of, look, orders_of, work

    known = {"counterpart": "donation_manager", "url": vendor["url"], "recipient": "", "receipt_key": ""}
    keep_counterpart(city, Counterpart(**known, carrier="intake", settings={"read_back": "records"}))
    parcels = [bring("choice", write_file("choice", orders_of("choice")[first:][:4], {})) for first in (0, 4)]
    work(parcels)
    look()
    good, bad = (copy_of(parcel).sent_as for parcel in parcels)
    work([good])
    assert Parcel.objects.get(parcel=good).outcome == "delivered"
    said = bytes(EntryRow.objects.get(parcel=good, kind="delivered").body).decode()
    assert '"read_back":"records"' in said
    send(city, NEIGHBOUR, f"{vendor['url']}/intake/{NEIGHBOUR}/", parcel_of([record(3), record(4, name=CANARY)]), "n1")
    mix_up(vendor, "on")
    try:
        work([bad])
    finally:
        mix_up(vendor, "off")
    assert Parcel.objects.get(parcel=bad).outcome == "leaving"
    assert PermitRow.objects.get(permit=PERMIT).status == "suspended"
