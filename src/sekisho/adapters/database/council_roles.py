"""Giving roles: separation of duties is checked before they are written down."""

from collections.abc import Iterable

from sekisho.adapters.database.council_deeds import Deed, note, roles_of
from sekisho.adapters.database.models import Person
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import Act, Role, check_assignment, check_duties


def assign_roles(deed: Deed, person: str, roles: Iterable[Role]) -> None:
    """Give a person these roles, instead of those they had. Nobody gives roles to themselves.

    Raises:
        Refused: One person may not hold them together, nobody of that name is here, or not by an administrator.

    """
    wanted = sorted(set(roles))
    with writing():
        check_duties(deed.person, roles_of(deed), Act.KEEP_ACCOUNTS, ())
        check_assignment(person, wanted)
        if person == deed.person:
            raise Refused([because(ReasonCode.DUTIES_NOT_SEPARATE, person=person, one="administrator", other="person")])
        found = Person.objects.filter(tenant_id=deed.tenant, username=person).first()
        if found is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=person)])
        before, found.roles = list(found.roles), [str(each) for each in wanted]
        found.save(update_fields=["roles"])
        note(deed, EntryKind.ROLES_ASSIGNED, person=person, before=before, after=found.roles)
