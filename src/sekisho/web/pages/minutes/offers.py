"""What this person can do about minutes now, each act as a form."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse

from sekisho.adapters.database.queries_minutes import DraftView, MinutesFile
from sekisho.kernel.council import MINUTES_TABLE, Role
from sekisho.web.components.act_forms import AREA, SELECT, ActForm, FormField, pick, words_pair
from sekisho.web.office import Office
from sekisho.web.words import Words

READERS: Final = frozenset({Role.SECRETARIAT, Role.CHAIR, Role.COUNCIL_MEMBER})
CHECKERS: Final = READERS
_NO_NAME: Final = Words(
    "1行に1つ。この語は公開するページとPDFから取り除かれます。", "One a line; removed from page and PDF."
)


def _form(file: MinutesFile, act: str, words: Words, *fields: FormField, main: bool = False) -> ActForm:
    """An act as a form."""
    url = reverse("minutes_act", args=[file.line.minutes, act])
    return ActForm(key=act, url=url, words=words, fields=fields, main=main)


def _acts(act: str) -> Words:
    """What an act of the state table is called."""
    return words_pair(MINUTES_TABLE.acts[act])


def _of_secretariat(file: MinutesFile, draft: DraftView) -> Iterator[ActForm]:
    """Editing, the word that was overlooked, publication, correction."""
    state = file.line.state
    if state in {"drafted", "edited"}:
        words = "\n".join(draft.words)
        yield _form(
            file,
            "edit",
            Words("整理して出席者に送る", "Edit, and send it to those present"),
            FormField(name="text", words=Words("会議録の本文", "Text of the minutes"), kind=AREA, value=draft.text),
            FormField(
                name="words",
                words=Words("非公開とする語", "Words to be removed"),
                kind=AREA,
                value=words,
                hint=_NO_NAME,
                required=False,
            ),
            main=True,
        )
    if state == "confirmed":
        found = FormField(name="word", words=Words("見つけた語", "The word that was found"))
        yield _form(file, "find_leak", _acts("find_leak"), found)
        if draft.checked:
            yield _form(file, "check_redaction", _acts("check_redaction"), main=True)
    if state == "redaction_checked":
        yield _form(file, "publish", _acts("publish"), main=True)
    if state == "published":
        why = FormField(name="why", words=Words("訂正する理由（公開されます）", "Why (it is published)"), kind=AREA)
        yield _form(file, "begin_correction", _acts("correct"), why)


def offers(file: MinutesFile, draft: DraftView, office: Office) -> Iterator[ActForm]:
    """Everything that this person can do now."""
    roles = set(office.roles)
    if Role.SECRETARIAT in roles:
        yield from _of_secretariat(file, draft)
    present = office.person in file.attendees and roles & {Role.CHAIR, Role.COUNCIL_MEMBER}
    if file.line.state == "edited" and present and office.person not in draft.confirmed:
        yield _form(file, "confirm", _acts("confirm"), main=True)
        remark = FormField(name="remark", words=Words("異議の内容", "What you object to"), kind=AREA)
        yield _form(file, "object", _acts("object"), remark)
    if file.line.state == "confirmed" and roles & CHECKERS and office.person not in draft.checked:
        read = Words("公開する文面を読み、問題なしとする", "I have read what would go out: nothing to be removed")
        yield _form(file, "mark_redaction", read)


def draft_form(meetings: tuple[tuple[str, str, str], ...]) -> ActForm:
    """Drafting the minutes of a closed meeting."""
    options = pick(*((meeting, Words(ja, en)) for meeting, ja, en in meetings))
    contact = Words("お問い合わせ先（1行に1つ）", "Whom to ask, one a line")
    return ActForm(
        key="draft",
        url=reverse("minutes_draft"),
        words=Words("会議録の案を作る", "Draft the minutes"),
        main=True,
        fields=(
            FormField(name="meeting", words=Words("閉会した会議", "Closed meeting"), kind=SELECT, choices=options),
            FormField(name="page_id", words=Words("ページID（数字6桁）", "Page id (six digits)")),
            FormField(name="contact", words=contact, kind=AREA, required=False),
        ),
    )
