"""The next permit of a connection is handed over before its first day: S1 uses it then, once the city says so.

The one before ends there when the city says that another has taken its place. What one person of S1 stopped, no paper
starts.
"""

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.donations import S1_URLS
from tests.integration.permits.test_ends import status_of
from tests.integration.permits.test_handed_over import _CITY, CONNECTION, PERMIT, TENANT, area, script
from tests.integration.permits.test_stops_handed_over import refused

__all__ = ["area", "script"]
NEXT, AT = "R8-60-02", datetime.now(UTC)
FIRST_DAY = AT + timedelta(days=30)
_LATER = """
import base64, json
from dataclasses import replace
from sekisho.adapters.database.permit_papers import write_paper
from sekisho.adapters.database.word_papers import write_word
from sekisho.bootstrap.permits import StopCause, activate_permits, start_permit, stop_permit
first_day, old, new = datetime.fromisoformat("FIRST"), "R1-60-02", "R8-60-02"
Person.objects.create(username="inasa", tenant_id="422011", roles=["protection_manager"], password="!")
first = next(each for each in dossier.approved if each.permit == old)
said = replace(first.specification, not_before=first_day.isoformat())
papers = {"old": write_paper("422011", old, "tateyama", at + timedelta(minutes=1))}
issued = issue_permit(replace(first, permit=new, specification=said), dossier.issuers, at + timedelta(hours=1))
assert issued.status == "issued"
papers["waits"] = write_paper("422011", new, "tateyama", at + timedelta(days=1))
stop_permit("422011", new, "kiyoura", StopCause.INCIDENT, at + timedelta(days=2))
papers["stop"] = write_word("422011", new).body
assert start_permit("422011", new, ("kiyoura", "inasa"), at + timedelta(days=3)) == "issued"
papers["waits again"] = write_paper("422011", new, "tateyama", at + timedelta(days=4))
assert activate_permits("422011", first_day) == (new,)
papers["begun"], papers["ended"] = write_word("422011", new).body, write_word("422011", old).body
papers["new"] = write_paper("422011", new, "tateyama", first_day + timedelta(hours=1))
open("PLACE", "w").write(json.dumps({name: base64.b64encode(body).decode() for name, body in papers.items()}))
"""


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, script: Callable[[Path, str], None]) -> dict[str, bytes]:
    """What the city writes of two permits of one connection, by its own clock."""
    city = tmp_path_factory.mktemp("city")
    place = city / "papers.json"
    text = _LATER.replace("FIRST", FIRST_DAY.isoformat())
    script(city, _CITY + text.replace("PLACE", str(place)))
    return {name: base64.b64decode(body) for name, body in json.loads(place.read_text()).items()}


def accept(body: bytes, at: datetime = AT) -> tuple[str, str]:
    """An administrator of S1 accepts a paper whose digest was told rightly."""
    from sekisho.bootstrap.handed_over import accept as accept_here

    return accept_here(body, TENANT, hashlib.sha256(body).hexdigest(), "fukuda", at)


def in_force() -> str:
    """The permit under which S1's gate lets something go; nothing if it lets nothing go."""
    from sekisho.adapters.database.registers import Register
    from sekisho.kernel import Refused, find_permit

    try:
        return find_permit(TENANT, CONNECTION, Register()).permit.permit
    except Refused:
        return ""


def clock(at: datetime = FIRST_DAY) -> tuple[str, ...]:
    """What S1's worker makes active when it looks at the calendar."""
    from sekisho.bootstrap.permits import activate_permits

    return activate_permits(TENANT, at)


def stop_here(at: datetime = AT, permit: str = PERMIT) -> None:
    """One person of S1 stops a permit."""
    from sekisho.bootstrap.permits import StopCause, stop_permit

    stop_permit(TENANT, permit, "kiyoura", StopCause.ALARM, at)


def count_entries() -> int:
    """How many entries there are."""
    from sekisho.adapters.database.models import EntryRow

    return EntryRow.objects.count()


