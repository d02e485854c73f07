"""What becomes of an email before and after it is tried.

Exactly once in effect: a server's answer settles an email. Without an answer it is in doubt, and
then its policy decides: sent again as the very same mail, or not at all.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from outbox.enums import Kind, Policy, State

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
JITTER = 0.2
MAX_ATTEMPTS = 8
AN_ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")
# Of a provider: not our email is to blame, but our account, our haste or its own state.
PUT_OFF = frozenset({401, 402, 403, 408, 409, 421, 423, 425, 429, 503})


class Answer(StrEnum):
    """What the mail server said."""

    ACCEPTED = "accepted"
    PUT_OFF = "put_off"
    REFUSED = "refused"
    NONE = "none"
    """The connection broke, so that nobody knows whether the email was taken."""
    NOT_TRIED = "not_tried"
    """No connection, or no time left, so that nothing was sent."""


@dataclass(frozen=True)
class Waiting:
    """An email at the moment it is claimed. `in_doubt`: an earlier attempt never reported back."""

    policy: Policy
    attempts: int
    in_doubt: bool
    suppressed: bool
    not_after: datetime | None


@dataclass(frozen=True)
class Fate:
    """The state an email goes to, and why."""

    state: State
    reason: str = ""


def before_sending(email: Waiting, *, now: datetime) -> Fate:
    """LEASED means: send it."""
    if email.in_doubt and email.policy == Policy.AT_MOST_ONCE:
        return Fate(State.FAILED, "An attempt did not report back, and this is never sent twice.")
    if email.not_after is not None and email.not_after < now:
        return Fate(State.CANCELLED, "Too late to be of use.")
    if email.suppressed:
        return Fate(State.SUPPRESSED, "This address has refused our email for good.")
    if email.attempts >= MAX_ATTEMPTS:
        return Fate(State.FAILED, f"Given up after {MAX_ATTEMPTS} attempts.")
    return Fate(State.LEASED)


def may_be_sent_again(
    *, kind: Kind, state: State, not_after: datetime | None, now: datetime
) -> bool:
    """A code is asked for anew and an invitation is made anew; neither words are kept."""
    if kind.is_secret or state not in {State.FAILED, State.SUPPRESSED}:
        return False
    return not_after is None or now <= not_after


def after_answer(answer: Answer, *, policy: Policy, attempts: int) -> State:
    """`attempts` counts the one just made. QUEUED means: again, after `wait_after`."""
    if answer is Answer.ACCEPTED:
        return State.SENT
    if answer is Answer.NOT_TRIED:
        return State.QUEUED
    if answer is Answer.REFUSED or attempts >= MAX_ATTEMPTS:
        return State.FAILED
    if answer is Answer.NONE and policy == Policy.AT_MOST_ONCE:
        return State.FAILED
    return State.QUEUED


def wait_after(attempts: int, *, chance: float) -> timedelta:
    """How long until the next attempt. `chance` from 0 to 1 spreads retries, by up to a fifth."""
    return WAITS[min(attempts, len(WAITS)) - 1] * (1 + JITTER * chance)


def is_bad_address(*, code: int, text: str, at_recipient: bool) -> bool:
    """Whether a refusal is about the address itself, so that nothing should go there again.

    A 5xx about the recipient is, unless its enhanced status code (RFC 3463) says otherwise: a
    full mailbox (5.2.2) or the server's own policy (5.7.x) says nothing of the address. A 5xx
    about the message counts only where that code names the address (5.1.x, 5.2.1); 5.1.7 and
    5.1.8 are about ours.
    """
    if not 500 <= code < 600:
        return False
    enhanced = re.match(r"5\.(\d{1,3})\.(\d{1,3})\b", text.strip())
    if enhanced is None:
        return at_recipient
    subject, detail = enhanced.groups()
    return (subject == "1" and detail not in {"7", "8"}) or (
        subject == "2" and detail in {"0", "1"}
    )


def answer_to_status(status: int | None) -> Answer:
    """What a provider's HTTP status means; None where there was no answer.

    What it answers to an error of its own, nobody knows whether it took the email.
    """
    if status in PUT_OFF:
        return Answer.PUT_OFF
    if status is not None and 400 <= status < 500:
        return Answer.REFUSED
    return Answer.NONE


def without_addresses(detail: str) -> str:
    """What a server says is kept for good, and servers like to repeat whom they refuse."""
    return AN_ADDRESS.sub("[address]", detail)
