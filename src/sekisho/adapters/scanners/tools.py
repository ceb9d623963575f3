"""What this machine has to inspect with: sandbox, virus scanner, rules, canaries; and how far inspection goes."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sekisho.adapters.scanners.canaries import NO_CANARIES, Canary, CanarySearch, needles_for
from sekisho.adapters.scanners.clamd import VirusScanner
from sekisho.adapters.scanners.limits import LIMITS, Limits
from sekisho.adapters.scanners.rules import RuleBook, rules_in_use
from sekisho.adapters.scanners.sandbox import Sandbox, find_sandbox
from sekisho.adapters.scanners.types import has_libmagic
from sekisho.kernel import InspectionKind

_ALWAYS = frozenset(
    {
        InspectionKind.TYPE,
        InspectionKind.STRUCTURE,
        InspectionKind.RECORDS,
        InspectionKind.INDIVIDUAL_NUMBERS,
        InspectionKind.ACTIVE_CONTENT,
        InspectionKind.ARCHIVES,
        InspectionKind.PEOPLE_LISTS,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Everything an inspection may use. What is missing is said in the profile, never passed over."""

    rules: RuleBook
    sandbox: Sandbox | None = None
    scanner: VirusScanner | None = None
    canaries: CanarySearch = NO_CANARIES
    limits: Limits = LIMITS

    def profile(self) -> frozenset[str]:
        """What this machine can look for; shown on screen, written into the entry, demanded by a permit."""
        there = {
            InspectionKind.LIBMAGIC: has_libmagic(),
            InspectionKind.RULES: self.rules.rules is not None,
            InspectionKind.SANDBOX: self.sandbox is not None,
            InspectionKind.CLAMD: self.scanner is not None and self.scanner.is_trusted(),
            InspectionKind.CANARIES: bool(self.canaries.needles),
        }
        return frozenset(str(each) for each in (*_ALWAYS, *(kind for kind, has in there.items() if has)))


@cache
def _scanner_at(place: str) -> VirusScanner:
    """The virus scanner at a socket, one a process, so that it is probed once."""
    return VirusScanner(place=place)


def tools_in_use(canaries: Iterable[Canary] = ()) -> Tools:
    """What this machine has today. SEKISHO_CLAMD names the socket of the virus scanner; without it there is none."""
    place = os.environ.get("SEKISHO_CLAMD", "")
    return Tools(
        rules=rules_in_use(),
        sandbox=find_sandbox(),
        scanner=_scanner_at(place) if place else None,
        canaries=CanarySearch(needles=needles_for(canaries)),
    )
