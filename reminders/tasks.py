from celery import shared_task
from django.utils import timezone

from outbox.actions import beat, nudge
from outbox.delivery import deliver_due
from reminders.actions import remind
from reminders.queries import TICK


@shared_task
def tick() -> None:
    """Deliver what is owed, then see what is due, which rings for itself.

    In this order planning that breaks holds no mail up; it leaves no heartbeat.
    """
    if deliver_due(clock=timezone.now):
        nudge()
    remind(now=timezone.now())
    beat(TICK, now=timezone.now())
