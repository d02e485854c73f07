from uuid import UUID

import structlog
from celery import shared_task
from django.utils import timezone

from panels.actions import declaring, importing, locking, over_time

logger = structlog.get_logger(__name__)


@shared_task
def drop_names() -> None:
    """Once a day; a day that is missed is made up for by the next."""
    now = timezone.now()
    dropped = locking.drop_names(now=now, today=timezone.localdate(now))
    logger.info("names_dropped", gatherings=dropped)


@shared_task
def close_due_rounds() -> None:
    """Early each day, when the last day of some is over."""
    now = timezone.now()
    counted_late = declaring.count_closed_rounds(now=now)
    closed = declaring.close_due_rounds(now=now)
    logger.info("rounds_closed", rounds=closed, counted_late=counted_late)


@shared_task
def apply_upload(pk: str) -> None:
    """Of one that was confirmed just now."""
    importing.apply_upload(pk=UUID(pk), now=timezone.now())


@shared_task
def apply_uploads() -> None:
    """Those whose doorbell nobody heard."""
    importing.apply_confirmed(now=timezone.now())


@shared_task
def forget_uploads() -> None:
    logger.info("uploads_forgotten", count=importing.forget_uploads(now=timezone.now()))


@shared_task
def release_pools() -> None:
    """Once a day; a quarter that is missed is in the pool of the next."""
    logger.info("pools_released", count=over_time.release_pools(now=timezone.now()))
