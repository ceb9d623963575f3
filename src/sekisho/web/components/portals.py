"""What portals are called on screen."""

from typing import Final

from sekisho.business.hometown_donations.donations import SOURCES
from sekisho.web.words import Words

PORTAL_WORDS: Final = {each.portal: Words(each.ja, each.en) for each in SOURCES}


def portal_words(portal: str) -> Words:
    """What a portal is called; its own name if it is unknown."""
    return PORTAL_WORDS.get(portal, Words(portal, portal))
