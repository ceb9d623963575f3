"""Sign-in as an office has it: accounts are given by the office, never taken or reset by oneself."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """The rules of staff accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        del request
        return False

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """Staff terminals send no mail; changes of a second factor are shown on screen."""
