"""What may be signed, and the address a pledge gets. Rules only."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commitments.enums import Choice, StandardKind
from ui.dates import FIRST_YEAR_OF_EVENTS

MOST_OWN_PROMISES = 10
MOST_STANDARDS = 10
LONGEST_PROMISE = 1000
LONGEST_STATEMENT = 5000
LONGEST_ADDRESS = 80
KEEP_ONE = "Keep at least one promise, or write one of your own."
FALLBACK_ADDRESS = "pledge"
# Pages that live beside the public pledges.
RESERVED_ADDRESSES = frozenset({"make"})


@dataclass(frozen=True)
class Answer:
    """What the leader did with one promise of the wording."""

    key: str
    choice: Choice
    text: str = ""


@dataclass(frozen=True)
class Standing:
    """Something the leader had signed up to before."""

    kind: StandardKind
    name: str = ""
    signed_up_on: date | None = None
    link: str = ""


def problems_with_standing(standing: Standing, *, today: date) -> dict[str, str]:
    """By the field where each is to be mended."""
    problems = {}
    if standing.kind == StandardKind.OTHER and not standing.name:
        problems["name"] = "Say what it is."
    day = standing.signed_up_on
    if day and day > today:
        problems["signed_up_on"] = "This date is still to come."
    elif day and day.year < FIRST_YEAR_OF_EVENTS:
        problems["signed_up_on"] = f"Enter a date from {FIRST_YEAR_OF_EVENTS} to {today.year}."
    return problems


def signature(*parts: str) -> str:
    """Of a name, a role and an organisation, those that there are."""
    return ", ".join(filter(None, parts))


def settled(answer: Answer, wording_text: str) -> Answer:
    """The answer as it will be signed: adapting a promise into its own words adopts it."""
    own_words = " ".join(answer.text.split())
    if answer.choice == Choice.ADAPTED and own_words != " ".join(wording_text.split()):
        return Answer(answer.key, Choice.ADAPTED, answer.text.strip())
    choice = Choice.LEFT_OUT if answer.choice == Choice.LEFT_OUT else Choice.ADOPTED
    return Answer(answer.key, choice, wording_text)


def problem_with(choices: Sequence[Choice]) -> str | None:
    """Why these promises cannot be signed, or None."""
    if all(choice == Choice.LEFT_OUT for choice in choices):
        return KEEP_ONE
    return None


def own_promises(text: str) -> list[str]:
    """One promise a line; empty lines and list marks are dropped."""
    lines = (line.strip().lstrip("-*•").strip() for line in text.splitlines())
    return [line for line in lines if line]


def address_from(name: str) -> str:
    """A name as it stands in an address, in its own script: 'Ọlá Ní' becomes 'ọlá-ní'.

    Marks are kept with their letters: without them Tamil, Hindi or Vietnamese names break.
    """
    plain = unicodedata.normalize("NFKC", name).lower()
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in plain)
    address = "-".join(kept.split())[:LONGEST_ADDRESS].strip("-")
    return address or FALLBACK_ADDRESS


def address_with(base: str, number: int) -> str:
    """The first has the plain address, the second `-2`, and so on."""
    if number == 1 and base not in RESERVED_ADDRESSES:
        return base
    return f"{base}-{number}"
