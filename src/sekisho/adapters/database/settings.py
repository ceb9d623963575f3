"""The least that Django needs for state and ledger. The screens' settings build on these.

Settings: SEKISHO_HOME (folder, default ./var), SEKISHO_DATABASE_URL (postgresql://user:password@host:port/name).
"""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from sekisho.adapters.database.home import find_home

HOME = find_home()


def _postgresql(url: str) -> dict[str, Any]:
    """The connection that a URL names."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        message = "SEKISHO_DATABASE_URL must read postgresql://user:password@host:port/name"
        raise ValueError(message)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


def _sqlite() -> dict[str, Any]:
    """One file: write-ahead log, immediate transactions, synchronous to the disk, nothing left of what is deleted."""
    HOME.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME.database,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
            "PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY",
        },
    }


DATABASE_URL = os.environ.get("SEKISHO_DATABASE_URL", "")
DATABASES = {"default": _postgresql(DATABASE_URL) if DATABASE_URL else _sqlite()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "sekisho.adapters.database",
]
AUTH_USER_MODEL = "database.Person"
SECRET_KEY = HOME.secret("session.key").hex()
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
LANGUAGE_CODE = "ja"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
