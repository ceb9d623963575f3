"""What is handed in for a condition (governance D4): of which kind it is, and the digest of the paper or file."""

import re
from dataclasses import dataclass
from typing import Final

from sekisho.kernel.council.deliberation.conditions import ProofKind
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because

_DIGEST: Final = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofPaper:
    """A photograph, a measurement, a report: its kind, and its SHA-256, by which the verifier knows it again."""

    kind: ProofKind | None = None  # none: of the kind that the council asked for
    digest: str = ""


NO_PAPER: Final = ProofPaper()


def make_proof_paper(kind: str = "", digest: str = "") -> ProofPaper:
    """The paper as somebody named it; a digest may be typed in capitals.

    Raises:
        Refused: The kind is none of the list, or the digest is no SHA-256; with every reason.

    """
    typed, reasons = digest.strip().lower(), list[Reason]()
    if kind and kind not in set(ProofKind):
        reasons.append(because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="証拠の種類 / kind of proof", what=kind))
    if typed and not _DIGEST.fullmatch(typed):
        what = "SHA-256は16進64字です / 64 hexadecimal digits"
        reasons.append(because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="ファイルの指紋 / digest of the file", what=what))
    if reasons:
        raise Refused(reasons)
    return ProofPaper(kind=ProofKind(kind) if kind else None, digest=typed)
