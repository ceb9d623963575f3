"""A list as a workbook: whoever may read it may take it along, and the ledger knows that they did."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from sekisho.adapters.database.queries_desk import record_export
from sekisho.adapters.documents.spreadsheet import CONTENT_TYPE
from sekisho.kernel import ReasonCode, because
from sekisho.web.access import EVERYBODY, Role, open_to, refuse
from sekisho.web.components.listing import list_workbook
from sekisho.web.office import office_in
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.pages.lists.columns import LISTS


@require_POST
@open_to(*EVERYBODY, Role.CONTRACTOR, Role.ADMINISTRATOR)
def list_export(request: HttpRequest, name: str) -> HttpResponse:
    """One list, as this reader sees it."""
    office, listed, now = office_in(request), LISTS.get(name), timezone.now()
    if listed is None:
        raise Http404
    if not set(listed.roles) & set(office.roles):
        return refuse(request, because(ReasonCode.NOT_ALLOWED, action=f"export {name}"))
    body = list_workbook(listed.title, listed.columns, listed.rows(office))
    record_export(office.tenant, office.standing, now, what=name)
    return attachment(body, CONTENT_TYPE, f"{name}-{now:%Y%m%d-%H%M%S}.xlsx")
