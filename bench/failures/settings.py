"""The bench's settings with a broker, a mail server and, where one is named, a place to die at.

No wait, lease or schedule is changed. Nothing is planned on a day off: on one, the clock of all
processes is moved on by whole days.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from bench.settings import *  # noqa: F403
from config.settings import base
from config.settings.base import env
from config.settings.servers import broker_url

IS_DEVELOPMENT = True
CELERY_BROKER_URL = broker_url(env.str("REDIS_URL", default="memory://"))
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
FAILPOINT = env.str("FAILPOINT", default="")
REMINDERS_HOUR = 0
LOGGING = base.LOGGING

AHEAD = timedelta(days=env.int("CLOCK_DAYS_AHEAD", default=0))
the_real_now = timezone.now


def now() -> datetime:
    return the_real_now() + AHEAD


timezone.now = now
