"""Work that goes on: a fault ends no thread, is said once, keeps nothing else back, and makes no loop spin."""

import logging

import pytest

from sekisho.bootstrap.again import Guard, again_and_again, sentence_of
from sekisho.kernel import ReasonCode, Refused, SekishoError, because
from sekisho.records import RecordsError


class Ended:
    """An event that is never waited for: it notes how long each rest would have been, and ends after some."""

    def __init__(self, rounds: int) -> None:
        self.rests: list[float] = []
        self._rounds = rounds

    def wait(self, seconds: float) -> bool:
        """Rest; answers whether it is over."""
        self.rests.append(seconds)
        return len(self.rests) > self._rounds


FAULTS = [
    SekishoError("no permit"),
    RecordsError("row 3"),
    Refused([because(ReasonCode.NOT_IDENTIFIED)]),
    KeyError("somebody"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda each: type(each).__name__)
def test_no_fault_ends_a_loop_and_after_one_it_rests(fault: Exception) -> None:
    faults = iter([None, fault, fault, None])

    def work() -> None:
        if (now := next(faults)) is not None:
            raise now

    ended = Ended(4)
    again_and_again("test", work, ended, 0.5)  # type: ignore[arg-type]  # it stands for an event
    assert ended.rests == [0.5, 0.5, 60.0, 60.0, 0.5]


def test_a_fault_is_said_once_and_without_anybodys_data(caplog: pytest.LogCaptureFixture) -> None:
    guard = Guard("test")

    def broken() -> None:
        raise KeyError("試験太郎")

    with caplog.at_level(logging.WARNING):
        assert [guard.manages("a", broken), guard.manages("a", broken)] == [False, False]
        assert guard.manages("b", lambda: None)
    assert [each.getMessage() for each in caplog.records] == ["a: KeyError"]
    guard.manages("a", lambda: None)
    guard.manages("a", broken)
    assert len(caplog.records) == 2, "it went well in between, so it is said again"


def test_a_refusal_is_said_by_its_codes() -> None:
    assert sentence_of(Refused([because(ReasonCode.NOT_IDENTIFIED)])) == "not_identified"
