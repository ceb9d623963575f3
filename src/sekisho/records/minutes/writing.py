"""Writing a minutes page from its model: the same text, block by block, as it was published."""

from collections.abc import Iterator

from sekisho.records.minutes.page import AgendaLine, Discussion, MinutesPage, PageForm

LEAD = "ここから本文です。"
RESULT_HEADING = "結  果"
CONTACT = "お問い合わせ先"
ATTENDANCE = "出席"
OPINION, OPINION_SOUGHT = "意見", "意見の求め"
_BRACKETS = {PageForm.R1: ("〔", "〕", "【", "】"), PageForm.H27: ("【", "】", "(", ")")}


def _updated(day: str) -> str:
    """2020-04-13 as 2020年4月13日."""
    year, month, date = (int(part) for part in day.split("-"))
    return f"{year}年{month}月{date}日"


def _agenda_line(form: PageForm, number: int, line: AgendaLine) -> str:
    """One line of the agenda."""
    kind = OPINION_SOUGHT if line.kind == OPINION else line.kind
    named = f"{kind}第{line.no}号" if line.no is not None else kind
    if form is PageForm.R1:
        return f"・{named}:{line.title}({line.section})"
    return f"{number} {named} {line.title}" if line.no is not None else f"{number} {line.title}"


def write_agenda(page: MinutesPage) -> tuple[str, ...]:
    """The lines of the agenda as they stand on the page."""
    return tuple(_agenda_line(page.form, number, each) for number, each in enumerate(page.agenda, start=1))


def _discussion(form: PageForm, part: Discussion, heading: str) -> Iterator[str]:
    """The blocks of one part; the heading of the item stands before its first part, after an empty line."""
    before, after, opening, closing = _BRACKETS[form]
    if heading:
        yield heading
    yield f"{before}{part.phase}{after}"
    for turn in part.turns:
        yield f"{opening}{turn.role}{closing}\n{turn.text}"


def _blocks(page: MinutesPage) -> Iterator[str]:
    """Every block of the page."""
    yield LEAD
    yield page.title
    yield f"更新日:{_updated(page.updated_on)} ページID:{page.page_id}"
    yield page.breadcrumb
    for label, value in (("担当所属名", page.body), ("会議名", page.title), ("日時", page.held), ("場所", page.place)):
        yield label
        yield value
    if page.attendance:
        yield ATTENDANCE
        yield "\n".join(page.attendance)
    yield "議題"
    yield "\n".join(write_agenda(page))
    if page.results:
        yield "審議結果"
        yield RESULT_HEADING
        yield "\n".join(each.text for each in page.results)
    before = ""
    for part in page.discussions:
        gap = "\n" if before else ""
        yield from _discussion(page.form, part, gap + part.heading if part.heading != before else "")
        before = part.heading
    yield CONTACT
    yield from page.contact


def write_minutes(page: MinutesPage) -> str:
    """The page as text, lines ended by LF, none at the end."""
    return "\n\n".join(_blocks(page))
