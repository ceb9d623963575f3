"""Which carrier goes to which counterpart: what was entered for it says so."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Final

from sekisho.adapters.carriers.addresses import INTAKE, Counterpart, find_counterpart
from sekisho.adapters.carriers.donation_manager import DIGESTS, NOTHING, READ_BACK, RECORDS, DonationManagerDoor
from sekisho.adapters.carriers.folders import open_folder
from sekisho.adapters.carriers.linkage_platform import LinkagePlatform
from sekisho.adapters.carriers.shelves import SEALED, OpenShelf, Shelf, ShelfCarrier
from sekisho.adapters.database.home import Home
from sekisho.kernel import Carrier, SekishoError

HTTPS: Final = "https"


def open_sftp(home: Home, tenant: str, counterpart: Counterpart) -> AbstractContextManager[Shelf]:
    """An SFTP server's folder; the client is loaded only where there is such a counterpart."""
    from sekisho.adapters.carriers import sftp  # noqa: PLC0415 - loading it takes long

    return sftp.open_sftp(home, tenant, counterpart)


def open_bucket(home: Home, tenant: str, counterpart: Counterpart) -> AbstractContextManager[Shelf]:
    """A bucket of S3, loaded as late."""
    from sekisho.adapters.carriers import buckets  # noqa: PLC0415 - loading it takes long

    return buckets.open_bucket(home, tenant, counterpart)


SHELVES: Final[Mapping[str, OpenShelf]] = MappingProxyType(
    {"sftp": open_sftp, "s3": open_bucket, "folder": open_folder, SEALED: open_folder}
)
NEEDED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        HTTPS: (),
        INTAKE: (),
        "sftp": ("host", "user", "host_key"),
        "s3": ("bucket",),
        "folder": ("folder",),
        SEALED: ("folder",),
    }
)
"""What has to be known of a counterpart for each kind of carrier."""


def check_counterpart(counterpart: Counterpart) -> None:
    """Is everything there that its carrier needs?

    Raises:
        SekishoError: Its carrier is unknown, or something is missing.

    """
    said = counterpart.settings.get(READ_BACK, DIGESTS)
    if counterpart.carrier == INTAKE and said not in {DIGESTS, RECORDS, NOTHING}:
        message = f"{counterpart.counterpart}: read_back={said}: digests・records・none のどれかです / one of these"
        raise SekishoError(message)
    needed = NEEDED.get(counterpart.carrier)
    missing = [name for name in needed or () if not counterpart.settings.get(name)]
    if needed is None or missing:
        what = ", ".join(missing) or f"carrier {counterpart.carrier}"
        message = f"{counterpart.counterpart}: 足りません / missing or unknown: {what}"
        raise SekishoError(message)


def carrier_to(home: Home, tenant: str, name: str) -> Carrier:
    """The carrier to a counterpart.

    Raises:
        SekishoError: The counterpart has no address, or its carrier is unknown.

    """
    counterpart = find_counterpart(home, name)
    check_counterpart(counterpart)
    if counterpart.carrier == HTTPS:
        return LinkagePlatform(home, f"gate-{tenant}", name)
    if counterpart.carrier == INTAKE:
        return DonationManagerDoor(home, tenant, counterpart)
    return ShelfCarrier(home, counterpart, SHELVES[counterpart.carrier])
