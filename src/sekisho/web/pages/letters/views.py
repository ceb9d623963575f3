"""S-240 答申書・条件の入力: results, conditions, the letter as it will be, what is missing, signatures, permits."""

from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.council_conditions import UNDECIDED
from sekisho.adapters.database.queries_council import MatterFile, MatterRow, matter_rows, names_of
from sekisho.adapters.database.queries_desk import record_export
from sekisho.adapters.database.queries_internal_papers import internal_on_file
from sekisho.adapters.database.queries_letters import LetterOnFile, letter_on_file
from sekisho.kernel import Reason, ReasonCode, Refused, because
from sekisho.kernel.council import ANSWERED_BY_LETTER
from sekisho.web.access import EVERYBODY, open_to, refuse
from sekisho.web.components.act_forms import ActForm
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.office import Office, office_in
from sekisho.web.pages.deliberation.agency_part import agency_part
from sekisho.web.pages.deliberation.condition_lines import ConditionLine, condition_lines
from sekisho.web.pages.deliberation.decision_parts import decision_facts, signing_forms, stamp_rows, verdict_rows
from sekisho.web.pages.deliberation.reading import file_for, may_read
from sekisho.web.pages.deliberation.words import matter_chip, number_of
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.pages.letters.course import course_of, issued_rows, lacking_for, permit_steps, tallies_of
from sekisho.web.pages.letters.forms import BACK, enter_form, is_open, wordings
from sekisho.web.words import Words

TITLE: Final = Words("答申書・条件の入力", "Decision letter and conditions")
_ANSWERED: Final = ("answered", "agency_decided", "agency_declined", "in_force")
SHOWN: Final = frozenset({*UNDECIDED, *ANSWERED_BY_LETTER, *_ANSWERED})
"""Where a matter stands while its letter is prepared, signed, and followed by permits."""


def letters_waiting(office: Office) -> tuple[MatterRow, ...]:
    """The matters of which this reader may follow the letter: taken up in a meeting, decided, or in force."""
    rows = matter_rows(office.tenant, timezone.now())
    return tuple(row for row in rows if row.state in SHOWN and may_read(row, office))


def _line(row: MatterRow, office: Office) -> SimpleNamespace:
    """One matter in the list, with how far its letter has come."""
    letter = letter_on_file(office.tenant, row.matter)
    steps = course_of(letter, issued_rows(office.tenant, file_for(office, row.matter), letter))
    here = next((each.name for each in steps if each.here), Words("済み", "Done"))
    return SimpleNamespace(
        url=reverse("matter_letter", args=[row.matter]),
        number=number_of(row.consultation),
        title=Words(row.label_ja, row.label_en),
        chip=matter_chip(row.state),
        meeting=Words(row.meeting.label_ja, row.meeting.label_en) if row.meeting else "",
        here=here,
        lacking=len(lacking_for(letter, row.matter)) if letter and letter.draft else 0,
    )


@require_GET
@open_to(*EVERYBODY)
def letters(request: HttpRequest) -> HttpResponse:
    """The letters that are not done yet; or all of them, or those of one meeting."""
    office, wanted, whole = office_in(request), request.GET.get("meeting", ""), "all" in request.GET
    rows = [
        row
        for row in letters_waiting(office)
        if (row.meeting is not None and row.meeting.meeting == wanted if wanted else whole or row.state != "in_force")
    ]
    page = SimpleNamespace(rows=[_line(row, office) for row in rows], whole=whole or bool(wanted))
    shown = screen("S-240", Words("答申書", "Decision letters"))
    return render(request, "letters/letters.html", {"screen": shown, "page": page})


def _preview(letter: LetterOnFile | None) -> tuple[Mapping[str, object], tuple[Reason, ...]]:
    """The document as it will be, or why it cannot be made."""
    if letter is None:
        return {}, ()
    try:
        return letter.parts(), ()
    except Refused as refused:
        return {}, refused.reasons


def _going_back(form: ActForm) -> ActForm:
    """The same form, which comes back here."""
    return replace(form, back=BACK)


def _conditions(file: MatterFile, office: Office) -> tuple[ConditionLine, ...]:
    """The conditions with what this person can do about each, coming back here."""
    lines = condition_lines(file.conditions, office, names_of(office.tenant))
    return tuple(replace(line, forms=tuple(_going_back(form) for form in line.forms)) for line in lines)


def _page(file: MatterFile, office: Office) -> SimpleNamespace:
    """Everything on S-240."""
    matter, names = file.row.matter, names_of(office.tenant)
    found = letter_on_file(office.tenant, matter)
    view, rows = file.decision if found else None, issued_rows(office.tenant, file, found)
    preview, unmade = _preview(found)
    return SimpleNamespace(
        number=number_of(file.row.consultation),
        title=Words(file.row.label_ja, file.row.label_en),
        chip=matter_chip(file.row.state),
        agency=agency_part(file, office, names, BACK) if found else None,
        steps=course_of(found, rows),
        lacking=lacking_for(found, matter) if found and found.draft else (),
        decided=found is not None,
        decision_url=reverse("matter_decision", args=[matter]),
        verdicts=tuple(verdict_rows(file)),
        tallies=tallies_of(file),
        facts=tuple(each for each in decision_facts(view) if not each.url) if view else (),
        conditions=_conditions(file, office),
        open=is_open(file),
        enter=enter_form(file, office),
        wordings=tuple(wordings(file, office)),
        stamps=stamp_rows(view, names),
        forms=tuple(signing_forms(file, office, BACK)),
        permits=permit_steps(file, rows) if found and not found.draft else (),
        preview=preview,
        unmade=unmade,
        pdf_url=reverse("letter_pdf", args=[matter]) if preview else "",
        digest=view.digest if view else "",
    )


@require_GET
@open_to(*EVERYBODY)
def letter(request: HttpRequest, matter: str) -> HttpResponse:
    """One letter, from the decision to its permits."""
    office = office_in(request)
    file = file_for(office, matter)
    if file.row.state not in SHOWN:
        raise Http404
    page = _page(file, office)
    crumb = Crumb(title=Words("答申書", "Decision letters"), url=reverse("letters"))
    return render(request, "letters/letter.html", {"screen": screen("S-240", TITLE, page.number, crumb), "page": page})


@require_POST
@open_to(*EVERYBODY)
def pdf(request: HttpRequest, matter: str) -> HttpResponse:
    """The letter as PDF; one that is not signed by both says so on its first line."""
    office, now = office_in(request), timezone.now()
    file_for(office, matter)
    found = letter_on_file(office.tenant, matter)
    if found is None:
        raise Http404
    try:
        body = found.pdf()
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    record_export(office.tenant, office.standing, now, what=f"letter {matter}")
    return attachment(body, "application/pdf", f"letter-{matter}.pdf")


@require_POST
@open_to(*EVERYBODY)
def internal(request: HttpRequest, matter: str) -> HttpResponse:
    """The agency's own decision as PDF; one that still lacks a signature says so on its first line."""
    office, now = office_in(request), timezone.now()
    file, found = file_for(office, matter), internal_on_file(office.tenant, matter)
    if found is None:
        return refuse(request, because(ReasonCode.NOT_IN_THIS_STATE, what=matter, state=file.row.state), status=409)
    try:
        body = found.pdf()
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    record_export(office.tenant, office.standing, now, what=f"internal decision {matter}")
    return attachment(body, "application/pdf", f"internal-decision-{matter}.pdf")
