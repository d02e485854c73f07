"""Answering the three questions, on one day and again on another."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from history.actions import record
from organisations.models import User
from panels.enums import PanelVerb
from panels.models import Gathering, ThreeAnswers


@transaction.atomic
def answer_three(
    *,
    gathering: Gathering,
    who_is_not: str,
    who_should_be: str,
    how: str,
    look_again_on: date | None,
    by: User,
    now: datetime,
) -> bool:
    """A further row: what was answered before stays as it was.

    False when the same was answered on the same day already, as by a double click. On another
    day the same words are an answer: somebody looked again.
    """
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    said: dict[str, Any] = {
        "who_is_not": who_is_not,
        "who_should_be": who_should_be,
        "how": how,
        "look_again_on": look_again_on,
    }
    newest = locked.three_answers.order_by("-at", "-pk").first()
    if newest and _is_same_day(newest.at, now) and _says(newest, said):
        return False
    ThreeAnswers.objects.create(gathering=locked, **said, by=by, at=now)
    record(
        PanelVerb.THREE_ANSWERED,
        subject=locked,
        organisation=locked.organisation,
        by=by,
        now=now,
    )
    return True


def _says(row: ThreeAnswers, said: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in said.items())


def _is_same_day(one: datetime, other: datetime) -> bool:
    return timezone.localtime(one).date() == timezone.localtime(other).date()
