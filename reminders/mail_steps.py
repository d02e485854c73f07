"""What happened to one email, for whoever coordinates."""

from dataclasses import dataclass
from datetime import datetime

from outbox.models import Email
from outbox.queries import steps_of
from outbox.why import why_in_words


@dataclass(frozen=True)
class Step:
    """`technical`: what the mail server said, where the plain words leave it out."""

    at: datetime
    label: str
    why: str
    technical: str


def mail_steps(email: Email) -> list[Step]:
    found = []
    for step in steps_of(email):
        why = why_in_words(step.detail)
        technical = "" if why == step.detail else step.detail
        found.append(Step(step.at, step.get_phase_display(), why, technical))
    return found
