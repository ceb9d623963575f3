"""S-452 パスワードの変更: one's own password, in the place of the first one or of an older one."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sekisho.bootstrap import accounts, council
from sekisho.kernel import ReasonCode, because
from sekisho.web.access import office_of, refuse
from sekisho.web.words import Words


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    """Change it, with the present one and the new one twice."""
    user = cast("Any", request.user)
    form = PasswordChangeForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        office = office_of(request)
        if office is None:  # no ledger to write it down in
            return refuse(request, because(ReasonCode.NOT_IDENTIFIED))
        accounts.keep_own_password(council.act_as(office.tenant, office.person), form.cleaned_data["new_password1"])
        user.refresh_from_db()
        update_session_auth_hash(request, user)
        messages.success(request, str(Words("パスワードを変更しました。", "Your password is changed.")))
        return redirect("/")
    status = 422 if form.errors else 200
    return render(request, "people/own_password.html", {"form": form}, status=status)
