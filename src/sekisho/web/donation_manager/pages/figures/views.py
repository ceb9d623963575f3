"""S-345 寄附の統計: a year by portal, by prefecture and by month; a map, and tables that say the same."""

from types import SimpleNamespace
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.documents.spreadsheet import CONTENT_TYPE, workbook
from sekisho.adapters.donations.acts import record_export
from sekisho.adapters.donations.figures import Figure, Figures, figures_of
from sekisho.web.access import EVERYBODY, open_to
from sekisho.web.components.dates import read_year
from sekisho.web.components.facts import Said
from sekisho.web.components.portals import portal_words
from sekisho.web.components.screen import screen
from sekisho.web.donation_manager.pages.figures.tile_map import HEIGHT, SIDE, WIDTH, tile_map
from sekisho.web.donation_manager.words import act_of, prefecture_words
from sekisho.web.office import office_in
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.words import Words

SCREEN = screen("S-345", Words("寄附の統計", "Donations in figures"))
_HEADS: Final = (
    Words("区分", "By"),
    Words("内訳", "Which"),
    Words("件数", "Donations"),
    Words("金額（円）", "Amount (yen)"),
)


def _year(request: HttpRequest) -> int:
    """The year that was asked for; this one, if none was."""
    return read_year(request.GET.get("year", "")) or office_day(timezone.now()).year


def _month(number: int | str) -> Words:
    """A month."""
    return Words(f"{number}月", f"Month {number}")


def _tables(found: Figures) -> tuple[tuple[Words, tuple[tuple[Said, Figure], ...]], ...]:
    """Every table with its lines."""
    return (
        (Words("ポータル", "Portal"), tuple((portal_words(str(each.what)), each) for each in found.portals)),
        (Words("月", "Month"), tuple((_month(each.what), each) for each in found.months)),
        (
            Words("都道府県", "Prefecture"),
            tuple((prefecture_words(int(each.what)), each) for each in found.prefectures),
        ),
    )


@require_GET
@open_to(*EVERYBODY)
def figures(request: HttpRequest) -> HttpResponse:
    """A year in figures; no name and no address."""
    found = figures_of(office_in(request).tenant, _year(request))
    years = sorted({*found.years, found.year}, reverse=True)
    page = SimpleNamespace(
        year=found.year,
        years=years,
        total=found.total,
        tables=_tables(found),
        tiles=tile_map(found.prefectures),
        width=WIDTH,
        height=HEIGHT,
        side=SIDE - 2,
        middle=SIDE // 2 - 1,
    )
    return render(request, "donation_manager/figures.html", {"screen": SCREEN, "page": page})


@require_POST
@open_to(*EVERYBODY)
def figures_export(request: HttpRequest) -> HttpResponse:
    """The same figures as a workbook."""
    office, now = office_in(request), timezone.now()
    found = figures_of(office.tenant, _year(request))
    rows = [(str(name), str(words), line.count, line.amount) for name, lines in _tables(found) for words, line in lines]
    record_export(act_of(office, now), f"figures {found.year}", len(rows))
    body = workbook(str(SCREEN.title), [str(words) for words in _HEADS], rows)
    return attachment(body, CONTENT_TYPE, f"figures-{found.year}-{now:%Y%m%d-%H%M%S}.xlsx")
