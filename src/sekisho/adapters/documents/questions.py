"""質疑応答書: the questions and answers of a meeting as a paper, consultation by consultation and topic by topic."""

from dataclasses import dataclass
from datetime import date

from sekisho.adapters.documents.typesetting import typeset
from sekisho.records import write_wareki


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPart:
    """The questions of one consultation: each topic with its rows (number, question, answer, where it points)."""

    heading: str
    under: str
    topics: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSheet:
    """What the paper says: whose it is, for which meeting, as of which day, and its parts."""

    council: str
    meeting: str
    day: date
    parts: tuple[QuestionPart, ...]


def question_sheet_pdf(sheet: QuestionSheet) -> bytes:
    """The paper as PDF on A4, with page numbers."""
    data = {
        "title": "質疑応答書",
        "author": sheet.council,
        "footer": f"質疑応答書　{sheet.meeting}　{write_wareki(sheet.day)}現在",
        "day": f"{write_wareki(sheet.day)}現在",
        "council": sheet.council,
        "meeting": sheet.meeting,
        "header": ["番号", "質問", "回答", "根拠となる記載"],
        "parts": [
            {
                "heading": part.heading,
                "under": part.under,
                "topics": [{"title": title, "rows": [list(row) for row in rows]} for title, rows in part.topics],
            }
            for part in sheet.parts
        ],
    }
    return typeset("questions", data, sheet.day)
