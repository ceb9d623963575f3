"""What the ledger proves, in plain words: 指紋, 帳簿, 封印; the technical names stand in the folded details."""

from collections.abc import Sequence
from dataclasses import dataclass

from sekisho.adapters.database.queries_rows import EntryRow, VerdictRow
from sekisho.web.components.facts import Check, failed, passed, pending
from sekisho.web.components.vocabulary import ENTRY_KINDS, words_of
from sekisho.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofLine:
    """Where one entry stands in the ledger."""

    kind: Words
    index: str
    leaf: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofPanel:
    """Whether a record is as it was written, and how we know."""

    tone: str
    title: Words
    checks: tuple[Check, ...]
    entries: tuple[ProofLine, ...] = ()


def _checks(verdict: VerdictRow, entries: Sequence[EntryRow]) -> tuple[Check, ...]:
    """One line for each thing that was recomputed."""
    size = f"{verdict.tree_size:,}"
    places = ", ".join(f"{entry.index:,}" for entry in entries if entry.index is not None)
    digests = Words("記録の指紋が一致", "Every digest matches")
    listed = Words("帳簿に、欠けも割込みもなく並んでいる", "In the ledger, nothing missing or inserted")
    sealed = Words("帳簿の封印（署名）が正しい", "The ledger's seal (signature) is valid")
    checks = [
        passed(digests) if verdict.digests_match else failed(digests),
        passed(listed, Words(f"{places} 番目", f"Entries {places}")) if verdict.in_tree else failed(listed),
        passed(sealed, Words(f"全{size}件の封印", f"Seal over {size} entries"))
        if verdict.signature_valid
        else failed(sealed),
    ]
    if verdict.waiting:
        count = verdict.waiting
        checks.append(
            pending(Words(f"{count}件は、まもなく帳簿に綴じます", f"{count} entries are about to be bound in"))
        )
    return tuple(checks)


def proof_panel(verdict: VerdictRow | None, entries: Sequence[EntryRow]) -> ProofPanel:
    """The seal panel of a crossing."""
    lines = tuple(
        ProofLine(
            kind=words_of(ENTRY_KINDS, entry.kind),
            index="—" if entry.index is None else str(entry.index),
            leaf=entry.leaf,
        )
        for entry in entries
    )
    if verdict is None:
        title = Words("帳簿に綴じるのを待っています", "Waiting to be bound into the ledger")
        waiting = pending(Words("記録は書かれました。まもなく封印します", "Written; it will be sealed shortly"))
        return ProofPanel(tone="wait", title=title, checks=(waiting,), entries=lines)
    checks = _checks(verdict, entries)
    if any(check.tone == "stop" for check in checks):
        title = Words("この記録は書き換えられています", "This record has been altered")
        return ProofPanel(tone="stop", title=title, checks=checks, entries=lines)
    return ProofPanel(
        tone="good",
        title=Words("この記録は書き換えられていません", "This record has not been altered"),
        checks=checks,
        entries=lines,
    )
