"""A NUL in what is sent to S1, on whatever database the environment names; tells what each door answers.

Run as a process of its own, because Django chooses its database once a process.
"""

import json
import os
import sys

from sekisho.bootstrap import open_house, prepare_database

os.environ["DJANGO_SETTINGS_MODULE"] = "sekisho.web.donation_manager.settings"
open_house("sekisho.web.donation_manager.settings")
prepare_database()

from django.conf import settings  # noqa: E402 - needs Django ready

from sekisho.adapters.donations.areas import reading_in  # noqa: E402 - needs Django ready
from sekisho.adapters.donations.models import DonationRow  # noqa: E402 - needs Django ready
from sekisho.kernel import Refused  # noqa: E402 - needs Django ready
from tests.fakes.donations import NAGASAKI, deliver, officer_of, open_area, parcel_of, record  # noqa: E402 - the same
from tests.unit.web.two_offices import client_of  # noqa: E402 - needs Django ready

settings.ALLOWED_HOSTS = ["*"]
NUL = "\x00"


def parcel(**values: str) -> str:
    """What a parcel with such a record is answered with."""
    body = parcel_of([record(1, **dict.fromkeys(values, "QQQ"))])
    for value in values.values():
        body = body.replace(b"QQQ", value.encode(), 1)
    try:
        deliver(NAGASAKI, "p-nul", body)
    except Refused as refused:
        return str(refused.reasons[0].code)
    return "taken"


def main() -> None:
    """Every door, with a NUL."""
    open_area(NAGASAKI)
    told: dict[str, object] = {
        f"parcel {name}": parcel(**{name: f"a{NUL}b"}) for name in ("order_number", "street", "gift_name")
    }
    deliver(NAGASAKI, "p-good", parcel_of([record(2)]))
    with reading_in(NAGASAKI):
        number = DonationRow.objects.get().pk
    browser = client_of(officer_of(NAGASAKI))
    typed = {"channel": "電話", "subject": "その他", "answer": f"a{NUL}b"}
    told |= {
        "search": browser.post("/donations/", {"q": f"見本{NUL}", "kind": ""}).status_code,
        "answer": browser.post(f"/donations/{number}/answer/", typed).status_code,
        "address": browser.get("/donations/?page=%00").status_code,
        "path": browser.get("/one-stop/a%00b/").status_code,
        "donor": browser.post(f"/apply/{NAGASAKI}/", {"code": f"AB{NUL}", "answer": "1"}).status_code,
        "sign in": browser.post("/accounts/login/", {"login": f"a{NUL}", "password": "b"}).status_code,
        "whole": browser.post("/donations/", {"q": "見本", "kind": ""}).status_code,
    }
    sys.stdout.write(json.dumps(told))


main()
