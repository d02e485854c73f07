from celery import shared_task
from django.utils import timezone

from outbox.actions import beat, nudge
from outbox.delivery import deliver_due
from reminders.actions import remind
from reminders.queries import TICK


@shared_task
def tick() -> None:
    """See what is due and what no longer is, then deliver what is owed.

    Planning that breaks holds no mail up; it leaves no heartbeat.
    """
    try:
        remind(now=timezone.now())
    finally:
        if deliver_due(clock=timezone.now):
            nudge()
    beat(TICK, now=timezone.now())
