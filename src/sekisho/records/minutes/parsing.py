"""Reading a published minutes page: strictly, block by block. What has no place in the model is refused, never dropped.

A role token counts only at the start of a line of its own: inside a sentence it is text (the published page masks the
name of a body that way).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sekisho.records.errors import RecordsError
from sekisho.records.minutes.page import (
    AgendaLine,
    Discussion,
    MinutesPage,
    Outcome,
    PageForm,
    ResultLine,
    Session,
    Turn,
)
from sekisho.records.minutes.writing import (
    ATTENDANCE,
    CONTACT,
    LEAD,
    OPINION,
    OPINION_SOUGHT,
    RESULT_HEADING,
    write_minutes,
)
from sekisho.records.wareki import read_date

LONGEST_PAGE: Final = 4_000_000
_META: Final = re.compile(r"更新日:([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日 ページID:([0-9]{6})")
_TITLE: Final = re.compile(r"((?:平成|令和)(?:元|[0-9]{1,2})年度)第([0-9]{1,3})回 (.+)")
_HELD: Final = re.compile(r"(.+?日)\(?[^ ]*\)? *([0-9]{1,2})時([0-9]{2})分 ?[~～〜](?:([0-9]{1,2})時([0-9]{2})分)?")
_NUMBERS: Final = re.compile(r"諮問第([0-9]{1,4})号")
_ROLES: Final = "委員|実施機関|事務局|会長"
_AGENDA: Final = {
    PageForm.R1: re.compile(r"・(諮問|意見の求め|報告)(?:第([0-9]{1,4})号)?:(.+)\(([^()]+)\)"),
    PageForm.H27: re.compile(r"[0-9]{1,2} (?:(諮問)第([0-9]{1,4})号 )?(.+)"),
}
_HEADING: Final = {
    PageForm.R1: re.compile(r"・((?:諮問第[0-9]+号(?:及び|、)?)+|意見の求め|報告)について"),
    PageForm.H27: re.compile(r"[0-9]{1,2} (?:諮問第[0-9]+号 )?.+"),
}
_PHASE: Final = {
    PageForm.R1: re.compile(r"〔(質疑|審議|意見)〕"),
    PageForm.H27: re.compile(r"【(質疑|審議|意見)】"),
}
_SPEAKER: Final = {
    PageForm.R1: re.compile(rf"【({_ROLES})】"),
    PageForm.H27: re.compile(rf"\(({_ROLES})\)"),
}
_OUTCOMES: Final = (
    ("条件", Outcome.WITH_CONDITIONS),
    ("承認されなかった", Outcome.REJECTED),
    ("不承認", Outcome.REJECTED),
    ("承認", Outcome.APPROVED),
    ("継続", Outcome.CONTINUED),
    ("取下げ", Outcome.WITHDRAWN),
    ("意見", Outcome.OPINION),
    ("了承", Outcome.REPORTED),
)
_SPACE: Final = re.compile(r"[ \t\r\n]+")
_AFTER_PLACE: Final = 12
_LABELS: Final = ("担当所属名", "会議名", "日時", "場所", "議題")


def _refuse(what: str, where: str) -> RecordsError:
    """What could not be placed, by its first characters; a published page holds no personal data."""
    return RecordsError(f"会議録として読めません: {what}「{where[:30]}」 / not a minutes page")


def _match(pattern: re.Pattern[str], text: str, what: str) -> re.Match[str]:
    """A block of this form.

    Raises:
        RecordsError: It has another form.

    """
    found = pattern.fullmatch(text)
    if found is None:
        raise _refuse(what, text)
    return found


def _labelled(blocks: Sequence[str]) -> dict[str, str]:
    """The labelled blocks at the head of the page, each label followed by its value.

    Raises:
        RecordsError: A label is missing or out of its place.

    """
    labels, values = blocks[4:14:2], blocks[5:14:2]
    if tuple(labels) != _LABELS or len(values) != len(_LABELS):
        raise _refuse("見出し", " ".join(labels))
    return dict(zip(labels, values, strict=True))


def _agenda(form: PageForm, text: str) -> tuple[AgendaLine, ...]:
    """The agenda, line by line."""
    found = [_match(_AGENDA[form], line, "議題") for line in text.split("\n")]
    return tuple(
        AgendaLine(
            kind=OPINION if each[1] == OPINION_SOUGHT else each[1] or "報告",
            no=int(each[2]) if each[2] else None,
            title=each[3],
            section=each[4] if form is PageForm.R1 else "",
        )
        for each in found
    )


def _result(line: str) -> ResultLine:
    """One sentence of the results.

    Raises:
        RecordsError: It says nothing that we know.

    """
    outcome = next((outcome for word, outcome in _OUTCOMES if word in line), None)
    if outcome is None:
        raise _refuse("審議結果", line)
    return ResultLine(nos=tuple(int(no) for no in _NUMBERS.findall(line)), outcome=outcome, text=line)


def _turns(form: PageForm, blocks: Sequence[str]) -> tuple[Turn, ...]:
    """The turns of one part; a block without a speaker of its own goes on with the turn before it.

    Raises:
        RecordsError: The first block has no speaker.

    """
    turns: list[Turn] = []
    for block in blocks:
        first, _, rest = block.partition("\n")
        if speaker := _SPEAKER[form].fullmatch(first):
            turns.append(Turn(role=speaker[1], text=rest))
        elif turns:
            turns[-1] = Turn(role=turns[-1].role, text=f"{turns[-1].text}\n\n{block}")
        else:
            raise _refuse("発言者", block)
    return tuple(turns)


def _parts(form: PageForm, blocks: Sequence[str]) -> Iterator[Discussion]:
    """The parts of the minutes, each under the heading of its item and its phase.

    Raises:
        RecordsError: Something stands before the first heading or phase.

    """
    heading, phase, held = "", "", list[str]()
    for block in (*blocks, ""):
        plain = block.lstrip("\n")
        ends = not block or _HEADING[form].fullmatch(plain) or _PHASE[form].fullmatch(plain)
        if not ends:
            held.append(block)
            continue
        if phase:
            yield Discussion(
                nos=tuple(int(no) for no in _NUMBERS.findall(heading)),
                heading=heading,
                phase=phase,
                turns=_turns(form, held),
            )
        elif held:
            raise _refuse("発言", held[0])
        held, found = [], _PHASE[form].fullmatch(plain)
        heading, phase = (heading, found[1]) if found else (plain, "")


def _form_of(agenda: str) -> PageForm:
    """Pages of 2019 mark agenda items by a dot, those of 2015 by a number."""
    return PageForm.R1 if agenda.startswith("・") else PageForm.H27


def _clock(hour: str | None, minute: str | None) -> str | None:
    """9 and 30 as 09:30."""
    return f"{int(hour):02d}:{minute}" if hour else None


def _held(text: str) -> tuple[str, str | None]:
    """When it began, and when it ended if that is said."""
    found = _match(_HELD, text, "日時")
    day = read_date(text.partition(" ")[0]).iso
    return f"{day}T{_clock(found[2], found[3])}", _clock(found[4], found[5])


def _attendance(blocks: Sequence[str]) -> tuple[tuple[str, ...], Sequence[str]]:
    """What the page says of attendance, where it does, and its other blocks."""
    label, value = blocks[_AFTER_PLACE : _AFTER_PLACE + 2]
    if label != ATTENDANCE:
        return (), blocks
    return tuple(value.split("\n")), [*blocks[:_AFTER_PLACE], *blocks[_AFTER_PLACE + 2 :]]


def _page(every: Sequence[str]) -> MinutesPage:
    """The page from its blocks."""
    attendance, blocks = _attendance(every)
    labelled = _labelled(blocks)
    title, meta = _match(_TITLE, blocks[1], "件名"), _match(_META, blocks[2], "更新日")
    form = _form_of(labelled["議題"])
    has_results = blocks[14:16] == ["審議結果", RESULT_HEADING]
    end = blocks.index(CONTACT) if CONTACT in blocks else len(blocks)
    began, ended = _held(labelled["日時"])
    return MinutesPage(
        form=form,
        page_id=meta[4],
        title=blocks[1],
        updated_on=f"{meta[1]}-{int(meta[2]):02d}-{int(meta[3]):02d}",
        breadcrumb=blocks[3],
        body=labelled["担当所属名"],
        council=title[3],
        session=Session(era_year=title[1], no=int(title[2])),
        held=labelled["日時"],
        held_from=began,
        held_to=ended,
        place=labelled["場所"],
        agenda=_agenda(form, labelled["議題"]),
        results=tuple(_result(line) for line in blocks[16].split("\n")) if has_results else (),
        discussions=tuple(_parts(form, blocks[17 if has_results else 14 : end])),
        contact=tuple(blocks[end + 1 :]),
        attendance=attendance,
    )


def parse_minutes(text: str) -> MinutesPage:
    """Read a page. Written again, it is the same text, spaces at the ends of lines and empty lines aside.

    Raises:
        RecordsError: It is not such a page; with the place that could not be read.

    """
    if len(text) > LONGEST_PAGE:
        raise _refuse("長すぎます", f"{len(text)}")
    blocks = text.replace("\r\n", "\n").strip("\n").split("\n\n")
    if blocks[0] != LEAD or len(blocks) < len(_LABELS) * 2 + 4:
        raise _refuse("書き出し", blocks[0])
    page = _page(blocks)
    if _SPACE.sub("", write_minutes(page)) != _SPACE.sub("", text):
        raise _refuse("置き場のない行があります", blocks[1])
    return page
