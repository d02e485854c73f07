"""How faithfully leaders look back: check-ins made, missed, and put right."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from random import Random

from commitments import actions, rhythm
from commitments.enums import Kept
from commitments.models import Pledge
from commitments.queries import kept_promises_of
from commitments.queries.check_in_answers import standing_of
from demo.leaders import Made
from demo.scene import Scene, Step

REMARKS = {
    Kept.KEPT: (
        "Asked on every invitation this month, and said no to one.",
        "Two organisers thanked me for asking. One changed the whole second half.",
        "",
        "",
    ),
    Kept.PARTLY: (
        "I asked, but too late for anything to change.",
        "I asked about the panel and forgot who was to chair it.",
        "We paid fares for two speakers. Child care we had not thought of.",
        "",
    ),
    Kept.NOT_THIS_TIME: (
        "I agreed on the telephone before I had asked anything.",
        "Four of us on the platform, and we could have been any four of us. I should have said so.",
        "",
    ),
}
MOODS = (Kept.KEPT, Kept.KEPT, Kept.PARTLY, Kept.NOT_THIS_TIME, Kept.NOTHING)
PUT_RIGHT = (Kept.PARTLY, "I had forgotten one invitation. There I asked too late.")


def look_backs(made: Made, scene: Scene) -> Iterator[Step]:
    """Check in for some of the months since; the others stay missed."""
    chance, days = Random(made.leader), scene.days  # noqa: S311
    passed = rhythm.passed_periods(
        made_on=days.on(made.made),
        today=days.today if made.closed is None else days.on(made.closed),
        cadence=made.every,
        done=set(),
    )
    last: Step | None = None
    for each in reversed(passed):
        at = days.hour_of(each.period.opens_on + timedelta(days=chance.randrange(1, 9)), 20)
        is_made = chance.random() < made.looks_back
        if each.is_open:
            is_made = made.is_up_to_date and made.closed is None and made.looks_back > 0
        if is_made:
            yield min(at, days.now), partial(check_in, made.leader, each.period, chance, scene)
        if is_made and not each.is_open:
            last = at + timedelta(days=2), partial(put_right, made.leader, each.period, scene)
    if made.puts_right and last is not None:
        yield last


def check_in(
    leader: str, period: rhythm.Period, chance: Random, scene: Scene, at: datetime
) -> None:
    pledge = scene.pledges[leader]
    actions.record_check_in(
        pledge=pledge,
        period=period.first,
        answers=answers(pledge, chance),
        by=scene.cast[leader],
        now=at,
    )


def answers(pledge: Pledge, chance: Random) -> dict[int, tuple[Kept, str]]:
    said = {}
    for promise in kept_promises_of(pledge):
        kept = chance.choice(MOODS)
        said[promise.position] = (kept, chance.choice(REMARKS.get(kept, ("",))))
    return said


def put_right(leader: str, period: rhythm.Period, scene: Scene, at: datetime) -> None:
    pledge = scene.pledges[leader]
    made = standing_of(pledge, period)
    actions.record_check_in(
        pledge=pledge,
        period=period.first,
        answers={**made.answers, made.promises[0].position: PUT_RIGHT},
        by=scene.cast[leader],
        now=at,
        seen=made.mark,
    )
