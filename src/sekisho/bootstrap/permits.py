"""The office that keeps permits: everything that somebody, or the clock, can do to one that was issued.

Stopping takes one person, starting two, revoking the chair. Import this only once the house is open.
"""

from sekisho.adapters.database.permit_ends import expire_permits, revoke_permit
from sekisho.adapters.database.permit_starts import activate_permits, agree_to_start, start_permit
from sekisho.adapters.database.permits import StopCause, stop_permit
from sekisho.adapters.database.standings import enter_standing

__all__ = [
    "StopCause",
    "activate_permits",
    "agree_to_start",
    "enter_standing",
    "expire_permits",
    "revoke_permit",
    "start_permit",
    "stop_permit",
]
