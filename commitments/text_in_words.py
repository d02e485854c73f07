"""A text that is being written, in words: what stands, beside what somebody typed meanwhile."""

from collections.abc import Iterable, Sequence

from commitments import signing
from commitments.enums import Choice
from commitments.models import Promise, Standard
from ui.dates import in_full

Rows = list[tuple[str, str]]
NOTHING = "Nothing"


def promises_in_words(promises: Iterable[Promise], typed: Sequence[signing.Answer]) -> Rows:
    """Title and words of each promise of the wording that stands otherwise than typed."""
    given = {answer.key: answer for answer in typed}
    return [
        (line.title, "Left out" if promise.choice == Choice.LEFT_OUT else promise.text)
        for promise in promises
        if (line := promise.wording_promise)
        and signing.settled(given[line.key], line.text) != answer_of(promise, line.key)
    ]


def answer_of(promise: Promise, key: str) -> signing.Answer:
    return signing.Answer(key, Choice(promise.choice), promise.text)


def own_in_words(
    promises: Iterable[Promise], statement: str, *, own: Sequence[str], why: str
) -> Rows:
    """Of the leader's own words what stands otherwise than `own` and `why`, as typed."""
    stands = [promise.text for promise in promises if promise.choice == Choice.OWN]
    rows = []
    if stands != list(own):
        rows.append(("Promises of my own", "\n".join(stands) or NOTHING))
    if statement != why:
        rows.append(("Why I make this pledge", statement or NOTHING))
    return rows


def standards_in_words(standards: Iterable[Standard]) -> Rows:
    rows = [
        (f"Number {row.position}", ", ".join(filter(None, [str(row), since(row), row.link])))
        for row in standards
    ]
    return rows or [("What you have signed up to", NOTHING)]


def since(standard: Standard) -> str:
    day = standard.signed_up_on
    return f"since {in_full(day)}" if day else ""
