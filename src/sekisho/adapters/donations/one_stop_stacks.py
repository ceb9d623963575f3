"""A stack of applications in one go: keyed, verified or accepted, each with a result of its own.

What cannot be done with one form keeps no other back. Fifty go in one transaction, so that others get their turn.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sekisho.adapters.donations.areas import reading_in, writing_in
from sekisho.adapters.donations.models import OneStopRow
from sekisho.adapters.donations.one_stop_cases import CaseDeed
from sekisho.adapters.donations.one_stop_desk import Typing, accept, key_in, verify
from sekisho.adapters.donations.one_stop_vault import CaseVault
from sekisho.kernel import Reason, Refused, SekishoError

AT_ONCE: Final = 50
MOST: Final = 500
"""So many forms are in a stack at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StackResult:
    """What became of one form: done; or the fields in which both keyings differ, or why not."""

    case: str
    differing: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    fault: str = ""

    @property
    def done(self) -> bool:
        """Did it go through?"""
        return not (self.differing or self.reasons or self.fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class StackForm:
    """One form of a stack, as it was typed."""

    case: str
    typing: Typing


_Step = Callable[[CaseDeed], tuple[str, ...]]


def _try(deed: CaseDeed, step: _Step) -> StackResult:
    """One form; its own part of the transaction is undone if it does not go through."""
    try:
        return StackResult(case=deed.case, differing=step(deed))
    except Refused as refused:
        return StackResult(case=deed.case, reasons=tuple(refused.reasons))
    except SekishoError as fault:
        return StackResult(case=deed.case, fault=str(fault))


def _each(deed: CaseDeed, steps: Sequence[tuple[str, _Step]]) -> Iterator[StackResult]:
    """Every form in order."""
    for first in range(0, len(steps), AT_ONCE):
        with writing_in(deed.area):
            results = [_try(replace(deed, case=case), step) for case, step in steps[first : first + AT_ONCE]]
        yield from results


def _there(area: str, cases: Sequence[str], *states: str) -> list[str]:
    """Those of these cases that are in one of these states now: keys are made or fetched for no other."""
    with reading_in(area):
        rows = OneStopRow.objects.filter(tenant_id=area, number__in=list(cases)[:MOST], state__in=states)
        return list(rows.values_list("number", flat=True))


def key_stack(deed: CaseDeed, forms: Sequence[StackForm]) -> tuple[StackResult, ...]:
    """The first keying of a stack."""
    vault = CaseVault(deed.area)
    vault.make_number_keys(_there(deed.area, [form.case for form in forms], "donated", "form_sent", "keyed"))

    def keying(typing: Typing) -> _Step:
        def step(mine: CaseDeed) -> tuple[str, ...]:
            key_in(mine, typing, vault)
            return ()

        return step

    return tuple(_each(deed, [(form.case, keying(form.typing)) for form in forms]))


def verify_stack(deed: CaseDeed, forms: Sequence[tuple[str, Mapping[str, str]]]) -> tuple[StackResult, ...]:
    """The second keying of a stack, blind, by another person: form by form compared with the first."""
    vault = CaseVault(deed.area)
    there = _there(deed.area, [case for case, _ in forms], "keyed")
    vault.fetch_keys(there)
    vault.make_form_keys(there)

    def verifying(typed: Mapping[str, str]) -> _Step:
        return lambda mine: verify(mine, typed, vault)

    return tuple(_each(deed, [(case, verifying(typed)) for case, typed in forms]))


def waiting_to_accept(area: str, year: int) -> tuple[str, ...]:
    """The applications of a year in which nothing is missing and that nobody has accepted yet."""
    with reading_in(area):
        rows = OneStopRow.objects.filter(tenant_id=area, year=year, state="applied", deficiencies=[])
        return tuple(rows.order_by("number").values_list("number", flat=True)[:MOST])


def accept_stack(deed: CaseDeed, cases: Sequence[str]) -> tuple[StackResult, ...]:
    """Accept a stack; the seal of each is looked at."""
    vault = CaseVault(deed.area)
    vault.fetch_keys(_there(deed.area, cases, "applied"))

    def step(mine: CaseDeed) -> tuple[str, ...]:
        accept(mine, vault)
        return ()

    return tuple(_each(deed, [(case, step) for case in cases]))
