"""The platform's protocol, and our carrier on it, also when things go wrong."""

import hashlib
import ssl
from collections.abc import Callable
from random import Random

import httpx
import pyrage
import pytest

from sekisho.adapters.carriers import counterparts
from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import make_ledger, write_price_notices
from sekisho.kernel import Cargo, ReasonCode, Receipt, Recorded, Refused, SekishoError, Waybill
from tests.integration.platform.conftest import Platform

NOTICES = b"notices of the registry office " * 5_000


def put_notices(platform: Platform, body: bytes = NOTICES, municipality: str = "422011") -> str:
    """The registry office puts a file out."""
    return str(platform.operate(f"notices/{municipality}/notices.csv", body)["file"])


def recorded(platform: Platform, plain: bytes | None = None, parcel: str = "p1") -> Recorded:
    """Price notices, sealed to the platform and recorded."""
    if plain is None:
        layout = shipped_layouts().find("price_notice")
        ledger = make_ledger(Random(1), 5)
        plain = b"".join(write_price_notices(layout, ledger, municipality="422011", fiscal_year=2026))
    recipient = counterparts(platform.home)["linkage_platform"].recipient
    sealed = pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(recipient)])
    platform.home.parcels.mkdir(exist_ok=True)
    (platform.home.parcels / f"{parcel}.sealed").write_bytes(sealed)
    digest = hashlib.sha256(sealed).hexdigest()
    cargo = Cargo(place=f"{parcel}.sealed", digest=digest, size=len(sealed), recipient=recipient)
    waybill = Waybill(parcel=parcel, tenant="422011", connection="registry-prices-up", permit="R8-56-02")
    return Recorded(
        waybill=waybill,
        cargo=cargo,
        counterpart="linkage_platform",
        direction="outward",
        receipt=Receipt(entry=1, leaf=""),
    )


def fetched(platform: Platform) -> list[bytes]:
    """Everything that waits, fetched and acknowledged by our carrier."""
    carrier, bodies = platform.carrier(), []
    for file in carrier.waiting():
        with carrier.stream(file) as pieces:
            bodies.append(b"".join(pieces))
        carrier.acknowledge(file)
    return bodies


def test_without_a_client_certificate_nobody_is_heard(platform: Platform) -> None:
    context = ssl.create_default_context(cafile=str(platform.home.certificates / "authority.pem"))
    with pytest.raises(httpx.HTTPError):
        httpx.get(f"https://localhost:{platform.port}/recipient", verify=context, trust_env=False)


def test_each_municipality_sees_its_own_files_only(platform: Platform) -> None:
    file = put_notices(platform)
    with platform.city("gate-401307") as client:
        assert client.get("/download/files").json() == {"files": []}
        assert client.get(f"/download/files/{file}").status_code == 404
    with platform.city() as client:
        assert [each["file"] for each in client.get("/download/files").json()["files"]] == [file]


def test_a_file_is_listed_fetched_in_parts_and_acknowledged_once(platform: Platform) -> None:
    file = put_notices(platform)
    with platform.city() as client:
        part = client.get(f"/download/files/{file}", headers={"Range": "bytes=100-"})
        assert (part.status_code, part.content) == (206, NOTICES[100:])
        wrong = client.post(f"/download/files/{file}/acknowledgement", json={"sha256": "0" * 64})
        assert wrong.status_code == 409
        digest = hashlib.sha256(NOTICES).hexdigest()
        for _ in range(2):
            assert client.post(f"/download/files/{file}/acknowledgement", json={"sha256": digest}).status_code == 200
        assert client.get("/download/files").json() == {"files": []}


def test_a_restart_loses_nothing(platform: Platform, start: Callable[..., Platform]) -> None:
    put_notices(platform)
    number = platform.carrier().carry(recorded(platform)).number
    again = start()
    assert fetched(again) == [NOTICES]
    assert again.carrier().carry(recorded_again(again)).number == number


def recorded_again(platform: Platform) -> Recorded:
    """The same sealed bytes as before."""
    sealed = (platform.home.parcels / "p1.sealed").read_bytes()
    cargo = Cargo(place="p1.sealed", digest=hashlib.sha256(sealed).hexdigest(), size=len(sealed), recipient="")
    waybill = Waybill(parcel="p1", tenant="422011", connection="registry-prices-up", permit="R8-56-02")
    return Recorded(
        waybill=waybill,
        cargo=cargo,
        counterpart="linkage_platform",
        direction="outward",
        receipt=Receipt(entry=1, leaf=""),
    )


@pytest.mark.parametrize("fault", [{"duplicate": 1}, {"out_of_order": 1}, {"slow": 2_000_000}])
def test_every_file_comes_down_once_whatever_the_platform_does(platform: Platform, fault: dict[str, int]) -> None:
    for number in range(3):
        put_notices(platform, NOTICES + str(number).encode())
    platform.faults(**fault)
    assert fetched(platform) == [NOTICES + str(number).encode() for number in range(3)]


@pytest.mark.parametrize("fault", [{"cut": 70_000}, {"status": 3}])
def test_what_breaks_on_the_way_down_is_told_and_tried_again(platform: Platform, fault: dict[str, int]) -> None:
    put_notices(platform)
    platform.faults(**fault)
    with pytest.raises((SekishoError, httpx.HTTPError)):
        fetched(platform)
    platform.faults()
    assert fetched(platform) == [NOTICES]


def test_prices_go_up_and_twice_is_once(platform: Platform) -> None:
    form = recorded(platform)
    first = platform.carrier().carry(form)
    assert first.facts == {"records": "5"}
    assert platform.carrier().carry(form) == first


@pytest.mark.parametrize("fault", [{"lost_answer": 1}, {"status": 1}])
def test_a_lost_answer_is_asked_for_again_and_is_one_delivery(platform: Platform, fault: dict[str, int]) -> None:
    form = recorded(platform)
    platform.faults(**fault)
    with pytest.raises(SekishoError):
        platform.carrier().carry(form)
    platform.faults()
    number = platform.carrier().carry(form).number
    with platform.city() as client:
        assert client.get(f"/upload/receipts/{number}").json()["records"] == 5
    received = list((platform.home.folder.parent / "bureau" / "received").iterdir())
    assert len(received) == 1


def test_what_the_platform_cannot_read_it_refuses(platform: Platform) -> None:
    with pytest.raises(Refused) as refusal:
        platform.carrier().carry(recorded(platform, b"not a table of prices\r\n", parcel="p2"))
    assert refusal.value.reasons[0].code is ReasonCode.COUNTERPART_REFUSED


def test_a_receipt_that_somebody_else_signed_is_none(platform: Platform) -> None:
    from dataclasses import replace

    from sekisho.adapters.carriers import keep_counterpart

    known = counterparts(platform.home)["linkage_platform"]
    form = recorded(platform)
    keep_counterpart(platform.home, replace(known, receipt_key="00" * 32))
    with pytest.raises(SekishoError, match="receipt"):
        platform.carrier().carry(form)


def test_bytes_that_are_not_those_recorded_do_not_leave(platform: Platform) -> None:
    form = recorded(platform)
    (platform.home.parcels / "p1.sealed").write_bytes(b"swapped")
    with pytest.raises(SekishoError, match="not those that were recorded"):
        platform.carrier().carry(form)


def test_outside_business_hours_it_says_come_back_later(start: Callable[..., Platform]) -> None:
    closed = start("--open-from", "00:00", "--open-until", "00:00")
    with closed.city() as client:
        answer = client.get("/download/files")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "600"
    assert answer.json()["ja"] == "業務時間外です。"
