"""Opening a municipality from the command line: a file, a first administrator, and clear sentences otherwise."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sekisho.cli import main
from sekisho.cli.municipality import read_opening
from sekisho.records import RecordsError


def run(*arguments: str) -> Result:
    """One command."""
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def example() -> str:
    """The file that the command prints to be filled in."""
    return run("municipality", "example").stdout


def test_the_example_opens_a_city_whose_administrator_enters_everybody_else(
    home: Path, transactional_db: None, example: str, tmp_path: Path
) -> None:
    file = tmp_path / "city.yaml"
    file.write_text(example, encoding="utf-8")
    told = json.loads(run("municipality", "open", str(file), "--json").stdout)
    assert (told["municipality"], told["administrator"]) == ("422011", "kanri")
    from sekisho.adapters.database.models import Person
    from sekisho.bootstrap import accounts, council

    assert Person.objects.get(username="kanri").check_password(told["password"])
    newcomer = accounts.Newcomer(
        person="sofuku", label_ja="崇福 学", label_en="Sofuku Manabu", department="asset_tax", roles=("operator",)
    )
    accounts.enter_person(council.act_as("422011", "kanri"), newcomer)
    bound = run("municipality", "enrol", "asset-tax-1", "AB" * 32, "--tenant", "422011", "--person", "kanri")
    assert (bound.exit_code, "asset-tax-1" in bound.stdout) == (0, True)
    as_issued = ":".join(["CD"] * 32)
    told = run("municipality", "enrol", "asset-tax-1", as_issued, "--tenant", "422011", "--person", "kanri", "--json")
    assert json.loads(told.stdout) == {"terminal": "asset-tax-1", "fingerprint": "cd" * 32}
    again = run("municipality", "open", str(file))
    assert (again.exit_code, "もう登録されています" in again.stderr) == (2, True)
    assert Person.objects.count() == 2


def test_an_administrator_who_cannot_be_entered_leaves_no_city_behind(
    home: Path, transactional_db: None, example: str, tmp_path: Path
) -> None:
    file = tmp_path / "city.yaml"
    file.write_text(example.replace("person: kanri", "person: KANRI"), encoding="utf-8")
    refused = run("municipality", "open", str(file))
    assert (refused.exit_code, "職員番号" in refused.stderr) == (1, True)
    from sekisho.adapters.database.models import EntryRow, Tenant

    assert (Tenant.objects.count(), EntryRow.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("422011", "422012", "municipality"),
        ("agency: mayor, ja: 資産税課", "agency: moon, ja: 資産税課", "moon"),
        ("zone: lgwan", "zone: sky", "sky"),
        ("department: asset_tax}", "department: nowhere}", "nowhere"),
        ("en: Nagasaki City", "en: 5", "en"),
        (", en: Nagasaki City", "", "en"),
        ("administrator:", "governor:", "governor"),
        ("  - {agency: mayor, ja", "  x: {agency: mayor, ja", "agencies"),
        ("municipality: {", "municipality: [", "YAML"),
    ],
)
def test_a_file_with_a_fault_is_refused_and_the_place_named(example: str, old: str, new: str, told: str) -> None:
    assert old in example
    with pytest.raises(RecordsError, match=told):
        read_opening(example.replace(old, new).encode())


def test_a_file_in_another_code_is_said_so(example: str) -> None:
    with pytest.raises(RecordsError, match="UTF-8"):
        read_opening(example.encode("cp932"))


OWN = """assessment_threshold:
  source: 実施要綱
  holds_from: "2026-04-01"
  strict_handlers: 500
  rules:
    - {subjects_from: 1000, depth: basic, strict_depth: key}
    - {subjects_from: 10000, depth: DEPTH, strict_depth: all_items}
    - {subjects_from: 100000, depth: all_items, strict_depth: all_items}
