"""The city stops a permit that S1 has accepted: S1 obeys at its next decision, and starts only by a newer paper."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.donations import S1_URLS
from tests.fakes.manager import TENANT, sekisho
from tests.integration.permits.test_handed_over import _CITY, AT, CONNECTION, PERMIT, area, open_manager, script

__all__ = ["area", "script"]
_RESUMERS = """
from sekisho.bootstrap import open_house
open_house()
from sekisho.adapters.database.models import Person
Person.objects.create(username="inasa", tenant_id="422011", roles=["protection_manager"], password="!")
"""


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, script: Callable[[Path, str], None]) -> dict[str, bytes]:
    """What the city writes: the permit, its stop, the permit once two persons have started it, a second stop."""
    city = tmp_path_factory.mktemp("city")
    script(city, _CITY)
    script(city, _RESUMERS)

    def paper() -> bytes:
        place = city / "paper.json"
        sekisho(city, "permit", "hand-over", CONNECTION, str(place), "--person", "tateyama", "--json")
        return place.read_bytes()

    told = {"permit": paper()}
    sekisho(city, "permit", "stop", PERMIT, "--person", "kiyoura", "--cause", "incident")
    told["stop"] = paper()
    for person in ("kiyoura", "inasa"):  # each says so in a command of their own
        sekisho(city, "permit", "start", PERMIT, "--person", person)
    told["again"] = paper()
    sekisho(city, "permit", "stop", PERMIT, "--person", "kiyoura")
    return {**told, "second stop": paper()}


def accept(body: bytes) -> tuple[str, str]:
    """An administrator of S1 accepts a paper whose digest was told rightly."""
    from sekisho.bootstrap.handed_over import accept as accept_here

    return accept_here(body, TENANT, hashlib.sha256(body).hexdigest(), "fukuda", AT)


def refused(act: Callable[[], object]) -> str:
    """What an act was refused with."""
    from sekisho.kernel import Refused

    with pytest.raises(Refused) as caught:
        act()
    return " ".join(each.ja for each in caught.value.reasons)


def objections() -> list[str]:
    """Why S1's gate would refuse under this permit at its next decision."""
    from sekisho.adapters.database.registers import Register
    from sekisho.kernel import permit_faults

    found = Register().permit_on_file(TENANT, CONNECTION)
    assert found is not None
    return [str(each.code) for each in (*permit_faults(found), *found.stopped_by)]


def test_by_commands_alone_a_stop_goes_from_the_city_to_s1_and_needs_no_digest(
    papers: dict[str, bytes], tmp_path: Path
) -> None:
    administrator = open_manager(tmp_path)
    place = tmp_path / "paper.json"

    def accepted(name: str, *more: str) -> Any:
        place.write_bytes(papers[name])
        return json.loads(sekisho(tmp_path, "permit", "accept", str(place), "--person", administrator, *more, "--json"))

    digest = hashlib.sha256(papers["permit"]).hexdigest()
    assert accepted("permit", "--digest", digest)["status"] == "active"
    assert accepted("stop") == {"permit": PERMIT, "status": "suspended"}
    digest = hashlib.sha256(papers["again"]).hexdigest()
    assert accepted("again", "--digest", digest)["status"] == "active"


def test_a_stop_holds_from_the_next_decision_on_and_nobody_here_can_start_it(
    papers: dict[str, bytes], area: str
) -> None:
    from sekisho.adapters.database.models import EntryRow, Person
    from sekisho.adapters.database.permit_starts import agree_to_start, start_permit

    assert accept(papers["permit"]) == (PERMIT, "active")
    assert objections() == []
    assert accept(papers["stop"]) == (PERMIT, "suspended")
    assert objections() == ["permit_not_active"]
    entries = EntryRow.objects.count()
    assert accept(papers["stop"]) == (PERMIT, "suspended")
    assert EntryRow.objects.count() == entries, "the same paper again changes nothing"
    for person in ("one", "other"):
        Person.objects.create(username=person, tenant_id=TENANT, roles=["information_systems"], password="!")
    for act in (
        lambda: start_permit(TENANT, PERMIT, ("one", "other"), AT),
        lambda: agree_to_start(TENANT, PERMIT, "one", AT),
    ):
        assert "市の会議の判断" in refused(act)
    assert objections() == ["permit_not_active"]


