"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

from goldenthread.config.proxy import Behind

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
_application = get_wsgi_application()

from django.conf import settings  # noqa: E402  (settings are read once the application is made)

application = Behind(_application, https=settings.HTTPS, proxies=settings.PROXIES)
