"""A contractor's terminal in the roster: it stands at a counterpart, and can ask for the keys that are lent there."""

from dataclasses import dataclass

from sekisho.adapters.database.accounts import bind_terminal
from sekisho.adapters.database.council_deeds import Deed, roles_of
from sekisho.adapters.database.models import Department, Terminal
from sekisho.adapters.database.turns import writing
from sekisho.kernel import ReasonCode, Refused, Zone, because
from sekisho.kernel.council import Act, check_duties


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorTerminal:
    """A terminal that stands at a contractor: the counterpart as permits name it, what both are called."""

    counterpart: str
    terminal: str
    label_ja: str
    label_en: str


def enter_contractor_terminal(deed: Deed, standing: ContractorTerminal, fingerprint: str) -> None:
    """Enter the contractor as a place of work, and its terminal by the certificate; both or neither.

    Raises:
        Refused: Not by an administrator, a terminal of this name stands somewhere else, or the fingerprint is none.

    """
    with writing():
        check_duties(deed.person, roles_of(deed), Act.KEEP_ACCOUNTS, ())
        labels = {"label_ja": standing.label_ja, "label_en": standing.label_en}
        agency = Department.objects.filter(tenant_id=deed.tenant).order_by("id").values_list("agency", flat=True)[0]
        place = {"tenant_id": deed.tenant, "department": standing.counterpart}
        Department.objects.get_or_create(**place, defaults={**labels, "agency": agency})
        found, _ = Terminal.objects.get_or_create(
            tenant_id=deed.tenant,
            terminal=standing.terminal,
            defaults={**labels, "zone": str(Zone.OUTSIDE), "department": standing.counterpart},
        )
        if found.department != standing.counterpart:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=standing.terminal, state=found.department)])
        bind_terminal(deed, standing.terminal, fingerprint)
