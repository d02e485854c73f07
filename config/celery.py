"""Celery rings the doorbell; what is owed and what was sent is known by Postgres alone."""

import os

from celery import Celery
from celery.signals import beat_init, worker_init
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

app = Celery("at_the_table")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)


@worker_init.connect
@beat_init.connect
def refuse_to_start(**kwargs: object) -> None:
    from outbox.checks import stop_if_mail_cannot_leave

    stop_if_mail_cannot_leave()
