"""Somebody in her office logs for the chief executive: confirmed once, and waiting again."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from commitments.actions.assisting import ask_assistant, become_assistant, confirm_entries
from commitments.actions.check_in import save_draft
from commitments.actions.ledger import take_step
from commitments.enums import Cadence, InvitationState, Kept
from commitments.queries.check_in_answers import standing_of
from commitments.queries.check_ins import period_open_for
from commitments.queries.tending import to_confirm
from commitments.rhythm import open_period
from demo.invitations import ASSISTANT
from demo.leaders import CHIEF
from demo.scene import Scene, Step

ASKED, ACCEPTED, CONFIRMED, TELEPHONED = 62, 61, 8, 1
DRAFTED = (
    (Kept.NOTHING, ""),
    (Kept.PARTLY, "You asked before you said yes. One organiser has not answered yet."),
    None,
    (Kept.KEPT, "Asked again a month before the day, as you said you would."),
)
"""Of the first promises; the others are left for her to say."""


def help_out(scene: Scene) -> Iterator[Step]:
    days = scene.days
    yield days.at(ASKED, 9), partial(ask, scene)
    yield days.at(ACCEPTED, 9), partial(accept, scene)
    yield days.at(CONFIRMED, 19), partial(confirm, scene)
    yield days.at(TELEPHONED, 18, 30), partial(note_a_call, scene)
    opens = open_period(days.today, Cadence.MONTHLY).opens_on
    yield min(days.hour_of(opens + timedelta(days=1), 9), days.now), partial(draft, scene)


def ask(scene: Scene, at: datetime) -> None:
    pledge, by = scene.pledges[CHIEF], scene.cast[CHIEF]
    ask_assistant(pledge=pledge, email=scene.cast[ASSISTANT].email, by=by, now=at)


def accept(scene: Scene, at: datetime) -> None:
    asked = scene.pledges[CHIEF].assistants.get()
    become_assistant(asked=asked, by=scene.cast[ASSISTANT], now=at)


def confirm(scene: Scene, at: datetime) -> None:
    pledge = scene.pledges[CHIEF]
    shown = [entry.mark for entry in to_confirm(pledge)]
    confirm_entries(pledge=pledge, shown=shown, by=scene.cast[CHIEF], now=at)


def note_a_call(scene: Scene, at: datetime) -> None:
    """A step that the leader has not seen yet."""
    take_step(
        invitation=scene.entries[CHIEF, "An evening lecture"],
        state=InvitationState.ANSWERED,
        on=at.date(),
        by=scene.cast[ASSISTANT],
        now=at,
    )


def draft(scene: Scene, at: datetime) -> None:
    pledge = scene.pledges[CHIEF]
    period = period_open_for(pledge, today=at.date())
    assert period is not None
    standing = standing_of(pledge, period)
    answers: dict[int, tuple[Kept | None, str]] = {
        promise.position: (None, "") for promise in standing.promises
    }
    for promise, said in zip(standing.promises, DRAFTED, strict=False):
        answers[promise.position] = said or (None, "")
    save_draft(
        pledge=pledge, period=period.first, answers=answers, by=scene.cast[ASSISTANT], now=at,
        seen=standing.mark,
    )  # fmt: skip
