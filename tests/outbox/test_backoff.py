from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbox.backoff import (
    MAX_ATTEMPTS,
    Answer,
    Fate,
    Waiting,
    after_answer,
    before_sending,
    is_bad_address,
    may_be_sent_again,
    wait_after,
)
from outbox.enums import Kind, Policy, State

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def waiting(**changes: object) -> Waiting:
    facts = {
        "policy": Policy.AT_LEAST_ONCE,
        "attempts": 0,
        "in_doubt": False,
        "suppressed": False,
        "not_after": None,
    }
    return Waiting(**(facts | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (5, 240), (6, 240), (8, 240)]
)
def test_the_waits_grow(attempts: int, minutes: int) -> None:
    assert wait_after(attempts, chance=0) == timedelta(minutes=minutes)


@given(attempts=st.integers(1, MAX_ATTEMPTS), chance=st.floats(0, 1))
def test_jitter_adds_a_fifth_at_most(attempts: int, chance: float) -> None:
    plain = wait_after(attempts, chance=0)
    assert plain <= wait_after(attempts, chance=chance) <= plain * 1.2


@pytest.mark.parametrize(
    ("email", "state", "reason"),
    [
        (waiting(), State.LEASED, ""),
        (waiting(in_doubt=True), State.LEASED, ""),
        (
            waiting(in_doubt=True, policy=Policy.AT_MOST_ONCE),
            State.FAILED,
            "An attempt did not report back, and this is never sent twice.",
        ),
        (waiting(policy=Policy.AT_MOST_ONCE), State.LEASED, ""),
        (waiting(not_after=NOW), State.LEASED, ""),
        (waiting(not_after=NOW - timedelta(seconds=1)), State.CANCELLED, "Too late to be of use."),
        (
            waiting(suppressed=True),
            State.SUPPRESSED,
            "This address has refused our email for good.",
        ),
        (waiting(attempts=7), State.LEASED, ""),
        (waiting(attempts=8), State.FAILED, "Given up after 8 attempts."),
    ],
)
def test_before_sending(email: Waiting, state: State, reason: str) -> None:
    assert before_sending(email, now=NOW) == Fate(state, reason)


@pytest.mark.parametrize(
    ("kind", "state", "not_after", "may"),
    [
        (Kind.REMINDERS, State.FAILED, None, True),
        (Kind.REMINDERS, State.SUPPRESSED, NOW, True),
        (Kind.REMINDERS, State.FAILED, NOW - timedelta(seconds=1), False),
        (Kind.REMINDERS, State.SENT, None, False),
        (Kind.REMINDERS, State.CANCELLED, None, False),
        (Kind.REMINDERS, State.QUEUED, None, False),
        (Kind.WORK, State.FAILED, None, True),
        (Kind.NEWS, State.FAILED, None, True),
        (Kind.MEMBER_INVITE, State.FAILED, None, False),
        (Kind.MEMBER_INVITE, State.SUPPRESSED, None, False),
        (Kind.SIGN_IN, State.FAILED, None, False),
    ],
)
def test_what_may_be_sent_again(
    kind: Kind, state: State, not_after: datetime | None, may: bool
) -> None:
    assert may_be_sent_again(kind=kind, state=state, not_after=not_after, now=NOW) is may


def test_every_other_kind_is_forgotten_once_it_is_over() -> None:
    kept = {kind for kind in Kind if not kind.is_secret}
    assert kept == {Kind.REMINDERS, Kind.WORK, Kind.NEWS}


@pytest.mark.parametrize(
    ("answer", "policy", "attempts", "state"),
    [
        (Answer.ACCEPTED, Policy.AT_LEAST_ONCE, 1, State.SENT),
        (Answer.ACCEPTED, Policy.AT_MOST_ONCE, 8, State.SENT),
        (Answer.PUT_OFF, Policy.AT_LEAST_ONCE, 7, State.QUEUED),
        (Answer.PUT_OFF, Policy.AT_LEAST_ONCE, 8, State.FAILED),
        (Answer.PUT_OFF, Policy.AT_MOST_ONCE, 1, State.QUEUED),
        (Answer.REFUSED, Policy.AT_LEAST_ONCE, 1, State.FAILED),
        (Answer.NONE, Policy.AT_LEAST_ONCE, 1, State.QUEUED),
        (Answer.NONE, Policy.AT_LEAST_ONCE, 8, State.FAILED),
        (Answer.NONE, Policy.AT_MOST_ONCE, 1, State.FAILED),
        (Answer.NOT_TRIED, Policy.AT_LEAST_ONCE, 8, State.QUEUED),
        (Answer.NOT_TRIED, Policy.AT_MOST_ONCE, 1, State.QUEUED),
    ],
)
def test_after_an_answer(answer: Answer, policy: Policy, attempts: int, state: State) -> None:
    assert after_answer(answer, policy=policy, attempts=attempts) == state


@pytest.mark.parametrize(
    ("code", "text", "at_recipient", "bad"),
    [
        (550, "No such user", True, True),
        (550, "5.1.1 No such user", True, True),
        (550, "5.1.10 Recipient not found", False, True),
        (550, "5.2.1 Mailbox disabled", False, True),
        (552, "5.2.2 Mailbox full", True, False),
        (550, "5.7.1 Blocked by policy", True, False),
        (554, "Message looks like spam", False, False),
        (550, "5.1.7 Bad sender address", True, False),
        (550, "5.1.8 Sender domain unknown", False, False),
        (451, "4.1.1 Try later", True, False),
    ],
)
def test_only_a_refusal_of_the_address_suppresses_it(
    code: int, text: str, at_recipient: bool, bad: bool
) -> None:
    assert is_bad_address(code=code, text=text, at_recipient=at_recipient) is bad
