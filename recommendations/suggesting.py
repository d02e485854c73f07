"""What kind of action a title sounds like, so that nobody has to choose first. Rules only."""

import re
from dataclasses import dataclass

from recommendations.enums import ActionKind

TIMES = 4
MEETINGS_EVERY_MONTHS = 3
OFTEN = (
    (1, r"(every|each) month|monthly|(every|each) week|weekly|fortnightly|(every|each) fortnight"),
    (2, r"every (two|2) months|every other month|bi-?monthly"),
    (3, r"(every|each) quarter|quarterly|every (three|3) months"),
    (6, r"every (six|6) months|half-?yearly|twice a year|twice yearly|(every|each) half-?year"),
    (12, r"(every|each) year|yearly|annual(ly)?|once a year"),
    (MEETINGS_EVERY_MONTHS, r"(every|each|all) ([\w-]+ )?meetings?|regular(ly)?|standing item"),
)
EVERYWHERE = re.compile(
    r"\b(all|every|each|across( all| the)?) ([\w-]+ ){0,2}?"
    r"(?P<unit>services?|service areas?|teams?|departments?|directorates?|polic(?:y|ies)|sites?"
    r"|offices?|branch(?:es)?|roles?|staff|employees|managers?|leaders?|trustees?)\b",
    re.IGNORECASE,
)
WHOLE = re.compile(r"\b(all|every|everywhere|throughout)\b", re.IGNORECASE)
NORMAL = re.compile(
    r"\b(embed(s|ded|ding)?|normal(ise|ised|ising)?|business as usual|the way we work|culture)\b",
    re.IGNORECASE,
)
OF_PEOPLE = {"staff", "employee", "manager", "leader", "trustee", "role"}
SINGULAR = {"policies": "policy", "branches": "branch"}


@dataclass(frozen=True)
class Suggested:
    """The numbers belong to a cadence alone, `unit` (singular, never people) to coverage."""

    kind: ActionKind = ActionKind.DELIVERABLE
    every_months: int | None = None
    occurrences_needed: int | None = None
    unit: str = ""


def suggest(title: str) -> Suggested:
    """By its words: how often, then where, then what is to become normal."""
    for months, words in OFTEN:
        if re.search(rf"\b({words})\b", title, re.IGNORECASE):
            times = 2 if months == 12 else TIMES
            return Suggested(ActionKind.CADENCE, months, times)
    if NORMAL.search(title):
        return Suggested(ActionKind.EMBEDDING)
    if found := EVERYWHERE.search(title):
        return Suggested(ActionKind.COVERAGE, unit=_unit(found["unit"].lower()))
    return Suggested(ActionKind.COVERAGE) if WHOLE.search(title) else Suggested()


def _unit(word: str) -> str:
    """Units are never people: those are left to a count."""
    single = SINGULAR.get(word, word.removesuffix("s"))
    if single in OF_PEOPLE:
        return ""
    return "service area" if single == "service" else single
