import structlog
from celery import shared_task
from django.utils import timezone

from commitments.actions.drafts import forget_drafts

logger = structlog.get_logger(__name__)


@shared_task
def forget_stale_drafts() -> None:
    """Once a day; a day that is missed is made up for by the next."""
    logger.info("drafts_forgotten", count=forget_drafts(now=timezone.now()))
