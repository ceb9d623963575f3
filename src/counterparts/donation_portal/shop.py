"""What the portal keeps: its orders, who is signed in, how far the automatic link has come, what is going wrong."""

import json
import secrets
import threading
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from counterparts.donation_portal.columns import write_file
from counterparts.donation_portal.orders import Order


@dataclass(slots=True)
class Switches:
    """What an operator switches on.

    outage: answer 503 so many times; cut: break the next download off after so many bytes; rename: headings and
    their new names; slow: the milliseconds between the head of a page and its text; page: so many orders at most are
    given to the automatic link at once.
    """

    outage: int = 0
    cut: int = 0
    slow: int = 0
    page: int = 0
    rename: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Shop:
    """One portal as one municipality sees it."""

    portal: str
    orders: list[Order]
    user: str
    password: str
    token: str
    home: Path
    switches: Switches = field(default_factory=Switches)
    sessions: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def export(self, first: date, last: date) -> bytes:
        """The file of the orders that were made in a period, both days included."""
        found = [each for each in self.orders if first <= each.ordered_at.date() <= last]
        return write_file(self.portal, found, self.switches.rename)

    def count(self, first: date, last: date) -> tuple[int, int]:
        """How many orders a period has, and how much they come to."""
        found = [each for each in self.orders if first <= each.ordered_at.date() <= last]
        return len(found), sum(each.amount for each in found)

    def changes(self, cursor: int, limit: int) -> tuple[bytes, int, list[Order]]:
        """The orders after a cursor, as a file; and the cursor behind them."""
        found = self.orders[cursor : cursor + limit]
        return write_file(self.portal, found, self.switches.rename), cursor + len(found), found

    def acknowledged(self) -> int:
        """How far the other side has everything; a restart does not forget it."""
        place = self.home / f"{self.portal}.link.json"
        return int(json.loads(place.read_text())["cursor"]) if place.exists() else 0

    def acknowledge(self, cursor: int) -> int:
        """The other side has everything up to here; never back, never beyond the end."""
        with self.lock:
            cursor = min(max(cursor, self.acknowledged()), len(self.orders))
            self.home.mkdir(parents=True, exist_ok=True)
            draft = self.home / f".{self.portal}.link.{secrets.token_hex(4)}"
            draft.write_text(json.dumps({"cursor": cursor}))
            draft.replace(self.home / f"{self.portal}.link.json")
            return cursor

    def sign_in(self, user: str, password: str) -> str | None:
        """A session for the right name and password."""
        if not (secrets.compare_digest(user, self.user) and secrets.compare_digest(password, self.password)):
            return None
        session = secrets.token_urlsafe(24)
        self.sessions.add(session)
        return session

    def take(self, name: str) -> int:
        """The value of a switch that counts, counted down; a cut happens once."""
        with self.lock:
            value: int = getattr(self.switches, name)
            if value:
                setattr(self.switches, name, 0 if name == "cut" else value - 1)
            return value

    def switch(self, wanted: dict[str, Any]) -> None:
        """Set the switches; those that are not named are off."""
        rename = {str(old): str(new) for old, new in wanted.get("rename", {}).items()}
        with self.lock:
            counts = {name: int(wanted.get(name, 0)) for name in ("outage", "cut", "slow", "page")}
            self.switches = Switches(**counts, rename=rename)
