"""S-510 帳簿と立会人: how far witnesses have signed, entering a sign-off, pruning; S-511 the sheet for the minutes."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from sekisho.adapters.database.ledgers import latest_checkpoint, ledger_verifier_key
from sekisho.adapters.database.pruning import care_of
from sekisho.adapters.database.witnesses import (
    Witness,
    cosigned_note,
    keep_cosignature,
    newest_witnessed,
    overdue_witnesses,
    policy_of,
    request_for,
    witness_named,
    witnesses_of,
)
from sekisho.adapters.witnesses import code_picture, read_code
from sekisho.kernel import SekishoError, WitnessObjection, objection_words, read_checkpoint, split_note
from sekisho.web.access import Role, open_to
from sekisho.web.components.dates import long_moment
from sekisho.web.components.facts import Check, Fact, failed, passed, pending
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.office import office_in
from sekisho.web.words import Words

SCREEN: Final = screen("S-510", Words("帳簿と立会人", "Ledger and witnesses"))
TITLE: Final = Words("立会いの依頼と署名", "Request and sign-off")
_READERS: Final = (Role.AUDITOR, Role.INFORMATION_SYSTEMS, Role.HEAD, Role.SECRETARIAT)
_LARGEST_FILE: Final = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessesPage:
    """Everything on S-510."""

    checks: tuple[Check, ...]
    tone: str
    title: Words
    facts: tuple[Fact, ...]
    names: tuple[str, ...]
    key: str
    policy: str
    faults: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """Everything on S-511."""

    name: str
    facts: tuple[Fact, ...]
    request: str
    request_code: str
    signed_note: str
    signed_code: str


def _check(row: Witness, size: int, *, late: bool) -> Check:
    """How it stands with one witness."""
    signed = Words(f"{row.size:,}件まで", f"{row.size:,} entries")
    when = f"{signed}、{long_moment(row.signed_at)}" if row.signed_at else Words("まだ署名がありません", "Never signed")
    if row.objection:
        said = Words(*objection_words(WitnessObjection(row.objection), row.objected_size, size))
        return failed(Words(f"{row.name}：署名しません", f"{row.name} does not sign"), said)
    if late:
        return failed(Words(f"{row.name}：署名が遅れています", f"{row.name} is overdue"), when)
    if row.size == size:
        return passed(Words(f"{row.name}：最新まで署名済み", f"{row.name} has signed everything"), when)
    return pending(Words(f"{row.name}：次の署名を待っています", f"{row.name} signs next"), when)


def _keeping(tenant: str) -> Iterator[Fact]:
    """What is set for old entries, and what was done."""
    care, nothing = care_of(tenant), Words("決まっていません（消去しません）", "Not set: nothing is removed")
    kept = Words(f"{care.keeping_days}日", f"{care.keeping_days} days") if care.keeping_days else nothing
    yield Fact(name=Words("内容の保存期間", "Contents are kept for"), value=kept)
    if care.held_because:
        held = Words("消去を止めています", "Pruning is held")
        yield Fact(name=Words("法的保全", "Legal hold"), value=held, more=care.held_because)
    if care.stopped_at:
        why = Words("一度に消す件数が多すぎるため、見合わせました", "Too many at once: the breaker stopped it")
        yield Fact(name=Words("消去の見合わせ", "Stopped"), value=why, more=long_moment(care.stopped_at))
    if care.pruned_at:
        until = Words(f"{care.pruned_until:,}件目まで", f"Up to entry {care.pruned_until:,}")
        yield Fact(name=Words("内容を消去した記録", "Pruned"), value=until, more=long_moment(care.pruned_at))


def _page(tenant: str, faults: tuple[Words, ...] = ()) -> WitnessesPage:
    """The page of a municipality."""
    newest, rows = latest_checkpoint(tenant), witnesses_of(tenant)
    size, late = newest.size if newest else 0, {row.pk for row in overdue_witnesses(tenant, timezone.now())}
    checks = tuple(_check(row, size, late=row.pk in late) for row in rows)
    tone, title = "good", Words("立会人が帳簿を見ています", "Witnesses watch this ledger")
    if not rows:
        tone, title = "wait", Words("立会人がいません", "There is no witness")
    elif any(check.tone == "stop" for check in checks):
        tone, title = "stop", Words("確かめが要ります", "Something needs looking into")
    entries = Fact(name=Words("帳簿の記録", "Entries"), value=Words(f"{size:,}件", f"{size:,}"))
    return WitnessesPage(
        checks=checks,
        tone=tone,
        title=title,
        facts=(entries, *_keeping(tenant)),
        names=tuple(row.name for row in rows),
        key=ledger_verifier_key(tenant),
        policy=policy_of(tenant),
        faults=faults,
    )


@require_http_methods(["GET", "POST"])
@open_to(*_READERS)
def witnesses(request: HttpRequest) -> HttpResponse:
    """How it stands with the witnesses; a sign-off that came on paper or by file is entered here."""
    tenant = office_in(request).tenant
    faults: tuple[Words, ...] = ()
    if request.method == "POST":
        try:
            size = keep_cosignature(_named(request), _typed(request), timezone.now())
        except SekishoError as fault:
            ja, _, en = str(fault).partition(" / ")
            faults = (Words(ja, en or ja),)
        else:
            messages.success(request, str(Words(f"{size:,}件までの署名を入れました。", f"Signed up to {size:,}.")))
            return redirect("witnesses")
    context = {"screen": SCREEN, "page": _page(tenant, faults)}
    return render(request, "evidence/witnesses.html", context, status=422 if faults else 200)


def _named(request: HttpRequest) -> Witness:
    """Whose sign-off it is."""
    return witness_named(office_in(request).tenant, request.POST.get("witness", "")[:60])


def _typed(request: HttpRequest) -> str:
    """The signature line as it was typed, in a text file, or on a picture of its code."""
    file = request.FILES.get("file")
    content = file.read() if file is not None and (file.size or 0) <= _LARGEST_FILE else b""
    if not content:
        return request.POST.get("signature", "")[:4000].strip() + "\n"
    try:
        return content.decode("utf-8").strip() + "\n"
    except UnicodeDecodeError:
        return read_code(content).strip() + "\n"


def _picture(text: str) -> str:
    """A code as the source of an image; nothing if the text does not fit in one."""
    drawing = code_picture(text) if text else ""
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}" if drawing else ""


@require_GET
@open_to(*_READERS)
def sheet(request: HttpRequest, name: str) -> HttpResponse:
    """One page of A4 for the minutes: what the witness is asked, and what was signed last, both as codes."""
    tenant = office_in(request).tenant
    try:
        row = witness_named(tenant, name)
        asked = request_for(row)
    except SekishoError:
        raise Http404 from None
    offered, signed = read_checkpoint(split_note(asked.split("\n\n", 1)[1])[0]), newest_witnessed(tenant)
    note = cosigned_note(tenant, signed) if signed else ""
    facts = (
        Fact(name=Words("帳簿", "Ledger"), value=offered.origin),
        Fact(name=Words("記録の件数", "Entries"), value=f"{offered.size:,}"),
        Fact(name=Words("前回の署名", "Signed before"), value=f"{row.size:,}"),
        Fact(name=Words("帳簿の指紋", "Root"), value=offered.root.hex()),
    )
    page = SheetPage(
        name=row.name,
        facts=facts,
        request=asked,
        request_code=_picture(asked),
        signed_note=note,
        signed_code=_picture(note),
    )
    shown = screen("S-511", TITLE, row.name, Crumb(title=SCREEN.title, url="/evidence/witnesses/"))
    return render(request, "evidence/witness_sheet.html", {"screen": shown, "page": page})
