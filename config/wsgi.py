import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

# Only now are there models to import.
from outbox.checks import stop_if_mail_cannot_leave  # noqa: E402

stop_if_mail_cannot_leave()
