from uuid import UUID

import structlog
from celery import shared_task
from django.utils import timezone

from committees.actions import pack_paper

logger = structlog.get_logger(__name__)


@shared_task
def make_paper(pack: str) -> None:
    """Of one that was frozen just now."""
    pack_paper.make_paper(pack=UUID(pack), now=timezone.now())


@shared_task
def make_papers() -> None:
    """Those whose doorbell nobody heard."""
    made = pack_paper.make_papers(now=timezone.now())
    if made:
        logger.info("papers_made", packs=made)
