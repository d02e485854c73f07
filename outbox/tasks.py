from celery import shared_task
from django.utils import timezone

from outbox.actions import nudge
from outbox.delivery import deliver_due
from outbox.failpoints import failpoint


@shared_task
def deliver() -> None:
    if deliver_due(clock=timezone.now):
        nudge()
    failpoint("before_acknowledgement")
