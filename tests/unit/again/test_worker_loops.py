"""The worker's calendar and its watched folders: what fails for one keeps no other back, and is tried again."""

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sekisho.adapters.database.home import Home
from sekisho.bootstrap.watching import Look, WatchedFolder, keep_watched
from sekisho.worker import days, sequencer, watching

MORNING = datetime(2026, 11, 26, 23, 0, tzinfo=UTC)
TODAY, YESTERDAY = date(2026, 11, 27), date(2026, 11, 26)


class Silence:
    """An ear that nobody pokes."""

    def wait(self, _: float) -> bool:
        """Nobody does, and nothing is waited for."""
        return False


@pytest.mark.parametrize("fault", [KeyError("somebody"), OSError("disk"), ValueError("wrong")])
def test_a_day_is_done_for_everybody_else_and_tried_again_where_it_failed(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    broken = True

    def due(tenant: str, _: datetime) -> None:
        if tenant == "a" and broken:
            raise fault
        done.append(f"due {tenant}")

    monkeypatch.setattr(days, "ACTS", {"due": due, "late": lambda tenant, _: done.append(f"late {tenant}")})
    monkeypatch.setattr(days, "tenants", lambda: ["a", "b"])
    monkeypatch.setattr(days, "pass_backup_day", lambda *_: done.append("backup"))
    assert days.begin_day(MORNING, YESTERDAY) == YESTERDAY
    assert done == ["late a", "due b", "late b", "backup"]
    broken = False
    assert days.begin_day(MORNING, YESTERDAY) == TODAY
    assert "due a" in done
    count = len(done)
    assert days.begin_day(MORNING, TODAY) == TODAY
    assert len(done) == count


def test_a_folder_that_fails_keeps_no_other_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, looked = Home(folder=tmp_path), list[str]()
    for name in ("a", "b"):
        keep_watched(home, WatchedFolder(folder=name, tenant="t", connection="c", terminal="x", person="y"))

    def take(watched: WatchedFolder, before: Look) -> tuple[Look, int]:
        if watched.folder == "a":
            raise RuntimeError
        looked.append(f"{watched.folder} {len(before)}")
        return {"file": (1, 1, 1)}, 0

    monkeypatch.setattr(watching, "take_settled", take)
    eyes = watching.Watching(home)
    for _ in range(2):
        eyes.look()
    assert looked == ["b 0", "b 1"]


def test_the_sequencer_goes_on_after_any_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended, rounds = threading.Event(), list[int]()

    def sequence() -> None:
        rounds.append(len(rounds))
        if len(rounds) == 1:
            raise KeyError
        ended.set()

    monkeypatch.setattr(sequencer, "sequence_all", sequence)
    monkeypatch.setattr(sequencer, "Ear", lambda *_: Silence())
    sequencer.run_sequencer(Home(folder=tmp_path), ended)
    assert rounds == [0, 1, 2], "and one last time on the way out"
