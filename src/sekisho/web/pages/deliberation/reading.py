"""Who reads which matter: a draft is its department's, what was circulated is everybody's in the office."""

from typing import Final

from django.http import Http404
from django.utils import timezone

from sekisho.adapters.database.queries_council import MatterFile, MatterRow, matter_file
from sekisho.web.access import Role
from sekisho.web.office import Office

_AT_THE_DESK: Final = frozenset({"draft"})
_AT_THE_SECRETARIAT: Final = frozenset({"submitted", "accepted", "exemption_claimed", "exempt", "agenda", "withdrawn"})
_OVERSEERS: Final = frozenset({Role.AUDITOR, Role.PROTECTION_MANAGER})


def may_read(row: MatterRow, office: Office) -> bool:
    """May this person read the matter where it stands?"""
    if office.department == row.department or _OVERSEERS & set(office.roles):
        return True
    if row.state in _AT_THE_DESK:
        return False
    return row.state not in _AT_THE_SECRETARIAT or Role.SECRETARIAT in office.roles or row.version > 1


def file_for(office: Office, matter: str) -> MatterFile:
    """A matter of this person's municipality that they may read.

    Raises:
        Http404: There is none.

    """
    found = matter_file(office.tenant, matter, timezone.now())
    if found is None or not may_read(found.row, office):
        raise Http404
    return found
