"""The donation manager's screens as a WSGI application; all addresses are loaded before the first request comes."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sekisho.web.donation_manager.settings")
application = get_wsgi_application()
addresses = len(get_resolver().url_patterns)
"""How many groups of addresses are served; to count them loads them."""
