"""Witnesses: asked beside the crossings, they sign what grew and say in words what did not; with a line and without."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sekisho.adapters.bundles import verify_ledger
from sekisho.adapters.witnesses import WitnessAnswer, WitnessBook, ask_witness, found_book, open_book
from sekisho.adapters.witnesses.serving import WitnessServer
from sekisho.kernel import LedgerFault, SekishoError, WitnessObjection, render_policy, verifier_key
from tests.integration.ledger.conftest import NOW, TENANT, fill, line_to

LATER = NOW + timedelta(minutes=10)


def row() -> object:
    """Our witness as it is stored now."""
    from sekisho.adapters.database.models import WitnessRow

    return WitnessRow.objects.get(name="secretariat")


def asked(book: WitnessBook) -> WitnessObjection | None:
    """Ask it now."""
    from sekisho.bootstrap.ledgers import ask_one

    return ask_one(row(), LATER, line_to(book))  # type: ignore[arg-type]  # a row


def kinds() -> list[str]:
    """The entries about witnesses."""
    from sekisho.adapters.database.models import EntryRow

    return list(EntryRow.objects.filter(kind__startswith="witness_").order_by("id").values_list("kind", flat=True))


def test_a_witness_signs_and_an_auditor_can_demand_it(book: WitnessBook, tmp_path: Path) -> None:
    from sekisho.adapters.bundles.exports import export_ledger

    fill(30)
    assert asked(book) is None
    fill(30, first=30)
    export = export_ledger(TENANT, tmp_path / "out")
    demanded = render_policy(export.key, {"s": book.key}, 1)
    assert list(verify_ledger.export_checks(tmp_path / "out", export.key, demanded))[-1].startswith("立会人 1 人")
    stranger = found_book(tmp_path / "other", "prefecture")
    both = render_policy(export.key, {"s": book.key, "p": stranger.key}, 2)
    with pytest.raises(verify_ledger.DoesNotHoldError, match="too few"):
        list(verify_ledger.export_checks(tmp_path / "out", export.key, both))


def test_a_witness_says_in_words_what_was_done_to_the_past(book: WitnessBook) -> None:
    from sekisho.adapters.database.ledgers import latest_checkpoint
    from sekisho.adapters.database.models import CheckpointRow, WitnessRow
    from sekisho.adapters.database.witnesses import alarmed_witnesses

    fill(30)
    fill(30, first=30)
    assert asked(book) is None
    assert kinds() == ["witness_appointed"]
    CheckpointRow.objects.filter(size__gt=31).delete()
    assert asked(book) == WitnessObjection.ROLLED_BACK
    assert asked(book) == WitnessObjection.ROLLED_BACK
    assert kinds() == ["witness_appointed", "witness_objected"]
    assert [each.objected_size for each in alarmed_witnesses(TENANT)] == [61]
    newest = latest_checkpoint(TENANT)
    assert newest is not None
    WitnessRow.objects.update(size=newest.size)
    assert asked(book) == WitnessObjection.ROLLED_BACK


def test_a_ledger_that_was_rebuilt_and_signed_again_is_refused(book: WitnessBook) -> None:
    from sekisho.adapters.database import ledgers
    from sekisho.adapters.database.models import CheckpointRow, EntryRow, NodeRow

    fill(40)
    assert asked(book) is None
    EntryRow.objects.filter(index=5).delete()
    NodeRow.objects.all().delete()
    CheckpointRow.objects.all().delete()
    EntryRow.objects.update(index=None)
    ledgers._EDGES.clear()
    fill(20, first=40)
    assert asked(book) == WitnessObjection.REWRITTEN
    assert len(book.refused()) == 1


def test_the_witness_it_asks_is_only_ever_signed_for_under_its_own_key(book: WitnessBook, tmp_path: Path) -> None:
    from sekisho.bootstrap.ledgers import ask_one

    fill(5)
    impostor = found_book(tmp_path / "impostor", "secretariat")
    impostor.trust(next(iter(book.ledgers().values())))
    assert ask_one(row(), LATER, line_to(impostor)) == WitnessObjection.NOT_UNDERSTOOD  # type: ignore[arg-type]  # a row
    assert asked(book) is None


def test_nobody_waits_for_a_witness_and_an_overdue_one_is_told_once(book: WitnessBook) -> None:
    from sekisho.adapters.database.models import WitnessRow
    from sekisho.adapters.database.witnesses import due_witnesses, overdue_witnesses
    from sekisho.bootstrap.ledgers import ask_due_witnesses

    fill(5)
    WitnessRow.objects.update(address="http://127.0.0.1:9")
    assert len(ask_due_witnesses(NOW)) == 1
    assert due_witnesses(TENANT, NOW + timedelta(seconds=50)) == []
    assert len(due_witnesses(TENANT, NOW + timedelta(seconds=61))) == 1
    assert overdue_witnesses(TENANT, NOW + timedelta(hours=23)) == []
    for _ in range(2):
        ask_due_witnesses(NOW + timedelta(hours=25))
    assert kinds() == ["witness_appointed", "witness_overdue"]
    assert asked(book) is None
    assert overdue_witnesses(TENANT, LATER + timedelta(hours=1)) == []


def test_after_many_entries_it_is_asked_at_once(book: WitnessBook) -> None:
    from sekisho.adapters.database.witnesses import due_witnesses

    fill(5)
    assert asked(book) is None
    soon = LATER + timedelta(seconds=10)
    fill(50, first=5)
    assert due_witnesses(TENANT, soon) == []
    fill(60, first=55)
    assert len(due_witnesses(TENANT, soon)) == 1


def test_the_same_name_never_takes_another_key(book: WitnessBook, tmp_path: Path) -> None:
    from sekisho.adapters.database.witnesses import Appointment, appoint_witness

    other = found_book(tmp_path / "other", "secretariat")
    with pytest.raises(SekishoError, match="別の鍵"):
        appoint_witness(TENANT, Appointment(key=other.key), "chair", NOW)
    with pytest.raises(SekishoError, match="別の確認鍵"):
        book.trust(verifier_key(f"sekisho/{TENANT}", bytes(32)))


@pytest.fixture
def desk(book: WitnessBook) -> Iterator[str]:
    """The witness as a server of its own."""
    server = WitnessServer(book, ("127.0.0.1", 0), lambda _told: None)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_over_http_it_speaks_the_protocol_of_others(book: WitnessBook, desk: str) -> None:
    from sekisho.adapters.database.witnesses import request_for

    fill(10)
    body = request_for(row())  # type: ignore[arg-type]  # a row
    first = ask_witness(desk, body)
    assert (first.status, first.text.startswith("— secretariat ")) == (200, True)
    again = ask_witness(desk, body)
    assert (again.status, again.text) == (409, f"{open_book(book.folder).seen(f'sekisho/{TENANT}')[0]}\n")
    assert ask_witness(desk, "nonsense").status == 400
    assert ask_witness(desk, body.replace("sekisho/", "other/")).status == 404
    assert ask_witness(desk, body[:-20] + "AAAA" + body[-16:]).status == 403
    assert ask_witness(desk + "/elsewhere", body).status == 409


def test_two_who_ask_at_once_get_one_history_signed(book: WitnessBook) -> None:
    from sekisho.adapters.database.witnesses import request_for

    fill(10)
    body, answers = request_for(row()), []  # type: ignore[arg-type]  # a row
    threads = [
        threading.Thread(target=lambda: answers.append(open_book(book.folder).answer(body, 1_800_000_000)))
        for _ in range(8)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    told: list[WitnessAnswer] = answers
    assert sorted(each.status for each in told) == [200, *[409] * 7]


def test_without_a_line_it_reads_a_stick_and_its_signature_is_entered_back(book: WitnessBook, tmp_path: Path) -> None:
    from sekisho.adapters.bundles.exports import export_ledger
    from sekisho.adapters.database.witnesses import keep_cosignature, newest_witnessed

    fill(300)
    export_ledger(TENANT, tmp_path / "stick")
    command = [sys.executable, "-m", "sekisho", "ledger", "witness", "check", str(tmp_path / "stick")]
    command += ["--book", str(book.folder), "--code", str(tmp_path / "sign-off.svg"), "--json"]
    told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    assert told["ja"].endswith("続きです。署名しました。")
    fill(30, first=300)
    assert keep_cosignature(row(), told["line"], LATER) == told["size"]  # type: ignore[arg-type]  # a row
    signed = newest_witnessed(TENANT)
    assert signed is not None
    assert signed.size == told["size"]
    with pytest.raises(LedgerFault, match="not a signature"):
        keep_cosignature(row(), told["line"].replace("A", "B"), LATER)  # type: ignore[arg-type]  # a row
    (tmp_path / "stick/tile/0/000").write_bytes(bytes(8192))
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 2
    assert "合いません" in ended.stdout
