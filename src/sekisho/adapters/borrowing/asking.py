"""Asking the gate for a lent key, over TLS with the terminal's certificate."""

import base64
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import pyrage

from sekisho.adapters.objects.containers import ContainerHead
from sekisho.kernel import SekishoError

_PATIENCE: Final = httpx.Timeout(60.0, connect=10.0)
_LENT, _BUSY = 200, frozenset({502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class BorrowingDesk:
    """A contractor's terminal: its certificate and key, the gate's authority, who sits there.

    `address` is where to ask, if not where the container says.
    """

    certificate: Path
    key: Path
    authority: Path
    person: str
    address: str = ""


class TurnedDownError(SekishoError):
    """The gate does not give the key; with its own reasons, as it told them."""

    def __init__(self, reasons: list[dict[str, str]]) -> None:
        """Keep the reasons."""
        self.reasons = reasons
        super().__init__(" ".join(each["ja"] for each in reasons))


def _tls(desk: BorrowingDesk) -> ssl.SSLContext:
    """TLS as this terminal; only the gate's authority is believed.

    Raises:
        SekishoError: One of the files is missing or is none.

    """
    try:
        context = ssl.create_default_context(cafile=str(desk.authority))
        context.load_cert_chain(desk.certificate, desk.key)
    except (OSError, ssl.SSLError) as fault:
        message = "端末の証明書・鍵・認証局を読めません / certificate, key or authority cannot be read"
        raise SekishoError(message) from fault
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _reasons(answer: httpx.Response) -> list[dict[str, str]]:
    """The reasons in a refusal; one of our own if it has none."""
    names = ("code", "ja", "en", "next_ja", "next_en")
    try:
        told: list[Any] = answer.json()["reasons"]
        return [{name: str(each.get(name, "")) for name in names} for each in told]
    except (ValueError, KeyError, TypeError, AttributeError):
        ja, en = "市の関所が鍵を渡しませんでした。", "The gate did not give the key."
        return [{**dict.fromkeys(names, ""), "code": str(answer.status_code), "ja": ja, "en": en}]


def ask_key(head: ContainerHead, digest: str, desk: BorrowingDesk) -> bytes:
    """The key for one opening of the container with this digest.

    Raises:
        TurnedDownError: The gate does not give it.
        SekishoError: The gate cannot be reached, or what it answers is no key for this opening.

    """
    mine, where = pyrage.x25519.Identity.generate(), (desk.address or head.ask).rstrip("/")
    headers = {"Sekisho-Tenant": head.tenant, "Sekisho-Person": desk.person}
    asked = {"container": digest, "recipient": str(mine.to_public())}
    try:
        with httpx.Client(verify=_tls(desk), timeout=_PATIENCE, trust_env=False) as client:
            answer = client.post(f"{where}/loans/{head.parcel}", json=asked, headers=headers)
    except httpx.HTTPError as fault:
        message = f"{where}: 市の関所につながりません({type(fault).__name__}) / the gate cannot be reached"
        raise SekishoError(message) from fault
    if answer.status_code in _BUSY:
        message = f"{where}: 市の関所は今答えられません。あとでもう一度 / the gate cannot answer now; try again later"
        raise SekishoError(message)
    if answer.status_code != _LENT:
        raise TurnedDownError(_reasons(answer))
    return _key_in(answer, mine)


def _key_in(answer: httpx.Response, mine: "pyrage.x25519.Identity") -> bytes:
    """The key in an answer, which opens to this one identity.

    Raises:
        SekishoError: There is none in it.

    """
    try:
        key: bytes = pyrage.decrypt(base64.b64decode(answer.json()["key"], validate=True), [mine])
    except (ValueError, KeyError, TypeError, pyrage.DecryptError) as fault:
        message = "市の関所の答えに、この端末で開ける鍵がありません / the answer holds no key for this opening"
        raise SekishoError(message) from fault
    return key
