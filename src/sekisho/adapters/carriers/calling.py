"""One way to call a counterpart over HTTPS: what we show, whom we believe, and by which way out.

We show the certificate of the municipality's gate. We believe our own authority; a counterpart that has one of its own
is entered with it (`authority`), and then that one alone. Calls leave by the way out that was entered (the security
cloud), by another one if the counterpart names it (`proxy`), and by none if it stands in a closed network (`direct`).
"""

import ssl
from pathlib import Path
from typing import Final

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from sekisho.adapters.carriers.addresses import Counterpart
from sekisho.adapters.database.home import Home
from sekisho.kernel import SekishoError

DIRECT: Final = "direct"
TRY_LATER: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that say: not now. Nothing is refused by them."""
_PATIENCE: Final = httpx.Timeout(30.0)
_WAY_OUT: Final = "security-cloud"


def way_out(home: Home) -> str:
    """The security cloud through which every request to the internet leaves; empty where there is none."""
    place = home.folder / _WAY_OUT
    return place.read_text(encoding="utf-8").strip() if place.exists() else ""


def set_way_out(home: Home, url: str) -> None:
    """Enter the security cloud."""
    (home.folder / _WAY_OUT).write_text(f"{url}\n", encoding="utf-8")


def read_authority(place: Path) -> str:
    """The certificates of a counterpart's authority, as they are kept with its address.

    Raises:
        SekishoError: The file holds none.

    """
    try:
        found = x509.load_pem_x509_certificates(place.read_bytes())
    except ValueError as fault:
        message = f"{place}: 認証局の証明書(PEM)ではありません / this is no certificate of an authority"
        raise SekishoError(message) from fault
    return "".join(each.public_bytes(serialization.Encoding.PEM).decode("ascii") for each in found)


def client_context(home: Home, name: str, authority: str = "") -> ssl.SSLContext:
    """TLS with the certificate of this name; only our own authority is believed, or only the one that is given."""
    own = str(home.certificates / "authority.pem")
    context = ssl.create_default_context(cadata=authority) if authority else ssl.create_default_context(cafile=own)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(home.certificates / f"{name}.pem", home.certificates / f"{name}.key")
    return context


def proxy_for(home: Home, counterpart: Counterpart) -> str | None:
    """Through what a call to this counterpart leaves."""
    said = counterpart.settings.get("proxy") or way_out(home)
    return None if said in {"", DIRECT} else said


def call(home: Home, certificate: str, counterpart: Counterpart, patience: httpx.Timeout = _PATIENCE) -> httpx.Client:
    """A connection to a counterpart; redirects are not followed."""
    return httpx.Client(
        base_url=counterpart.url,
        verify=client_context(home, certificate, counterpart.settings.get("authority", "")),
        timeout=patience,
        trust_env=False,
        proxy=proxy_for(home, counterpart),
    )
