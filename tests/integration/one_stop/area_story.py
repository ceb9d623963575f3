"""One-stop applications of one area on whatever database the environment names; tells what can be seen from where.

Run as a process of its own, because Django chooses its database once a process.
"""

import json
import os

from sekisho.bootstrap import open_house, prepare_database

os.environ["DJANGO_SETTINGS_MODULE"] = "sekisho.web.donation_manager.settings"
open_house("sekisho.web.donation_manager.settings")
prepare_database()

from datetime import date  # noqa: E402 - needs Django ready
from random import Random  # noqa: E402 - the same

from sekisho.adapters.donations.areas import reading_in  # noqa: E402 - the same
from sekisho.adapters.donations.models import DonationRow, NumberRow, OneStopRow  # noqa: E402 - the same
from sekisho.adapters.donations.notice_books import Issue, answer_batch, freeze_year, prepare_batches  # noqa: E402
from sekisho.adapters.donations.notice_queries import figures_of  # noqa: E402 - the same
from sekisho.adapters.donations.one_stop_numbers import erase_number, show_number  # noqa: E402 - the same
from sekisho.adapters.donations.one_stop_online import donor_view  # noqa: E402 - the same
from tests.fakes.donations import NAGASAKI, NEIGHBOUR, deliver, open_area  # noqa: E402 - the same
from tests.fakes.one_stop import SENDER, typed_form  # noqa: E402 - the same
from tests.integration.one_stop.conftest import AT, deed, donations_of, take_application  # noqa: E402


def tell_all() -> dict[str, object]:
    """The whole way of two applications, and the same questions from nowhere and from the neighbour."""
    forms = [typed_form(Random(60 + number)) for number in range(2)]
    for area in (NAGASAKI, NEIGHBOUR):
        open_area(area)
    deliver(NAGASAKI, "p1", donations_of(forms))
    with reading_in(NAGASAKI):
        donations = list(DonationRow.objects.order_by("id").values_list("id", flat=True))
    cases = [take_application(donation, form) for donation, form in zip(donations, forms, strict=True)]
    head = deed(cases[0], "kosuge", ("head",))
    seen = {"shown": show_number(head, "compare_with_form") == forms[0]["individual_number"]}
    freeze_year(NAGASAKI, 2026, date(2027, 1, 11), AT)
    made, exceptions = prepare_batches(
        Issue(area=NAGASAKI, year=2026, sender=SENDER, issued_on=date(2027, 1, 12), person="tateyama", at=AT)
    )
    for each in made:
        answer_batch(NAGASAKI, each.row, "N1", AT)
    told = {"notified": figures_of(NAGASAKI, 2026).states["notified"], "exceptions": len(exceptions)}
    told["donor sees"] = int(donor_view(NAGASAKI, cases[0]).state == "notified")
    told["nowhere"] = OneStopRow.objects.count() + NumberRow.objects.count()
    with reading_in(NEIGHBOUR):
        told["neighbour"] = OneStopRow.objects.count() + NumberRow.objects.count()
    erase_number(deed(cases[0], "", None), date(2034, 1, 1))
    with reading_in(NAGASAKI):
        told["numbers left"] = NumberRow.objects.count()
    return {**seen, **told}


if __name__ == "__main__":
    print(json.dumps(tell_all()))  # noqa: T201 - the story's own answer
