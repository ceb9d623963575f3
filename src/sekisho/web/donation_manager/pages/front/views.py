"""S-340 ふるさと納税: what came in lately, and what waits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sekisho.adapters.donations.overview import overview_of
from sekisho.web.access import EVERYBODY, open_to
from sekisho.web.components.screen import screen
from sekisho.web.office import office_in
from sekisho.web.words import Words

TODAY = screen("S-340", Words("今日の寄附", "Donations today"))


@require_GET
@open_to(*EVERYBODY)
def today(request: HttpRequest) -> HttpResponse:
    """The area's own figures; no name and no address."""
    page = overview_of(office_in(request).tenant)
    return render(request, "donation_manager/today.html", {"screen": TODAY, "page": page})
