"""Two areas on whatever database the environment names; tells as one line of JSON what can be seen from where.

Run as a process of its own, because Django chooses its database once a process.
"""

import json
import os

from sekisho.bootstrap import open_house, prepare_database

os.environ["DJANGO_SETTINGS_MODULE"] = "sekisho.web.donation_manager.settings"
open_house("sekisho.web.donation_manager.settings")
prepare_database()

from django.db import DatabaseError  # noqa: E402 - needs Django ready

from sekisho.adapters.donations.areas import check_user, reading_in, writing_in  # noqa: E402 - needs Django ready
from sekisho.adapters.donations.models import DonationRow, DonorRow, IntakeRow  # noqa: E402 - needs Django ready
from sekisho.adapters.donations.papers import print_papers  # noqa: E402 - needs Django ready
from sekisho.adapters.donations.reading import find_donations  # noqa: E402 - needs Django ready
from sekisho.business.hometown_donations.receipts import PaperKind  # noqa: E402 - needs Django ready
from sekisho.kernel import SekishoError  # noqa: E402 - needs Django ready
from tests.fakes.donations import (  # noqa: E402 - needs Django ready
    NAGASAKI,
    NEIGHBOUR,
    act_in,
    deliver,
    open_area,
    parcel_of,
    record,
)


def refused() -> bool:
    """Does the database itself refuse a row of another area than the one that is open?"""
    try:
        with writing_in(NAGASAKI):
            DonorRow.objects.create(tenant_id=NEIGHBOUR)
    except DatabaseError:
        return True
    return False


def is_bound() -> bool:
    """Would the site start as this user?"""
    try:
        check_user()
    except SekishoError:
        return False
    return True


def main() -> None:
    """Two parcels, and the same unguarded questions from nowhere, from one area and from the other."""
    for area, count in ((NAGASAKI, 2), (NEIGHBOUR, 3)):
        open_area(area)
        body = parcel_of([record(number) for number in range(count)])
        deliver(area, "p1", body)
        deliver(area, "p1", body)
    seen = {"nowhere": DonationRow.objects.count() + IntakeRow.objects.count()}
    for area in (NAGASAKI, NEIGHBOUR):
        with reading_in(area):
            seen[area] = DonationRow.objects.count()  # no filter: what is told apart here, the database tells apart
            numbers = list(DonationRow.objects.filter(tenant_id=area).values_list("id", flat=True)[:1])
        seen[f"{area} printed"] = print_papers(act_in(area), PaperKind.RECEIPT, numbers).pieces
        seen[f"{area} found"] = find_donations(area, "試験太郎")[0]
    with writing_in(NAGASAKI):
        seen["changed elsewhere"] = DonationRow.objects.filter(tenant_id=NEIGHBOUR).update(amount=1)
    print(json.dumps(seen | {"refused": refused(), "bound": is_bound()}))  # noqa: T201 - what the test reads


main()
