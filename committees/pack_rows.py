"""The lines of a pack: one item each, in the same few fields whatever it is about. Rules only."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from committees.pack_facts import (
    Advised,
    Before,
    Closure,
    Decided,
    Facts,
    Finished,
    Later,
    Missed,
    Moved,
    Objected,
    Owed,
    Reopened,
    Step,
    Subject,
    Work,
)
from committees.pack_pieces import Text, joined
from ui.dates import in_full

LONG_OVERDUE_DAYS = 30
NOBODY = "Nobody"
ACTIVITY_ONLY = "Activity only, no outcome yet."
Row = dict[str, Any]


def row(
    kind: str,
    id: str,
    subject: Subject | None,
    *,
    what: str = "",
    why: Text = "",
    who: Text = "",
    when: date | None = None,
    days: int | None = None,
    views: Text = "",
) -> Row:
    """Plain data. `recommendation` is the id that a page links to; nothing prints it."""
    return {
        "kind": kind,
        "id": id,
        "recommendation": subject.id if subject else "",
        "reference": subject.reference if subject else "",
        "title": subject.title if subject else "",
        "what": what,
        "why": why,
        "who": who,
        "when": in_full(when) if when else "",
        "days": days,
        "views": views,
    }


def closure(each: Closure) -> Row:
    why = ACTIVITY_ONLY if each.is_activity_only else each.words
    shown = f"{each.shown} of {each.steps} actions shown to be done"
    return row(
        "closure",
        each.id,
        each.subject,
        what=f"{each.wanted}. {shown}.",
        why=why,
        who=each.by,
        when=each.on,
        views=joined(_views(each)),
    )


def _views(each: Closure) -> Iterator[Text]:
    for at, (view, who) in enumerate(each.views):
        yield from (f" {view}: " if at else f"{view}: ", who, ".")


def later(each: Later) -> Row:
    moved = f" {in_words(each.moves)} before." if each.moves else ""
    return row(
        "extension",
        each.id,
        each.subject,
        what=f"{each.step}: {in_full(each.old)} to {in_full(each.new)}.{moved}",
        why=each.why,
        who=each.by,
        when=each.on,
        days=(each.new - each.old).days,
    )


def in_words(moves: int) -> str:
    return {1: "Moved once", 2: "Moved twice"}.get(moves, f"Moved {moves} times")


def owed(each: Owed) -> Row:
    return row("response", each.subject.id, each.subject, when=each.since)


def late_steps(facts: Facts) -> list[tuple[Work, Step, int]]:
    """Every action past its date with its days, the longest first; due today is not late."""
    found = [
        (work, step, (facts.today - step.target).days)
        for work in facts.work
        for step in work.steps
        if work.needs_work
        and not step.is_proven
        and step.target is not None
        and step.target < facts.today
    ]
    return sorted(found, key=lambda late: -late[2])


def newly_overdue(facts: Facts) -> Iterator[Row]:
    """Not in the last pack of this group."""
    return (late(*each) for each in late_steps(facts) if is_new(each[1], facts.before))


def long_overdue(facts: Facts) -> Iterator[Row]:
    """In the last pack already, and for 30 days or more."""
    return (late(*each) for each in _standing(facts) if each[2] >= LONG_OVERDUE_DAYS)


def still_overdue(facts: Facts) -> Iterator[Row]:
    return (late(*each) for each in _standing(facts) if each[2] < LONG_OVERDUE_DAYS)


def _standing(facts: Facts) -> Iterator[tuple[Work, Step, int]]:
    return (each for each in late_steps(facts) if not is_new(each[1], facts.before))


def is_new(step: Step, before: Before | None) -> bool:
    return before is None or step.id not in before.overdue


def late(work: Work, step: Step, days: int) -> Row:
    return row(
        "overdue",
        step.id,
        work.subject,
        what=step.title,
        who=step.lead if step.has_lead else NOBODY,
        when=step.target,
        days=days,
    )


def slipped(facts: Facts) -> list[Row]:
    """Whose date stands later than the one first agreed, the furthest first."""
    found = [
        row(
            "slipped",
            step.id,
            work.subject,
            what=f"{step.title}: {in_full(step.original)} to {in_full(step.target)}. "
            f"{in_words(step.moves)}.",
            who=step.lead if step.has_lead else NOBODY,
            when=step.target,
            days=(step.target - step.original).days,
        )
        for work in facts.work
        for step in work.steps
        if work.needs_work and not step.is_proven
        if step.original and step.target and step.target > step.original
    ]
    return sorted(found, key=lambda each: -each["days"])


def silent(facts: Facts) -> list[Row]:
    """The longest silence first."""
    quiet = sorted((work for work in facts.work if work.is_silent), key=lambda w: w.last_heard)
    return [
        row(
            "silent",
            work.subject.id,
            work.subject,
            who=work.leads or NOBODY,
            when=work.last_heard,
            days=(facts.today - work.last_heard).days,
        )
        for work in quiet
    ]


def finished(each: Finished) -> Row:
    outcome = ACTIVITY_ONLY if each.is_activity_only else each.outcome
    what = f"{each.step}: {each.how}" if each.step else each.how
    return row("finished", each.id, each.subject, what=what, why=outcome, when=each.on)


def advised(items: Iterable[Advised], before: Before | None) -> list[Row]:
    """What stood unanswered in the last pack tops the list."""
    stood = before.advice if before else frozenset()
    return [
        row(
            "advice",
            each.id,
            Subject("", each.reference, each.title),
            what="Unanswered since the last pack" if each.id in stood else "New",
            who=each.group,
            when=each.given_on,
        )
        for each in sorted(items, key=lambda one: one.id not in stood)
    ]


def ownerless(facts: Facts) -> list[Row]:
    return [
        row(
            "ownerless",
            step.id,
            work.subject,
            what=step.title,
            who=joined([step.lead, ", who has left"]) if step.lead else NOBODY,
            when=step.target,
        )
        for work in facts.work
        for step in work.steps
        if work.needs_work and not step.is_proven and not step.has_lead
    ]


def objected(each: Objected) -> Row:
    what, why = each.step, each.why
    return row("objection", each.id, each.subject, what=what, why=why, who=each.lead, when=each.on)


def missed(each: Missed) -> Row:
    what = f"{each.what}: {each.how}"
    return row("missed", each.id, each.subject, what=what, who=each.lead, when=each.due)


def decided(each: Decided) -> Row:
    what = f"{each.about}: {each.ruling}"
    return row("decided", each.id, each.subject, what=what, why=each.why, when=each.on)


def moved(each: Moved) -> Row:
    return row(
        "moved",
        each.id,
        each.subject,
        what=f"{each.step}: {in_full(each.old)} to {in_full(each.new)}",
        why=each.why,
        when=each.on,
        days=(each.new - each.old).days,
    )


def reopened(each: Reopened) -> Row:
    return row("reopened", each.id, each.subject, why=each.why, when=each.on)
