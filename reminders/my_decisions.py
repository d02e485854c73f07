"""What whoever is signed in may have to decide, as one of those who sit on a committee."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from committees.enums import DecisionKind
from committees.queries.deciders import deciders_among
from committees.queries.waiting import PASSED, Asked, asked_in
from organisations.models import Membership, Organisation
from recommendations.queries.rechecking import ADVISE

SHOWN = 5


@dataclass(frozen=True)
class Passed:
    """An action whose date has passed, and where the committee sets a later one."""

    title: str
    day: date
    url: str


@dataclass(frozen=True)
class Waiting:
    """What waits in one organisation. `passed`: the oldest of the dates that passed."""

    organisation: Organisation
    closures: int
    later_dates: int
    responses: int
    passed: tuple[Passed, ...]
    more_passed: int

    @property
    def total(self) -> int:
        return self.closures + self.later_dates + self.responses


def waiting_for(memberships: Iterable[Membership], *, today: date) -> list[Waiting]:
    """Of memberships with those who sit beside them; one query, and none for nobody who may.

    Not what they own or asked for themselves, nor anything of an organisation they coordinate.
    """
    homes = {each.organisation_id: (each, deciders_among(each)) for each in memberships}
    asked = asked_in(
        [pk for pk, (each, found) in homes.items() if found.sits or each.has_role(*ADVISE)],
        today=today,
    )
    theirs: dict[Organisation, list[Asked]] = {}
    for one in asked:
        membership, deciders = homes[one.organisation]
        if deciders.might_decide(one):
            theirs.setdefault(membership.organisation, []).append(one)
    found = [_waiting(home, rows) for home, rows in theirs.items()]
    return sorted(found, key=lambda each: each.organisation.name)


def _waiting(home: Organisation, rows: list[Asked]) -> Waiting:
    counts = Counter(each.what for each in rows)
    late = [each for each in rows if each.what == PASSED]
    late.sort(key=lambda each: (each.day or date.max, each.title))
    return Waiting(
        organisation=home,
        closures=counts[DecisionKind.CLOSURE],
        later_dates=counts[DecisionKind.EXTENSION],
        responses=counts[DecisionKind.RESPONSE],
        passed=tuple(_passed(home, each) for each in late[:SHOWN]),
        more_passed=max(len(late) - SHOWN, 0),
    )


def _passed(home: Organisation, asked: Asked) -> Passed:
    assert asked.day is not None
    url = reverse("date_move", args=[home.slug, asked.recommendation, asked.id])
    return Passed(asked.title, asked.day, url)
