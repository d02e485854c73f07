"""Facts with something for every section."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from committees.pack_facts import (
    Advised,
    Before,
    Closure,
    Decided,
    Facts,
    Finished,
    Heading,
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
from recommendations.enums import State

TODAY = date(2026, 3, 12)
ABOUT = Subject("r1", "1.7", "Put race equality on the agenda of every board meeting")


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def step(pk: str = "a1", **kwargs: object) -> Step:
    kwargs = {"lead": "Lena Lead", "has_lead": True} | kwargs
    return Step(id=pk, title="Write to the board", **kwargs)


def work(*steps: Step, **kwargs: object) -> Work:
    given = {
        "subject": ABOUT,
        "state": State.IN_PROGRESS,
        "needs_work": True,
        "is_silent": False,
        "is_overdue": False,
        "last_heard": days(-10),
        "leads": "Lena Lead",
        "steps": steps,
    }
    return Work(**given | kwargs)


def heading() -> Heading:
    return Heading(
        number=3,
        organisation="Harbour Minds",
        group="Accountability committee",
        meeting_on=days(7),
        frozen_at=datetime(2026, 3, 12, 9, 30, tzinfo=UTC),
        frozen_by="Alice Adeyemi",
    )


def before(**kwargs: object) -> Before:
    return Before(
        number=2,
        meeting_on=days(-84),
        frozen_at=datetime(2025, 12, 11, 9, 0, tzinfo=UTC),
        **kwargs,
    )


def plain_facts(**kwargs: object) -> Facts:
    return replace(Facts(heading=heading(), today=TODAY), **kwargs)


def some_facts() -> Facts:
    """One line in each section."""
    return plain_facts(
        before=before(overdue=frozenset({"a2", "a3"}), advice=frozenset({"v2"})),
        work=(
            work(step("a1", target=days(-1)), is_overdue=True),
            work(step("a2", target=days(-30)), is_overdue=True),
            work(step("a3", target=days(-29)), is_overdue=True),
            work(step("a4", original=days(20), target=days(60), moves=2)),
            work(is_silent=True, last_heard=days(-120)),
            work(step("a5", lead="", has_lead=False)),
            work(state=State.CLOSED_IMPLEMENTED, needs_work=False),
        ),
        closures=(
            Closure(
                id="p1",
                subject=ABOUT,
                wanted="Closed: implemented",
                words="Waiting times fell by a third in every service.",
                is_activity_only=False,
                by="Lena Lead",
                on=days(-3),
                shown=2,
                steps=2,
                views=(("Not yet", "Ada Adviser"), ("Agree", "Staff network")),
            ),
        ),
        later=(
            Later(
                "e1", ABOUT, "Train managers", days(9), days(39), "She fell ill.", "Lena", days(-1)
            ),
        ),
        owed=(Owed(ABOUT, days(-50)),),
        finished=(Finished("r2", ABOUT, days(-9), "Closed: implemented", outcome="It is done."),),
        advice=(
            Advised("v1", "A1", "Ask people first", "Advisory group", days(-20)),
            Advised("v2", "A2", "Pay people for their time", "Advisory group", days(-10)),
        ),
        objections=(
            Objected("o1", ABOUT, "Train managers", "Lena", "No time or budget", days(-2)),
        ),
        missed=(Missed("g1", "Forum", "1 planned and not held", days(-30)),),
        decided=(Decided("d1", ABOUT, "Closing", "Approved", "It is shown.", days(-80)),),
        moved=(Moved("d2", ABOUT, "Train managers", days(9), days(39), "Ill.", days(-80)),),
        reopened=(Reopened("r3", ABOUT, "Not sustained", days(-40)),),
    )
