"""What S-205 asks about custody is read back as it was typed, is shown on S-210, and blocks the submission."""

from dataclasses import replace

import pytest
from django.urls import reverse

from sekisho.kernel.council import NoteKind, missing_in_papers
from sekisho.web.pages.charting.gaps import gaps_of
from sekisho.web.pages.deliberation.custody_part import NOTE_KINDS, custody_facts, custody_fields, read_custody
from sekisho.web.pages.deliberation.draft_form import draft_sections
from sekisho.web.pages.deliberation.draft_reading import read_draft
from tests.fakes.council import Desks, open_council, paper_56
from tests.unit.web.two_offices import NAGASAKI, client_of, open_office

TYPED = {
    "login.1.credential": "tax_login",
    "login.1.departments": "asset_tax",
    "login.1.custodians": "inasa",
    "login.1.operators": "urakami\r\n doza ",
    "login.1.shared_with": "届出",
    "device.asset_tax_terminal.form": "ノート型",
    "note.1.kind": "no_path",
    "note.1.on": "asset_tax_terminal/linkage_platform",
    "note.1.text": "つながっていない",
    "note.2.kind": "term",
}


@pytest.fixture
def mine(db: None) -> Desks:
    open_office(NAGASAKI)
    return open_council(NAGASAKI)


def test_an_untouched_form_gives_the_dossier_back() -> None:
    dossier = paper_56().dossier
    fields = {each.name: each.value for each in custody_fields(dossier) if not each.choices}
    assert read_custody(dossier, fields) == dossier
    assert read_custody(dossier, {}) == dossier
    (section,) = (each for each in draft_sections(paper_56()) if each.key == "custody")
    assert {each.name for each in section.fields} >= set(TYPED)


def test_what_is_typed_is_in_the_papers_is_shown_and_is_judged() -> None:
    paper = paper_56()
    bare = replace(paper, dossier=replace(paper.dossier, credentials=(), devices=(), notes=()))
    typed = read_draft(bare, TYPED).dossier
    (login,), (card,), (note,) = typed.credentials, typed.devices, typed.notes
    assert (login.operators, login.shared_with, login.exception) == (("urakami", "doza"), ("届出",), "")
    assert (card.computer, card.form, card.lock) == ("asset_tax_terminal", "ノート型", "")
    assert (note.kind, note.on, note.note) == (NoteKind.NO_PATH, "asset_tax_terminal/linkage_platform", "n1")
    asked = {each.facts.get("what") for each in missing_in_papers(typed, paper.terms)}
    assert {"shared_with: exception, exception_until", "lock"} <= asked
    told = " ".join(f"{each.name} {each.value} {each.more}" for each in custody_facts(typed))
    for words in ("tax_login", "inasa", "urakami、doza", "届出", "ノート型", "つながっていない"):
        assert words in told
    gone = read_custody(typed, {"login.1.credential": "", "note.1.on": "", "note.1.text": ""})
    assert (gone.credentials, gone.notes) == ((), ())


def test_every_gap_of_custody_leads_to_a_field_of_the_form() -> None:
    paper = paper_56()
    none = replace(paper.dossier, credentials=())
    typed = read_draft(replace(paper, dossier=replace(none, devices=(), notes=())), TYPED)
    strange = read_custody(typed.dossier, {"note.2.kind": "no_path", "note.2.on": "ghost/linkage_platform"})
    never = read_custody(typed.dossier, {"login.1.exception": "急ぐ", "login.1.exception_until": "いつか"})
    for dossier, count in ((none, 1), (typed.dossier, 6), (strange, 7), (never, 6)):
        fields = {f"#custody-{each.name}" for each in custody_fields(dossier)}
        gaps = [each for each in gaps_of("m1", dossier, paper.terms) if "#custody-" in each.url]
        assert len(gaps) == count
        assert {each.url[each.url.index("#") :] for each in gaps} <= fields


def test_every_kind_of_note_has_words_and_an_unknown_one_is_refused() -> None:
    assert set(NOTE_KINDS) == set(NoteKind)
    with pytest.raises(ValueError, match="rumour"):
        read_custody(paper_56().dossier, {"note.1.kind": "rumour"})


def test_a_shared_login_typed_on_screen_is_named_on_the_page_and_not_submitted(mine: Desks) -> None:
    matter = mine.draft
    drafter, page = client_of("doza"), reverse("matter", args=[matter])
    assert "asset_tax_login" in drafter.get(page).content.decode()  # copied from the precedent with its custody
    assert drafter.post(reverse("matter_edit", args=[matter]), {"login.1.shared_with": "届出"}).status_code == 302
    text = drafter.get(page).content.decode()
    assert "共用：届出" in text
    assert "共用の理由と終わる日" in text
    sent = client_of("inasa").post(reverse("matter_act", args=[matter, "submit"]))
    assert "shared_with: exception" in sent.content.decode()
    assert drafter.post(reverse("matter_edit", args=[matter]), {"note.1.kind": "rumour"}).status_code == 422
