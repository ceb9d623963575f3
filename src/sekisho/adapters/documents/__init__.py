"""Documents that leave the house: reports and letters as PDF, lists as workbooks, and a second look before they go."""

from sekisho.adapters.documents.assessment import (
    assessment_pdf,
    change_rows,
    changes_workbook,
    report_parts,
    shown_answer,
)
from sekisho.adapters.documents.erasure import erasure_pdf
from sekisho.adapters.documents.internal import SIGNATURES_FOR, InternalFacts, internal_pdf
from sekisho.adapters.documents.letter import LetterFacts, letter_data, letter_pdf
from sekisho.adapters.documents.minutes import minutes_pdf
from sekisho.adapters.documents.questions import QuestionPart, QuestionSheet, question_sheet_pdf
from sekisho.adapters.documents.rereading import check_redacted, text_of, words_in
from sekisho.adapters.documents.spreadsheet import CONTENT_TYPE, workbook
from sekisho.adapters.documents.typesetting import typeset

__all__ = [
    "CONTENT_TYPE",
    "SIGNATURES_FOR",
    "InternalFacts",
    "LetterFacts",
    "QuestionPart",
    "QuestionSheet",
    "assessment_pdf",
    "change_rows",
    "changes_workbook",
    "check_redacted",
    "erasure_pdf",
    "internal_pdf",
    "letter_data",
    "letter_pdf",
    "minutes_pdf",
    "question_sheet_pdf",
    "report_parts",
    "shown_answer",
    "text_of",
    "typeset",
    "words_in",
    "workbook",
]
