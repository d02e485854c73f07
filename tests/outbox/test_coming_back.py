"""Which events of a provider end the mail to an address, by rule and as anymail reads them."""

import pytest

from outbox.coming_back import Event, cause_of
from outbox.enums import Cause


def event(kind: str, reason: str = "", answer: str = "", **said: object) -> Event:
    return Event(kind=kind, reason=reason, said=said, answer=answer)


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        (event("bounced", "bounced"), Cause.BOUNCED),
        (event("bounced", "invalid"), Cause.BOUNCED),
        (event("rejected", "bounced"), Cause.BOUNCED),
        (event("complained", "spam"), Cause.COMPLAINED),
        (event("complained"), Cause.COMPLAINED),
        (event("rejected", "spam"), Cause.COMPLAINED),
        (event("bounced", "spam"), None),
        (event("bounced", "blocked"), None),
        (event("bounced", "timed_out"), None),
        (event("bounced", "other"), None),
        (event("rejected", "unsubscribed"), None),
        (event("unsubscribed", "unsubscribed"), None),
        (event("deferred"), None),
        (event("failed"), None),
        (event("delivered"), None),
        (event("opened"), None),
    ],
)
def test_what_ends_it(told: Event, cause: Cause | None) -> None:
    assert cause_of(told) == cause


@pytest.mark.parametrize(
    ("said", "is_hard"),
    [
        ({"Type": "HardBounce"}, True),
        ({"Type": "SoftBounce"}, False),
        ({"event": "hard_bounce"}, True),
        ({"event": "soft_bounce"}, False),
        ({"event": "bounce", "type": "bounce"}, True),
        ({"event": "bounce", "type": "blocked"}, False),
        ({"type": "activity.hard_bounced"}, True),
        ({"type": "activity.soft_bounced"}, False),
        ({"eventType": "Bounce", "bounce": {"bounceType": "Permanent"}}, True),
        ({"eventType": "Bounce", "bounce": {"bounceType": "Transient"}}, False),
        ({"eventType": "Bounce", "bounce": {"bounceType": "Undetermined"}}, False),
        ({"type": "email.bounced", "data": {"bounce": {"type": "Permanent"}}}, True),
        ({"type": "email.bounced", "data": {"bounce": {"type": "Transient"}}}, False),
        ({"type": "bounce", "bounce_class": "10"}, True),
        ({"type": "bounce", "bounce_class": 30}, True),
        ({"type": "bounce", "bounce_class": "22"}, False),
        ({"type": "bounce", "bounce_class": "1"}, False),
    ],
)
def test_every_provider_says_in_its_own_way_that_it_may_pass(
    said: dict[str, object], is_hard: bool
) -> None:
    told = Event(kind="bounced", reason="bounced", said=said, answer="")
    assert cause_of(told) == (Cause.BOUNCED if is_hard else None)


@pytest.mark.parametrize(
    ("answer", "is_hard"),
    [
        ("smtp;550 5.1.1 No such user", True),
        ("550 no such user here", True),
        ("552 5.2.2 Mailbox full", False),
        ("550 5.7.1 Blocked by policy", False),
        ("452 4.2.2 Mailbox full", False),
    ],
)
def test_the_answer_of_the_addresss_own_server_counts(answer: str, is_hard: bool) -> None:
    told = event("bounced", "bounced", answer)
    assert cause_of(told) == (Cause.BOUNCED if is_hard else None)
