"""What was handed over to S1 beforehand begins there when the city's clock makes it active.

A module of its own: S1 keeps what it was told, and stands once for a module.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.fakes.manager import TENANT, Manager
from tests.fakes.manager_permits import PERMIT, handed_over, shown
from tests.integration.conftest import Office

NEXT = "R8-59-02"


def test_what_was_handed_over_beforehand_is_told_to_s1_when_it_begins_and_the_one_before_ends(
    office59: Office, manager: Manager
) -> None:
    """Given the next permit waits in both houses, when the city's clock makes it active, then S1 uses it by itself."""
    from sekisho.adapters.database.setup import issue_permit
    from sekisho.bootstrap.handed_over import WordTeller
    from sekisho.bootstrap.permits import activate_permits

    at = datetime.now(UTC)
    first = next(each for each in office59.dossier.approved if each.permit == PERMIT)
    said = replace(first.specification, not_before=(at - timedelta(hours=1)).isoformat())
    issue_permit(replace(first, permit=NEXT, specification=said), office59.dossier.issuers, at - timedelta(hours=2))
    assert [handed_over(manager), handed_over(manager, NEXT)] == ["active", "issued"]
    teller = WordTeller()
    assert teller.look(at) == 0, "it waits in the city as well"
    assert activate_permits(TENANT, datetime.now(UTC)) == (NEXT,)
    assert teller.look(at + timedelta(minutes=2)) == 2
    assert (shown(manager), shown(manager, NEXT)) == ("superseded", "active")
    assert teller.look(at + timedelta(minutes=4)) == 0, "it was told once"