"""


def test_a_city_s_own_threshold_is_in_the_ledger_and_judges_or_the_city_is_not_opened(
    home: Path, transactional_db: None, example: str, tmp_path: Path
) -> None:
    from sekisho.adapters.database.assessment_desk import judgement_of
    from sekisho.adapters.database.ledgers import read_entries
    from sekisho.adapters.database.models import AssessmentVersion, Person, Tenant
    from sekisho.bootstrap import assessments as office
    from sekisho.kernel.council import Depth

    file = tmp_path / "city.yaml"
    file.write_text(example + OWN.replace("DEPTH", "none"), encoding="utf-8")
    refused = run("municipality", "open", str(file))
    assert (refused.exit_code, "10,000 / 0 / -: none < basic" in refused.output) == (1, True)
    assert Tenant.objects.count() == 0
    file.write_text(example + OWN.replace("DEPTH", "key"), encoding="utf-8")
    assert run("municipality", "open", str(file)).exit_code == 0
    own = next(each for each in read_entries("422011") if each["kind"] == "tenant_opened")["assessment_threshold"]
    assert (own["source"], own["rules"][1]["depth"]) == ("実施要綱", "key")
    drafter = {"tenant_id": "422011", "department": "asset_tax", "roles": ["drafter"]}
    Person.objects.create(username="doza", **drafter)
    doza = office.act_as("422011", "doza")
    assessment = office.plan_assessment(doza, office.Plan(label_ja="固定資産税", label_en="Property tax"))
    assert office.judge(doza, assessment, office.Numbers(subjects=10_000, handlers=0)) is Depth.KEY
    judged = judgement_of(AssessmentVersion.objects.get())
    assert judged is not None
    assert (judged.depth, judged.table, judged.source) == (Depth.KEY, "local", "実施要綱")


def test_canaries_are_registered_once_and_their_texts_stay_out_of_the_ledger(
    home: Path, transactional_db: None, example: str, tmp_path: Path
) -> None:
    from sekisho.adapters.database.canaries import canaries_beside
    from sekisho.adapters.database.models import EntryRow

    city, texts = tmp_path / "city.yaml", tmp_path / "canaries.txt"
    city.write_text(example, encoding="utf-8")
    run("municipality", "open", str(city))
    texts.write_text("見張り番 架空子 1丁目\n\n見張り番 架空男 2丁目\n", encoding="utf-8")
    for _ in range(2):
        told = json.loads(run("municipality", "canary", str(texts), "--tenant", "422011", "--json").stdout)
        assert told == {"municipality": "422011", "canaries": 2}
    assert [each.text for each in canaries_beside("401307")] == ["見張り番 架空子 1丁目", "見張り番 架空男 2丁目"]
    assert canaries_beside("422011") == ()
    entries = EntryRow.objects.filter(kind="canary_registered")
    assert entries.count() == 2
    assert not any("見張り番".encode() in bytes(each.body) for each in entries)
    texts.write_text("短い\n", encoding="utf-8")
    assert run("municipality", "canary", str(texts), "--tenant", "422011").exit_code == 1


def test_the_council_s_rules_are_opened_with_entered_anew_by_the_secretariat_and_in_the_ledger(
    home: Path, transactional_db: None, example: str, tmp_path: Path
) -> None:
    from sekisho.adapters.database.ledgers import read_entries
    from sekisho.adapters.database.models import Person, Tenant

    file, at = tmp_path / "city.yaml", example.index("# council_rules")
    sitting = example[at:].replace("# ", "")
    file.write_text(example[:at] + sitting.replace('majority: "1/2"', 'majority: "1/3"'), encoding="utf-8")
    refused = run("municipality", "open", str(file))
    assert (refused.exit_code, "majority_present/majority: 1/3" in refused.output) == (1, True)
    assert Tenant.objects.count() == 0
    file.write_text(example[:at] + sitting, encoding="utf-8")
    assert run("municipality", "open", str(file)).exit_code == 0
    opened = next(each for each in read_entries("422011") if each["kind"] == "tenant_opened")
    assert opened["council_rules"][0]["legal_basis"] == "長崎市個人情報保護審議会規則第6条"
    Person.objects.create(username="kazagashira", tenant_id="422011", roles=["secretariat"])
    file.write_text(sitting.replace("majority_present", "from_april"), encoding="utf-8")
    said = ("municipality", "rules", str(file), "--tenant", "422011", "--json", "--person")
    assert run(*said, "kanri").exit_code == 1
    assert json.loads(run(*said, "kazagashira").stdout)["council_rules"] == ["from_april"]
    entered = [each for each in read_entries("422011") if each["kind"] == "council_rules_set"]
    assert [each["council_rules"][0]["rule"] for each in entered] == ["from_april"]
