"""How the check-in of one period stands, and what its form begins with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from commitments.enums import Choice, Kept
from commitments.models import (
    AskLetter,
    CheckIn,
    CheckInDraft,
    Encouragement,
    Pledge,
    Promise,
)
from commitments.prefill import LOOKS_BACK_MONTHS, OtherCounts, PeriodFacts, facts_of, suggest
from commitments.queries.check_ins import kept_promises_of, newest_lines, period_open_for
from commitments.queries.gathered import gather
from commitments.queries.public import made_on
from commitments.queries.record import ledger_facts
from commitments.rhythm import Period
from organisations.models import User
from ui.dates import months_later

# By position of the promise. None is an answer that a draft leaves open.
Answers = Mapping[int, tuple[Kept | None, str]]


@dataclass(frozen=True)
class Standing:
    """What is on record of one period: a check-in, a draft of one, or nothing yet.

    `mark` changes with every save, so that nobody writes over what they have not seen.
    """

    promises: Sequence[Promise]
    mark: str
    answers: Answers = field(default_factory=dict)
    versions: Mapping[int, int] = field(default_factory=dict)
    check_in: CheckIn | None = None
    draft: CheckInDraft | None = None

    @property
    def by(self) -> User | None:
        row = self.check_in or self.draft
        return row.by if row else None

    @property
    def at(self) -> datetime | None:
        if self.check_in:
            return self.check_in.checked_in_at
        return self.draft.at if self.draft else None

    def differences(self, answers: Answers) -> list[tuple[str, str]]:
        """Promise and words, wherever this says something else than `answers`."""
        return [
            (promise.short, in_words(self.answers[promise.position]))
            for promise in self.promises
            if promise.position in self.answers
            and self.answers[promise.position] != answers.get(promise.position)
        ]


def in_words(answer: tuple[Kept | None, str]) -> str:
    kept, words = answer
    said = kept.label if kept else "No answer yet"
    return f"{said}: {words}" if words else said


def standing_of(pledge: Pledge, period: Period) -> Standing:
    """Three queries; one more for a draft of an older signing."""
    check_in = pledge.check_ins.select_related("by").filter(opened_on=period.opens_on).first()
    if check_in is not None:
        return saved(check_in)
    promises = list(kept_promises_of(pledge))
    signing = promises[0].signing_id.hex if promises else ""
    draft = pledge.check_in_drafts.select_related("by").filter(period=period.first).first()
    if draft is None:
        return Standing(promises, f"new-{signing}")
    return Standing(
        promises, f"draft-{draft.revision}-{signing}", drafted(draft, promises), draft=draft
    )


def saved(check_in: CheckIn) -> Standing:
    """Of the promises as they were when it was made, also after a newer signing."""
    lines = list(newest_lines(check_in.lines.all()).order_by("promise__position"))
    answers = {line.promise.position: (Kept(line.kept), line.said) for line in lines}
    versions = {line.promise.position: line.version for line in lines}
    promises = [line.promise for line in lines]
    mark = f"saved-{sum(versions.values())}"
    return Standing(promises, mark, answers, versions, check_in=check_in)


def drafted(draft: CheckInDraft, promises: Sequence[Promise]) -> Answers:
    """Of the same promises, or where a newer version was signed since, of the like ones there."""
    answers = {key: as_answer(value) for key, value in draft.answers.items()}
    now = {str(promise.pk): promise.position for promise in promises}
    if not answers.keys() <= now.keys():
        like = {same_as(promise): promise.position for promise in promises}
        before = Promise.objects.filter(pk__in=answers).select_related("wording_promise")
        now |= {
            str(promise.pk): like[same_as(promise)]
            for promise in before
            if same_as(promise) in like
        }
    return {now[key]: answer for key, answer in answers.items() if key in now}


def as_answer(value: Any) -> tuple[Kept | None, str]:
    kept, words = value
    return (Kept(kept) if kept else None, words)


def same_as(promise: Promise) -> str:
    """What makes it the same promise in another signing."""
    line = promise.wording_promise
    return line.key if line else promise.text


@dataclass(frozen=True)
class Preset:
    """What the form begins with for one promise.

    `kept` is None where the record holds something and no rule says what it amounts to: then
    the person has to choose. Where there is nothing, "nothing to report" is chosen already.
    """

    promise: Promise
    kept: Kept | None
    words: str
    evidence: str
    is_suggested: bool


def presets_of(standing: Standing, facts: PeriodFacts) -> list[Preset]:
    return [preset_of(promise, standing, facts) for promise in standing.promises]


def preset_of(promise: Promise, standing: Standing, facts: PeriodFacts) -> Preset:
    line = promise.wording_promise
    found = suggest(facts, key=line.key if line else "", as_worded=promise.choice == Choice.ADOPTED)
    kept, words = standing.answers.get(promise.position, (None, ""))
    if kept is not None:
        return Preset(promise, kept, words, found.evidence, is_suggested=False)
    suggested = found.kept or (None if found.evidence else Kept.NOTHING)
    return Preset(promise, suggested, words, found.evidence, is_suggested=found.kept is not None)


@dataclass(frozen=True)
class CheckInPage:
    """The period that is open, what is on record of it, and what its form begins with."""

    period: Period
    standing: Standing
    presets: Sequence[Preset]


def check_in_page(pledge: Pledge, *, today: date) -> CheckInPage | None:
    """None where no check-in is open."""
    period = period_open_for(pledge, today=today)
    if period is None:
        return None
    standing = standing_of(pledge, period)
    facts = period_facts(pledge, period, today=today)
    return CheckInPage(period, standing, presets_of(standing, facts))


def period_facts(pledge: Pledge, period: Period, *, today: date) -> PeriodFacts:
    """Of what the leader wrote or confirmed. Two queries; two more where they took part."""
    last = period.opens_on - timedelta(days=1)
    first = max(months_later(period.first, -LOOKS_BACK_MONTHS), made_on(pledge))
    gathered = gather(pledge, first=first, last=last, today=today, confirmed_only=True)
    return facts_of(
        ledger_facts(gathered, today=today).values(),
        other_counts(pledge, period.first, period.opens_on),
        first=period.first,
        opens_on=period.opens_on,
        today=today,
    )


def other_counts(pledge: Pledge, first: date, opens_on: date) -> OtherCounts:
    """One query."""
    letters = AskLetter.objects.filter(invitation__pledge=OuterRef("pk"))
    answered = letters.filter(
        replies__barriers__isnull=False,
        replies__at__date__gte=first,
        replies__at__date__lt=opens_on,
    )
    colleagues = Pledge.objects.published().filter(
        ~Q(leader=OuterRef("leader")), organisation=OuterRef("organisation")
    )
    counted = (
        Pledge.objects.filter(pk=pledge.pk)
        .annotate(
            letters=count_of(during(letters, "sent_at", first, opens_on), "invitation__pledge"),
            answered=count_of(answered, "invitation__pledge"),
            encouraged=count_of(
                during(
                    Encouragement.objects.filter(pledge=OuterRef("pk")), "asked_at", first, opens_on
                ),
                "pledge",
            ),
            colleagues=count_of(
                during(colleagues, "published_at", first, opens_on), "organisation"
            ),
        )
        .values_list("letters", "answered", "encouraged", "colleagues")
        .get()
    )
    return OtherCounts(*(number or 0 for number in counted))


def during(rows: QuerySet[Any], when: str, first: date, opens_on: date) -> QuerySet[Any]:
    return rows.filter(**{f"{when}__date__gte": first, f"{when}__date__lt": opens_on})


def count_of(rows: QuerySet[Any], by: str) -> Subquery:
    """How many of them belong to the outer row, whose key they hold as `by`."""
    counted = rows.order_by().annotate(outer=F(by)).values("outer")
    return Subquery(counted.annotate(number=Count("pk", distinct=True)).values("number"))
