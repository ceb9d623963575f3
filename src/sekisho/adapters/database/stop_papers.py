"""The stop of a permit on its way to another house (停止の通知書): the council's house says it, S1's own gate obeys.

It is signed with the keys that signed the permit itself, so no digest needs to be told apart: what it can do is stop.
It starts nothing. Only a newer hand-over paper does, which the council's house writes once two persons have started
the permit there.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sekisho.adapters.database.issuer_words import issuer_word, stands_since, stopped_here
from sekisho.adapters.database.issuers import issuer_signs, signers_that_hold
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import PermitRow
from sekisho.adapters.database.permits import permit_named, take_step
from sekisho.adapters.database.registers import on_file
from sekisho.adapters.database.turns import writing
from sekisho.kernel import (
    NOT_ISSUED,
    EntryKind,
    Permit,
    PermitStatus,
    ReasonCode,
    Refused,
    Signature,
    because,
    canonical_bytes,
)

STOP_FORM: Final = "sekisho.permit-stop/1"
NO_STOP: Final = (*NOT_ISSUED, PermitStatus.ISSUED, PermitStatus.ACTIVE, PermitStatus.SUPERSEDED)
"""In these states a permit waits or is in force in its house, or another has taken its place: no stop to tell."""
_NOT_A_STOP: Final = "通行証の停止の通知書として読めません / it cannot be read as the stop of a permit"
_NOT_SIGNED: Final = "通行証に署名した人の署名がありません / nobody who signed the permit has signed it"
_OLDER: Final = "受け入れた書類より前のものです / it is older than what was accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPaper:
    """A stop as it leaves the council's house."""

    permit: str
    status: str
    since: str
    body: bytes

    @property
    def digest(self) -> str:
        """How the paper is named."""
        return hashlib.sha256(self.body).hexdigest()


def is_stop(body: bytes) -> bool:
    """Is this the paper of a stop, and not that of a permit?"""
    try:
        return bool(json.loads(body)["form"] == STOP_FORM)
    except (ValueError, TypeError, KeyError, RecursionError):
        return False


def write_stop(tenant: str, permit: str) -> StopPaper:
    """The paper that says that a permit does not hold any more in the house that issued it.

    Raises:
        SekishoError: There is no such permit.
        Refused: It is in force, or a newer one has taken its place.

    """
    row = permit_named(tenant, permit)
    if row.status in NO_STOP:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=permit, state=row.status)])
    since, cause = stands_since(tenant, permit)
    said = {"form": STOP_FORM, "tenant": tenant, "permit": permit, "status": row.status}
    statement = canonical_bytes({**said, "since": since, "cause": cause})
    signatures = issuer_signs(tenant, statement, [each["signer"] for each in row.signatures])
    body = canonical_bytes({"form": STOP_FORM, "statement": statement.decode(), "signatures": signatures})
    return StopPaper(permit=permit, status=row.status, since=since, body=body)


def note_stop_told(tenant: str, paper: StopPaper, by: Mapping[str, str], at: datetime, to: str = "") -> None:
    """The entry that a stop was handed over; to whom, if it went over a line."""
    row = permit_named(tenant, paper.permit)
    frame = {"kind": str(EntryKind.PERMIT_HANDED_OVER), "tenant": tenant, "at": at.isoformat(), "by": dict(by)}
    facts = {"permit": paper.permit, "connection": row.connection, "status": row.status, "paper": paper.digest}
    with writing():
        append_entry(tenant, {**frame, **facts, "since": paper.since, "to": to})


def _read(body: bytes, tenant: str) -> tuple[Mapping[str, Any], bytes, list[Signature]]:
    """What a stop says, the bytes that were signed, and the signatures.

    Raises:
        Refused: It is none, or another municipality's.

    """
    try:
        paper = json.loads(body)
        statement = paper["statement"].encode()
        said: Mapping[str, Any] = json.loads(statement)
        signatures = [Signature(**each) for each in paper["signatures"]]
        datetime.fromisoformat(said["since"]).astimezone()
        known = paper["form"] == said["form"] == STOP_FORM and all(map(_is_text, said.values()))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        known = False
    if not known:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="stop", what=_NOT_A_STOP)])
    if said["tenant"] != tenant:
        raise Refused([because(ReasonCode.OTHER_MUNICIPALITY, count=1)])
    return said, statement, signatures


def _signed_for(tenant: str, permit: str, statement: bytes, signatures: list[Signature]) -> tuple[PermitRow, set[str]]:
    """The permit that a stop speaks of, and who of those who signed the permit has signed the stop.

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
    """Everything that a stop says is text."""
    return isinstance(value, str)


def accept_stop(body: bytes, tenant: str, by: Mapping[str, str], at: datetime) -> tuple[str, str]:
    """Stop an accepted permit here, because its council's house has; the same again changes nothing.

    Answers the permit and its state now.

    Raises:
        Refused: It is no stop of a permit that is here, nobody signed it who signed that permit, or it is too old.

    """
    said, statement, signatures = _read(body, tenant)
    row, signers = _signed_for(tenant, said["permit"], statement, signatures)
    word = issuer_word(tenant, row.permit)
    if word is None or not signers:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="stop", what=_NOT_SIGNED)])
    since = datetime.fromisoformat(said["since"])
    if word.stopped and since == word.said_at:
        return str(row.permit), str(row.status)
    if since <= word.said_at:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="stop", what=_OLDER)])
    told = {"word": "stopped", "at": said["since"], "cause": said["cause"], "status": said["status"]}
    facts = {"issuer": told, "paper": hashlib.sha256(body).hexdigest(), "signers": sorted(signers)}
    entry = {"kind": str(EntryKind.PERMIT_SUSPENDED), "at": at.isoformat(), "by": dict(by), "cause": said["cause"]}
    with writing():
        return str(row.permit), _step(
            row, "stop_itself" if row.status == PermitStatus.ACTIVE else "", {**entry, **facts}
        )


def resume_by_paper(row: PermitRow, written_at: str, digest: str, by: str, at: datetime) -> Permit:
    """A hand-over paper has come again: if it is newer than the stop, the permit is in force here as well.

    What somebody of this house stopped stays stopped until two persons of this house start it. Answers the permit.

    Raises:
        Refused: Its house has stopped it, and the paper is from before that.

    """
    word = issuer_word(row.tenant_id, row.permit)
    if word is None or not word.stopped:
        return on_file(row).permit
    if not written_at or datetime.fromisoformat(written_at) <= word.said_at:
        what = f"{_OLDER}: {word.said_at.isoformat()}"
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="paper", what=what)])
    entry = {"kind": str(EntryKind.PERMIT_RESUMED), "at": at.isoformat(), "by": {"person": by}, "paper": digest}
    stays = stopped_here(row.tenant_id, row.permit) or row.status != PermitStatus.SUSPENDED
    with writing():
        _step(row, "" if stays else "resume_by_paper", {**entry, "issuer": {"word": "resumed", "at": written_at}})
    return on_file(PermitRow.objects.get(pk=row.pk)).permit


def _step(row: PermitRow, act: str, entry: Mapping[str, object]) -> str:
    """Take a step with its entry, or write the entry alone where the state stays as it is."""
    if act:
        return take_step(row, act, None, entry)
    frame = {"tenant": row.tenant_id, "permit": row.permit, "connection": row.connection, "status": row.status}
    append_entry(row.tenant_id, {**frame, **entry})
    return str(row.status)