@pytest.fixture
def kept(papers: dict[str, bytes], area: str) -> dict[str, bytes]:
    """S1 obeys the old permit, and keeps the next one."""
    assert accept(papers["old"]) == (PERMIT, "active")
    assert accept(papers["waits"]) == (NEXT, "issued")
    return papers


def test_what_was_handed_over_beforehand_begins_when_the_city_says_so_and_the_one_before_ends(
    kept: dict[str, bytes],
) -> None:
    """The planted bug: S1's own clock makes it active although the city has not (it may have been kept back there)."""
    before = count_entries()
    assert accept(kept["waits"]) == (NEXT, "issued")
    assert (clock(), in_force(), count_entries()) == ((), PERMIT, before)
    assert accept(kept["begun"], FIRST_DAY) == (NEXT, "active")
    assert (status_of(PERMIT), in_force()) == ("superseded", NEXT)
    assert accept(kept["ended"], FIRST_DAY) == (PERMIT, "superseded")
    before = count_entries()
    assert accept(kept["ended"], FIRST_DAY) == (PERMIT, "superseded")
    assert accept(kept["begun"], FIRST_DAY) == (NEXT, "active")
    assert accept(kept["new"], FIRST_DAY) == (NEXT, "active")
    assert count_entries() == before, "the same again changes nothing"


def test_by_a_slower_clock_it_begins_at_its_own_first_instant(kept: dict[str, bytes]) -> None:
    eve = FIRST_DAY - timedelta(microseconds=1)
    assert accept(kept["begun"], eve) == (NEXT, "issued")
    assert (clock(eve), in_force()) == ((), PERMIT)
    assert (clock(), in_force()) == ((NEXT,), NEXT)


def test_a_paper_of_the_permit_in_force_lets_it_begin_as_well(kept: dict[str, bytes]) -> None:
    assert accept(kept["new"], FIRST_DAY) == (NEXT, "active")
    assert (status_of(PERMIT), in_force()) == ("superseded", NEXT)


def test_the_city_s_word_ends_a_permit_whose_successor_was_not_handed_over(papers: dict[str, bytes], area: str) -> None:
    accept(papers["old"])
    assert accept(papers["ended"], FIRST_DAY) == (PERMIT, "superseded")
    assert in_force() == ""
    assert accept(papers["new"], FIRST_DAY) == (NEXT, "active")


def test_its_own_end_ends_the_one_before_and_what_waits_is_not_used_for_it(kept: dict[str, bytes]) -> None:
    from sekisho.adapters.database.models import PermitRow
    from sekisho.bootstrap.permits import expire_permits

    end = datetime.fromisoformat(PermitRow.objects.get(permit=PERMIT).specification["not_after"])
    assert PERMIT in expire_permits(TENANT, end)
    assert (clock(end), in_force()) == ((), "")


def test_a_stop_of_what_waits_goes_over_too_and_only_a_newer_paper_lifts_it(kept: dict[str, bytes]) -> None:
    assert accept(kept["stop"]) == (NEXT, "suspended")
    assert in_force() == PERMIT
    assert "より前" in refused(lambda: accept(kept["waits"]))
    assert "止められています" in refused(lambda: accept(kept["begun"], FIRST_DAY))
    assert accept(kept["waits again"]) == (NEXT, "issued")
    assert accept(kept["begun"], FIRST_DAY) == (NEXT, "active")


def test_a_stopped_one_begins_by_a_newer_paper_of_the_permit_in_force(kept: dict[str, bytes]) -> None:
    accept(kept["stop"])
    assert accept(kept["new"], FIRST_DAY) == (NEXT, "active")
    assert status_of(PERMIT) == "superseded"


def with_signers(body: bytes, count: int) -> bytes:
    """The paper with so many of its signatures."""
    paper = json.loads(body)
    return json.dumps({**paper, "signatures": paper["signatures"][:count]}).encode()


def test_one_signature_ends_and_stops_but_it_takes_all_to_begin(kept: dict[str, bytes]) -> None:
    """The planted bug: one of the two who signed the permit lets it begin alone."""
    assert "全員" in refused(partial(accept, with_signers(kept["begun"], 1), FIRST_DAY))
    assert "署名がありません" in refused(partial(accept, with_signers(kept["begun"], 0), FIRST_DAY))
    assert (status_of(NEXT), in_force()) == ("issued", PERMIT)
    assert accept(with_signers(kept["ended"], 1), FIRST_DAY) == (PERMIT, "superseded")


