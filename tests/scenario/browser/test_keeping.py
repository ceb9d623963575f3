"""The screens of keeping and erasing, in order: by all of axe's rules wide, by those of the width narrow."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_screens import assert_in_order
from tests.unit.web.two_offices import NAGASAKI, Belongings, client_of

pytestmark = pytest.mark.browser


def enter_everything(mine: Belongings) -> str:
    """Give the page one of everything; answers a parcel with a certificate."""
    from sekisho.adapters.database.erasure_lists import propose
    from sekisho.adapters.database.holds import set_hold
    from sekisho.adapters.database.models import ContractorCopyRow
    from sekisho.bootstrap import council
    from sekisho.kernel import CopyPlace, ErasureList
    from tests.unit.web.test_keeping import erase_with_proof

    now = timezone.now()
    for number, days in enumerate((-10, 5)):
        ContractorCopyRow.objects.create(
            tenant_id=NAGASAKI, parcel=f"p261124-00000000c0d{number}", permit=mine.permit, connection="up",
            counterpart="linkage_platform", receipt="U-1", delivered_at=now, erase_by=now + timedelta(days=days),
        )  # fmt: skip
    lent = {"lent_until": now + timedelta(hours=30), "container": "ab" * 32, "openings": 2, "opened_at": now}
    over = {"lent_until": now, "loan_ended_at": now, "loan_end": "recalled", "loan_ended_by": "inasa"}
    for number, loan in enumerate((lent, {**lent, **over})):
        ContractorCopyRow.objects.create(
            tenant_id=NAGASAKI, parcel=f"p261124-00000000c0e{number}", permit=mine.permit, connection="up",
            counterpart="linkage_platform", receipt="P-1", delivered_at=now, erase_by=now + timedelta(days=9), **loan,
        )  # fmt: skip
    copies = tuple(f"file p191119-00000000000{number}" for number in range(5))
    propose(ErasureList(number="e1", tenant=NAGASAKI, place=CopyPlace.ORPHANS, copies=copies, kept=5, at=now), "")
    client_of("inasa", "protection_manager")
    set_hold(council.act_as(NAGASAKI, "inasa"), mine.stopped, "監査のため")
    return erase_with_proof(mine)


def test_keeping_and_certificate_are_accessible_and_fit(stranger: Desk, mine: Belongings) -> None:
    parcel = enter_everything(mine)
    stranger.sit_down(client_of("inasa", "head"))
    for name, address in {
        "keeping": "/keeping/",
        "keeping-certificate": f"/crossings/{parcel}/erasure/",
        "keeping-on-hold": f"/crossings/{mine.stopped}/",
    }.items():
        stranger.go(address)
        assert_in_order(stranger, name)
    stranger.go("/keeping/")
    stranger.page.get_by_role("button", name="鍵を引き揚げる").click()
    stranger.page.wait_for_load_state("load")
    text = stranger.page.locator("#contractor-p261124-00000000c0e0").inner_text()
    assert "市が引き揚げた" in text
    assert stranger.page.get_by_role("button", name="鍵を引き揚げる").count() == 0
