"""S-359 束でまとめて: a stack of applications scanned, keyed, verified or accepted in one go, each with a result."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.donations.one_stop_desk import Typing
from sekisho.adapters.donations.one_stop_stacks import (
    MOST,
    StackForm,
    StackResult,
    accept_stack,
    key_stack,
    verify_stack,
    waiting_to_accept,
)
from sekisho.business.hometown_donations.one_stop import FORM_FIELDS
from sekisho.kernel import ReasonCode, because
from sekisho.web.access import open_to, refuse
from sekisho.web.components.dates import read_day
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.donation_manager.pages.one_stop.fields import IDENTITY_CODES
from sekisho.web.donation_manager.pages.one_stop.keying import LIST, full_number, take_picture
from sekisho.web.donation_manager.pages.one_stop.terminals import at_terminals, deed_of
from sekisho.web.donation_manager.pages.one_stop.views import asked_year
from sekisho.web.donation_manager.words import OFFICERS
from sekisho.web.office import Office, office_in
from sekisho.web.words import Words

PICTURES: Final = 50
_LARGEST: Final = 2 << 20
_TITLE: Final = Words("束でまとめて", "A whole stack")
_HEADINGS: Final[Mapping[str, str]] = {
    "整理番号": "case",
    "受付日": "received_on",
    "本人確認": "identity",
    **{words[0]: name for name, words in FORM_FIELDS.items()},
}
_UNREAD: Final = Words(
    f"CSVとして読めません。1行目に見出し（整理番号、氏名、…）、{MOST}行まで",
    f"It cannot be read as a CSV with headings and at most {MOST} rows",
)
_NO_DAY: Final = Words("受付日を読めないか、先の日付です", "the day of receipt cannot be read, or is still to come")
_NO_IDENTITY: Final = Words("本人確認は 1、2、または空欄です", "identity is 1, 2 or empty")


def _both(words: Words) -> str:
    """Both languages, Japanese first."""
    return f"{words.ja} / {words.en}"


def _is_utf8(body: bytes) -> bool:
    """Is it written in UTF-8?"""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def read_stack(body: bytes) -> list[dict[str, str]]:
    """The rows of an office's table, by field: UTF-8 or Shift_JIS, with Japanese headings or the fields' own names.

    Nothing, if it is no such table.
    """
    try:
        text = body.decode("utf-8-sig" if _is_utf8(body) else "cp932")
        head, *rows = csv.reader(text.splitlines(), strict=True)
    except (csv.Error, ValueError):  # also bytes that are no characters: nothing of a name is guessed
        return []
    names = [_HEADINGS.get(each.strip(), each.strip()) for each in head]
    whole = "\x00" not in text and "case" in names and len(set(names)) == len(names)
    whole = whole and all(len(row) == len(names) for row in rows if row)
    found = [dict(zip(names, row, strict=True)) for row in rows if row] if whole else []
    return found if len(found) <= MOST else []


def _line(result: StackResult) -> SimpleNamespace:
    """One result, ready to be shown: fields and reasons, never what was typed."""
    differing = [Words(*FORM_FIELDS[each]) for each in result.differing]
    said = [Words(each.ja, each.en) for each in result.reasons]
    return SimpleNamespace(case=result.case, done=result.done, differing=differing, said=said, fault=result.fault)


def _show(request: HttpRequest, act: Words | str = "", results: Sequence[StackResult] = ()) -> HttpResponse:
    """The page, with the results of what was just done."""
    office = office_in(request)
    year = asked_year(request, office.tenant)
    rows = [_line(each) for each in results]
    page = SimpleNamespace(
        act=act,
        rows=rows,
        done=sum(row.done for row in rows),
        left=sum(not row.done for row in rows),
        year=year,
        waiting=len(waiting_to_accept(office.tenant, year)),
        pictures=PICTURES,
        most=MOST,
    )
    shown = screen("S-359", _TITLE, "", Crumb(title=LIST, url=reverse("one_stop")))
    status = 422 if page.left else 200
    return render(request, "donation_manager/one_stop_stack.html", {"screen": shown, "page": page}, status=status)


@require_GET
@open_to(*OFFICERS)
@at_terminals
def stack(request: HttpRequest) -> HttpResponse:
    """What can be done with a stack."""
    return _show(request)


def _typed(request: HttpRequest) -> list[dict[str, str]]:
    """The rows that came; nothing if they cannot be read. The table is kept nowhere."""
    upload = request.FILES.get("table")
    if upload is None or (upload.size or 0) > _LARGEST:
        return []
    today = office_day(timezone.now())
    return [{**row, "case": full_number(row["case"], today)} for row in read_stack(upload.read())]


def _form(row: Mapping[str, str], today: date) -> StackForm | StackResult:
    """One row as a first keying, or what is wrong with it."""
    received, identity = read_day(row.get("received_on", "")), IDENTITY_CODES.get(row.get("identity", "").strip())
    if received is None or received > today:
        return StackResult(case=row["case"], fault=_both(_NO_DAY))
    if identity is None:
        return StackResult(case=row["case"], fault=_both(_NO_IDENTITY))
    return StackForm(case=row["case"], typing=Typing(values=row, received_on=received, identity=identity))


def _key(office: Office, rows: Sequence[Mapping[str, str]]) -> tuple[StackResult, ...]:
    """The first keying of the rows that can be read; the others are told."""
    now = timezone.now()
    read = [_form(row, office_day(now)) for row in rows]
    forms = [each for each in read if isinstance(each, StackForm)]
    unread = [each for each in read if isinstance(each, StackResult)]
    return (*unread, *key_stack(deed_of(office, "", now), forms))


@require_POST
@open_to(*OFFICERS)
@at_terminals
def table(request: HttpRequest, act: str) -> HttpResponse:
    """A table of keyings: the first (`key`), or the second by another person (`verify`)."""
    office, rows = office_in(request), _typed(request)
    if not rows:
        reason = because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="CSV", what=_both(_UNREAD))
        return refuse(request, reason, status=422)
    if act == "key":
        return _show(request, Words("入力", "Keyed"), _key(office, rows))
    deed = deed_of(office, "", timezone.now())
    return _show(request, Words("照合", "Verified"), verify_stack(deed, [(row["case"], row) for row in rows]))


@require_POST
@open_to(*OFFICERS)
@at_terminals
def accept(request: HttpRequest) -> HttpResponse:
    """Accept every application of the year in which nothing is missing."""
    office = office_in(request)
    waiting = waiting_to_accept(office.tenant, asked_year(request, office.tenant))
    return _show(request, Words("受付", "Accepted"), accept_stack(deed_of(office, "", timezone.now()), waiting))


@require_POST
@open_to(*OFFICERS)
@at_terminals
def scan(request: HttpRequest) -> HttpResponse:
    """A stack of scanned forms: the code on each finds its case, and each picture is kept sealed."""
    office, pictures = office_in(request), request.FILES.getlist("pictures")
    if not 0 < len(pictures) <= PICTURES:
        what = f"1〜{PICTURES}枚 / 1 to {PICTURES}"
        return refuse(request, because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="picture", what=what), status=422)
    results = [take_picture(office, each, number) for number, each in enumerate(pictures, start=1)]
    return _show(request, Words("スキャン", "Scanned"), results)
