"""S-510 and S-511, the published ledger over HTTP, and our own desk as a witness."""

import base64
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.ledgers import latest_checkpoint, ledger_verifier_key
from sekisho.adapters.database.models import WitnessRow
from sekisho.adapters.database.witnesses import Appointment, appoint_witness, newest_witnessed, request_for
from sekisho.adapters.witnesses import WitnessBook, code_picture, found_book, read_code
from sekisho.bootstrap import now
from sekisho.bootstrap.ledgers import publish_all
from sekisho.kernel import WitnessObjection
from tests.unit.web.two_offices import NAGASAKI, Belongings, client_of, open_office


@pytest.fixture
def mine(db: None) -> Belongings:
    return open_office(NAGASAKI)


@pytest.fixture
def book(mine: Belongings, tmp_path: Path) -> WitnessBook:
    """A witness without a line."""
    book = found_book(tmp_path / "stick", "secretariat")
    book.trust(ledger_verifier_key(NAGASAKI))
    appoint_witness(NAGASAKI, Appointment(key=book.key), "konpira", now())
    return book


def shown(client: Client) -> str:
    """The page."""
    return client.get("/evidence/witnesses/").content.decode()


def as_picture(drawing: str) -> bytes:
    """A drawing of a code as a camera would see it: black modules on white, as pixels."""
    from PIL import Image, ImageDraw

    size = int(re.findall(r'viewBox="0 0 (\d+)', drawing)[0])
    image = Image.new("L", (size * 4, size * 4), 255)
    draw = ImageDraw.Draw(image)
    for each in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)", drawing):
        x, y, width, height = (int(number) * 4 for number in each)
        draw.rectangle((x, y, x + width - 1, y + height - 1), fill=0)
    taken = io.BytesIO()
    image.save(taken, "PNG")
    return taken.getvalue()


def test_the_sheets_code_is_read_back_signed_and_entered_as_a_picture(book: WitnessBook) -> None:
    client = client_of("konpira")
    page = client.get("/evidence/witnesses/secretariat/").content.decode()
    codes = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
    asked = read_code(as_picture(base64.b64decode(codes[0]).decode()))
    assert asked == request_for(WitnessRow.objects.get())
    told = book.answer(asked, 1_800_000_000)
    assert told.objection is None
    file = io.BytesIO(as_picture(code_picture(told.line)))
    file.name = "photo.png"
    entered = client.post("/evidence/witnesses/", {"witness": "secretariat", "signature": "", "file": file})
    assert entered.status_code == 302
    signed, newest = newest_witnessed(NAGASAKI), latest_checkpoint(NAGASAKI)
    assert signed is not None
    assert newest is not None
    assert signed.size == told.size
    assert "secretariat：最新まで署名済み" in shown(client)
    assert client.get("/evidence/witnesses/secretariat/").content.decode().count("data:image/svg+xml") == 2


def test_a_typed_signature_with_one_wrong_letter_is_not_entered(book: WitnessBook) -> None:
    line = book.answer(request_for(WitnessRow.objects.get()), 1_800_000_000).line
    at = len(line) // 2
    wrong = line[:at] + ("A" if line[at] != "A" else "B") + line[at + 1 :]
    answer = client_of("konpira").post("/evidence/witnesses/", {"witness": "secretariat", "signature": wrong})
    assert answer.status_code == 422
    assert "この帳簿への署名ではありません" in answer.content.decode()
    right = client_of("konpira").post("/evidence/witnesses/", {"witness": "secretariat", "signature": line})
    assert right.status_code == 302


def test_an_objection_stands_on_the_page_and_on_everybodys_first_page(book: WitnessBook) -> None:
    from sekisho.adapters.database.witnesses import note_objection

    client = client_of("konpira")
    assert "立会人が、帳簿に署名しません" not in client.get("/").content.decode()
    note_objection(WitnessRow.objects.get(), WitnessObjection.ROLLED_BACK, 999, now())
    assert "前回は 999 件でした" in shown(client)
    assert "立会人が、帳簿に署名しません" in client.get("/").content.decode()


def test_anybody_reads_hashes_and_only_readers_of_the_ledger_read_entries(mine: Belongings) -> None:
    publish_all(find_home())
    newest = latest_checkpoint(NAGASAKI)
    assert newest is not None
    stranger, width = Client(), f".p/{newest.size}" if newest.size < 256 else ""
    checkpoint = stranger.get(f"/public/{NAGASAKI}/ledger/checkpoint")
    assert checkpoint.content.decode() == newest.note
    assert checkpoint["Cache-Control"] == "no-store"
    tile = stranger.get(f"/public/{NAGASAKI}/ledger/tile/0/000{width}")
    assert (tile.status_code, "immutable" in tile["Cache-Control"]) == (200, True)
    for name in (f"tile/entries/000{width}", "../keys.sqlite3", "tile/0/../../checkpoint", "tile/0/999", "x"):
        assert stranger.get(f"/public/{NAGASAKI}/ledger/{name}").status_code == 404, name
    bundle = client_of("konpira").get(f"/evidence/ledger/tile/entries/000{width}")
    assert b'"kind":' in bundle.content
    assert stranger.get(f"/evidence/ledger/tile/entries/000{width}").status_code == 302


def test_a_second_sekisho_is_a_witness_over_http(mine: Belongings, book: WitnessBook) -> None:
    asked, desk = request_for(WitnessRow.objects.get()), "/witness/add-checkpoint"
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(desk, asked, content_type="text/plain").status_code == 404
    ours = found_book(find_home().witness, "prefecture")
    assert stranger.post(desk, asked, content_type="text/plain").status_code == 404
    ours.trust(ledger_verifier_key(NAGASAKI))
    signed = stranger.post(desk, asked, content_type="text/plain")
    assert (signed.status_code, signed.content.decode().startswith("— prefecture ")) == (200, True)
    again = stranger.post(desk, asked, content_type="text/plain")
    assert (again.status_code, again["Content-Type"]) == (409, "text/x.tlog.size")


def test_the_command_line_and_the_screen_speak_of_one_key(book: WitnessBook) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "sekisho", "ledger", "witness", "show", "--book", str(book.folder)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert book.key in said
    assert book.key in shown(client_of("konpira"))
