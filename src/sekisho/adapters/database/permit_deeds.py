"""What somebody does to a permit, as a deed of theirs: stopping, agreeing to start, revoking."""

from sekisho.adapters.database import permit_ends, permit_starts, permits
from sekisho.adapters.database.council_deeds import Deed
from sekisho.adapters.database.models import PermitRow
from sekisho.adapters.database.permits import StopCause
from sekisho.kernel import ReasonCode, Refused, because


def _must_be_here(deed: Deed, permit: str) -> None:
    """Is there such a permit in this municipality?

    Raises:
        Refused: There is none.

    """
    if not PermitRow.objects.filter(tenant_id=deed.tenant, permit=permit).exists():
        raise Refused([because(ReasonCode.NOT_FOUND, what=permit)])


def stop_permit(deed: Deed, permit: str, cause: StopCause) -> str:
    """Stop a permit; one person is enough, and it holds from the next decision on. Answers the new state.

    Raises:
        Refused: There is no such permit, this person may not, or it cannot be stopped now.

    """
    _must_be_here(deed, permit)
    return permits.stop_permit(deed.tenant, permit, deed.person, cause, deed.at)


def agree_to_start(deed: Deed, permit: str) -> str:
    """Agree that a stopped permit is started; the second person's word starts it. Answers the state.

    Raises:
        Refused: There is no such permit, this person may not or agreed already, or it is not stopped.

    """
    _must_be_here(deed, permit)
    return permit_starts.agree_to_start(deed.tenant, permit, deed.person, deed.at)


def revoke_permit(deed: Deed, permit: str, cause: StopCause) -> str:
    """Revoke a permit for good. Answers the new state.

    Raises:
        Refused: There is no such permit, this person may not, or it has ended already.

    """
    _must_be_here(deed, permit)
    return permit_ends.revoke_permit(deed.tenant, permit, deed.person, cause, deed.at)
