"""The PDF of a pack, typeset by the worker: once, and again where a worker died over it."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import structlog
from celery import current_app
from django.db import DatabaseError, transaction
from django.db.models import Q
from kombu.exceptions import OperationalError as BrokerError
from typst import TypstError

from committees.enums import PaperState
from committees.models import PackPaper
from committees.pack_paper.paper import pages_in, paper

LEASE = timedelta(minutes=5)
"""A worker that has not finished by then is taken for dead."""
AT_A_TIME = 20

logger = structlog.get_logger(__name__)


def ring(pack: UUID) -> None:
    """Ask the worker once the pack is saved."""
    transaction.on_commit(partial(_ring, pack), robust=True)


def _ring(pack: UUID) -> None:
    """Without a broker nothing is lost: the worker looks by itself every minute."""
    try:
        current_app.send_task(
            "committees.tasks.make_paper", args=[str(pack)], expires=3600, retry=False
        )
    except (BrokerError, OSError):
        logger.warning("paper_ring_failed", exc_info=True)


def make_paper(*, pack: UUID, now: datetime) -> None:
    """Nothing where it is made already, or somebody else is making it."""
    if not _claim(pack, now):
        return
    held = PackPaper.objects.select_related("pack").defer("pdf").get(pk=pack)
    try:
        pdf = paper(held.pack.as_read, held.pack.sha256)
    except (TypstError, ValueError, KeyError, TypeError) as error:
        # Without its words: those of the typesetter may quote what people wrote.
        logger.error("paper_failed", pack=str(pack), error=type(error).__name__)
        _finish(pack, now, state=PaperState.FAILED)
    else:
        _finish(pack, now, state=PaperState.READY, pdf=pdf, pages=pages_in(pdf))


def waiting(now: datetime) -> Q:
    return Q(state=PaperState.WAITING) | Q(state=PaperState.MAKING, started_at__lte=now - LEASE)


def _claim(pack: UUID, now: datetime) -> bool:
    claimed = PackPaper.objects.filter(waiting(now), pk=pack)
    return bool(claimed.update(state=PaperState.MAKING, started_at=now))


def _finish(pack: UUID, now: datetime, **outcome: object) -> None:
    """Only of whoever holds the lease: one that was thought dead must not undo the next."""
    held = PackPaper.objects.filter(pk=pack, state=PaperState.MAKING, started_at=now)
    held.update(finished_at=now, **outcome)


def make_papers(*, now: datetime) -> int:
    """Whatever waits, because the broker lost it or a worker died; how many there were."""
    found = PackPaper.objects.filter(waiting(now)).order_by("asked_at")
    packs = list(found.values_list("pk", flat=True)[:AT_A_TIME])
    for pack in packs:
        try:
            make_paper(pack=pack, now=now)
        except DatabaseError:
            logger.warning("paper_put_off", pack=str(pack), exc_info=True)
    return len(packs)


@transaction.atomic
def make_anew(*, pack: UUID, now: datetime) -> None:
    """Something was taken out of the pack: the old paper goes at once, and a worker that is making
    it finishes nothing."""
    PackPaper.objects.filter(pk=pack).update(
        state=PaperState.WAITING,
        asked_at=now,
        started_at=None,
        finished_at=None,
        pages=None,
        pdf=None,
    )
    ring(pack)


@transaction.atomic
def ask_again(*, paper: PackPaper, now: datetime) -> bool:
    """After it could not be made. False where it is not so any more."""
    failed = PackPaper.objects.filter(pk=paper.pk, state=PaperState.FAILED)
    asked = failed.update(state=PaperState.WAITING, asked_at=now, started_at=None, finished_at=None)
    if asked:
        ring(paper.pk)
    return bool(asked)
