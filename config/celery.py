"""Celery rings the doorbell; what is owed and what was sent is known by Postgres alone."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

app = Celery("at_the_table")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
