"""Evidence files: making one for a crossing, and saying in plain words what a given one proves."""

import json

from sekisho.adapters.database.queries_bundles import evidence_of_parcel, verdict_on_evidence
from sekisho.web.components.facts import failed
from sekisho.web.pages.evidence.proof_page import ProofPanel, proof_panel
from sekisho.web.words import Words


def bundle_of(tenant: str, parcel: str) -> bytes:
    """The evidence of one crossing, as one file."""
    return json.dumps(evidence_of_parcel(tenant, parcel), ensure_ascii=False, indent=1).encode()


def verdict_on_bundle(tenant: str, content: bytes) -> ProofPanel:
    """What an evidence file proves by itself."""
    verdict = verdict_on_evidence(tenant, content)
    if verdict is None:
        title = Words("証拠一式として読めません", "This is no evidence file of ours")
        unreadable = failed(
            Words("この団体の証拠一式のファイルを選んでください", "Choose an evidence file of this office")
        )
        return ProofPanel(tone="stop", title=title, checks=(unreadable,))
    return proof_panel(verdict, ())
