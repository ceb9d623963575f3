"""What became of a permit, on its way to another house (停止・開始・更新の通知書): its council says it, S1 obeys.

It is signed with the keys that signed the permit itself, so no digest needs to be told apart. It stops a permit, ends
one that another has replaced, and says of one that was handed over beforehand that it has begun: that needs every
signature of the permit. What was stopped it does not start. Only a newer hand-over paper does, which the council's
house writes once two persons have started the permit there.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sekisho.adapters.database.issuer_words import IssuerSays, IssuerWord, issuer_word, stands_since, stopped_here
from sekisho.adapters.database.issuers import issuer_signs, signers_that_hold
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import PermitRow
from sekisho.adapters.database.permit_starts import activate_if_due, was_active
from sekisho.adapters.database.permits import permit_named, take_step
from sekisho.adapters.database.registers import on_file
from sekisho.adapters.database.turns import writing
from sekisho.kernel import (
    NOT_ISSUED,
    EntryKind,
    PermitOnFile,
    PermitStatus,
    ReasonCode,
    Refused,
    Signature,
    because,
    canonical_bytes,
)

STOP_FORM: Final = "sekisho.permit-stop/1"
WORD_FORM: Final = "sekisho.permit-word/1"
NO_WORD: Final = (*NOT_ISSUED, PermitStatus.ISSUED)
"""In these states a permit has not begun in its house, and nobody has stopped it: nothing to tell."""
_SAYS: Final = {PermitStatus.ACTIVE: IssuerSays.BEGUN, PermitStatus.SUPERSEDED: IssuerSays.SUPERSEDED}
_KINDS: Final = {
    IssuerSays.STOPPED: EntryKind.PERMIT_SUSPENDED,
    IssuerSays.BEGUN: EntryKind.PERMIT_WORD_HEARD,
    IssuerSays.SUPERSEDED: EntryKind.PERMIT_SUPERSEDED,
}
_ENDED: Final = (PermitStatus.SUPERSEDED, PermitStatus.REVOKED)
_NOT_A_WORD: Final = (
    "通行証の停止・開始・更新の通知書として読めません / it cannot be read as the stop, begin or end of a permit"
)
_NOT_SIGNED: Final = "通行証に署名した人の署名がありません / nobody who signed the permit has signed it"
_NOT_BY_ALL: Final = "通行証に署名した全員の署名がありません / not everybody who signed the permit has signed it"
_OLDER: Final = "受け入れた書類より前のものです / it is older than what was accepted"
_STOPPED: Final = (
    "止められています。再開後の引渡書が要ります / it is stopped: a hand-over paper written after its start is needed"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPaper:
    """What became of a permit, as it leaves the council's house."""

    permit: str
    status: str
    since: str
    body: bytes

    @property
    def digest(self) -> str:
        """How the paper is named."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """A hand-over paper: when it was written, where the permit stood in its house then, and how it is named."""

    written_at: str
    status: str
    digest: str

    @property
    def word(self) -> IssuerSays:
        """What it says of the permit."""
        return IssuerSays.WAITS if self.status == PermitStatus.ISSUED else IssuerSays.HANDED_OVER

    def is_newer(self, word: IssuerWord) -> bool:
        """Was it written after this word?"""
        return bool(self.written_at) and datetime.fromisoformat(self.written_at) > word.said_at


def is_word(body: bytes) -> bool:
    """Is this the paper of what became of a permit, and not that of a permit?"""
    try:
        return json.loads(body)["form"] in {STOP_FORM, WORD_FORM}
    except (ValueError, TypeError, KeyError, RecursionError):
        return False


def is_in_force(found: PermitOnFile) -> bool:
    """Is it active and signed, and does nothing in the register speak against it?"""
    return found.permit.status is PermitStatus.ACTIVE and found.signatures_hold and not found.stopped_by


def write_word(tenant: str, permit: str) -> WordPaper:
    """The paper that says what became of a permit in the house that issued it: stopped, replaced, or begun.

    Raises:
        SekishoError: There is no such permit.
        Refused: It has not begun, or something keeps it from being used.

    """
    row = permit_named(tenant, permit)
    if row.status in NO_WORD or (row.status == PermitStatus.ACTIVE and not is_in_force(on_file(row))):
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=permit, state=row.status)])
    since, cause = stands_since(tenant, permit)
    form = WORD_FORM if row.status in _SAYS else STOP_FORM
    said = {"form": form, "tenant": tenant, "permit": permit, "status": row.status}
    statement = canonical_bytes({**said, "since": since, "cause": cause})
    signatures = issuer_signs(tenant, statement, [each["signer"] for each in row.signatures])
    body = canonical_bytes({"form": form, "statement": statement.decode(), "signatures": signatures})
    return WordPaper(permit=permit, status=row.status, since=since, body=body)


def note_word_told(tenant: str, paper: WordPaper, by: Mapping[str, str], at: datetime, to: str = "") -> None:
    """The entry that it was told what became of a permit; to whom, if it went over a line."""
    row = permit_named(tenant, paper.permit)
    frame = {"kind": str(EntryKind.PERMIT_HANDED_OVER), "tenant": tenant, "at": at.isoformat(), "by": dict(by)}
    facts = {"permit": paper.permit, "connection": row.connection, "status": row.status, "paper": paper.digest}
    with writing():
        append_entry(tenant, {**frame, **facts, "since": paper.since, "to": to})


def _read(body: bytes, tenant: str) -> tuple[Mapping[str, Any], bytes, list[Signature]]:
    """What a paper says became of a permit, the bytes that were signed, and the signatures.

    Raises:
        Refused: It is none, or another municipality's.

    """
    try:
        paper = json.loads(body)
        statement = paper["statement"].encode()
        said: Mapping[str, Any] = json.loads(statement)
        signatures = [Signature(**each) for each in paper["signatures"]]
        datetime.fromisoformat(said["since"]).astimezone()
        form = WORD_FORM if said["status"] in _SAYS else STOP_FORM
        known = paper["form"] == said["form"] == form and all(map(_is_text, said.values()))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        known = False
    if not known:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="stop", what=_NOT_A_WORD)])
    if said["tenant"] != tenant:
        raise Refused([because(ReasonCode.OTHER_MUNICIPALITY, count=1)])
    return said, statement, signatures


def _signed_for(tenant: str, permit: str, statement: bytes, signatures: list[Signature]) -> tuple[PermitRow, set[str]]:
    """The permit that a paper speaks of, and who of those who signed the permit has signed the paper.

    Raises:
        Refused: There is no such permit here.

    """
    row = PermitRow.objects.filter(tenant_id=tenant, permit=permit).first()
    if row is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=permit)])
    named = {(each["signer"], each["key"]) for each in row.signatures}
    mine = [each for each in signatures if (each.signer, each.key) in named]
    return row, signers_that_hold(tenant, statement, mine)


def _is_text(value: object) -> bool:
    """Everything that such a paper says is text."""
    return isinstance(value, str)


def accept_word(body: bytes, tenant: str, by: Mapping[str, str], at: datetime) -> tuple[str, str]:
    """Do with an accepted permit here as its council's house has: stop it, end it, begin with it.

    The same again changes nothing. Answers the permit and its state now.

    Raises:
        Refused: It speaks of no permit that is here, not everybody needed has signed it, it is too old, or it would
            begin with what is stopped.

    """
    said, statement, signatures = _read(body, tenant)
    row, signers = _signed_for(tenant, said["permit"], statement, signatures)
    word, says = issuer_word(tenant, row.permit), _SAYS.get(said["status"], IssuerSays.STOPPED)
    if word is None or not signers:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="stop", what=_NOT_SIGNED)])
    since = datetime.fromisoformat(said["since"])
    if (word.word, word.said_at) == (says, since) or (says is IssuerSays.BEGUN and word.in_force):
        return str(row.permit), str(row.status)
    if since <= word.said_at:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="stop", what=_OLDER)])
    if says is IssuerSays.BEGUN:
        _check_may_begin(row, word, signers)
    told = {"word": str(says), "at": said["since"], "cause": said["cause"], "status": said["status"]}
    facts = {"issuer": told, "paper": hashlib.sha256(body).hexdigest(), "signers": sorted(signers)}
    with writing():
        return str(row.permit), _obey(row, says, {"at": at.isoformat(), "by": dict(by), **facts}, at)


def _check_may_begin(row: PermitRow, word: IssuerWord, signers: set[str]) -> None:
    """May a permit that was handed over beforehand begin by this word? It is no weaker than the permit itself.

    Raises:
        Refused: Not everybody who signed the permit has signed the word, or its house has stopped or replaced it.

    """
    if signers != {str(each["signer"]) for each in row.signatures}:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="stop", what=_NOT_BY_ALL)])
    if word.word is not IssuerSays.WAITS:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="stop", what=_STOPPED)])


def _obey(row: PermitRow, says: IssuerSays, entry: Mapping[str, object], at: datetime) -> str:
    """Write down what the issuing house says, with the step that follows from it. Answers the state.

    What somebody of this house stopped is not ended over the stop: that would let the next permit begin without two.
    """
    told: Mapping[str, Any] = {"kind": str(_KINDS[says]), **entry}
    if says is IssuerSays.STOPPED:
        stops = row.status in {PermitStatus.ACTIVE, PermitStatus.ISSUED}
        return _step(row, "stop_itself" if stops else "", {**told, "cause": told["issuer"]["cause"]})
    if says is IssuerSays.SUPERSEDED and row.status not in _ENDED and not stopped_here(row.tenant_id, row.permit):
        return _step(row, "supersede", told)
    after = _step(row, "", {**told, "kind": str(EntryKind.PERMIT_WORD_HEARD)})
    return activate_if_due(row, at) if (says, after) == (IssuerSays.BEGUN, PermitStatus.ISSUED) else after


def hear_again(row: PermitRow, paper: HandedOver, by: str, at: datetime) -> bool:
    """A hand-over paper has come again: does it say more than the last word? Inside the caller's transaction.

    One that is newer than a stop starts the permit again here; what somebody of this house stopped stays stopped until
    two persons of this house start it. One that says that a permit is in force lets it begin that had waited.

    Raises:
        Refused: Its house has stopped it, and the paper is from before that.

    """
    word = issuer_word(row.tenant_id, row.permit)
    if word is None or not (word.stopped or (word.word, paper.word) == (IssuerSays.WAITS, IssuerSays.HANDED_OVER)):
        return False
    if not paper.is_newer(word):
        what = f"{_OLDER}: {word.said_at.isoformat()}"
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="paper", what=what)])
    kind = EntryKind.PERMIT_RESUMED if word.stopped else EntryKind.PERMIT_WORD_HEARD
    says = IssuerSays.RESUMED if (word.stopped and paper.word is IssuerSays.HANDED_OVER) else paper.word
    entry = {"kind": str(kind), "at": at.isoformat(), "by": {"person": by}, "paper": paper.digest}
    _step(row, _act_of(row), {**entry, "issuer": {"word": str(says), "at": paper.written_at}})
    return True


def _act_of(row: PermitRow) -> str:
    """How a permit goes on by a newer paper; nothing, where it stays as it is."""
    if row.status != PermitStatus.SUSPENDED or stopped_here(row.tenant_id, row.permit):
        return ""
    return "resume_by_paper" if was_active(row) else "wait_by_paper"


def _step(row: PermitRow, act: str, entry: Mapping[str, object]) -> str:
    """Take a step with its entry, or write the entry alone where the state stays as it is."""
    if act:
        return take_step(row, act, None, entry)
    frame = {"tenant": row.tenant_id, "permit": row.permit, "connection": row.connection, "status": row.status}
    append_entry(row.tenant_id, {**frame, **entry})
    return str(row.status)
