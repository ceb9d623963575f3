"""Permits between two houses: papers accepted here, and what became of one told to S1's door over the line there is.

The line is the one on which donations go to S1: HTTPS with the certificate of the municipality's gate. Import this only
once the house is open.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import httpx

from sekisho.adapters.carriers.addresses import INTAKE, Counterpart, counterparts
from sekisho.adapters.carriers.calling import call
from sekisho.adapters.database.accepted_papers import accept_paper, check_may_accept
from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.issuer_words import begun_since_handed_over, handed_over, stands_since, was_told
from sekisho.adapters.database.models import PermitRow
from sekisho.adapters.database.municipalities import tenants
from sekisho.adapters.database.registers import on_file
from sekisho.adapters.database.word_papers import (
    NO_WORD,
    WordPaper,
    accept_word,
    is_in_force,
    is_word,
    note_word_told,
    write_word,
)
from sekisho.bootstrap.again import Guard
from sekisho.kernel import PermitStatus, SekishoError

REST: Final = timedelta(minutes=1)
_PATIENCE: Final = httpx.Timeout(20.0, connect=5.0)
_TOLD: Final = 200


def accept(body: bytes, tenant: str, digest: str, by: str, at: datetime) -> tuple[str, str]:
    """Accept the paper of a permit, or of what became of one; answers the permit and its state here.

    Raises:
        SekishoError: It is not the paper that was read out, not in order, or not for this person to accept.
        Refused: It is older than what was accepted, or nobody signed it whom this house believes.

    """
    if not is_word(body):
        permit = accept_paper(body, tenant, digest, by, at)
        return permit.permit, str(permit.status)
    check_may_accept(tenant, by)
    return accept_word(body, tenant, {"person": by}, at)


def told_elsewhere(tenant: str) -> tuple[str, ...]:
    """Every permit that another house has and has to hear of; those that have begun first.

    So the one that takes another's place is in force there before the other ends, and nothing is kept out in between.
    """
    rows = PermitRow.objects.filter(tenant_id=tenant, permit__in=handed_over(tenant)).exclude(status__in=NO_WORD)
    found = [each for each in rows.order_by("permit") if each.status != PermitStatus.ACTIVE or _has_begun(each)]
    return tuple(each.permit for each in sorted(found, key=lambda each: each.status != PermitStatus.ACTIVE))


def _has_begun(row: PermitRow) -> bool:
    """Was it handed over beforehand, and is it in force here now?"""
    return begun_since_handed_over(row.tenant_id, row.permit) and is_in_force(on_file(row))


@dataclass(slots=True)
class WordTeller:
    """Tells S1 what became of permits until it has answered; one that does not answer is asked again a minute later."""

    guard: Guard = field(default_factory=lambda: Guard("permits.telling"))
    looked: datetime | None = None

    def look(self, at: datetime) -> int:
        """One look at every municipality, once a minute; answers how many words were told."""
        if self.looked is not None and at - self.looked < REST:
            return 0
        self.looked = at
        lines = [each for each in counterparts(find_home()).values() if each.carrier == INTAKE]
        codes = tenants() if lines else []
        return sum(self.guard.counts(code, self._tell_everybody, code, lines, at) for code in codes)

    def _tell_everybody(self, tenant: str, lines: list[Counterpart], at: datetime) -> int:
        """Tell every line of every permit, each apart from the others."""
        permits = told_elsewhere(tenant)
        return sum(
            self.guard.counts(f"{tenant}/{permit}/{to.counterpart}", _tell_once, tenant, permit, to, at)
            for permit in permits
            for to in lines
        )


def _tell_once(tenant: str, permit: str, to: Counterpart, at: datetime) -> int:
    """Tell it what it was not told; answers how many it was told."""
    since, _ = stands_since(tenant, permit)
    return 0 if was_told(tenant, permit, to.counterpart, since) else _tell(tenant, to, write_word(tenant, permit), at)


def _tell(tenant: str, to: Counterpart, paper: WordPaper, at: datetime) -> int:
    """Tell it one word; what it did not take is told again.

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
    note_word_told(tenant, paper, {"person": "clock"}, at, to.counterpart)
    return 1
