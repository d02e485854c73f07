"""What a provider says of an email that it took: whether its address is to get no more.

Providers report a full mailbox and an address that does not exist as the same kind of event, and
each names the difference in a field of its own.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from outbox.backoff import is_bad_address
from outbox.enums import Cause

OF_THE_ADDRESS = frozenset({"bounced", "invalid"})
SOFT = re.compile(r"soft|transient|temporary|undetermined|blocked|delayed", re.IGNORECASE)
# SparkPost's classes that are about the address: invalid recipient, no such recipient.
HARD_CLASSES = frozenset({"10", "30"})
WHERE_IT_SAYS = ("event", "type", "Type", "bounceType")
A_CODE = re.compile(r"\b([45])\.(\d{1,3})\.(\d{1,3})\b")


@dataclass(frozen=True)
class Event:
    """As anymail gives it: `kind` and `reason` in its words, `said` in the provider's."""

    kind: str
    reason: str
    said: Mapping[str, object]
    answer: str
    """What the mail server of the address answered, with its codes, if that is known."""


def cause_of(event: Event) -> Cause | None:
    """Why the address is to get no more; None where this event is no reason."""
    if event.kind == "complained":
        return Cause.COMPLAINED
    if event.kind == "rejected" and event.reason == "spam":
        return Cause.COMPLAINED
    if event.kind not in {"bounced", "rejected"} or event.reason not in OF_THE_ADDRESS:
        return None
    return None if is_soft(event) else Cause.BOUNCED


def is_soft(event: Event) -> bool:
    """Another day it may be taken."""
    bounce_class = event.said.get("bounce_class")
    if bounce_class is not None:
        return str(bounce_class) not in HARD_CLASSES
    if any(SOFT.search(word) for word in kinds_in(event.said)):
        return True
    code = A_CODE.search(event.answer)
    return code is not None and not is_bad_address(
        code=int(code[1]) * 100 + 50, text=code[0], at_recipient=True
    )


def kinds_in(said: Mapping[str, object]) -> Iterator[str]:
    """Some say it one level down or two."""
    for key in WHERE_IT_SAYS:
        word = said.get(key)
        if isinstance(word, str):
            yield word
    for inner in ("bounce", "data"):
        more = said.get(inner)
        if isinstance(more, Mapping):
            yield from kinds_in(more)
