"""One person's answer, or their objection.

What says whose link it was and what says what was answered never meet in one transaction: the
link is used up in the first, the counters grow in the second, and the third notes that this link
is done with.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from organisations.refusals import Refused
from panels.actions.declaring import close_if_settled
from panels.declaring import Said
from panels.models import AskingRefusal, DeclarationToken

logger = structlog.get_logger(__name__)


class LinkOverError(Refused):
    """The link was used, or its round closed, in the meantime."""


class AnswerNotAddedError(Refused):
    """Nothing was added, and the link works again."""


def give_answer(*, token: DeclarationToken, said: Said, now: datetime) -> None:
    """Add one answer to the sealed counters; the link opens nothing after that.

    Used up first, so that nobody is ever counted twice. Raises LinkOverError and
    AnswerNotAddedError. It is never called inside a transaction of somebody else's.
    """
    with transaction.atomic(durable=True):
        _use_up(token, now=now)
    try:
        is_added = _add(token, said)
    except DatabaseError:
        _give_back(token)
        # Neither the error nor the link: both could tell of the answer.
        logger.warning("answer_not_added")
        raise AnswerNotAddedError from None
    if not is_added:
        raise LinkOverError
    _settle(token)
    _close_if_settled(token.round_id, now)


def object_to_asking(*, token: DeclarationToken, now: datetime) -> None:
    """Use the link up without an answer; its address is never asked by this organisation again.

    Whoever asked learns nothing of it. A printed code is nobody's, so it is only used up.
    """
    with transaction.atomic():
        _use_up(token, now=now, is_settled=True)
        # The address that got the link, whatever stands on the line-up by now.
        if token.address_sha256 is not None:
            AskingRefusal.objects.get_or_create(
                organisation=token.round.gathering.organisation,
                address_sha256=bytes(token.address_sha256),
            )
    _close_if_settled(token.round_id, now)


def _use_up(token: DeclarationToken, *, now: datetime, is_settled: bool = False) -> None:
    """Conditions on the row itself alone, so that of two at once the second sees the first.

    Where the round closes meanwhile, nothing is added with the link.
    """
    if token.round.closed_at is not None or timezone.localdate(now) > token.round.closes_on:
        raise LinkOverError
    unused = DeclarationToken.objects.filter(pk=token.pk, is_used=False)
    if not unused.update(is_used=True, is_settled=is_settled):
        raise LinkOverError


@transaction.atomic(durable=True)
def _add(token: DeclarationToken, said: Said) -> bool:
    """False where the round has closed."""
    given: list[Any] = [
        token.round_id,
        token.is_on_main_stage,
        token.is_on_rest,
        said.women,
        said.minoritised,
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT panels_add_answer(%s, %s, %s, %s, %s)", given)
        (is_added,) = cursor.fetchone()
    return bool(is_added)


def _settle(token: DeclarationToken) -> None:
    DeclarationToken.objects.filter(pk=token.pk).update(is_settled=True)


def _give_back(token: DeclarationToken) -> None:
    DeclarationToken.objects.filter(pk=token.pk, is_settled=False).update(is_used=False)


def _close_if_settled(round_id: UUID, now: datetime) -> None:
    """Whoever answered last has answered, whatever becomes of the close: the daily run does it."""
    try:
        close_if_settled(round_id=round_id, now=now)
    except (DatabaseError, Refused) as error:
        # Without its words: those of the database may hold counts.
        logger.error("round_not_closed", error=type(error).__name__)
