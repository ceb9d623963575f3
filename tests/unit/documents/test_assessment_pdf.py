"""An assessment report as PDF: every answer stands on the page, the same data give the same bytes, and no more."""

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from sekisho.adapters.documents import (
    assessment_pdf,
    change_rows,
    changes_workbook,
    check_redacted,
    text_of,
    typeset,
    words_in,
)
from sekisho.kernel import ReasonCode, Refused, SekishoError
from sekisho.kernel.council import Depth, change_table, changes_between, find_place
from sekisho.records import write_wareki
from tests.unit.kernel.assessment_story import AFTER, BEFORE, FORM, answering

ROWS = change_table(FORM, changes_between(FORM, BEFORE, AFTER))
PDF = assessment_pdf(FORM, AFTER, changes=ROWS)
A4 = {(595, 842), (842, 595)}


def bare(texts: Iterable[str]) -> str:
    """A text without spaces and line breaks."""
    return "".join("".join(texts).split())


SAID = bare(text_of(PDF))


def shown(key: str) -> list[str]:
    """What the page has to say for an answer."""
    value, place = AFTER.values[key], find_place(FORM, key)
    assert place is not None
    if FORM.items[place.item].kind == "date":
        return [write_wareki(date.fromisoformat(str(value)))]
    return list(value) if isinstance(value, tuple) else [str(value)]


@pytest.mark.parametrize("key", sorted(AFTER.values))
def test_every_answer_stands_on_the_page_beside_its_number(key: str) -> None:
    place = find_place(FORM, key)
    assert place is not None
    assert bare([key, FORM.items[place.item].ja]) in SAID
    assert [each for each in shown(key) if bare([each]) not in SAID] == []


def test_the_table_of_changes_stands_on_a_page_of_its_own() -> None:
    last = bare(text_of(PDF)[-1])
    assert "別添3変更箇所" in last
    for row in change_rows(FORM, ROWS):
        assert [cell for cell in row if bare([cell]) not in last] == []
    assert "別添3" not in bare(text_of(assessment_pdf(FORM, AFTER)))
    assert "変更箇所はありません" in bare(text_of(assessment_pdf(FORM, AFTER, changes=[]))[-1])


def test_the_page_is_a4_and_says_what_it_is() -> None:
    reader = PdfReader(io.BytesIO(PDF))
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == A4
    about = reader.metadata
    assert about is not None
    assert (about.title, about.author) == ("個人住民税課税事務 全項目評価書", "長崎市長")
    assert about.creation_date_raw is not None
    assert about.creation_date_raw.startswith("D:20191220")


def test_the_same_data_give_the_same_bytes_and_other_data_others() -> None:
    assert assessment_pdf(FORM, AFTER, changes=ROWS) == PDF
    assert assessment_pdf(FORM, answering(AFTER, {"Ⅰ.1.①": "別の事務"}), changes=ROWS) != PDF


def test_what_is_assumed_is_marked_and_what_is_said_is_not() -> None:
    assert SAID.count("(想定)") == len(AFTER.assumed) + 1
    assert "想定" not in bare(text_of(assessment_pdf(FORM, replace(AFTER, assumed=frozenset()))))


def test_a_shorter_form_shows_only_its_own_items() -> None:
    basic = bare(text_of(assessment_pdf(FORM, AFTER, depth=Depth.BASIC)))
    assert "基礎項目評価書" in basic
    keys = {key: find_place(FORM, key) for key in AFTER.values}
    deeper = [key for key, place in keys.items() if place is not None and FORM.items[place.item].depth > Depth.BASIC]
    assert len(deeper) > 100
    assert [key for key in deeper if bare([key, FORM.items[find_place(FORM, key).item].ja]) in basic] == []  # type: ignore[union-attr]
    key_report = replace(AFTER, depth=Depth.KEY)
    assert assessment_pdf(FORM, key_report, depth=Depth.ALL_ITEMS) == assessment_pdf(FORM, key_report)


HOSTILE = [
    '#read("common.typ")',
    "*太字* _斜体_ $x^2$ <label> @ref",
    '#import "@preview/x:1.0.0": y',
    "\\u{41} //注",
    "]]}\n[[{",
]


