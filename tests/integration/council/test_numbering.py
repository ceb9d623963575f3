"""A register kept on paper goes on here: forwards, by the secretariat, with its entry, or not at all."""

import json

import pytest

from sekisho.kernel import ReasonCode
from tests.integration.cli.test_office_commands import run
from tests.integration.conftest import Office
from tests.integration.council.conftest import why


def entries() -> list[dict[str, object]]:
    """The entries about numbering."""
    from sekisho.adapters.database.models import EntryRow

    rows = EntryRow.objects.filter(kind="numbering_continued").order_by("id")
    return [json.loads(bytes(each.body)) for each in rows]


def test_numbers_go_on_from_paper_and_never_back(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, circulated

    # City has number 56 on file, and goes on from there: what is on file is never given again.
    office = act(city, "kazagashira")
    assert why(lambda: council.continue_numbering(office, 55)) == {ReasonCode.NOT_IN_THIS_STATE}
    assert why(lambda: council.continue_numbering(office, 56)) == {ReasonCode.NOT_IN_THIS_STATE}
    assert why(lambda: council.continue_numbering(act(city, "doza"), 90)) == {ReasonCode.NOT_ALLOWED}
    assert entries() == []
    assert council.continue_numbering(office, 90) == 90
    (entry,) = entries()
    assert (entry["before"], entry["after"], entry["by"]) == (56, 90, {"person": "kazagashira"})
    matter, _ = circulated(city)
    from sekisho.adapters.database.models import Matter

    assert Matter.objects.get(matter=matter).consultation == "90"
    assert why(lambda: council.continue_numbering(office, 90)) == {ReasonCode.NOT_IN_THIS_STATE}
    assert council.continue_numbering(office, 100) == 100


def test_without_its_entry_the_number_stays(city: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from sekisho.adapters.database import council_numbering
    from sekisho.adapters.database.models import CouncilNumber
    from sekisho.bootstrap import council
    from tests.fakes.council import act

    def full(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(council_numbering, "note", full)
    with pytest.raises(OSError):
        council.continue_numbering(act(city, "kazagashira"), 90)
    assert CouncilNumber.objects.get(tenant_id=city, series="consultation").next == 56


def test_the_shell_goes_on_from_paper_too(office: Office) -> None:
    from tests.fakes.council import enter_people

    enter_people(office.tenant)
    said = ("--tenant", office.tenant, "--person", "kazagashira")
    back = run("municipality", "continue", "1", *said)
    assert (back.exit_code, entries()) == (1, [])
    told = run("municipality", "continue", "90", *said, "--json")
    assert json.loads(told.stdout) == {"municipality": office.tenant, "next": 90}
    assert run("municipality", "continue", "89", *said).exit_code == 1
    assert "第91号" in run("municipality", "continue", "91", *said).stdout
    assert [each["after"] for each in entries()] == [90, 91]
