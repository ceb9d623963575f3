"""The cards on the sign-in page of the demonstration: whom a visitor can play. An installation has none.

They are shown only where `SEKISHO_DEMO_CARDS` names their file, and never with HTTPS on, since they hold passwords.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from sekisho.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCard:
    """Somebody whom a visitor can play: who it is, what they do, how to sign in."""

    person: str
    name: Words
    does: tuple[Words, ...]
    password: str


def demo_cards() -> tuple[DemoCard, ...]:
    """The cards, if this is the demonstration."""
    place = settings.SEKISHO_DEMO_CARDS
    if not place or settings.SESSION_COOKIE_SECURE or not Path(place).is_file():
        return ()
    return tuple(
        DemoCard(
            person=each["person"],
            name=Words(each["ja"], each["en"]),
            does=tuple(Words(*pair) for pair in zip(each["does_ja"], each["does_en"], strict=True)),
            password=each["password"],
        )
        for each in json.loads(Path(place).read_text(encoding="utf-8"))
    )
