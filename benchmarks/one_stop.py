"""How many one-stop applications a second are keyed, verified and accepted: one by one, and as a stack.

Run by `python3 dev.py bench one_stop`; `BENCH_FORMS` says how many.
"""

import atexit
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from benchmarks._claims import tell_claims
from tests.fakes.one_stop import typed_form

if TYPE_CHECKING:
    from sekisho.adapters.donations.one_stop_cases import CaseDeed

FORMS = int(os.environ.get("BENCH_FORMS", "300"))
CLAIM = 50
AREA, AT = "422011", datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
Forms = Sequence[tuple[str, dict[str, str]]]


def open_site() -> None:
    """S1 with consultation 60 in force, in a folder of its own."""
    home = tempfile.mkdtemp(prefix="sekisho-bench-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ.update(SEKISHO_HOME=home, DJANGO_SETTINGS_MODULE="sekisho.web.donation_manager.settings")
    from sekisho.bootstrap import open_house, prepare_database

    open_house("sekisho.web.donation_manager.settings")
    prepare_database()
    from sekisho.adapters.database.standings import enter_standing
    from sekisho.adapters.dossiers import read_dossier, shipped_dossier
    from sekisho.kernel import AssessmentStanding
    from tests.integration.conftest import enter

    text = shipped_dossier("60")
    enter(read_dossier(text), text)
    since = AT - timedelta(days=3000)
    enter_standing(AREA, AssessmentStanding(assessment="one-stop-exception", in_force_from=since), "tateyama", AT)


def make_cases() -> Forms:
    """A case for each made-up donor whose form has come."""
    from sekisho.adapters.donations.models import DonationRow
    from sekisho.adapters.donations.one_stop_desk import send_form
    from tests.fakes.donations import deliver
    from tests.integration.one_stop.conftest import donations_of

    chance = Random(60)
    forms = [typed_form(chance, 10_000 + 1_000 * number) for number in range(FORMS)]
    deliver(AREA, "p1", donations_of(forms))
    donations = DonationRow.objects.order_by("id").values_list("id", flat=True)
    return [(send_form(deed(), each)[0], form) for each, form in zip(donations, forms, strict=True)]


def deed(case: str = "", person: str = "tateyama") -> "CaseDeed":
    """Somebody acts."""
    from sekisho.adapters.donations.one_stop_cases import CaseDeed

    roles = ("operator", "head")
    return CaseDeed(area=AREA, case=case, person=person, at=AT, roles=roles, terminal="dedicated-terminal-1")


def one_by_one(forms: Forms) -> None:
    """Both keyings and the accepting, form by form."""
    from sekisho.adapters.donations import one_stop_desk as desk

    for case, form in forms:
        desk.key_in(deed(case), desk.Typing(values=form, received_on=date(2026, 12, 1), identity=("number_card",)))
        assert desk.verify(deed(case, "kosuge"), form) == ()
        desk.accept(deed(case, "kosuge"))


def as_a_stack(forms: Forms) -> None:
    """The same as stacks."""
    from sekisho.adapters.donations import one_stop_stacks as stacks
    from sekisho.adapters.donations.one_stop_desk import Typing

    typed = [
        stacks.StackForm(
            case=case, typing=Typing(values=form, received_on=date(2026, 12, 1), identity=("number_card",))
        )
        for case, form in forms
    ]
    for results in (
        stacks.key_stack(deed(), typed),
        stacks.verify_stack(deed(person="kosuge"), forms),
        stacks.accept_stack(deed(person="kosuge"), [case for case, _ in forms]),
    ):
        assert all(each.done for each in results)


def rate_of(act: Callable[[Forms], None], forms: Forms) -> tuple[float, float]:
    """Forms a second by the wall's clock and by the process's own."""
    wall, own = time.perf_counter(), time.process_time()
    act(forms)
    return len(forms) / (time.perf_counter() - wall), len(forms) / (time.process_time() - own)


def main() -> int:
    """Both ways, and whether stacks are as fast as we claim."""
    open_site()
    forms = make_cases()
    half = len(forms) // 2
    found = {
        "one by one": rate_of(one_by_one, forms[:half]),
        "as a stack": rate_of(as_a_stack, forms[half:]),
    }
    for name, (wall, own) in found.items():
        print(f"{name}: {wall:,.0f} applications a second (wall), {own:,.0f} a second of its own time")
    print(f"load {os.getloadavg()[0]:.1f}")
    return tell_claims({f"{CLAIM} applications a second of its own time": found["as a stack"][1] >= CLAIM})


if __name__ == "__main__":
    sys.exit(main())
