"""Django's settings for the donation manager S1: those of the screens, with addresses and cookies of its own.

It runs in a home folder of its own, so that its database, keys, ledger and accounts are never those of a city's gate.
"""

from sekisho.web.settings import *  # noqa: F403 - one site is like the other, but for what stands below
from sekisho.web.settings import HTTPS

ROOT_URLCONF = "sekisho.web.donation_manager.urls"
WSGI_APPLICATION = "sekisho.web.donation_manager.wsgi.application"
MFA_TOTP_ISSUER = "寄附データ一括管理"
SESSION_COOKIE_NAME = "__Host-donations_session" if HTTPS else "donations_session"
CSRF_COOKIE_NAME = "__Host-donations_csrf" if HTTPS else "donations_csrf"
