"""Whose signatures make a permit: members of the issuing body, whose keys lie here, or were accepted with a permit."""

from collections.abc import Mapping, Sequence
from typing import Final

from sekisho.adapters.keys import KeyPort, holds, open_key_store, signing_key
from sekisho.kernel import SekishoError, Signature

SIGNATURES_NEEDED: Final = 2
_OWN, _ACCEPTED = "signer/issuer", "issuer-elsewhere"


def issuer_signs(tenant: str, document: bytes, signers: Sequence[str]) -> list[dict[str, str]]:
    """Signatures of the issuing body over a permit document."""
    store = open_key_store()
    keys = {signer: signing_key(store, tenant, f"issuer/{signer}") for signer in signers}
    return [
        {"signer": signer, "key": key.public.hex(), "value": key.sign(document).hex()} for signer, key in keys.items()
    ]


def _keys_of(store: KeyPort, tenant: str, signer: str) -> frozenset[str]:
    """The keys by which a signer is known here, in hexadecimal."""
    own, accepted = f"{_OWN}/{signer}", f"{_ACCEPTED}/{signer}"
    there = store.present(tenant, [own, accepted])
    keys = {signing_key(store, tenant, f"issuer/{signer}").public.hex()} if own in there else set()
    return frozenset(keys | ({store.open(tenant, accepted).hex()} if accepted in there else set()))


def signatures_hold(tenant: str, document: bytes, signatures: Sequence[Signature]) -> bool:
    """Have enough different members of the issuing body signed, with keys that the key store knows?"""
    return len(signers_that_hold(tenant, document, signatures)) >= SIGNATURES_NEEDED


def signers_that_hold(tenant: str, document: bytes, signatures: Sequence[Signature]) -> set[str]:
    """Which members of the issuing body have signed this, with keys that the key store knows."""
    store = open_key_store()
    return _signers(document, [each for each in signatures if each.key in _keys_of(store, tenant, each.signer)])


def _signers(document: bytes, signatures: Sequence[Signature]) -> set[str]:
    """Whose signatures hold."""
    return {each.signer for each in signatures if holds(bytes.fromhex(each.key), bytes.fromhex(each.value), document)}


def check_signatures(permit: str, document: bytes, signatures: Sequence[Signature]) -> Mapping[str, bytes]:
    """The keys of a permit that was signed elsewhere, by signer.

    Raises:
        SekishoError: Fewer than two different members signed, or a signature does not hold.

    """
    keys = {each.signer: bytes.fromhex(each.key) for each in signatures}
    if len(_signers(document, signatures)) < max(SIGNATURES_NEEDED, len(keys)) or len(set(keys.values())) < len(keys):
        message = f"通行証 {permit} の署名が正しくありません / the signatures of permit {permit} do not hold"
        raise SekishoError(message)
    return keys


def accept_issuers(tenant: str, keys: Mapping[str, bytes]) -> None:
    """Believe these keys of members of the issuing body from now on.

    Raises:
        SekishoError: A member is known here by another key.

    """
    store = open_key_store()
    known = {signer: _keys_of(store, tenant, signer) for signer in keys}
    if others := sorted(signer for signer, key in keys.items() if known[signer] and key.hex() not in known[signer]):
        message = f"{', '.join(others)} は別の鍵で登録されています / known here by another key"
        raise SekishoError(message)
    store.keep_many(tenant, {f"{_ACCEPTED}/{name}": key for name, key in keys.items() if not known[name]})
