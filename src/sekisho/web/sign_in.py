"""Sign-in as an office has it: accounts are given by the office, never taken or reset by oneself."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.urls import reverse

from sekisho.web.access import EVERYBODY, Role


class StaffAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """The rules of staff accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        del request
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the gate of today; for those who may not see it, to the one page that is theirs."""
        roles = set(getattr(request.user, "roles", []))
        if roles & set(EVERYBODY):
            return str(super().get_login_redirect_url(request))
        return reverse("people" if Role.ADMINISTRATOR in roles else "conditions")

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """Staff terminals send no mail; changes of a second factor are shown on screen."""


class StaffSignIn(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Person and password; no reminder, no reset, no "remember me"."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Leave only labels: a placeholder vanishes when it is needed, and nobody resets a password here."""
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


def take_factors_away(person: AbstractUser) -> int:
    """Forget somebody's authenticators, passkeys and recovery codes; answers how many."""
    count, _ = Authenticator.objects.filter(user=person).delete()
    return int(count)
