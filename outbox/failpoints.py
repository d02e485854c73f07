"""Places where a process can be made to die as in a power cut, to prove that no mail is lost.

In development, FAILPOINT in the environment names one of them and, after a colon, at which time
of passing it. Elsewhere they do nothing (`outbox.checks`).
"""

import os
import signal
from collections import Counter
from typing import Any

from django.conf import settings

END_OF_DATA = b"\r\n.\r\n"
# In the order in which an email passes them.
POINTS = (
    "before_planning_insert",
    "before_planning_commit",
    "after_planning_commit",
    "while_composing",
    "before_composing_commit",
    "before_nudge",
    "after_composing_commit",
    "after_connecting",
    "taking_over_a_lease",
    "before_claim_commit",
    "after_claim_commit",
    "after_rendering",
    "in_data",
    "after_the_last_dot",
    "before_finish",
    "after_finish",
    "before_acknowledgement",
)
passed: Counter[str] = Counter()


def failpoint(name: str) -> None:
    if settings.FAILPOINT:
        pass_by(name)


def pass_by(name: str) -> None:
    passed[name] += 1
    wanted, _, time = settings.FAILPOINT.partition(":")
    if name == wanted and passed[name] == int(time or 1):
        die()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def watch_data(backend: Any) -> None:
    """Where a failpoint is named, an email's words go out in two halves, with a place between."""
    connection = getattr(backend, "connection", None)
    if not settings.FAILPOINT or connection is None:
        return
    whole = connection.send

    def in_halves(words: bytes | str) -> None:
        if isinstance(words, str) or not words.endswith(END_OF_DATA):
            whole(words)
            return
        middle = len(words) // 2
        whole(words[:middle])
        failpoint("in_data")
        whole(words[middle:])
        failpoint("after_the_last_dot")

    connection.send = in_halves
