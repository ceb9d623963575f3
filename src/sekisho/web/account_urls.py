"""The addresses that every site of ours has: people and their accounts, signing in, the language, a sign of life."""

from typing import Final

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path

from sekisho.web.pages.admin import views as admin
from sekisho.web.pages.people import acts as people_acts
from sekisho.web.pages.people import own_password, people

ACCOUNT_ADDRESSES: Final[tuple[URLPattern | URLResolver, ...]] = (
    path("people/", people.people, name="people"),
    path("people/<str:person>/act/<str:act>/", people_acts.act, name="person_act"),
    path("accounts/password/change/", own_password.own_password, name="account_change_password"),
    path("language/", admin.language, name="language"),
    path("csp-report/", admin.csp_report, name="csp_report"),
    path("alive/", admin.alive, name="alive"),
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/signup/", admin.closed, name="account_signup"),
    path("accounts/password/reset/", admin.closed, name="account_reset_password"),
    path("accounts/email/", admin.closed, name="account_email"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
)
