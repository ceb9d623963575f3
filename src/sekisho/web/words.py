"""Every word on a screen, in Japanese and in English, side by side at the place where it is used.

There is no catalogue that could lag behind: a phrase without its English cannot be written (tests check that no
Japanese stands on a screen outside `Words` or the template tag `t`, except data such as published minutes).
"""

from dataclasses import dataclass

from django.utils.translation import get_language

ENGLISH = "en"


def english_is_chosen() -> bool:
    """Has this reader switched to English? Japanese is what everybody gets first."""
    return get_language() == ENGLISH


@dataclass(frozen=True, slots=True)
class Words:
    """One phrase in both languages; as text it is in the reader's."""

    ja: str
    en: str

    def __str__(self) -> str:
        """The phrase in the language that the reader chose."""
        return self.en if english_is_chosen() else self.ja
