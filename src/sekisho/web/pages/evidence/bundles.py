"""Evidence files: making one for a crossing, and saying in plain words what a given one proves.

The file carries its own verifier; this page runs the same checks, with the key of our own ledger.
"""

import io
import json
import tempfile
import zipfile
from pathlib import Path

from sekisho.adapters.bundles import verify, write_bundle
from sekisho.adapters.database.ledgers import ledger_verifier_key
from sekisho.adapters.database.queries_bundles import evidence_of_parcel
from sekisho.web.components.facts import Check, failed, passed
from sekisho.web.pages.evidence.proof_page import ProofPanel
from sekisho.web.words import Words

_LARGEST_EVIDENCE = 16 * 1024 * 1024


def bundle_of(tenant: str, parcel: str) -> bytes:
    """The evidence of one crossing, as one file. It holds ids, codes, counts and digests, nothing personal."""
    with tempfile.TemporaryDirectory() as folder:
        return write_bundle(Path(folder) / "evidence.zip", evidence_of_parcel(tenant, parcel)).read_bytes()


def _said(sentence: str) -> Words:
    """A sentence of the verifier, which says everything as 日本語 / English."""
    ja, _, en = sentence.partition(" / ")
    return Words(ja, en or ja)


def _evidence(content: bytes) -> dict[str, object]:
    """What an evidence file holds.

    Raises:
        ValueError: It is too large, or not such a file.

    """
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        if bundle.getinfo("evidence.json").file_size > _LARGEST_EVIDENCE:
            message = "too large"
            raise ValueError(message)
        evidence = json.loads(bundle.read("evidence.json"))
    if not isinstance(evidence, dict):
        message = "not a table"
        raise ValueError(message)  # noqa: TRY004 - whatever is wrong with the file, the answer is one
    return evidence


def verdict_on_bundle(tenant: str, content: bytes) -> ProofPanel:
    """What an evidence file proves by itself."""
    held: list[Check] = []
    try:
        held.extend(passed(_said(each)) for each in verify.checks(_evidence(content), ledger_verifier_key(tenant)))
    except verify.DoesNotHoldError as fault:
        title = Words("この証拠は、帳簿と合いません", "This evidence does not match the ledger")
        return ProofPanel(tone="stop", title=title, checks=(*held, failed(_said(str(fault)))))
    except (ValueError, KeyError, TypeError, AttributeError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        title = Words("証拠一式として読めません", "This cannot be read as an evidence file")
        unreadable = failed(
            Words("関所から受け取った証拠一式（ZIP）を選んでください", "Choose an evidence file (ZIP) of the gate")
        )
        return ProofPanel(tone="stop", title=title, checks=(unreadable,))
    return ProofPanel(
        tone="good",
        title=Words("この証拠は、書き換えられていません", "This evidence has not been altered"),
        checks=tuple(held),
    )
