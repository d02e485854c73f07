"""Asking for advice, giving it, and answering it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from committees.enums import CommitteeVerb, GroupKind
from committees.models import Advice, Group
from committees.queries.advice import groups_to_advise_for
from committees.refusals import (
    ANSWERED_ALREADY,
    GIVEN_ALREADY,
    GROUP_CLOSED,
    NOT_ADVISORY,
    NOT_GIVEN_YET,
    NOT_YOUR_GROUP,
    NOT_YOURS,
    REPLY_BY_PASSED,
    GroupRefused,
)
from history.actions import record
from organisations.models import Organisation, User
from recommendations.models import Recommendation


@transaction.atomic
def ask_advice(
    *,
    group: Group,
    title: str,
    question: str,
    reply_by: date | None,
    recommendations: Iterable[Recommendation],
    by: User,
    now: datetime,
) -> Advice:
    """A second click asks nothing anew.

    Raises GroupRefused for a group that does not advise or is closed, and a day that has passed.
    """
    today = timezone.localdate(now)
    _refuse_group(group)
    if reply_by is not None and reply_by <= today:
        raise GroupRefused(REPLY_BY_PASSED)
    asked = {"title": title, "question": question, "reply_by": reply_by, "asked_by": by}
    advice, is_new = _once(group, {**asked, "asked_on": today}, recommendations)
    if is_new:
        _record(CommitteeVerb.ADVICE_ASKED, advice, by=by, now=now)
    return advice


@transaction.atomic
def give_advice(
    *,
    group: Group,
    title: str,
    text: str,
    recommendations: Iterable[Recommendation],
    by: User,
    now: datetime,
) -> Advice:
    """Of an adviser's own accord. A second click gives nothing anew.

    Raises GroupRefused for a group that is not theirs to advise for.
    """
    _refuse_group(group)
    _refuse_other_group(group, by, now)
    given = {"title": title, "text": text, "given_by": by, "given_on": timezone.localdate(now)}
    advice, is_new = _once(group, given, recommendations)
    if is_new:
        _record(CommitteeVerb.ADVICE_GIVEN, advice, by=by, now=now)
    return advice


@transaction.atomic
def reply_with_advice(*, advice: Advice, text: str, by: User, now: datetime) -> Advice:
    """What was asked for. Raises GroupRefused when somebody was quicker."""
    locked = _lock(advice)
    if locked.given_on is not None:
        raise GroupRefused(GIVEN_ALREADY)
    _refuse_other_group(locked.group, by, now)
    locked.text, locked.given_by, locked.given_on = text, by, timezone.localdate(now)
    locked.save(update_fields=["text", "given_by", "given_on"])
    _record(CommitteeVerb.ADVICE_GIVEN, locked, by=by, now=now)
    return locked


@transaction.atomic
def answer_advice(*, advice: Advice, answer: str, reason: str, by: User, now: datetime) -> Advice:
    """Raises GroupRefused before it is given and once it is answered."""
    locked = _lock(advice)
    if locked.given_on is None:
        raise GroupRefused(NOT_GIVEN_YET)
    if locked.answer:
        raise GroupRefused(ANSWERED_ALREADY)
    locked.answer, locked.answer_reason = answer, reason
    locked.answered_by, locked.answered_on = by, timezone.localdate(now)
    locked.save(update_fields=["answer", "answer_reason", "answered_by", "answered_on"])
    _record(CommitteeVerb.ADVICE_ANSWERED, locked, by=by, now=now, answer=answer)
    return locked


def _once(
    group: Group, words: dict[str, object], recommendations: Iterable[Recommendation]
) -> tuple[Advice, bool]:
    """The row, and whether it is new. Numbers run through the organisation."""
    organisation = Organisation.objects.select_for_update().get(pk=group.organisation_id)
    found = organisation.advice.filter(group=group, **words).first()
    if found is not None:
        return found, False
    linked = list(recommendations)
    if any(each.organisation_id != organisation.pk for each in linked):
        raise GroupRefused(NOT_YOURS)
    highest = organisation.advice.aggregate(highest=Max("number"))["highest"] or 0
    advice: Advice = organisation.advice.create(group=group, number=highest + 1, **words)
    advice.recommendations.set(linked)
    return advice, True


def _lock(advice: Advice) -> Advice:
    rows = Advice.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "group").get(pk=advice.pk)


def _refuse_group(group: Group) -> None:
    if group.kind != GroupKind.ADVISORY:
        raise GroupRefused(NOT_ADVISORY)
    if group.closed_on is not None:
        raise GroupRefused(GROUP_CLOSED)


def _refuse_other_group(group: Group, by: User, now: datetime) -> None:
    theirs = groups_to_advise_for(group.organisation, by, today=timezone.localdate(now))
    if group not in theirs:
        raise GroupRefused(NOT_YOUR_GROUP)


def _record(
    verb: CommitteeVerb, advice: Advice, *, by: User, now: datetime, **details: object
) -> None:
    record(verb, subject=advice, organisation=advice.organisation, by=by, now=now, **details)
