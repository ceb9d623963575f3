"""The screens as a WSGI application, for granian. All addresses are loaded before the first request comes.

Else two first requests would load the same modules in two threads, and each could wait for the other for ever.
"""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sekisho.web.settings")
application = get_wsgi_application()
addresses = len(get_resolver().url_patterns)
"""How many groups of addresses are served; to count them loads them."""
