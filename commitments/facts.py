"""What one entry of the invitation ledger amounts to, from the steps it took. Rules only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from commitments.enums import InvitationKind, InvitationState
from commitments.states import OUTCOMES
from commitments.verdicts import Showing


class StepFact(NamedTuple):
    """One step of a path. `number` counts the people put forward; `by_mail`: the answer that
    stands came through a link that was emailed from here."""

    on: date
    by_organiser: bool = False
    number: int | None = None
    by_mail: bool = False


@dataclass(frozen=True)
class LedgerFact:
    """One entry with its steps, each of which is taken at most once.

    `showing` is what the event was shown to meet; None where nothing was counted.
    """

    received_on: date
    steps: Mapping[InvitationState, StepFact] = field(default_factory=dict)
    kind: InvitationKind = InvitationKind.INVITED
    held_on: date | None = None
    showing: Showing | None = None

    @property
    def is_a_place(self) -> bool:
        """A place to take or to leave. A talk with an organiser offers none."""
        return self.kind != InvitationKind.CONVERSATION

    def took(self, state: InvitationState, *, by: date) -> StepFact | None:
        """The step, unless it lies after that day."""
        step = self.steps.get(state)
        return step if step and step.on <= by else None

    def asked(self, *, today: date) -> StepFact | None:
        return self.took(InvitationState.ASKED, by=today)

    def answered(self, *, today: date) -> StepFact | None:
        return self._since_asked(InvitationState.ANSWERED, by=today)

    def changed(self, *, today: date) -> StepFact | None:
        """A change before anybody asked, or after the event, is not one that asking brought.

        A seat is held beyond its next meeting.
        """
        ends_on = None if self.kind == InvitationKind.SEAT else self.held_on
        last = min(today, ends_on or today)
        return self._since_asked(InvitationState.CHANGED, by=last)

    def put_forward(self, *, today: date) -> StepFact | None:
        return self.took(InvitationState.PUT_FORWARD, by=today)

    def stepped_back(self, *, today: date) -> StepFact | None:
        return self.took(InvitationState.STEPPED_BACK, by=today)

    def ending(self, *, today: date) -> InvitationState | None:
        """How it ended: of several endings the latest, but taking part above any other."""
        taken = [state for state in OUTCOMES if self.took(state, by=today)]
        if InvitationState.TOOK_PART in taken:
            if not self.held_on or self.held_on <= today:
                return InvitationState.TOOK_PART
            taken.remove(InvitationState.TOOK_PART)
        return max(taken, key=lambda state: (self.steps[state].on, state.value), default=None)

    def ended_by(self, state: InvitationState, *, today: date) -> StepFact | None:
        return self.steps[state] if self.ending(today=today) == state else None

    def _since_asked(self, state: InvitationState, *, by: date) -> StepFact | None:
        asked, step = self.asked(today=by), self.took(state, by=by)
        return step if asked and step and asked.on <= step.on else None
