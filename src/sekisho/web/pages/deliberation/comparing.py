"""S-222 先例との違い: what is put to the council this time, field by field against a named precedent."""

from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sekisho.adapters.database.council_precedents import precedent_dossier
from sekisho.kernel import Refused
from sekisho.kernel.council import weigh_changes
from sekisho.web.access import EVERYBODY, open_to
from sekisho.web.office import office_in
from sekisho.web.pages.council.change_lines import change_lines
from sekisho.web.pages.deliberation.matters import screen_of
from sekisho.web.pages.deliberation.precedent_choice import compare_form
from sekisho.web.pages.deliberation.reading import file_for
from sekisho.web.pages.deliberation.words import number_of
from sekisho.web.words import Words

TITLE = Words("先例との違い", "Against a precedent")


@require_GET
@open_to(*EVERYBODY)
def precedent(request: HttpRequest, matter: str) -> HttpResponse:
    """The present version against the precedent that is named; nothing differs, or each field with its weight."""
    office = office_in(request)
    file = file_for(office, matter)
    form, key = compare_form(office, file), request.GET.get("precedent", "")
    named = next((each for each in form.choices if each.key == key), None)
    if named is None:
        raise Http404
    try:
        before = precedent_dossier(office.tenant, office.department, key)
    except Refused as refused:
        raise Http404 from refused
    after = file.paper.dossier
    page = SimpleNamespace(
        rows=tuple(change_lines(weigh_changes(before, after), before.chart, after.chart)),
        number=number_of(file.row.consultation),
        title=Words(
            f"第{file.row.version}版と先例「{named.label.ja}」",
            f"version {file.row.version} and the precedent “{named.label.en}”",
        ),
        compare=form,
        chosen=key,
    )
    return render(request, "deliberation/precedent.html", {"screen": screen_of("S-222", file, TITLE), "page": page})
