"""The first hall: identify, present, admit, land. What can be refused is refused before a byte is taken."""

from dataclasses import replace

from sekisho.kernel.authority import (
    Passage,
    PermitStatus,
    compile_caveats,
    digest_of,
    objections,
    settle,
)
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because
from sekisho.kernel.gate.forms import (
    Admitted,
    Arrival,
    Bearer,
    Landed,
    PermitOnFile,
    Petition,
    Receipt,
    Stored,
    Waybill,
)
from sekisho.kernel.gate.ports import Dock, Entrance, EntranceJournal, Register, Roster, SecondOpinion


def identify(arrival: Arrival, roster: Roster) -> Bearer:
    """Who stands here, at which terminal, for which agency and department?

    Raises:
        Refused: Nobody we know.

    """
    standing = roster.standing(arrival.tenant, arrival.credential)
    if standing is None:
        raise Refused([because(ReasonCode.NOT_IDENTIFIED)])
    return Bearer(arrival=arrival, standing=standing)


def _not_assessed(on_file: PermitOnFile) -> tuple[Reason, ...]:
    """What was approved, but is not covered by the version in force of the assessment that the permit waits for."""
    approved, standing = on_file.specification, on_file.assessment
    if not approved.assessment or standing is None:
        return ()
    lacking = standing.lacks(approved.connection, approved.counterpart, approved.items)
    told = {"assessment": approved.assessment, "connection": approved.connection, "what": ", ".join(lacking)}
    return (because(ReasonCode.ASSESSMENT_DOES_NOT_COVER, **told),) if lacking else ()


def permit_faults(on_file: PermitOnFile) -> tuple[Reason, ...]:
    """Is this the permit that was issued? The digest is computed again from the row that was loaded."""
    permit = on_file.permit
    altered = (
        digest_of(on_file.specification) != permit.specification_digest
        or compile_caveats(on_file.specification) != permit.caveats
    )
    reasons = []
    if altered:
        reasons.append(because(ReasonCode.PERMIT_ALTERED, permit=permit.permit))
    if not on_file.signatures_hold:
        reasons.append(because(ReasonCode.PERMIT_NOT_SIGNED, permit=permit.permit))
    if permit.status is not PermitStatus.ACTIVE:
        reasons.append(because(ReasonCode.PERMIT_NOT_ACTIVE, permit=permit.permit, status=permit.status))
    return (*reasons, *on_file.stopped_by, *_not_assessed(on_file))


def find_permit(tenant: str, connection: str, register: Register) -> PermitOnFile:
    """The permit of this connection, unaltered, signed and active.

    Raises:
        Refused: There is none, or it is not the one that was issued; with every reason.

    """
    on_file = register.permit_on_file(tenant, connection)
    if on_file is None or (on_file.permit.tenant, on_file.permit.connection) != (
        tenant,
        connection,
    ):
        raise Refused([because(ReasonCode.NO_PERMIT, connection=connection)])
    if reasons := permit_faults(on_file):
        raise Refused(reasons)
    return on_file


def make_petition(bearer: Bearer, on_file: PermitOnFile) -> Petition:
    """Somebody we know stands there with a permit that is the one that was issued."""
    return Petition(bearer=bearer, on_file=on_file)


def present(bearer: Bearer, register: Register) -> Petition:
    """Which permit covers this connection?

    Raises:
        Refused: None, or not the one that was issued.

    """
    return make_petition(bearer, find_permit(bearer.arrival.tenant, bearer.arrival.connection, register))


def _passage(petition: Petition, register: Register) -> Passage:
    """The facts a caveat may look at before the bytes are there."""
    arrival, standing = petition.bearer.arrival, petition.bearer.standing
    permit = petition.on_file.permit.permit
    return Passage(
        at=arrival.at,
        agency=standing.agency,
        department=standing.department,
        person=standing.person,
        terminal=standing.terminal,
        route=arrival.route,
        direction=arrival.direction,
        counterpart=arrival.counterpart,
        announced_size=arrival.announced_size,
        parcels_today=register.parcels_on(arrival.tenant, permit, arrival.at),
        overdue_erasures=register.overdue_erasures(arrival.tenant, arrival.connection, arrival.at),
        assessment=petition.on_file.assessment,
        factors=standing.factors,
        without=standing.without,
    )


