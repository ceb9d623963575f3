"""A register that was kept on paper goes on here: the numbers of consultations run on across the years."""

from sekisho.adapters.database.council_deeds import Deed, next_number, note, roles_of
from sekisho.adapters.database.models import Consultation, CouncilNumber, Matter, PermitRow
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import ASSESSMENT_CHECK, OPINION, Act, check_duties

_SERIES = "consultation"


def give_number(tenant: str, regime: str) -> str:
    """What a matter is called in the register: a consultation by its number, a request for an opinion (意見) by none.

    The council does not approve an assessment, and its minutes give a request for an opinion no number; the second one
    here is told from the first by a 2.
    """
    if regime != ASSESSMENT_CHECK.regime:
        return str(next_number(tenant, _SERIES))
    begins = {"tenant_id": tenant, "consultation__startswith": OPINION}
    known = {
        *Matter.objects.filter(**begins).values_list("consultation", flat=True),
        *PermitRow.objects.filter(**begins).values_list("consultation", flat=True),
    }
    names = (OPINION, *(f"{OPINION}{count}" for count in range(2, len(known) + 2)))
    return next(each for each in names if each not in known)


def _first_free(tenant: str, following: int) -> int:
    """The lowest number that nothing on file has: neither given here, nor published from earlier papers."""
    given = Matter.objects.filter(tenant_id=tenant).values_list("consultation", flat=True)
    published = Consultation.objects.filter(tenant_id=tenant).values_list("consultation", flat=True)
    known = (int(each) for each in (*given, *published) if each.isascii() and each.isdecimal())
    return max((following, *(each + 1 for each in known)))


def continue_numbering(deed: Deed, number: int) -> int:
    """Let the numbers of consultations go on from those given on paper. Answers the number that is given next.

    Raises:
        Refused: The number was passed already, or is there on file, or this is not for this person.

    """
    with writing():
        check_duties(deed.person, roles_of(deed), Act.ACCEPT, ())
        row, _ = CouncilNumber.objects.get_or_create(tenant_id=deed.tenant, series=_SERIES)
        free = _first_free(deed.tenant, row.next)
        if number < free or number == row.next:
            state = f"next {free}"
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=f"consultation number {number}", state=state)])
        CouncilNumber.objects.filter(pk=row.pk).update(next=number)
        note(deed, EntryKind.NUMBERING_CONTINUED, series=_SERIES, before=row.next, after=number)
    return number
