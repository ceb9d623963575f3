"""Uploads in pieces: how far each is, whose it is, and when it ends. An offset counts when it is committed here."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sekisho.adapters.database.home import Home, find_home
from sekisho.adapters.database.models import Upload, UploadState
from sekisho.adapters.database.turns import writing
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.objects.pieces import forgotten_pieces, remove_pieces
from sekisho.kernel import Arrival, Credential, Direction, ReasonCode, Refused, SekishoError, because

LIFETIME: Final = timedelta(hours=24)
MOST_PIECES: Final = 10_000
_LIMIT: Final = 1_000


def upload_digest(secret: str) -> str:
    """What is kept of an upload's address."""
    return hashlib.sha256(secret.encode()).hexdigest()


def upload_key(upload: str) -> str:
    """The id of an upload's key."""
    return f"upload/{upload}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece that is durable: where its ciphertext lies, and how many plain bytes it has."""

    place: str
    size: int


def _arrival_data(arrival: Arrival, key: str) -> dict[str, Any]:
    """What was announced, to be announced again at the end."""
    return {
        "connection": arrival.connection,
        "route": list(arrival.route),
        "direction": str(arrival.direction),
        "counterpart": arrival.counterpart,
        "digest": arrival.announced_digest,
        "key": key,
    }


def arrival_again(row: Upload, parcel: str, at: datetime) -> Arrival:
    """Somebody stands at the entrance again, now with all the bytes."""
    data: Mapping[str, Any] = row.arrival
    return Arrival(
        parcel=parcel,
        tenant=row.tenant_id,
        connection=data["connection"],
        at=at,
        credential=Credential(kind=row.credential_kind, value=row.credential),
        route=tuple(data["route"]),
        direction=Direction(data["direction"]),
        counterpart=data["counterpart"],
        announced_size=row.length,
        announced_digest=data["digest"],
    )


def open_upload(secret: str, arrival: Arrival, key: str, at: datetime) -> Upload:
    """A new upload, its key made first."""
    upload = upload_digest(secret)
    open_key_store().make(arrival.tenant, upload_key(upload))
    with writing():
        return Upload.objects.create(
            upload=upload,
            tenant_id=arrival.tenant,
            credential_kind=arrival.credential.kind,
            credential=arrival.credential.value,
            arrival=_arrival_data(arrival, key),
            length=arrival.announced_size,
            state=UploadState.OPEN,
            created_at=at,
            expires_at=at + LIFETIME,
        )


def find_upload(secret: str, fingerprint: str) -> Upload:
    """The upload of this address, for whoever opened it: a terminal by its certificate, a browser by the address.

    Raises:
        Refused: There is none of theirs.

    """
    row = Upload.objects.filter(upload=upload_digest(secret)).first()
    theirs = row is not None and (
        row.credential_kind == "ticket" or bool(fingerprint and row.credential.partition("/")[0] == fingerprint)
    )
    if row is None or not theirs:
        raise Refused([because(ReasonCode.NOT_FOUND, what="upload")])
    return row


def still_open(row: Upload, at: datetime) -> Upload:
    """An upload that bytes may be added to.

    Raises:
        Refused: It has expired or was given up; its key is gone.

    """
    if row.state == UploadState.OPEN and row.expires_at <= at:
        end_uploads(find_home(), [row])
    if row.state == UploadState.GONE or (row.state == UploadState.OPEN and row.expires_at <= at):
        raise Refused([because(ReasonCode.UPLOAD_GONE)])
    return row


def add_piece(row: Upload, piece: Piece) -> int:
    """A piece is durable: the offset moves, if it is still where this piece began; answers the new offset.

    Raises:
        Refused: Somebody else has moved it, or the upload is in more pieces than are kept.

    """
    if len(row.pieces) >= MOST_PIECES:
        raise Refused([because(ReasonCode.TOO_LARGE, size=len(row.pieces) + 1, limit=MOST_PIECES)])
    pieces = [*row.pieces, [piece.place, piece.size]]
    with writing():
        moved = Upload.objects.filter(pk=row.pk, offset=row.offset, state=UploadState.OPEN).update(
            offset=row.offset + piece.size, pieces=pieces
        )
    if not moved:
        raise Refused([because(ReasonCode.OFFSET_DIFFERS, offset=Upload.objects.get(pk=row.pk).offset)])
    row.offset, row.pieces = row.offset + piece.size, pieces
    return row.offset


def finish_upload(row: Upload, answer: Mapping[str, Any]) -> None:
    """Everything was received as a parcel, in the transaction that says so.

    Raises:
        SekishoError: Somebody else has moved or ended it meanwhile.

    """
    done = Upload.objects.filter(pk=row.pk, offset=row.offset, state=UploadState.OPEN).update(
        offset=row.length, state=UploadState.DONE, answer=dict(answer)
    )
    if not done:
        message = f"upload {row.pk[:16]} was moved meanwhile"
        raise SekishoError(message)


def places_of(row: Upload) -> list[str]:
    """Where the pieces of an upload lie."""
    return [str(place) for place, _ in row.pieces]


def end_uploads(home: Home, rows: Sequence[Upload]) -> None:
    """These uploads are over: the key goes first, then the pieces."""
    store = open_key_store(home)
    for row in rows:
        with writing():
            Upload.objects.filter(pk=row.pk, state=UploadState.OPEN).update(state=UploadState.GONE)
        if store.present(row.tenant_id, [upload_key(row.pk)]):
            store.destroy(row.tenant_id, [upload_key(row.pk)])
        remove_pieces(home.parcels, places_of(row))
        with writing():
            Upload.objects.filter(pk=row.pk).update(pieces=[])


def sweep_uploads(home: Home, at: datetime) -> int:
    """End what has expired, and clear away what a kill left: pieces of nobody, and those of finished uploads."""
    rows = Upload.objects.filter(state=UploadState.OPEN, expires_at__lte=at)
    left = Upload.objects.exclude(state=UploadState.OPEN).exclude(pieces=[])
    over = [*rows[:_LIMIT], *left[:_LIMIT]]
    end_uploads(home, over)
    known = {place for row in Upload.objects.filter(state=UploadState.OPEN) for place in places_of(row)}
    forgotten = forgotten_pieces(home.parcels, frozenset(known))[:_LIMIT]
    remove_pieces(home.parcels, forgotten)
    return len(over) + len(forgotten)
