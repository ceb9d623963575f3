"""Rebuilding a cleared parcel once more, when it is sealed: the same bytes as were inspected, or nothing leaves."""

import hashlib
from collections.abc import Iterable, Iterator

from sekisho.adapters.layouts import layouts_in_use
from sekisho.adapters.scanners.inspector import gather
from sekisho.adapters.scanners.looking import REBUILT
from sekisho.adapters.scanners.sandbox import SandboxFault, find_sandbox
from sekisho.kernel import Clearance, ReasonCode, Refused, SekishoError, because
from sekisho.records import Layout, RecordsError, rewrite


def inspected_by(clearance: Clearance) -> Layout:
    """The layout that a cleared parcel was inspected by, and no other: a newer version may call its columns otherwise.

    Raises:
        Refused: It is not here any more; the parcel has to be examined or sent again.

    """
    named = (clearance.layout, clearance.layout_version)
    try:
        return layouts_in_use().inspected_by(*named, clearance.layout_sha256)
    except RecordsError:
        raise Refused([because(ReasonCode.LAYOUT_CHANGED, layout=named[0], version=named[1])]) from None


def needs_its_layout(clearance: Clearance) -> bool:
    """Is what goes on made by the layout: something taken out or hidden, or records written anew?"""
    return bool(clearance.strip or clearance.mask or (clearance.rebuilt and clearance.media_type not in REBUILT))


def _rebuilt(clearance: Clearance, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The rebuilt bytes.

    Raises:
        SekishoError: There is no sandbox any more, or it could not do what it did before.

    """
    if clearance.media_type not in REBUILT:
        yield from rewrite(inspected_by(clearance), chunks, layouts_in_use().shelf.vocabulary)
        return
    sandbox = find_sandbox()
    if sandbox is None:
        message = f"there is no sandbox in which parcel {clearance.waybill.parcel} could be rebuilt"
        raise SekishoError(message)
    data, _, _ = gather(chunks, sandbox.limits.whole)
    try:
        yield sandbox.open_document(clearance.media_type, data, rebuild=True).rebuilt
    except SandboxFault as fault:
        message = f"parcel {clearance.waybill.parcel} could not be rebuilt again"
        raise SekishoError(message) from fault


def rebuild_again(clearance: Clearance, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What goes on instead of the bytes that came.

    Raises:
        SekishoError: It is not what was inspected; nothing leaves.

    """
    digest = hashlib.sha256()
    for piece in _rebuilt(clearance, iter(chunks)):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != clearance.rebuilt:
        message = f"what was rebuilt of parcel {clearance.waybill.parcel} is not what was inspected"
        raise SekishoError(message)
