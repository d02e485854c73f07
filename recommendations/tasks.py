import structlog
from celery import shared_task
from django.utils import timezone

from recommendations.actions import proving

logger = structlog.get_logger(__name__)


@shared_task
def reopen_missed() -> None:
    """Once a day; a day that is missed is made up for by the next."""
    now = timezone.now()
    reopened = proving.reopen_missed(today=timezone.localdate(now), now=now)
    logger.info("recommendations_reopened", count=reopened)
