from celery import shared_task
from django.utils import timezone

from outbox.actions import nudge
from outbox.delivery import deliver_due


# Longer than the general limit: a run of 45 s may end with one email to a very slow server.
@shared_task(soft_time_limit=170, time_limit=180)
def deliver() -> None:
    if deliver_due(clock=timezone.now):
        nudge()
