"""Evidence files: making one for a crossing, and saying in plain words what a given one proves."""

from sekisho.web.pages.evidence.proof_page import ProofPanel


def bundle_of(tenant: str, parcel: str) -> bytes:
    """The evidence of one crossing, as one file."""
    raise NotImplementedError


def verdict_on_bundle(tenant: str, content: bytes) -> ProofPanel:
    """What an evidence file proves by itself."""
    raise NotImplementedError
