"""What a connector is sent for: which portal, which period, by which way out."""

from dataclasses import dataclass, field
from datetime import date

from sekisho.kernel import SekishoError


class PortalAwayError(SekishoError):
    """A portal could not be reached, did not let us in, or broke off; nothing was loaded, it is tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One download. `proxy` is the security cloud; `pin` the digest of the portal's key, where it is pinned."""

    url: str
    user: str
    password: str = field(repr=False)
    first: date
    last: date
    proxy: str = ""
    pin: str = ""
