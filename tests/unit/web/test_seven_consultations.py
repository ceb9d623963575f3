"""S-210 of all seven items of November 2019: every field with its source or marked as assumed, the map drawn."""

from datetime import UTC, datetime
from html import escape, unescape

import pytest

from sekisho.adapters.database.queries_authority import consultation_row
from sekisho.adapters.database.setup import issue_permit, open_tenant
from sekisho.adapters.dossiers import SHIPPED, read_dossier, shipped_dossier
from sekisho.kernel.council import ConditionKind, NoteKind, ProofKind
from sekisho.web.pages.council.papers_part import paper_sections
from sekisho.web.pages.council.papers_words import FIELD_WORDS, SECTION_WORDS, VALUE_WORDS
from tests.unit.web.two_offices import NAGASAKI, client_of

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def enter_all() -> None:
    """The seven consultations of the meeting."""
    for number in SHIPPED:
        text = shipped_dossier(number)
        open_tenant(read_dossier(text), text, NOW)


def test_every_field_of_every_dossier_stands_on_its_page() -> None:
    enter_all()
    client = client_of("kazagashira")
    for number in SHIPPED:
        answer = client.get(f"/consultations/{number}/")
        assert answer.status_code == 200
        page = answer.content.decode()
        lines = [line for part in paper_sections(read_dossier(shipped_dossier(number)).papers) for line in part.lines]
        assert [
            line.path for line in lines if escape(line.value) not in page and line.value not in unescape(page)
        ] == []
        assert page.count('class="mark-assumed"') == sum(line.assumed for line in lines) > 0
        assert '<svg class="flowmap"' in page


def test_the_list_names_all_seven() -> None:
    enter_all()
    page = client_of("kazagashira").get("/consultations/").content.decode()
    assert all(read_dossier(shipped_dossier(number)).consultation["ja"] in page for number in SHIPPED)


def test_a_page_names_only_permits_that_were_issued() -> None:
    enter_all()
    row = consultation_row(NAGASAKI, "59")
    assert row is not None
    assert row.permits == ()
    dossier = read_dossier(shipped_dossier("59"))
    issue_permit(dossier.approved[0], dossier.issuers, NOW)
    row = consultation_row(NAGASAKI, "59")
    assert row is not None
    assert row.permits == (("donations-down", "R1-59-01"),)


def test_every_kind_of_note_condition_and_proof_has_its_words() -> None:
    coded = {("kind", str(kind)) for kind in (*NoteKind, *ConditionKind)} | {("proof", str(kind)) for kind in ProofKind}
    assert coded <= set(VALUE_WORDS)


def test_every_field_section_and_code_has_its_words() -> None:
    for number in SHIPPED:
        lines = [line for part in paper_sections(read_dossier(shipped_dossier(number)).papers) for line in part.lines]
        assert [line.path for line in lines if line.name.ja == line.name.en] == []
    assert all(words.ja and words.en for table in (FIELD_WORDS, SECTION_WORDS) for words in table.values())
    assert all(words.ja and words.en for words in VALUE_WORDS.values())
