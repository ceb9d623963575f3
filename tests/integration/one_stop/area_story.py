"""One-stop applications of one area on whatever database the environment names; tells what can be seen from where.

Run as a process of its own, because Django chooses its database once a process.
"""

import json
import os

from sekisho.bootstrap import open_house, prepare_database

os.environ["DJANGO_SETTINGS_MODULE"] = "sekisho.web.donation_manager.settings"
open_house("sekisho.web.donation_manager.settings")
prepare_database()

from collections import Counter  # noqa: E402 - needs Django ready
from concurrent.futures import ThreadPoolExecutor  # noqa: E402 - the same
from datetime import date  # noqa: E402 - the same
from random import Random  # noqa: E402 - the same
from unittest.mock import patch  # noqa: E402 - the same

from django.db import OperationalError, connection  # noqa: E402 - the same

from sekisho.adapters.donations.areas import reading_in, writing_in  # noqa: E402 - the same
from sekisho.adapters.donations.models import DonationRow, NumberRow, OneStopRow  # noqa: E402 - the same
from sekisho.adapters.donations.notice_books import Issue, answer_batch, freeze_year, prepare_batches  # noqa: E402
from sekisho.adapters.donations.notice_queries import figures_of  # noqa: E402 - the same
from sekisho.adapters.donations.one_stop_cases import CaseDeed, move  # noqa: E402 - the same
from sekisho.adapters.donations.one_stop_desk import send_form  # noqa: E402 - the same
from sekisho.adapters.donations.one_stop_numbers import erase_number, show_number  # noqa: E402 - the same
from sekisho.adapters.donations.one_stop_online import donor_view, enter_case  # noqa: E402 - the same
from sekisho.kernel import Refused  # noqa: E402 - the same
from tests.fakes.donations import NAGASAKI, NEIGHBOUR, deliver, open_area  # noqa: E402 - the same
from tests.fakes.one_stop import SENDER, typed_form  # noqa: E402 - the same
from tests.integration.one_stop.conftest import AT, deed, donations_of, take_application  # noqa: E402


def answer_wrongly(code: str) -> str:
    """One wrong answer, over a connection of its own."""
    try:
        enter_case(NAGASAKI, code, "090-9999-9999", AT)
    except Refused as refused:
        return str(refused.reasons[0].code)
    finally:
        connection.close()
    return "known"


def open_at_once(donations: list[int]) -> tuple[str, list[str]]:
    """Cases opened all at one time; answers the code of the first, and the numbers they were given."""

    def send(donation: int) -> tuple[str, str]:
        """One case, over a connection of its own."""
        try:
            return send_form(deed(""), donation)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(donations)) as pool:
        made = list(pool.map(send, donations))
    return made[0][1], sorted(number for number, _ in made)


def tell_at_once(donations: list[int]) -> dict[str, object]:
    """What comes of it when many do the same at one time: each case its number, and five wrong answers, not more."""
    code, numbers = open_at_once(donations)
    with ThreadPoolExecutor(16) as pool:
        answers = Counter(pool.map(answer_wrongly, [code] * 16))
    return {"numbers": numbers, "wrong": answers["not_identified"], "closed": answers["too_many_tries"]}


def is_free(case: str) -> bool:
    """Could somebody else change this case now? Asked over a connection of its own."""
    try:
        with writing_in(NAGASAKI):
            return OneStopRow.objects.select_for_update(nowait=True).get(number=case).number == case
    except OperationalError:
        return False
    finally:
        connection.close()


def freeze_watched() -> set[bool]:
    """Make the year final; answers whether anybody could have changed a case between reading it and writing it."""
    free = set[bool]()

    def watch(row: OneStopRow, by: CaseDeed, act: str) -> None:
        """Ask, and go on."""
        with ThreadPoolExecutor(1) as pool:
            free.add(pool.submit(is_free, row.number).result())
        move(row, by, act)

    with patch("sekisho.adapters.donations.notice_books.move", watch):
        freeze_year(NAGASAKI, 2026, date(2027, 1, 11), AT)
    return free


def tell_all() -> dict[str, object]:
    """The whole way of two applications, and the same questions from nowhere and from the neighbour."""
    forms = [typed_form(Random(60 + number)) for number in range(8)]
    for area in (NAGASAKI, NEIGHBOUR):
        open_area(area)
    deliver(NAGASAKI, "p1", donations_of(forms))
    with reading_in(NAGASAKI):
        donations = list(DonationRow.objects.order_by("id").values_list("id", flat=True))
    cases = [take_application(donation, form) for donation, form in zip(donations[:2], forms, strict=False)]
    head = deed(cases[0], "kosuge", ("head",))
    seen = {"shown": show_number(head, "compare_with_form") == forms[0]["individual_number"]}
    seen["free while made final"] = freeze_watched() != {False}
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
    return {**seen, **told, **tell_at_once(donations[2:])}


if __name__ == "__main__":
    print(json.dumps(tell_all()))  # noqa: T201 - the story's own answer
