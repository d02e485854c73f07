"""How an entry of the ledger is spoken of, by its kind. Rules only."""

from collections.abc import Mapping
from dataclasses import dataclass

from commitments.enums import InvitationKind, InvitationState


@dataclass(frozen=True)
class Words:
    """Labels of the page that adds an entry, and of the buttons on its own page."""

    tab: str
    heading: str
    lead: str
    title: str
    organiser: str
    held_on: str
    received_on: str
    ask: str
    steps: Mapping[InvitationState, str]


WORDS = {
    InvitationKind.INVITED: Words(
        tab="Invited",
        heading="Add an invitation",
        lead="To speak, to chair, to join a group. A name is enough.",
        title="What were you invited to?",
        organiser="Who invited you?",
        held_on="When is it?",
        received_on="When did the invitation arrive?",
        ask="Ask back now",
        steps={},
    ),
    InvitationKind.HOSTING: Words(
        tab="We run it",
        heading="Add an event of our own",
        lead="Who is on our own line-up? The same questions, to our own team.",
        title="What are you running?",
        organiser="Who puts the line-up together?",
        held_on="When is it?",
        received_on="Since when is it planned?",
        ask="Ask our team now",
        steps={
            InvitationState.RECEIVED: "Planned",
            InvitationState.ASKED: "I asked our team",
            InvitationState.TOOK_PART: "It took place",
        },
    ),
    InvitationKind.SEAT: Words(
        tab="A seat I hold",
        heading="Add a seat you hold",
        lead="On a board, a committee, a working group. You can ask about it anew each year.",
        title="Which group is it?",
        organiser="Who chairs it?",
        held_on="When does it meet next?",
        received_on="When did you begin to look at it?",
        ask="Ask the chair now",
        steps={
            InvitationState.RECEIVED: "Looked at",
            InvitationState.CHANGED: "Who sits there changed",
            InvitationState.STEPPED_ASIDE: "Gave up the seat for somebody",
            InvitationState.WITHDREW: "Left the group",
        },
    ),
    InvitationKind.CONVERSATION: Words(
        tab="A talk",
        heading="Add a talk with an organiser",
        lead="You were not invited, and you spoke to them about who is on the line-up.",
        title="Which event did you talk about?",
        organiser="Whom did you talk to?",
        held_on="When is the event?",
        received_on="When did you talk?",
        ask="Send the questions now",
        steps={InvitationState.RECEIVED: "We talked"},
    ),
}

HINTS = {
    InvitationState.CHANGED: "After you asked. Only yes or no is kept.",
    InvitationState.STEPPED_BACK: "Stayed, and gave up the chair, the keynote or time.",
    InvitationState.STEPPED_ASIDE: "Gave the place to somebody else.",
    InvitationState.WITHDREW: "After having said yes.",
}


def step_words(kind: InvitationKind, state: InvitationState, number: int | None = None) -> str:
    """ "Put forward 3 others" where it is known how many."""
    if number is not None:
        return f"Put forward {number} {'other' if number == 1 else 'others'}"
    return WORDS[kind].steps.get(state, str(state.label))
