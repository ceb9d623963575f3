"""The desk: groups form only while somebody is served, and everybody gets an outcome of their own."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from sekisho.lane.desk import GROUP, Desk
from sekisho.lane.requests import Pace


def test_who_waits_while_a_group_is_served_is_in_the_next_one() -> None:
    first_is_in, go_on = threading.Event(), threading.Event()
    groups: list[list[int]] = []

    def serve(items: Sequence[int]) -> Sequence[str | Exception]:
        groups.append(list(items))
        if len(groups) == 1:
            first_is_in.set()
            go_on.wait(10)
        return [ValueError(str(each)) if each == 3 else f"served {each}" for each in items]

    async def office() -> list[str | BaseException]:
        desk: Desk[int, str] = Desk(serve, "test")
        asked = [asyncio.ensure_future(desk.ask(0))]
        await asyncio.to_thread(first_is_in.wait, 10)
        asked += [asyncio.ensure_future(desk.ask(each)) for each in range(1, GROUP + 10)]
        await asyncio.sleep(0)
        go_on.set()
        return await asyncio.gather(*asked, return_exceptions=True)

    outcomes = asyncio.run(office())
    assert [len(each) for each in groups] == [1, GROUP, 9]
    assert isinstance(outcomes.pop(3), ValueError)
    assert outcomes == [f"served {each}" for each in range(GROUP + 10) if each != 3]


def test_a_fault_of_the_whole_group_is_everybody_s_and_the_desk_goes_on() -> None:
    calls = []

    def serve(items: Sequence[int]) -> Sequence[int | Exception]:
        calls.append(items)
        if len(calls) == 1:
            message = "no disk"
            raise OSError(message)
        return list(items)

    async def office() -> int:
        desk: Desk[int, int] = Desk(serve, "test")
        with pytest.raises(OSError, match="no disk"):
            await desk.ask(1)
        return await desk.ask(2)

    assert asyncio.run(office()) == 2


@pytest.mark.parametrize(
    ("taken", "at", "patience"),
    [(0, 100.0, 30.0), (0, 120.0, 10.0), (0, 131.0, -1.0), (102_400, 200.0, 30.0), (10_240, 139.0, 1.0)],
)
def test_bytes_have_to_come_at_a_pace(taken: int, at: float, patience: float) -> None:
    assert Pace(rate=1024, begun=100.0, grace=30.0).patience(taken, at) == patience
