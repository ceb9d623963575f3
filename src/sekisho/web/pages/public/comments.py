"""S-706 意見募集: the draft of an assessment as anybody reads it, the form for a comment, and what was answered."""

from types import SimpleNamespace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from sekisho.adapters.assessments import shipped_form
from sekisho.adapters.documents import assessment_pdf
from sekisho.bootstrap import residents
from sekisho.kernel import Reason, Refused
from sekisho.web.components.act_forms import AREA, ActForm, FormField
from sekisho.web.components.dates import long_day
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.words import Words

TITLE: Final = Words("評価書への意見", "Comments on a draft assessment")
_PUBLIC: Final = Words("公表資料", "Public register")


def _draft(tenant: str, assessment: str) -> residents.OpenDraft:
    """The draft that the public was asked about.

    Raises:
        Http404: There is none.

    """
    found = residents.open_draft(tenant, assessment, timezone.now())
    if found is None:
        raise Http404
    return found


def _form(url: str, typed: residents.Said) -> ActForm:
    """The three fields; only the comment has to be filled."""
    hint = Words(
        f"回答とともに公表します。個人が分かることは書かないでください（{residents.TEXT_AT_MOST:,}字まで）。",
        f"Is published with the answer; write nothing about a person (at most {residents.TEXT_AT_MOST:,} characters).",
    )
    kept = Words(
        "任意。回答する課だけが見ます。公表せず、評価書の公表後に消します。",
        "Optional. Only the answering division sees it; never published, erased once the report is.",
    )
    return ActForm(
        key="comment",
        url=url,
        words=Words("意見を送る", "Send the comment"),
        fields=(
            FormField(name="text", words=Words("意見", "Comment"), kind=AREA, value=typed.text, hint=hint),
            FormField(name="name", words=Words("氏名", "Name"), value=typed.name, hint=kept, required=False),
            FormField(
                name="affiliation",
                words=Words("所属", "Affiliation"),
                value=typed.affiliation,
                hint=kept,
                required=False,
            ),
        ),
        main=True,
    )


def _page(
    request: HttpRequest, tenant: str, draft: residents.OpenDraft, typed: residents.Said, *reasons: Reason
) -> HttpResponse:
    """The page, with why a comment was not taken if one was sent."""
    url, opens, closes = request.path, long_day(draft.opens_on), long_day(draft.closes_on)
    page = SimpleNamespace(
        title=Words(draft.label_ja, draft.label_en),
        period=Words(f"{opens}から{closes}まで", f"{opens} to {closes}"),
        pdf=reverse("public_draft", args=[tenant, draft.assessment]),
        form=_form(url, typed) if draft.is_open else None,
        taken=request.GET.get("taken", "")[:10] if request.GET.get("taken", "").isdecimal() else "",
        reasons=reasons,
        answered=draft.answered,
    )
    home = Crumb(title=_PUBLIC, url=reverse("public_register", args=[tenant]))
    context = {"screen": screen("S-706", TITLE, page.title, home), "page": page}
    return render(request, "public/comments.html", context, status=422 if reasons else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, tenant: str, assessment: str) -> HttpResponse:
    """Read what is asked, and send a comment while it is open. Nothing is kept of who sent it but what they wrote."""
    draft = _draft(tenant, assessment)
    if request.method != "POST":
        return _page(request, tenant, draft, residents.Said(text=""))
    typed = residents.Said(**{name: request.POST.get(name, "") for name in ("text", "name", "affiliation")})
    try:
        number = residents.send_comment(tenant, assessment, typed)
    except Refused as refusal:
        return _page(request, tenant, draft, typed, *refusal.reasons)
    return redirect(f"{request.path}?taken={number}")


@require_GET
def draft_pdf(_request: HttpRequest, tenant: str, assessment: str) -> HttpResponse:
    """The draft as it was laid before the public, as PDF."""
    draft = _draft(tenant, assessment)
    body = assessment_pdf(shipped_form(), draft.report, changes=None)
    return attachment(body, "application/pdf", f"draft-{assessment}-{draft.report.version}.pdf")
