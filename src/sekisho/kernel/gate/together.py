"""The first three doors for everybody who stands there at the same moment: each question is asked once for all.

Nothing is remembered from one moment to the next. A permit that one person stops is stopped at the next moment, and
nobody has to tell the doors.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sekisho.kernel.errors import Refused
from sekisho.kernel.gate.entrance import admit, find_permit, identify, make_petition
from sekisho.kernel.gate.forms import Admitted, Arrival, Credential, PermitOnFile, Standing
from sekisho.kernel.gate.ports import Entrance, Register, Roster


@dataclass(slots=True)
class _Moment:
    """What roster and register answered at this moment, and how many were admitted since under each permit."""

    roster: Roster
    register: Register
    standings: dict[tuple[str, str, str], Standing | None] = field(default_factory=dict)
    permits: dict[tuple[str, str], PermitOnFile | Refused] = field(default_factory=dict)
    crossed: dict[tuple[str, str], int] = field(default_factory=dict)
    overdue: dict[tuple[str, str], int] = field(default_factory=dict)

    def standing(self, tenant: str, credential: Credential) -> Standing | None:
        """Who this is, or nothing."""
        asked = (tenant, credential.kind, credential.value)
        if asked not in self.standings:
            self.standings[asked] = self.roster.standing(tenant, credential)
        return self.standings[asked]

    def permit_on_file(self, tenant: str, connection: str) -> PermitOnFile | None:
        """The permit of this connection as it stands in the register."""
        return self.register.permit_on_file(tenant, connection)

    def permit(self, tenant: str, connection: str) -> PermitOnFile:
        """The permit of this connection, checked once: unaltered, signed and active.

        Raises:
            Refused: There is none, or it is not the one that was issued.

        """
        asked = (tenant, connection)
        if asked not in self.permits:
            try:
                self.permits[asked] = find_permit(tenant, connection, self)
            except Refused as refusal:
                self.permits[asked] = refusal
        found = self.permits[asked]
        if isinstance(found, Refused):
            raise Refused(found.reasons)
        return found

    def parcels_on(self, tenant: str, permit: str, day: datetime) -> int:
        """How many parcels were received under the permit on that day, those before in this group among them."""
        if (tenant, permit) not in self.crossed:
            self.crossed[tenant, permit] = self.register.parcels_on(tenant, permit, day)
        return self.crossed[tenant, permit]

    def overdue_erasures(self, tenant: str, connection: str, at: datetime) -> int:
        """How many copies of what crossed on this connection are past their erasure date."""
        if (tenant, connection) not in self.overdue:
            self.overdue[tenant, connection] = self.register.overdue_erasures(tenant, connection, at)
        return self.overdue[tenant, connection]


def _knock(arrival: Arrival, entrance: Entrance, moment: _Moment) -> Admitted | Refused:
    """The three doors for one of them. A refusal is written down before it is told."""
    standing = None
    try:
        bearer = identify(arrival, moment)
        standing = bearer.standing
        petition = make_petition(bearer, moment.permit(arrival.tenant, arrival.connection))
        admitted = admit(petition, moment, entrance.second)
    except Refused as refusal:
        entrance.journal.turned_away(arrival, standing, refusal.reasons)
        return refusal
    moment.crossed[arrival.tenant, admitted.waybill.permit] += 1
    return admitted


def knock_together(arrivals: Sequence[Arrival], entrance: Entrance) -> list[Admitted | Refused]:
    """The three doors before the bytes, for a group: each is answered as if they had come one after the other.

    All of them stand there at the moment of the last: whoever waited longest is not judged by an older clock.
    """
    if not arrivals:
        return []
    moment, at = _Moment(entrance.roster, entrance.register), max(each.at for each in arrivals)
    return [_knock(replace(each, at=at), entrance, moment) for each in arrivals]