def admit(petition: Petition, register: Register, second: SecondOpinion) -> Admitted:
    """What can be refused before a byte is taken? Ask every caveat that needs no bytes, then the second opinion.

    Raises:
        Refused: With every objection.

    """
    arrival, on_file = petition.bearer.arrival, petition.on_file
    passage = _passage(petition, register)
    first = objections(on_file.permit.caveats, passage, at_entrance=True)
    if reasons := settle(on_file.permit.permit, first, second.ask(on_file, passage)):
        raise Refused(reasons)
    waybill = Waybill(
        parcel=arrival.parcel,
        tenant=arrival.tenant,
        connection=arrival.connection,
        permit=on_file.permit.permit,
    )
    return Admitted(
        waybill=waybill,
        passage=passage,
        on_file=on_file,
        announced_digest=arrival.announced_digest,
    )


def _differences(admitted: Admitted, stored: Stored) -> tuple[Reason, ...]:
    """How what came differs from what was announced."""
    announced = admitted.passage.announced_size
    reasons = []
    if stored.size == 0:
        reasons.append(because(ReasonCode.EMPTY_PARCEL))
    if stored.size != announced:
        reasons.append(because(ReasonCode.LENGTH_DIFFERS, received=stored.size, announced=announced))
    if admitted.announced_digest and stored.digest != admitted.announced_digest:
        reasons.append(because(ReasonCode.DIGEST_DIFFERS))
    return tuple(reasons)


def make_landed(waybill: Waybill, passage: Passage, stored: Stored, receipt: Receipt) -> Landed:
    """The form of a landed parcel: from the door itself, or from the state row when a hall is resumed."""
    return Landed(waybill=waybill, passage=passage, stored=stored, receipt=receipt)


def land(admitted: Admitted, dock: Dock, journal: EntranceJournal) -> Landed:
    """Take the bytes: hashed, encrypted under a key of the parcel's own, durable, and in the ledger.

    Raises:
        Refused: What came is not what was announced; nothing is kept.

    """
    stored = dock.take(admitted)
    if reasons := _differences(admitted, stored):
        dock.discard()
        raise Refused(reasons)
    receipt = journal.received(admitted, stored)
    waybill = replace(admitted.waybill, digest=stored.digest)
    return make_landed(waybill, admitted.passage, stored, receipt)


def knock(arrival: Arrival, entrance: Entrance) -> Admitted:
    """The three doors before the bytes. A refusal is written down before it is told.

    Raises:
        Refused: With every reason.

    """
    standing = None
    try:
        bearer = identify(arrival, entrance.roster)
        standing = bearer.standing
        return admit(present(bearer, entrance.register), entrance.register, entrance.second)
    except Refused as refusal:
        entrance.journal.turned_away(arrival, standing, refusal.reasons)
        raise


def receive(arrival: Arrival, admitted: Admitted, dock: Dock, entrance: Entrance) -> Landed:
    """The fourth door. A refusal is written down before it is told.

    Raises:
        Refused: What came is not what was announced.

    """
    try:
        return land(admitted, dock, entrance.journal)
    except Refused as refusal:
        standing = entrance.roster.standing(arrival.tenant, arrival.credential)
        entrance.journal.turned_away(arrival, standing, refusal.reasons)
        raise


def enter(arrival: Arrival, dock: Dock, entrance: Entrance) -> Landed:
    """The whole first hall.

    Raises:
        Refused: With every reason; the refusal is in the ledger.

    """
    return receive(arrival, knock(arrival, entrance), dock, entrance)
