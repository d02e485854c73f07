import structlog
from celery import shared_task
from django.utils import timezone

from outbox.actions import beat, nudge
from outbox.delivery import deliver_due
from reminders.actions import plan_if_due
from reminders.queries import TICK

logger = structlog.get_logger(__name__)


@shared_task
def tick() -> None:
    """Plan what is due, deliver what is owed. No heartbeat where planning broke."""
    planned = plan()
    if deliver_due(clock=timezone.now):
        nudge()
    if planned:
        beat(TICK, now=timezone.now())


def plan() -> bool:
    """False where it broke: mail that is owed already leaves all the same."""
    try:
        plan_if_due(now=timezone.now())
    except Exception:
        logger.exception("planning_failed")
        return False
    return True
