"""The donation portals: by which name each goes, in which layout it hands its donations over, how it words them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

RECORD_LAYOUT: Final = "donation.record"
LAYOUT_PREFIX: Final = "portal."


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """A portal; `recipient_always` says that it names a recipient also where the gift goes to the donor."""

    portal: str
    ja: str
    en: str
    recipient_always: bool = False

    @property
    def layout(self) -> str:
        """The layout of its download."""
        return f"{LAYOUT_PREFIX}{self.portal}"


PORTALS: Final[Mapping[str, Portal]] = MappingProxyType(
    {
        each.portal: each
        for each in (
            Portal(portal="choice", ja="ふるさとチョイス", en="Furusato Choice"),
            Portal(portal="rakuten", ja="楽天ふるさと納税", en="Rakuten Furusato", recipient_always=True),
            Portal(portal="satofuru", ja="さとふる", en="Satofull"),
            Portal(portal="furunavi", ja="ふるなび", en="Furunavi"),
        )
    }
)


SOURCES: Final = (*PORTALS.values(), Portal(portal="window", ja="窓口・郵送", en="Window, post"))
"""Everything by which a donation may have come: the portals, and the office itself."""


def portal_of_layout(layout: str) -> Portal | None:
    """The portal whose download a layout is, if it is one."""
    return PORTALS.get(layout.removeprefix(LAYOUT_PREFIX)) if layout.startswith(LAYOUT_PREFIX) else None
