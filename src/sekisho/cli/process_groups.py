"""Processes that are started one after the other, watched together, and ended together."""

import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sekisho.cli.demo.stage import Running, interrupt_on_signals, running
from sekisho.kernel import SekishoError

_LOOK_SECONDS: Final = 0.5


class ProcessGroup:
    """What makes up a site that runs. None of it goes on alone, neither when one ends by itself nor at the end.

    At the end all are asked at once: one that takes long keeps no other, and whoever loses patience with this process
    leaves none behind that was not asked.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._running: dict[Path, tuple[str, Running]] = {}

    def __enter__(self) -> Self:
        """From here on, somebody who ends this process ends all of them, also while they are being started."""
        interrupt_on_signals()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None, _where: TracebackType | None
    ) -> None:
        """Ask all to end, then wait for each."""
        for _, each in self._running.values():
            if each.process.poll() is None:
                each.process.terminate()
        self._stack.close()

    def start(
        self, name: str, module: str, arguments: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
    ) -> Running:
        """Start `python -m module`; answers when it is ready."""
        found = self._stack.enter_context(running(name, module, arguments, log, environment))
        self._running[log] = (name, found)
        return found

    def wait(self) -> None:
        """Wait until somebody presses Ctrl-C or ends this process, which is a KeyboardInterrupt.

        Raises:
            SekishoError: One of the processes has ended by itself.

        """
        interrupt_on_signals()  # what was loaded meanwhile may have put handlers of its own there
        while True:
            for log, (name, each) in self._running.items():
                if each.process.poll() is not None:
                    message = (
                        f"{name} が終わったため、すべて閉じます。理由は {log.name} にあります / "
                        f"{name} has ended, so everything is closed; {log.name} says why"
                    )
                    raise SekishoError(message)
            time.sleep(_LOOK_SECONDS)