def test_a_word_whose_form_is_another_s_is_not_believed(kept: dict[str, bytes]) -> None:
    paper = json.loads(kept["begun"])
    said = json.dumps({**json.loads(paper["statement"]), "form": "sekisho.permit-stop/1"})
    body = json.dumps({**paper, "form": "sekisho.permit-stop/1", "statement": said}).encode()
    assert "読めません" in refused(partial(accept, body, FIRST_DAY))


@pytest.mark.parametrize("says", [("new",), ("waits", "begun"), ("begun", "ended"), ("ended", "new"), ("new", "ended")])
def test_what_one_person_of_s1_stopped_no_paper_starts_and_two_persons_do(
    papers: dict[str, bytes], area: str, says: tuple[str, ...]
) -> None:
    """The planted bug: one administrator accepts the next permit, and the connection is open again."""
    from sekisho.adapters.database.permit_starts import agree_to_start

    accept(papers["old"])
    if says[0] == "begun":
        accept(papers["waits"])
    stop_here()
    for each in says:
        accept(papers[each], FIRST_DAY)
    assert (status_of(PERMIT), status_of(NEXT), in_force(), clock()) == ("suspended", "issued", "", ())
    after = FIRST_DAY + timedelta(hours=1)
    assert agree_to_start(TENANT, PERMIT, "kiyoura", after) == "suspended"
    assert (clock(after), in_force()) == ((), "")
    assert agree_to_start(TENANT, PERMIT, "inasa", after) == ("superseded" if "ended" in says else "active")
    assert (clock(after), in_force(), status_of(PERMIT)) == ((NEXT,), NEXT, "superseded")


def test_a_stop_of_s1_outlives_the_end_of_what_it_stopped(papers: dict[str, bytes], area: str) -> None:
    from sekisho.adapters.database.models import PermitRow
    from sekisho.bootstrap.permits import expire_permits, start_permit

    accept(papers["old"])
    stop_here()
    end = datetime.fromisoformat(PermitRow.objects.get(permit=PERMIT).specification["not_after"])
    assert PERMIT in expire_permits(TENANT, end)
    assert accept(papers["new"], FIRST_DAY) == (NEXT, "issued")
    stop_here(FIRST_DAY, NEXT)
    assert start_permit(TENANT, NEXT, ("kiyoura", "inasa"), FIRST_DAY) == "active"


def test_an_older_permit_is_still_accepted_while_the_next_one_waits(papers: dict[str, bytes], area: str) -> None:
    accept(papers["waits"])
    assert accept(papers["old"]) == (PERMIT, "active")
    assert (status_of(NEXT), in_force()) == ("issued", PERMIT)


@pytest.mark.urls(S1_URLS)
def test_the_page_of_s1_says_what_a_permit_waits_for(kept: dict[str, bytes]) -> None:
    from tests.unit.web.two_offices import client_of

    reader = client_of("operator", "operator")

    def page() -> str:
        return str(reader.get("/permits/").content.decode())

    assert "まだ使いません" in page()
    assert "市が有効になったと知らせると" in page()
    stop_here()
    assert f"sekisho permit start {PERMIT}" in page()
    accept(kept["ended"], FIRST_DAY)
    assert "市では新しい通行証に替わっています" in page()


def test_the_commands_hand_over_what_waits(tmp_path: Path, script: Callable[[Path, str], None]) -> None:
    """By commands alone, in the city: the paper of what waits says so."""
    from tests.fakes.manager import sekisho

    text = _LATER.replace("FIRST", FIRST_DAY.isoformat())
    script(tmp_path, _CITY + text.split('papers["waits"]')[0])
    place = tmp_path / "paper.json"
    told: Any = json.loads(sekisho(tmp_path, "permit", "hand-over", NEXT, str(place), "--person", "tateyama", "--json"))
    assert (told["permit"], json.loads(place.read_bytes())["status"]) == (NEXT, "issued")