def test_a_paper_older_than_the_stop_starts_nothing_and_one_that_is_newer_does(
    papers: dict[str, bytes], area: str
) -> None:
    accept(papers["permit"])
    accept(papers["stop"])
    assert "より前" in refused(lambda: accept(papers["permit"]))
    assert objections() == ["permit_not_active"]
    assert accept(papers["again"]) == (PERMIT, "active")
    assert objections() == []
    assert "より前" in refused(lambda: accept(papers["stop"]))
    assert accept(papers["second stop"]) == (PERMIT, "suspended")
    assert "より前" in refused(lambda: accept(papers["again"]))


def test_what_this_house_stopped_as_well_is_not_started_by_the_citys_paper(papers: dict[str, bytes], area: str) -> None:
    from sekisho.adapters.database.models import Person
    from sekisho.bootstrap.permits import StopCause, start_permit, stop_permit

    accept(papers["permit"])
    for person in ("one", "other"):
        Person.objects.create(username=person, tenant_id=TENANT, roles=["information_systems"], password="!")
    stop_permit(TENANT, PERMIT, "one", StopCause.ALARM, AT)
    assert accept(papers["stop"]) == (PERMIT, "suspended")
    assert accept(papers["again"]) == (PERMIT, "suspended")
    assert start_permit(TENANT, PERMIT, ("one", "other"), AT) == "active"


def changed(body: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """A stop with something else in it."""
    paper = json.loads(body)
    said = json.loads(paper["statement"])
    change(said)
    return json.dumps({**paper, "statement": json.dumps(said, ensure_ascii=False)}).encode()


def newer(said: dict[str, Any]) -> None:
    """Somebody makes an old stop newer."""
    said["since"] = (datetime.now(UTC) + timedelta(days=1)).isoformat()


def of_another_permit(said: dict[str, Any]) -> None:
    """Somebody makes it another permit's."""
    said["permit"] = "R1-60-01"


def of_another(said: dict[str, Any]) -> None:
    """It is another municipality's."""
    said["tenant"] = "401307"


def without_a_moment(said: dict[str, Any]) -> None:
    """It does not say since when."""
    said["since"] = "soon"


@pytest.mark.parametrize("change", [newer, of_another_permit, of_another, without_a_moment])
def test_a_stop_that_was_changed_stops_nothing(
    papers: dict[str, bytes], area: str, change: Callable[[dict[str, Any]], None]
) -> None:
    accept(papers["permit"])
    assert refused(lambda: accept(changed(papers["stop"], change)))
    assert objections() == []


def test_a_stop_that_strangers_signed_stops_nothing(papers: dict[str, bytes], area: str) -> None:
    from sekisho.adapters.database.issuers import issuer_signs

    accept(papers["permit"])
    paper = json.loads(papers["stop"])
    paper["signatures"] = issuer_signs(TENANT, paper["statement"].encode(), ["stranger"])
    unsigned: list[object] = []
    for signatures in (paper["signatures"], unsigned):
        body = json.dumps({**paper, "signatures": signatures}).encode()
        assert "署名" in refused(partial(accept, body))
    assert objections() == []


def test_an_older_permit_of_the_connection_does_not_go_round_the_stop_of_a_newer_one(
    papers: dict[str, bytes], area: str
) -> None:
    from sekisho.adapters.database.models import PermitRow

    accept(papers["permit"])
    row = PermitRow.objects.get(permit=PERMIT)
    document = json.loads(bytes(row.document))
    later = (datetime.fromisoformat(document["issued_at"]) + timedelta(days=1)).isoformat()
    PermitRow.objects.filter(pk=row.pk).update(
        permit="R2-60-02", document=json.dumps({**document, "permit": "R2-60-02", "issued_at": later}).encode()
    )
    assert refused(lambda: accept(papers["permit"]))
    assert not PermitRow.objects.filter(permit=PERMIT).exists()


@pytest.mark.urls(S1_URLS)
def test_the_page_of_s1_says_that_the_city_has_stopped_it_and_what_to_do(papers: dict[str, bytes], area: str) -> None:
    from tests.unit.web.two_offices import client_of

    reader = client_of("operator", "operator")
    assert "受け入れた通行証はありません" in reader.get("/permits/").content.decode()
    accept(papers["permit"])
    assert "市の会議の判断" not in reader.get("/permits/").content.decode()
    accept(papers["stop"])
    page = reader.get("/permits/").content.decode()
    assert "止められている（市の会議の判断）" in page
    assert "市で二人が再開し" in page
    accept(papers["again"])
    assert "止められている" not in reader.get("/permits/").content.decode()
