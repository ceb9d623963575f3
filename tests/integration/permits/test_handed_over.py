"""A permit of the city's council in the gate of another house: handed over, accepted, obeyed, stopped there as well."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from tests.fakes.manager import sekisho

TENANT, PERMIT, CONNECTION = "422011", "R1-60-02", "filing-exception-notices"
AT = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
_CITY = """
from datetime import UTC, datetime, timedelta
from sekisho.bootstrap import open_house, prepare_database
open_house(); prepare_database()
from sekisho.adapters.database.models import Person
from sekisho.adapters.database.setup import issue_permit, open_tenant
from sekisho.adapters.database.standings import enter_standing
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.kernel import AssessmentStanding
text, at = shipped_dossier("60"), datetime.now(UTC)
dossier = read_dossier(text)
open_tenant(dossier, text, at)
for approved in dossier.approved:
    issue_permit(approved, dossier.issuers, at)
since = at - timedelta(days=30)
Person.objects.create(username="kiyoura", tenant_id="422011", roles=["information_systems"], password="!")
enter_standing("422011", AssessmentStanding(assessment="one-stop-exception", in_force_from=since), "tateyama", at)
"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory, script: Callable[[Path, str], None]) -> tuple[bytes, str]:
    """The paper of a city's permit, by the city's own command, and the digest that it told."""
    city = tmp_path_factory.mktemp("city")
    script(city, _CITY)
    place = city / "paper.json"
    told = json.loads(sekisho(city, "permit", "hand-over", CONNECTION, str(place), "--person", "tateyama", "--json"))
    assert told["permit"] == PERMIT
    return place.read_bytes(), told["digest"]


