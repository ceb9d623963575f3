"""Nothing is cleared under the permit of a moment ago: what was being decided when another came is decided anew."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from random import Random

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
from sekisho.kernel import (
    Clearance,
    Examination,
    Landed,
    Passage,
    PermitOnFile,
    SecondAnswer,
    SekishoError,
    Stopped,
    Waybill,
    examine,
)
from tests.integration.conftest import NOW, Office
from tests.integration.permits.test_alarms_and_lives import DOWN, NUMBER, arrive, entries
from tests.integration.permits.test_ends import status_of
from tests.integration.permits.test_steps_before_active import NEXT, issue, renewed


def notices() -> bytes:
    """A file of notices that the council's permit lets in."""
    rows = make_rows(Random(2), make_ledger(Random(1), 20), 1, misfits=0.0)
    return b"".join(notice_file(shipped_layouts().find("registry_notice"), rows))


def beside(act: Callable[[], object]) -> None:
    """Do this on a connection of its own, as another process would."""
    from django.db import connection

    def act_and_close() -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        other.submit(act_and_close).result(timeout=60)


class ReplacedOnce:
    """A second opinion in the midst of which another permit takes the place of the one that is asked, once."""

    def __init__(self, office: Office) -> None:
        self.office, self.asked = office, list[str]()

    def ask(self, on_file: PermitOnFile, passage: Passage) -> SecondAnswer:
        """Allowed, by a permit that is in force no more."""
        self.asked.append(on_file.permit.permit)
        if len(self.asked) == 1:
            beside(partial(issue, self.office, renewed(self.office)))
        return SecondAnswer()


def hall_of(second: ReplacedOnce) -> Examination:
    """The second hall, with this opinion."""
    from sekisho.bootstrap import open_examination

    return replace(open_examination(), second=second)


def decided_anew(landed: Landed, second: ReplacedOnce) -> Clearance | Stopped:
    """The second decision, for which the parcel had waited where it was."""
    from sekisho.adapters.database.models import Parcel

    parcel = landed.waybill.parcel
    assert [each["kind"] for each in entries(parcel=parcel)] == ["received"]
    assert (Parcel.objects.get(parcel=parcel).state, status_of(), status_of(NEXT)) == (
        "received",
        "superseded",
        "active",
    )
    return examine(landed, hall_of(second), NOW)


def test_what_was_decided_under_the_permit_of_before_is_decided_anew(office: Office) -> None:
    """The planted bug: without the comparison it is cleared although the permit that was asked is in force no more."""
    second = ReplacedOnce(office)
    landed = arrive(office, notices())
    with pytest.raises(SekishoError, match="replaced meanwhile"):
        examine(landed, hall_of(second), NOW)
    assert isinstance(decided_anew(landed, second), Clearance)
    assert second.asked == [NUMBER, NEXT]
    _, cleared = entries(parcel=landed.waybill.parcel)
    assert (cleared["permit"], cleared["under"]) == (NUMBER, NEXT)


def test_a_batch_in_one_transaction_is_decided_anew_as_well(office: Office) -> None:
    """As the worker does it: on PostgreSQL another process can replace the permit inside of this very transaction."""
    from django.db import connection

    from sekisho.adapters.database.turns import writing

    if connection.vendor == "sqlite":
        pytest.skip("on SQLite nobody else writes during a write transaction")
    second = ReplacedOnce(office)
    landed = arrive(office, notices())
    with pytest.raises(SekishoError, match="replaced meanwhile"), writing():
        examine(landed, hall_of(second), NOW)
    assert isinstance(decided_anew(landed, second), Clearance)


def test_nobody_replaces_the_permit_between_the_comparison_and_the_entry(office: Office) -> None:
    """The planted bug: without the lock on its row the other one commits before the clearance does."""
    from django.db import OperationalError, connection

    from sekisho.adapters.database.open_permits import check_open
    from sekisho.adapters.database.turns import writing

    if connection.vendor == "sqlite":
        pytest.skip("on SQLite nobody else writes during a write transaction")

    def at_once() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '300ms'")
        issue(office, renewed(office))

    with writing():
        check_open(Waybill(parcel="p1", tenant=office.tenant, connection=DOWN, permit=NUMBER), NUMBER)
        with pytest.raises(OperationalError, match="lock timeout"):
            beside(at_once)
    assert (status_of(), status_of(NEXT)) == ("active", "issued")
