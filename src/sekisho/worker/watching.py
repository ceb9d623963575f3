"""The worker looks into watched folders every few seconds and takes in what has settled."""

import threading
from dataclasses import dataclass, field
from typing import Final

from sekisho.adapters.database.home import Home
from sekisho.bootstrap.again import Guard, again_and_again
from sekisho.bootstrap.watching import Look, WatchedFolder, take_settled, watched_folders

LOOK_SECONDS: Final = 3.0


@dataclass(slots=True)
class Watching:
    """What lay in each folder when it was last looked into. A folder that fails keeps no other back."""

    home: Home
    looks: dict[str, Look] = field(default_factory=dict)
    guard: Guard = field(default_factory=lambda: Guard("watching"))

    def look(self) -> None:
        """Look into every folder once."""
        for watched in watched_folders(self.home):
            self.guard.manages(watched.folder, self._take, watched)

    def _take(self, watched: WatchedFolder) -> None:
        """Take in what did not change since the last look."""
        self.looks[watched.folder], _ = take_settled(watched, self.looks.get(watched.folder, {}))


def run_watching(home: Home, ended: threading.Event) -> None:
    """Look until told to end."""
    watching = Watching(home)
    again_and_again("watching", watching.look, ended, LOOK_SECONDS, LOOK_SECONDS)
