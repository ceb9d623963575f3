"""Published minutes (会議録) as a document: the page as it was redacted, and which version it is."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sekisho.adapters.documents.typesetting import typeset
from sekisho.records.minutes import ATTENDANCE, Discussion, MinutesPage, write_agenda


def _parts(discussions: tuple[Discussion, ...]) -> Iterator[dict[str, Any]]:
    """What was said, part by part; the heading of an item stands before its first part."""
    before = ""
    for part in discussions:
        turns = [{"role": f"【{turn.role}】", "lines": turn.text.split("\n")} for turn in part.turns]
        heading = part.heading if part.heading != before else ""
        yield {"heading": heading, "phase": f"〔{part.phase}〕", "turns": turns}
        before = part.heading


def _facts(page: MinutesPage) -> list[list[str]]:
    """The head of the page; who attended by which rule only where the page says it."""
    named = (("担当所属名", page.body), ("会議名", page.title), ("日時", page.held), ("場所", page.place))
    attendance = [[ATTENDANCE, "\n".join(page.attendance)]] if page.attendance else []
    return [*(list(each) for each in named), *attendance]


def minutes_pdf(page: MinutesPage, version: int, why: str = "") -> bytes:
    """The minutes as PDF. The page must have been redacted; what it says is read again before it goes out."""
    day = date.fromisoformat(page.updated_on)
    corrected = f"第{version}版({why})" if version > 1 else ""
    data = {
        "title": f"{page.title} 会議録",
        "author": page.body,
        "footer": f"ページID:{page.page_id} 第{version}版",
        "corrected": corrected,
        "facts": _facts(page),
        "agenda": list(write_agenda(page)),
        "results": [each.text for each in page.results],
        "parts": list(_parts(page.discussions)),
        "contact": [each.strip() for each in page.contact],
    }
    return typeset("minutes", data, day)
