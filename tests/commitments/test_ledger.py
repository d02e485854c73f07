"""The path of an entry: which steps make sense, and what they add up to."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from commitments import ledger
from commitments.enums import InvitationKind, InvitationState
from commitments.ledger import Entry, Summary, Taken
from ui.dates import TOO_FAR

RECEIVED, ASKED = InvitationState.RECEIVED, InvitationState.ASKED
ANSWERED, CHANGED = InvitationState.ANSWERED, InvitationState.CHANGED
ACCEPTED, PUT_FORWARD = InvitationState.ACCEPTED, InvitationState.PUT_FORWARD
STEPPED_BACK, STEPPED_ASIDE = InvitationState.STEPPED_BACK, InvitationState.STEPPED_ASIDE
DECLINED, WITHDREW = InvitationState.DECLINED, InvitationState.WITHDREW
TOOK_PART = InvitationState.TOOK_PART
INVITED, HOSTING = InvitationKind.INVITED, InvitationKind.HOSTING
SEAT, CONVERSATION = InvitationKind.SEAT, InvitationKind.CONVERSATION
TODAY = date(2026, 5, 20)
CAME = date(2026, 5, 1)
EVENT = date(2026, 5, 15)
NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
WEEK, SECOND = timedelta(days=7), timedelta(seconds=1)


def day(number: int) -> date:
    return date(2026, 5, number)


def entry(
    *states: InvitationState,
    kind: InvitationKind = INVITED,
    held_on: date | None = None,
    **days: int,
) -> Entry:
    """Each step on the 10th, unless `asked=5` says another day."""
    taken = [Taken(RECEIVED, CAME)]
    taken += [Taken(state, day(days.get(state.value, 10))) for state in states]
    return Entry(kind, CAME, held_on, tuple(taken))


ANY_TIME = [ASKED, ACCEPTED, PUT_FORWARD, STEPPED_BACK, STEPPED_ASIDE, DECLINED, WITHDREW]


@pytest.mark.parametrize(
    ("taken", "may_follow"),
    [
        (entry(), [*ANY_TIME, TOOK_PART]),
        (entry(held_on=TODAY), [*ANY_TIME, TOOK_PART]),
        (entry(held_on=date(2026, 5, 21)), ANY_TIME),
        (entry(ASKED), [ANSWERED, CHANGED, *ANY_TIME[1:], TOOK_PART]),
        (
            entry(ACCEPTED),
            [ASKED, PUT_FORWARD, STEPPED_BACK, STEPPED_ASIDE, WITHDREW, TOOK_PART],
        ),
        (entry(DECLINED), [ASKED, PUT_FORWARD]),
        (entry(STEPPED_ASIDE), [ASKED, PUT_FORWARD]),
        (entry(ASKED, WITHDREW), [ANSWERED, CHANGED, PUT_FORWARD]),
        (entry(TOOK_PART), [ASKED, PUT_FORWARD, STEPPED_BACK]),
        (entry(ACCEPTED, TOOK_PART), [ASKED, PUT_FORWARD, STEPPED_BACK]),
        (entry(kind=HOSTING), [ASKED, PUT_FORWARD, STEPPED_BACK, STEPPED_ASIDE, TOOK_PART]),
        (
            entry(kind=SEAT),
            [ASKED, PUT_FORWARD, STEPPED_BACK, STEPPED_ASIDE, WITHDREW, TOOK_PART],
        ),
        (entry(kind=CONVERSATION), [ASKED, PUT_FORWARD]),
        (entry(ASKED, kind=CONVERSATION), [ANSWERED, CHANGED, PUT_FORWARD]),
    ],
)
def test_what_may_follow(taken: Entry, may_follow: list[InvitationState]) -> None:
    assert ledger.next_steps(taken, today=TODAY) == may_follow


@pytest.mark.parametrize(
    ("taken", "step", "problems"),
    [
        (entry(), Taken(RECEIVED, TODAY), {"state": ledger.TAKEN_ALREADY}),
        (entry(ASKED), Taken(ASKED, TODAY), {"state": ledger.TAKEN_ALREADY}),
        (entry(), Taken(ANSWERED, TODAY), {"state": ledger.ASK_FIRST}),
        (entry(), Taken(CHANGED, TODAY), {"state": ledger.ASK_FIRST}),
        (
            entry(DECLINED),
            Taken(TOOK_PART, TODAY),
            {"state": "“Declined” is noted, and this does not follow it."},
        ),
        (
            entry(TOOK_PART),
            Taken(WITHDREW, TODAY),
            {"state": "“Took part” is noted, and this does not follow it."},
        ),
        (
            entry(TOOK_PART),
            Taken(ACCEPTED, day(5)),
            {"state": "“Took part” is noted, and this does not follow it."},
        ),
        (entry(ACCEPTED), Taken(DECLINED, TODAY), {"state": ledger.HAD_ACCEPTED}),
        (
            entry(held_on=date(2026, 5, 21)),
            Taken(TOOK_PART, TODAY),
            {"state": ledger.NOT_HELD_YET, "on": ledger.BEFORE_THE_EVENT},
        ),
        (entry(kind=SEAT), Taken(DECLINED, TODAY), {"state": ledger.NOT_OF_THIS_KIND}),
        (entry(), Taken(ACCEPTED, date(2026, 5, 21)), {"on": ledger.NOT_YET}),
        (entry(), Taken(ACCEPTED, date(2026, 4, 30)), {"on": ledger.BEFORE_IT_CAME}),
        (entry(), Taken(ASKED, date(2026, 4, 30)), {"on": ledger.BEFORE_IT_CAME}),
        (entry(ASKED, asked=5), Taken(CHANGED, day(4)), {"on": ledger.BEFORE_ASKING}),
        (entry(ASKED, asked=5), Taken(ANSWERED, day(4)), {"on": ledger.BEFORE_ASKING}),
        (entry(held_on=EVENT), Taken(TOOK_PART, day(14)), {"on": ledger.BEFORE_THE_EVENT}),
        (entry(held_on=EVENT), Taken(ACCEPTED, day(16)), {"on": ledger.AFTER_THE_EVENT}),
        (entry(ASKED, held_on=EVENT), Taken(CHANGED, day(16)), {"on": ledger.AFTER_THE_EVENT}),
    ],
)
def test_what_cannot_be(taken: Entry, step: Taken, problems: dict[str, str]) -> None:
    assert ledger.problems_with_step(taken, step, number=None, today=TODAY) == problems


@pytest.mark.parametrize(
    ("taken", "step"),
    [
        (entry(), Taken(ASKED, CAME)),
        (entry(), Taken(ASKED, TODAY)),
        (entry(ASKED, asked=5), Taken(CHANGED, day(5))),
        (entry(ASKED, held_on=EVENT), Taken(CHANGED, EVENT)),
        (entry(ASKED, held_on=EVENT), Taken(ANSWERED, TODAY)),
        (entry(held_on=EVENT), Taken(ASKED, TODAY)),
        (entry(held_on=EVENT), Taken(TOOK_PART, EVENT)),
        (entry(held_on=EVENT), Taken(TOOK_PART, TODAY)),
        (entry(ASKED, kind=SEAT, held_on=EVENT), Taken(CHANGED, TODAY)),
        (entry(TOOK_PART), Taken(STEPPED_BACK, day(5))),
    ],
)
def test_it_works(taken: Entry, step: Taken) -> None:
    assert ledger.problems_with_step(taken, step, number=None, today=TODAY) == {}


@pytest.mark.parametrize(
    ("number", "problems"),
    [
        (None, {"number": ledger.HOW_MANY}),
        (0, {"number": ledger.HOW_MANY}),
        (1, {}),
        (99, {}),
        (100, {"number": ledger.HOW_MANY}),
    ],
)
def test_how_many_were_put_forward(number: int | None, problems: dict[str, str]) -> None:
    step = Taken(PUT_FORWARD, TODAY)
    assert ledger.problems_with_step(entry(), step, number=number, today=TODAY) == problems


@pytest.mark.parametrize(
    ("taken", "summary"),
    [
        (entry(), Summary(RECEIVED, None, False)),
        (entry(ASKED, asked=1), Summary(ASKED, day(1), False)),
        (entry(ASKED, ANSWERED, CHANGED), Summary(CHANGED, day(10), True)),
        (entry(ASKED, TOOK_PART, CHANGED, changed=12), Summary(TOOK_PART, day(10), True)),
        (entry(ACCEPTED, ASKED, accepted=3, asked=5), Summary(ASKED, day(5), False)),
        (entry(ASKED, DECLINED, ANSWERED, answered=12), Summary(DECLINED, day(10), False)),
        (entry(DECLINED, PUT_FORWARD, put_forward=12), Summary(DECLINED, None, False)),
        (entry(ACCEPTED, STEPPED_BACK), Summary(STEPPED_BACK, None, False)),
    ],
)
def test_what_the_steps_add_up_to(taken: Entry, summary: Summary) -> None:
    assert ledger.sum_up(taken.steps) == summary


def problems_with_new(
    received_on: date = CAME, held_on: date | None = None, asked_on: date | None = None
) -> Any:
    new = Entry(INVITED, received_on, held_on)
    return ledger.problems_with_new(new, asked_on=asked_on, today=TODAY)


def test_a_new_entry() -> None:
    assert problems_with_new() == {}
    assert problems_with_new(TODAY, asked_on=TODAY) == {}
    assert problems_with_new(date(2026, 5, 21)) == {"received_on": ledger.NOT_YET}
    assert problems_with_new(date(2016, 5, 19)) == {"received_on": TOO_FAR}
    assert problems_with_new(held_on=date.max) == {"held_on": TOO_FAR}
    assert problems_with_new(asked_on=date(2026, 4, 30)) == {"asked_on": ledger.BEFORE_IT_CAME}
    assert problems_with_new(asked_on=date(2026, 5, 21)) == {"asked_on": ledger.NOT_YET}


def noted(step: str, when: str) -> str:
    return f"“{step}” is noted {when} this day."


@pytest.mark.parametrize(
    ("taken", "details", "problems"),
    [
        (entry(ASKED), {"received_on": day(10), "held_on": day(9)}, {}),
        (entry(ASKED), {"received_on": day(11)}, {"received_on": noted("I asked", "before")}),
        (entry(TOOK_PART), {"held_on": day(11)}, {"held_on": noted("Took part", "before")}),
        (entry(ACCEPTED), {"held_on": day(9)}, {"held_on": noted("Accepted", "after")}),
        (entry(DECLINED), {"kind": SEAT}, {"kind": "“Declined” is noted, and does not fit this."}),
        (entry(ASKED), {"kind": CONVERSATION}, {}),
        (entry(), {"received_on": date(2026, 5, 21)}, {"received_on": ledger.NOT_YET}),
        (entry(), {"held_on": date.max}, {"held_on": TOO_FAR}),
    ],
)
def test_details_agree_with_the_steps(
    taken: Entry, details: dict[str, Any], problems: dict[str, str]
) -> None:
    after = ledger.with_details(taken, details)
    assert ledger.problems_with_details(after, before=taken, today=TODAY) == problems


def test_what_was_not_touched_is_not_judged_again() -> None:
    old = Entry(INVITED, date(2010, 1, 1), date(2010, 2, 1), (Taken(TOOK_PART, date(2010, 1, 5)),))
    assert ledger.problems_with_details(old, before=old, today=TODAY) == {}


def stays(state: InvitationState) -> Taken:
    return Taken(state, day(10), stays=True)


@pytest.mark.parametrize(
    ("steps", "newest"),
    [
        (entry().steps, None),
        (entry(ASKED).steps, ASKED),
        (entry(ASKED, ANSWERED).steps, ANSWERED),
        ((*entry(ASKED).steps, stays(ANSWERED)), None),
        ((*entry(ASKED, ACCEPTED).steps, stays(ANSWERED)), ACCEPTED),
        ((*entry().steps, stays(ASKED)), None),
        ((*entry().steps, stays(ASKED), Taken(CHANGED, TODAY)), CHANGED),
    ],
)
def test_what_may_be_taken_back(steps: tuple[Taken, ...], newest: InvitationState | None) -> None:
    assert ledger.to_take_back(steps) == newest


def test_only_an_entry_of_which_nothing_came_goes() -> None:
    def why_not(of: Entry, has_more: bool = False, ago: timedelta = WEEK) -> str:
        return ledger.why_not_remove(of.steps, has_more=has_more, noted_at=NOW - ago, now=NOW)

    assert why_not(entry()) == ""
    assert why_not(entry(), has_more=True) == ledger.CAME_OF_IT
    assert why_not(entry(ASKED)) == ledger.CAME_OF_IT
    assert why_not(entry(), ago=WEEK + SECOND) == ledger.ENTRY_STAYS


@pytest.mark.parametrize(
    ("ago", "may"), [(timedelta(0), True), (WEEK, True), (WEEK + SECOND, False)]
)
def test_a_slip_is_put_right_within_a_week(ago: timedelta, may: bool) -> None:
    assert ledger.may_be_undone(NOW - ago, now=NOW) is may


def test_what_stands_in_the_way_is_said_in_the_words_of_the_kind() -> None:
    held = entry(TOOK_PART, kind=HOSTING)
    problems = ledger.problems_with_step(
        held, Taken(STEPPED_ASIDE, TODAY), number=None, today=TODAY
    )
    assert problems == {"state": "“It took place” is noted, and this does not follow it."}
    talk = ledger.with_details(held, {"kind": CONVERSATION})
    assert ledger.problems_with_details(talk, before=held, today=TODAY) == {
        "kind": "“It took place” is noted, and does not fit this."
    }


def test_a_seat_is_asked_about_once_a_year() -> None:
    def anew(kind: InvitationKind, received_on: date, has_next: bool = False) -> bool:
        return ledger.may_be_asked_anew(
            kind, received_on=received_on, has_next=has_next, today=TODAY
        )

    assert anew(SEAT, date(2025, 12, 31))
    assert not anew(SEAT, date(2026, 1, 1))
    assert not anew(SEAT, date(2025, 12, 31), has_next=True)
    assert not anew(INVITED, date(2025, 12, 31))


def test_the_day_that_is_offered() -> None:
    assert ledger.likely_day(entry(), today=TODAY) == TODAY
    assert ledger.likely_day(entry(held_on=EVENT), today=TODAY) == EVENT
    assert ledger.likely_day(entry(held_on=TODAY), today=TODAY) == TODAY
    assert ledger.likely_day(entry(held_on=date(2026, 4, 1)), today=TODAY) == TODAY
