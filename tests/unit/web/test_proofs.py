"""S-255 and the API: a proof is handed in with its kind and the digest of its paper, and the verifier sees both."""

import json

import pytest

from sekisho.adapters.database.models import ConditionRow, EntryRow
from tests.fakes.council import Desks, open_council
from tests.unit.web.two_offices import NAGASAKI, client_of, open_office

DIGEST = "3f9a71c0" * 8


@pytest.fixture
def mine(db: None) -> Desks:
    open_office(NAGASAKI)
    return open_council(NAGASAKI)


def last_said() -> dict[str, object]:
    """The newest entry of a proof."""
    row = EntryRow.objects.filter(kind__startswith="proof_").order_by("id").last()
    assert row is not None
    found: dict[str, object] = json.loads(bytes(row.body))
    return found


def test_the_owner_says_which_kind_of_proof_it_is_and_the_verifier_sees_the_digest_of_its_file(mine: Desks) -> None:
    doza, address = client_of("doza"), f"/conditions/{mine.condition}/act/submit_proof/"
    page = doza.get("/conditions/").content.decode()
    assert '<option value="photo" selected>' in page, "what the council asked for is chosen already"
    said = {"proof_kind": "report", "proof": "設置報告書 3枚", "proof_paper": DIGEST[:-1]}
    assert doza.post(address, said).status_code == 409
    assert doza.post(address, said | {"proof_kind": "rumour", "proof_paper": DIGEST}).status_code == 409
    assert ConditionRow.objects.get(condition=mine.condition).state == "open"
    assert doza.post(address, said | {"proof_paper": f" {DIGEST.upper()}\n"}).status_code == 302
    told = last_said()
    assert (told["kind"], told["proof_kind"], told["paper"]) == ("proof_submitted", "report", DIGEST)
    assert "設置報告書" not in json.dumps(told, ensure_ascii=False)
    glover = client_of("glover")
    page = glover.get("/conditions/").content.decode()
    assert "報告書" in page
    assert f'title="{DIGEST}"' in page
    assert glover.post(f"/conditions/{mine.condition}/act/verify/").status_code == 302
    assert (last_said()["kind"], last_said()["paper"]) == ("proof_verified", DIGEST)


def test_a_program_hands_a_proof_in_with_kind_and_digest_or_in_words_alone(mine: Desks) -> None:
    doza, address = client_of("doza"), f"/api/conditions/{mine.condition}/submit-proof"

    def post(**said: str) -> int:
        return doza.post(address, json.dumps(said), content_type="application/json").status_code

    assert post(proof="x", kind="rumour") == 422
    assert post(proof="x", sha256="none") == 422
    assert post(proof="計測の記録", kind="measurement", sha256=DIGEST) == 200
    (shown,) = (each for each in doza.get("/api/conditions").json() if each["condition"] == mine.condition)
    assert (shown["proof"], shown["proof_kind"], shown["proof_sha256"]) == ("photo", "measurement", DIGEST)
    client_of("glover").post(f"/conditions/{mine.condition}/act/reject_proof/", {"reason": "読めない"})
    assert post(proof="写真 3枚") == 200
    assert (last_said()["proof_kind"], last_said()["paper"]) == ("photo", "")
