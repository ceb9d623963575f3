"""Permits between two houses: papers accepted here, and stops that are told to S1's door over the line that there is.

The line is the one on which donations go to S1: HTTPS with the certificate of the municipality's gate. Import this only
once the house is open.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import httpx

from sekisho.adapters.carriers.addresses import INTAKE, Counterpart, counterparts
from sekisho.adapters.carriers.calling import call
from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.issuer_words import stands_since, was_handed_over, was_told
from sekisho.adapters.database.models import PermitRow
from sekisho.adapters.database.municipalities import tenants
from sekisho.adapters.database.permit_papers import accept_paper, check_may_accept
from sekisho.adapters.database.stop_papers import NO_STOP, StopPaper, accept_stop, is_stop, note_stop_told, write_stop
from sekisho.bootstrap.again import Guard
from sekisho.kernel import SekishoError

REST: Final = timedelta(minutes=1)
_PATIENCE: Final = httpx.Timeout(20.0, connect=5.0)
_TOLD: Final = 200


def accept(body: bytes, tenant: str, digest: str, by: str, at: datetime) -> tuple[str, str]:
    """Accept the paper of a permit, or of a permit's stop; answers the permit and its state here.

    Raises:
        SekishoError: It is not the paper that was read out, not in order, or not for this person to accept.
        Refused: It is older than what was accepted, or nobody signed it whom this house believes.

    """
    if not is_stop(body):
        permit = accept_paper(body, tenant, digest, by, at)
        return permit.permit, str(permit.status)
    check_may_accept(tenant, by)
    return accept_stop(body, tenant, {"person": by}, at)


def stopped_elsewhere(tenant: str) -> tuple[str, ...]:
    """Every permit that was handed over to another house and is not in force any more."""
    rows = PermitRow.objects.filter(tenant_id=tenant).exclude(status__in=NO_STOP).order_by("permit")
    return tuple(each for each in rows.values_list("permit", flat=True) if was_handed_over(tenant, each))


@dataclass(slots=True)
class StopTeller:
    """Tells S1 of stops until it has answered; one that does not answer is asked again a minute later."""

    guard: Guard = field(default_factory=lambda: Guard("permits.telling"))
    looked: datetime | None = None

    def look(self, at: datetime) -> int:
        """One look at every municipality, once a minute; answers how many stops were told."""
        if self.looked is not None and at - self.looked < REST:
            return 0
        self.looked = at
        lines = [each for each in counterparts(find_home()).values() if each.carrier == INTAKE]
        codes = tenants() if lines else []
        return sum(self.guard.counts(code, self._tell_everybody, code, lines, at) for code in codes)

    def _tell_everybody(self, tenant: str, lines: list[Counterpart], at: datetime) -> int:
        """Tell every line of every stop, each apart from the others."""
        stops = stopped_elsewhere(tenant)
        return sum(
            self.guard.counts(f"{tenant}/{permit}/{to.counterpart}", _tell_once, tenant, permit, to, at)
            for permit in stops
            for to in lines
        )


def _tell_once(tenant: str, permit: str, to: Counterpart, at: datetime) -> int:
    """Tell it of a stop of which it was not told; answers how many it was told of."""
    since, _ = stands_since(tenant, permit)
    return 0 if was_told(tenant, permit, to.counterpart, since) else _tell(tenant, to, write_stop(tenant, permit), at)


def _tell(tenant: str, to: Counterpart, paper: StopPaper, at: datetime) -> int:
    """Tell it of one stop; what it did not take is told again.

    Raises:
        SekishoError: It cannot be reached, or does not take it.

    """
    try:
        with call(find_home(), f"gate-{tenant}", to, _PATIENCE) as client:
            answer = client.post(f"/permits/{tenant}/", content=paper.body)
    except (httpx.HTTPError, OSError) as fault:
        message = f"{paper.permit}: {to.counterpart}: {type(fault).__name__}"
        raise SekishoError(message) from fault
    if answer.status_code != _TOLD:
        message = f"{paper.permit}: {to.counterpart}: {answer.status_code}"
        raise SekishoError(message)
    note_stop_told(tenant, paper, {"person": "clock"}, at, to.counterpart)
    return 1
