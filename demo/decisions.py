"""What those who advise said of closing, and a proposal that the committee gave back."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from committees.actions.deciding import decide_closure
from committees.actions.opinions import give_network_opinion, give_opinion
from committees.enums import GroupKind, View
from demo.days import Days
from demo.deciding import meeting_of
from demo.people import Cast
from demo.review import TITLE
from demo.scene import Step
from organisations.models import Organisation, User
from recommendations.actions.closing import propose_closure
from recommendations.enums import Ruling, State
from recommendations.models import ClosureProposal, Recommendation

# Reference, days ago, what they think and why.
OF_THE_ADVISER = (
    ("2.1", 87, View.AGREE, "The network told us that it has the time it was promised."),
    ("2.2", 87, View.CANNOT_TELL, "214 people came. What do they do differently since?"),
    ("1.8", 15, View.NOT_YET, "The minutes say what was asked, and not yet what came of it."),
)
OF_THE_NETWORK = (("1.8", 9, View.AGREE, "Our questions are on the agenda and are answered."),)
GIVEN_BACK = "2.4"
PROPOSED, RETURNED = 88, 84
INSTEAD = "Staff can call the general counselling line, which is open to everybody."
WHY_NOT = "The line was tried, and people told us that they do not use it. Find a provider first."


def decide_and_advise(cast: Cast, days: Days) -> Iterator[Step]:
    home, chair = cast.homes["saltmarsh"], cast["chair"]
    for reference, ago, view, note in OF_THE_ADVISER:
        yield days.at(ago, 11), partial(advise, home, reference, view, note, cast["adviser"])
    for reference, ago, view, note in OF_THE_NETWORK:
        yield days.at(ago, 12), partial(speak, home, reference, view, note, chair)
    yield days.at(PROPOSED, 10), partial(propose, home, cast["isla-farquhar"])
    yield days.at(RETURNED, 19), partial(give_back, home, chair)


def about(home: Organisation, reference: str) -> Recommendation:
    return home.recommendations.get(source__title=TITLE, reference=reference)


def open_proposal(home: Organisation, reference: str) -> ClosureProposal:
    return about(home, reference).proposals.get(withdrawn_at=None, settled_at=None)


def advise(
    home: Organisation, reference: str, view: str, note: str, by: User, at: datetime
) -> None:
    give_opinion(proposal=open_proposal(home, reference), view=view, note=note, by=by, now=at)


def speak(home: Organisation, reference: str, view: str, note: str, by: User, at: datetime) -> None:
    give_network_opinion(
        proposal=open_proposal(home, reference),
        group=home.groups.get(kind=GroupKind.STAFF_NETWORK),
        view=view,
        note=note,
        by=by,
        now=at,
    )


def propose(home: Organisation, by: User, at: datetime) -> None:
    propose_closure(
        recommendation=about(home, GIVEN_BACK),
        wanted=State.CLOSED_SUPERSEDED,
        reason=INSTEAD,
        outcome="",
        is_activity_only=False,
        by=by,
        now=at,
    )


def give_back(home: Organisation, by: User, at: datetime) -> None:
    proposal = open_proposal(home, GIVEN_BACK)
    decide_closure(
        proposal=proposal,
        meeting=meeting_of(proposal.recommendation, at),
        pack=None,
        ruling=Ruling.RETURNED,
        reason=WHY_NOT,
        by=by,
        now=at,
    )
