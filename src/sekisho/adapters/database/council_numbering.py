"""A register that was kept on paper goes on here: the numbers of consultations run on across the years."""

from sekisho.adapters.database.council_deeds import Deed, note, roles_of
from sekisho.adapters.database.models import Consultation, CouncilNumber, Matter
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import Act, check_duties

_SERIES = "consultation"


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