def test_a_text_is_never_read_as_markup() -> None:
    said = bare(text_of(assessment_pdf(FORM, answering(AFTER, {"Ⅰ.1.①": "\n".join(HOSTILE)}), depth=Depth.BASIC)))
    assert [each for each in HOSTILE if bare([each]) not in said] == []
    assert "cjk-latin-spacing" not in said


def test_after_its_end_the_day_stands_behind_the_name() -> None:
    ended = assessment_pdf(FORM, AFTER, ended_on=date(2021, 3, 31))
    assert "個人住民税課税事務全項目評価書【令和3年3月31日終了】" in bare(text_of(ended))
    assert "終了】" not in SAID


SECRETS = ["長崎太郎", "095-829-1124", "123456789018"]


def test_nothing_of_the_list_of_words_to_leave_out_is_said() -> None:
    assert words_in(PDF, SECRETS) == ()
    check_redacted(PDF, SECRETS)


@pytest.mark.parametrize(("number", "key"), list(enumerate(["表紙.評価書名", "Ⅱ.4.委託[1].⑥", "Ⅲ.7.リスク1.⑤"])))
def test_a_planted_word_is_found_wherever_it_stands_and_is_not_repeated(number: int, key: str) -> None:
    planted = answering(AFTER, {key: f"{'あ' * 70}{SECRETS[number]}"})
    pdf = assessment_pdf(FORM, planted)
    with pytest.raises(Refused) as refusal:
        check_redacted(pdf, ["", *SECRETS])
    [reason] = refusal.value.reasons
    assert (reason.code, reason.facts) == (ReasonCode.REDACTION_FAILED, {"number": str(number + 2)})
    assert SECRETS[number] not in f"{reason.ja}{reason.en}{refusal.value}"


def test_a_word_in_what_is_written_about_the_document_is_found_and_width_does_not_hide_it() -> None:
    named = assessment_pdf(FORM, answering(AFTER, {"表紙.評価実施機関名": "Ｓｅｃｒｅｔ市長"}))
    assert words_in(named, ["secret市長", "市 長"]) == (1, 2)


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("０９５－８２９－１１２４", "095-829-1124"),
        ("ながさきたろう", "ナガサキタロウ"),
        ("長崎 太郎", "長崎太郎"),
        ("ﾅｶﾞｻｷﾀﾛｳ", "ながさきたろう"),
    ],
)
def test_the_same_word_in_another_form_is_the_same_word(written: str, word: str) -> None:
    pdf = assessment_pdf(FORM, answering(AFTER, {"Ⅱ.4.委託[1].⑥": f"あ{written}い"}))
    assert words_in(pdf, ["", "無関係の語", word, word]) == (3, 4)


def test_a_word_so_short_that_it_would_be_found_everywhere_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        check_redacted(PDF, ["市"])
    assert [reason.code for reason in refusal.value.reasons] == [ReasonCode.INPUT_NOT_UNDERSTOOD]


def test_a_word_only_in_a_bookmark_is_found() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(PDF))
    writer.add_outline_item(title="長崎太郎", page_number=0)
    kept = io.BytesIO()
    writer.write(kept)
    assert words_in(kept.getvalue(), SECRETS) == (1,)


def test_what_is_no_document_is_a_fault() -> None:
    with pytest.raises(SekishoError):
        text_of(b"not a document")
    with pytest.raises(SekishoError) as fault:
        typeset("letter", {"title": "氏名"}, date(2019, 12, 20))
    assert "氏名" not in str(fault.value)


def test_the_table_of_changes_as_a_workbook() -> None:
    with zipfile.ZipFile(io.BytesIO(changes_workbook(FORM, ROWS))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row>") == len(ROWS) + 1
    assert [cell for row in change_rows(FORM, ROWS) for cell in row if cell not in sheet] == []


def test_the_facts_of_the_form_are_not_those_of_the_document() -> None:
    golden = json.loads((Path(__file__).parents[2] / "golden" / "assessment" / "form_4.json").read_text("utf-8"))
    assert bare([golden["source"].split(" ")[0]]) in SAID
