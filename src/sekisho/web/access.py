"""Who may see which page: every view names its roles here, or stands in the written list of exempt ones."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Final, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sekisho.kernel import Reason, ReasonCode, because
from sekisho.web.components.screen import screen
from sekisho.web.office import Office
from sekisho.web.words import Words


class Role(StrEnum):
    """What a person does at the gate."""

    OPERATOR = "operator"
    HEAD = "head"
    SECRETARIAT = "secretariat"
    COUNCIL_MEMBER = "council_member"
    AUDITOR = "auditor"
    INFORMATION_SYSTEMS = "information_systems"
    DRAFTER = "drafter"
    CHAIR = "chair"
    PROTECTION_MANAGER = "protection_manager"
    CONTRACTOR = "contractor"
    ADMINISTRATOR = "administrator"


# A contractor sees its own conditions and nothing else; an administrator keeps accounts and reads nothing.
EVERYBODY: Final = tuple(role for role in Role if role not in {Role.CONTRACTOR, Role.ADMINISTRATOR})
EXEMPT: Final = {
    "account_login": "nobody is signed in yet",
    "account_logout": "ending a session needs no role",
    "account_reauthenticate": "asks for the password again",
    "account_signup": "answers 404: accounts are given",
    "account_reset_password": "answers 404: accounts are given",
    "account_change_password": "one's own password",
    "account_email": "answers 404: accounts have no mail",
    "mfa_index": "one's own second factor",
    "mfa_authenticate": "the second step of signing in",
    "mfa_reauthenticate": "asks for the second factor again",
    "mfa_activate_totp": "one's own authenticator app",
    "mfa_deactivate_totp": "one's own authenticator app",
    "mfa_view_recovery_codes": "one's own codes",
    "mfa_generate_recovery_codes": "one's own codes",
    "mfa_download_recovery_codes": "one's own codes",
    "mfa_list_webauthn": "one's own passkeys",
    "mfa_add_webauthn": "one's own passkeys",
    "mfa_reauthenticate_webauthn": "asks for the passkey again",
    "mfa_remove_webauthn": "one's own passkeys",
    "mfa_edit_webauthn": "one's own passkeys",
    "mfa_login_webauthn": "signing in with a passkey",
    "language": "anybody may read English",
    "register_index": "anybody may read which municipalities keep a register",
    "register": "the public register: no person, no terminal, no proof is in it",
    "register_workbook": "the public register as a workbook",
    "register_data": "the public register for machines",
    "csp_report": "a browser reports, not a person",
    "api_document": "names addresses and roles, and nobody's data",
    "alive": "answers ok and nothing else",
    "public_register": "what a municipality has published; no personal data",
    "public_minutes": "published minutes, redacted; no personal data",
    "public_minutes_pdf": "the same as PDF",
    "public_assessment": "the report in force of an assessment; no personal data",
    "public_comments": "a draft that the public is asked about; takes a comment, keeps nothing of who sends it",
    "public_draft": "that draft as PDF; no personal data",
    "published_ledger": "checkpoint, policy and hash tiles: hashes and signatures, no entry",
    "add_checkpoint": "another ledger asks us as its witness; its signature is checked before anything else",
    "public_decision": "a signed decision without the names of persons",
    "public_decision_pdf": "the letter of a signed decision without the names of persons",
    "public_internal_pdf": "the agency's signed decision after an opinion without the names of persons",
}

Page = Callable[..., HttpResponse]
NO_ENTRY: Final = screen("S-403", Words("この画面は使えません", "You may not use this screen"))


def refuse(request: HttpRequest, *reasons: Reason, status: int = 403) -> HttpResponse:
    """A page that says why not, with what to do next."""
    return render(request, "refused.html", {"screen": NO_ENTRY, "reasons": reasons}, status=status)


def open_to(*roles: Role) -> Callable[[Page], Page]:
    """Only people with one of these roles, signed in, in an office of their own."""

    def guard(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, *args: object, **names: object) -> HttpResponse:
            office = office_of(request)
            if office is None or not set(roles) & set(office.roles):
                return refuse(request, because(ReasonCode.NOT_ALLOWED, action=page.__name__))
            return page(request, *args, **names)

        signed_in = login_required(guarded)
        signed_in.roles = roles  # type: ignore[attr-defined]  # read by the test that walks through every address
        return cast("Page", signed_in)

    return guard


def office_of(request: HttpRequest) -> Office | None:
    """The office of the person who asks."""
    return cast("Office | None", getattr(request, "office", None))
