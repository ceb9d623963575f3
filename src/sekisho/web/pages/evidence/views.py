"""S-500 証跡検索 and S-505 検証."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sekisho.adapters.database.queries_evidence import EntryFilter, entry_rows, verdict_of_entries
from sekisho.adapters.database.queries_gate import crossing_row, entries_of_parcel
from sekisho.adapters.database.queries_rows import EntryRow
from sekisho.web.access import Role, open_to
from sekisho.web.components.facts import Choice, Pages, Said, choices
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.components.vocabulary import ENTRY_KINDS, short_parcel, words_of
from sekisho.web.office import office_in
from sekisho.web.pages.evidence.bundles import verdict_on_bundle
from sekisho.web.pages.evidence.proof_page import ProofPanel, proof_panel
from sekisho.web.pages.gate.crossings_page import page_number, pages_of
from sekisho.web.words import Words

SEARCH = screen("S-500", Words("証跡検索", "Evidence"))
VERIFY = screen("S-505", Words("検証", "Verify"), "", Crumb(title=SEARCH.title, url="/evidence/"))
_TRUSTED = (Role.AUDITOR, Role.INFORMATION_SYSTEMS, Role.HEAD, Role.SECRETARIAT)
_PAGE = 50
_LARGEST_BUNDLE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One entry in the list."""

    index: int | None
    at: datetime
    kind: Words
    parcel: str
    short_parcel: str
    url: str
    by: str
    leaf: str
    pruned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesPage:
    """Everything on S-500."""

    kinds: tuple[Choice, ...]
    parcel: str
    person: str
    rows: tuple[EntryLine, ...]
    pages: Pages


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyPage:
    """Everything on S-505."""

    parcel: str
    proof: ProofPanel | None
    faults: tuple[Words, ...]


def _by(row: EntryRow) -> str:
    """Who acted, and where."""
    by = row.data.get("by")
    if not isinstance(by, dict):
        return ""
    return " / ".join(str(by[part]) for part in ("person", "terminal") if by.get(part))


def _line(row: EntryRow) -> EntryLine:
    """An entry in the list, with the way to its crossing."""
    return EntryLine(
        index=row.index,
        at=row.at,
        kind=words_of(ENTRY_KINDS, row.kind),
        parcel=row.parcel,
        short_parcel=short_parcel(row.parcel),
        url=reverse("crossing", args=[row.parcel]) if row.parcel else "",
        by=_by(row),
        leaf=row.leaf,
        pruned=row.pruned,
    )


@require_GET
@open_to(*_TRUSTED)
def entries(request: HttpRequest) -> HttpResponse:
    """Search the ledger."""
    office, typed = office_in(request), request.GET.dict()
    asked = {name: typed.get(name, "").strip()[:64] for name in ("kind", "parcel", "person")}
    number = page_number(typed.get("page", ""))
    wanted = EntryFilter(**asked)
    total, rows = entry_rows(office.tenant, wanted, first=(number - 1) * _PAGE, count=_PAGE)
    kinds: dict[str, Said] = {str(kind): words for kind, words in ENTRY_KINDS.items()}
    page = EntriesPage(
        kinds=choices(kinds, wanted.kind),
        parcel=wanted.parcel,
        person=wanted.person,
        rows=tuple(_line(row) for row in rows),
        pages=pages_of(number, total, asked, _PAGE),
    )
    return render(request, "evidence/entries.html", {"screen": SEARCH, "page": page})


@require_http_methods(["GET", "POST"])
@open_to(*_TRUSTED)
def verify(request: HttpRequest) -> HttpResponse:
    """Verify a crossing by its number, or an evidence file that somebody brought."""
    page = _of_file(request) if request.method == "POST" else _of_parcel(request)
    return render(request, "evidence/verify.html", {"screen": VERIFY, "page": page}, status=422 if page.faults else 200)


def _of_parcel(request: HttpRequest) -> VerifyPage:
    """Recompute the ledger for one crossing of this municipality."""
    tenant, parcel = office_in(request).tenant, request.GET.get("parcel", "").strip()[:64]
    if not parcel:
        return VerifyPage(parcel="", proof=None, faults=())
    if crossing_row(tenant, parcel) is None:
        raise Http404
    rows = list(entries_of_parcel(tenant, parcel))
    return VerifyPage(parcel=parcel, proof=proof_panel(verdict_of_entries(tenant, rows), rows), faults=())


def _of_file(request: HttpRequest) -> VerifyPage:
    """Verify an evidence file by itself."""
    file = request.FILES.get("bundle")
    if file is None or (file.size or 0) > _LARGEST_BUNDLE:
        missing = Words(
            "証拠一式のファイル（4 MiB まで）を選んでください。", "Choose an evidence file (at most 4 MiB)."
        )
        return VerifyPage(parcel="", proof=None, faults=(missing,))
    return VerifyPage(parcel="", proof=verdict_on_bundle(office_in(request).tenant, file.read()), faults=())