@pytest.fixture(scope="module")
def script() -> Callable[[Path, str], None]:
    """A few lines in a home of its own."""
    import os
    import subprocess
    import sys

    def run(home: Path, text: str) -> None:
        environment = {**os.environ, "SEKISHO_HOME": str(home)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        done = subprocess.run(
            [sys.executable, "-c", text], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    return run


def open_manager(home: Path) -> str:
    """S1 with the city's area, empty of permits; answers its administrator."""
    place = home / "area.yaml"
    place.write_text(sekisho(home, "municipality", "example"), encoding="utf-8")
    return str(json.loads(sekisho(home, "donations", "open", "--home", str(home), str(place), "--json"))["person"])


def test_given_a_paper_when_s1_accepts_it_then_its_gate_obeys_the_citys_permit(
    paper: tuple[bytes, str], tmp_path: Path
) -> None:
    body, digest = paper
    administrator = open_manager(tmp_path)
    place = tmp_path / "paper.json"
    place.write_bytes(body)
    accept = ("permit", "accept", str(place), "--digest", digest, "--person", administrator, "--json")
    assert json.loads(sekisho(tmp_path, *accept))["status"] == "active"
    assert json.loads(sekisho(tmp_path, *accept))["permit"] == PERMIT, "the same paper again changes nothing"
    shown = json.loads(sekisho(tmp_path, "permit", "show", PERMIT, "--json"))
    assert (shown["status"], shown["faults"]) == ("active", [])
    stopped = json.loads(sekisho(tmp_path, "permit", "stop", PERMIT, "--person", "kiyoura", "--json"))
    assert stopped["status"] == "suspended", "whoever may stop it in the city may stop it there"


@pytest.fixture
def area(transactional_db: None, home: Path) -> str:
    """A house with the municipality and an administrator, and no permits; answers the administrator."""
    from sekisho.adapters.database.models import Person
    from sekisho.adapters.database.municipalities import enter_tenant
    from sekisho.adapters.database.turns import writing

    with writing():
        enter_tenant(TENANT, ("長崎市", "Nagasaki City"), AT)
    for person, role in (("fukuda", "administrator"), ("operator", "operator")):
        Person.objects.create(username=person, tenant_id=TENANT, roles=[role], password="!")
    return "fukuda"


def accept(body: bytes, by: str = "fukuda", digest: str = "") -> Any:
    """Accept a paper whose digest was told rightly, unless another one is given."""
    from sekisho.adapters.database.accepted_papers import accept_paper

    return accept_paper(body, TENANT, digest or hashlib.sha256(body).hexdigest(), by, AT)


def changed(body: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The paper with something else in it."""
    said = json.loads(body)
    change(said)
    return json.dumps(said, ensure_ascii=False).encode()


def widen(said: dict[str, Any]) -> None:
    """Somebody adds a person to the approval."""
    said["specification"]["persons"].append("dejima")


def widen_both(said: dict[str, Any]) -> None:
    """Somebody adds a person to the approval and to the document, and signs nothing."""
    from sekisho.kernel import digest_of, specification_from_data

    widen(said)
    document = json.loads(said["document"])
    document["specification_digest"] = digest_of(specification_from_data(said["specification"]))
    said["document"] = json.dumps(document)


def drop_signer(said: dict[str, Any]) -> None:
    """One signature is missing."""
    del said["signatures"][1:]


def sign_twice(said: dict[str, Any]) -> None:
    """One member's signature stands there twice, the second time under another name."""
    said["signatures"][1] = {**said["signatures"][0], "signer": "somebody"}


def spoil_signature(said: dict[str, Any]) -> None:
    """A signature is no hexadecimal number."""
    said["signatures"][0]["value"] = "none"


def lose_people(said: dict[str, Any]) -> None:
    """A part of the paper is missing."""
    del said["people"]


def of_another(said: dict[str, Any]) -> None:
    """It is another municipality's."""
    said["tenant"] = "401307"


@pytest.mark.parametrize(
    "change", [widen, widen_both, drop_signer, sign_twice, of_another, spoil_signature, lose_people]
)
def test_a_paper_that_says_something_else_is_not_accepted_even_if_its_digest_is(
    paper: tuple[bytes, str], area: str, change: Callable[[dict[str, Any]], None]
) -> None:
    from sekisho.adapters.database.models import PermitRow
    from sekisho.kernel import SekishoError

    with pytest.raises(SekishoError):
        accept(changed(paper[0], change))
    assert not PermitRow.objects.exists()


def test_the_digest_the_form_and_whoever_accepts_are_checked(paper: tuple[bytes, str], area: str) -> None:
    from sekisho.kernel import SekishoError

    with pytest.raises(SekishoError, match="要約値"):
        accept(paper[0], digest="0" * 64)
    with pytest.raises(SekishoError, match="引渡書ではありません"):
        accept(b"[]")
    for nobody in ("operator", "dejima"):
        with pytest.raises(SekishoError, match="管理者"):
            accept(paper[0], by=nobody)


def test_an_accepted_permit_dies_with_its_row_and_with_the_keys_that_were_believed(
    paper: tuple[bytes, str], area: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.database import issuers, registers
    from sekisho.adapters.database.models import PermitRow

    accept(paper[0])
    row = PermitRow.objects.get(permit=PERMIT)
    assert registers.on_file(row).signatures_hold
    assert registers.on_file(row).stopped_by == ()
    registers._read.cache_clear()
    monkeypatch.setattr(issuers, "_ACCEPTED", "nobody")
    assert not registers.on_file(row).signatures_hold
    monkeypatch.undo()
    registers._read.cache_clear()
    row.specification["parcels_a_day"] *= 10
    row.save()
    assert registers.on_file(row).specification.parcels_a_day > 2_000
    from sekisho.kernel import permit_faults

    assert permit_faults(registers.on_file(row)) != ()


def test_a_permit_whose_assessment_could_not_be_entered_is_not_there_either(
    paper: tuple[bytes, str], area: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.database import accepted_papers
    from sekisho.adapters.database.models import PermitRow

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(accepted_papers, "enter_standing", cut)
        with pytest.raises(KeyboardInterrupt):
            accept(paper[0])
    assert not PermitRow.objects.exists()
    assert accept(paper[0]).permit == PERMIT, "the same paper is accepted whole the next time"


def test_a_person_of_another_municipality_is_not_taken_for_the_one_that_is_named(
    paper: tuple[bytes, str], area: str
) -> None:
    from sekisho.adapters.database.models import PermitRow, Person, Tenant
    from sekisho.kernel import SekishoError

    Tenant.objects.create(code="401307", label_ja="福岡市", label_en="Fukuoka City")
    Person.objects.create(username="tateyama", tenant_id="401307", roles=["operator"], password="!")
    with pytest.raises(SekishoError, match="tateyama"):
        accept(paper[0])
    assert not PermitRow.objects.exists()


def test_a_member_who_is_known_by_another_key_is_not_believed(paper: tuple[bytes, str], area: str) -> None:
    from sekisho.adapters.database.setup import issue_permit, open_tenant
    from sekisho.kernel import SekishoError

    text = shipped_dossier("59")
    dossier = read_dossier(text)
    open_tenant(dossier, text, AT)
    issue_permit(dossier.approved[0], dossier.issuers, AT)
    with pytest.raises(SekishoError, match="別の鍵"):
        accept(paper[0])


def test_what_is_not_in_force_is_not_handed_over(area: str) -> None:
    from sekisho.adapters.database.permit_papers import write_paper
    from sekisho.adapters.database.permits import StopCause, stop_permit
    from sekisho.adapters.database.setup import issue_permit, open_tenant
    from sekisho.kernel import SekishoError

    text = shipped_dossier("59")
    dossier = read_dossier(text)
    open_tenant(dossier, text, AT)
    for approved in dossier.approved:
        issue_permit(approved, dossier.issuers, AT)
    assert write_paper(TENANT, "R1-59-01", "tateyama", AT).startswith(b"{")
    from sekisho.adapters.database.models import PermitRow, Person
    from sekisho.adapters.database.registers import on_file

    assert on_file(PermitRow.objects.get(permit="R1-59-01")).stopped_by == (), "handing over stops nothing"
    Person.objects.create(username="kiyoura", tenant_id=TENANT, roles=["information_systems"], password="!")
    stop_permit(TENANT, "R1-59-01", "kiyoura", StopCause.OTHER, AT)
    for permit in ("R1-59-01", "R9-99-99"):
        with pytest.raises(SekishoError, match=permit):
            write_paper(TENANT, permit, "tateyama", AT)
