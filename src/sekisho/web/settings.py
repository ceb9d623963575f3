"""Django's settings for the screens: those of the database, and what a browser needs on top.

Everything that a municipality may set comes from the environment, and `docs/reference` lists it. Without HTTPS the
screens answer on localhost only; with `SEKISHO_HTTPS=1` cookies are bound to the host and HSTS is on.
"""

import os
from pathlib import Path
from typing import Any, Final

from sekisho.adapters.database import settings as database_settings

_HERE: Final = Path(__file__).parent
HTTPS: Final = os.environ.get("SEKISHO_HTTPS", "") == "1"

DEBUG = False
SECRET_KEY = database_settings.SECRET_KEY
DATABASES = database_settings.DATABASES
AUTH_USER_MODEL = database_settings.AUTH_USER_MODEL
DEFAULT_AUTO_FIELD = database_settings.DEFAULT_AUTO_FIELD
ALLOWED_HOSTS = os.environ.get("SEKISHO_HOSTS", "localhost,127.0.0.1").split(",")
ROOT_URLCONF = "sekisho.web.urls"
WSGI_APPLICATION = "sekisho.web.wsgi.application"

INSTALLED_APPS = [
    *database_settings.INSTALLED_APPS,
    *(
        app
        for app in (
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.staticfiles",
            "django.contrib.humanize",
            "django_htmx",
            "allauth",
            "allauth.account",
            "allauth.mfa",
            "sekisho.web",
            "sekisho.adapters.donations",
        )
        if app not in database_settings.INSTALLED_APPS
    ),
]
# The order matters: the policy is set on every answer; the language is known before a refusal is worded; the second
# factor is asked before an office is opened.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sekisho.web.middleware.policy.strict_policy",
    "sekisho.web.middleware.assets.own_assets",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sekisho.web.middleware.language.japanese_first",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sekisho.web.middleware.idle.idle_lock",
    "sekisho.web.middleware.own_password.own_password",
    "sekisho.web.middleware.second_factor.second_factor",
    "sekisho.web.middleware.office.open_office",
    "sekisho.web.middleware.characters.NoNul",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sekisho.web.frame.frame",
            ]
        },
    }
]

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "sekisho_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
STATIC_URL = "/static/"
STATICFILES_DIRS = [_HERE / "static"]

# Sign-in: a password is never enough (security.md S1); nobody signs up or resets by themselves.
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "label_ja", "label_en")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = getattr(database_settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.ScryptPasswordHasher"])
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "sekisho.web.sign_in.StaffAccounts"
ACCOUNT_FORMS = {"login": "sekisho.web.sign_in.StaffSignIn"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "関所"
# A browser treats http://localhost as safe; this lets a passkey be tried there, and nowhere else without HTTPS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# Sessions end with the browser, and after half an hour without a word (the council asked about 180 minutes: no).
SESSION_COOKIE_NAME = "__Host-sekisho_session" if HTTPS else "sekisho_session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(os.environ.get("SEKISHO_IDLE_SECONDS", "1800"))
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
CSRF_COOKIE_NAME = "__Host-sekisho_csrf" if HTTPS else "sekisho_csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = int(os.environ.get("SEKISHO_HSTS_SECONDS", "31536000")) if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Where a browser posts files: straight to the lane, never through a page of ours.
SEKISHO_LANE_URL = os.environ.get("SEKISHO_LANE_URL", "http://localhost:8001")
# Whom a visitor of the demonstration can play; without it, the sign-in page names nobody.
SEKISHO_DEMO_CARDS = os.environ.get("SEKISHO_DEMO_CARDS", "")
# Which declared terminal a browser on this machine stands for; without one, the client certificate says it.
SEKISHO_DEMO_TERMINAL = os.environ.get("SEKISHO_DEMO_TERMINAL", "")
