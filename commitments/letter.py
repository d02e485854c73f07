"""The letter that asks an organiser back: its words. Rules only."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from commitments import links, mail_limits
from commitments.enums import InvitationKind
from commitments.signing import signature
from panels.enums import Barrier
from ui.dates import in_full

LONGEST_LETTER = 8000
LINK = "{reply link}"
"""Stands in the letter that is kept, so that the secret of its link is kept nowhere."""

ANSWER_HERE = "You can answer here, without an account, in about five minutes:"
A_REPLY_ADDRESS = re.compile(r"https?://\S*/r/[\w-]{40,}\S*")

ASKED_ABOUT = {
    InvitationKind.INVITED: ("balanced_panels", "every_stage", "remove_barriers"),
    InvitationKind.HOSTING: ("keep_asking", "balanced_panels", "whole_organisation"),
    InvitationKind.SEAT: ("inclusive_groups", "keep_asking"),
    InvitationKind.CONVERSATION: ("talk_to_organisers", "balanced_panels", "remove_barriers"),
}
"""The promises, by their key in the wording, that a letter of each kind asks about."""


@dataclass(frozen=True)
class Facts:
    """All that a letter is made of. `promises`: those it asks about, as the leader signed them."""

    kind: InvitationKind
    title: str
    organiser: str
    held_on: date | None
    has_accepted: bool
    leader_name: str
    role_title: str
    organisation_name: str
    promises: tuple[str, ...]
    definition: str
    pledge_url: str
    open_until: date


def compose(facts: Facts) -> str:
    """Plain text, with LINK where the reply link belongs."""
    parts = [
        _greeting(facts),
        _opening(facts),
        _who(facts),
        _quoted(facts),
        "May I ask you five things?",
        "\n".join(f"{number}. {text}" for number, text in enumerate(_questions(facts.kind), 1)),
        f"By “minoritised” I mean: {facts.definition}",
        f"What helps people to take part: {_barriers()}.",
        f"{ANSWER_HERE}\n{LINK}\nThe link works until {in_full(facts.open_until)}.",
        _what_happens_with_it(facts),
        "Thank you for taking the time.",
        f"{facts.leader_name}\n{_role(facts)}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def with_link(text: str, link: str) -> str:
    """The letter as it leaves. A writer who took the link out gets it back at the end."""
    if LINK not in text:
        text = f"{text.rstrip()}\n\n{ANSWER_HERE}\n{LINK}\n"
    return text.replace(LINK, link)


def to_keep(text: str) -> str:
    """The letter without any reply address, its own or one that was pasted in."""
    return A_REPLY_ADDRESS.sub(LINK, text.replace("\r\n", "\n").replace("\r", "\n"))


def leads_elsewhere(text: str, *, but: Iterable[str]) -> bool:
    """Whether it names a web or email address other than these, with whatever follows them."""
    ours = "|".join(rf"{re.escape(address)}(?:/\S*)?(?![\w.-]*\w)" for address in but)
    return mail_limits.leads_elsewhere(re.sub(ours, " ", text, flags=re.IGNORECASE))


def open_until(held_on: date | None, *, made_on: date) -> date:
    """The last day of its link. Asked after an event, it still leaves time to answer."""
    if held_on is None:
        return made_on + links.LETTER_LASTS_WITHOUT_DATE
    return max(held_on, made_on) + links.LETTER_LASTS_AFTER_EVENT


def subject(kind: InvitationKind, title: str) -> str:
    is_an_event = kind in (InvitationKind.INVITED, InvitationKind.HOSTING)
    return f"A question {'before' if is_an_event else 'about'} {title}"


def _greeting(facts: Facts) -> str:
    unnamed = {InvitationKind.HOSTING: "Dear events team,", InvitationKind.SEAT: "Dear chair,"}
    return f"Dear {facts.organiser}," if facts.organiser else unnamed.get(facts.kind, "Hello,")


def _opening(facts: Facts) -> str:
    event = f"“{facts.title}”" + (f" on {in_full(facts.held_on)}" if facts.held_on else "")
    if facts.kind == InvitationKind.HOSTING:
        return f"We are running {event}. Before the line-up is settled, let us look at it together."
    if facts.kind == InvitationKind.SEAT:
        return f"I hold a seat on “{facts.title}”. Once a year I ask about each group I am part of."
    if facts.kind == InvitationKind.CONVERSATION:
        return f"We talked about {event}. Here is what I ask about every event."
    if facts.has_accepted:
        return f"I look forward to {event}. Before the day I would like to know who is heard there."
    return (
        f"Thank you for inviting me to {event}. Before I answer, I would like to know who is heard"
        " there."
    )


def _who(facts: Facts) -> str:
    return (
        f"I am {facts.leader_name}, {_role(facts)}. I have made an anti-racism pledge in"
        f" public. Here it is:\n{facts.pledge_url}"
    )


def _role(facts: Facts) -> str:
    return signature(facts.role_title, facts.organisation_name)


def _quoted(facts: Facts) -> str:
    if not facts.promises:
        return ""
    quotes = "\n".join(f"“{' '.join(text.split())}”" for text in facts.promises)
    return f"In it I say:\n{quotes}"


def _questions(kind: InvitationKind) -> tuple[str, ...]:
    how_many = (
        "Numbers are enough, and no names: how many people, how many of them women, how many from"
        " minoritised communities. Please count only what people have said about themselves."
    )
    in_the_way = "cost, travel, care, access, or the time of day"
    if kind == InvitationKind.HOSTING:
        return (
            f"Who is on our line-up so far, and how do they describe themselves? {how_many}",
            "Whom have we not thought of, and what would it take to have them with us?",
            "Whom have we given the main stage, the chair and the opening words?",
            f"What could keep people from coming ({in_the_way}), and what do we do about it?",
            "What can still be changed? I will gladly give up a place of my own.",
        )
    if kind == InvitationKind.SEAT:
        return (
            f"Who sits on the group today, and how do they describe themselves? {how_many}",
            "Whose voice is missing, and what would it take for them to join?",
            "Who chairs, who sets the agenda, and who speaks first?",
            f"What could keep people from joining or coming ({in_the_way}), and what is offered?",
            "When can the membership change next? I can name people, or make room myself.",
        )
    return (
        f"Who else is on the line-up, and how do they describe themselves? {how_many}",
        "Whom would you still like to hear, and what would it take to bring them in?",
        "Who is on the main stage, who chairs, and who speaks first?",
        f"What could keep people from taking part ({in_the_way}), and what do you offer?",
        "Can the line-up still change? If so, I can name people, or give up my place.",
    )


def _barriers() -> str:
    return "; ".join(_in_a_sentence(barrier) for barrier in Barrier)


def _in_a_sentence(barrier: Barrier) -> str:
    label = str(barrier.label)
    return label if barrier == Barrier.BSL else label[0].lower() + label[1:]


def _what_happens_with_it(facts: Facts) -> str:
    says = "We see" if facts.kind == InvitationKind.HOSTING else "You see"
    return (
        "What happens with your answer: I read it, and so does whoever helps me with this. It holds"
        f" numbers and no names. {says} at once what the numbers show. What you write there is not"
        " published."
    )
