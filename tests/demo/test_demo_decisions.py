"""The demo shows what waits for the committee, what it closed and what it gave back."""

from committees.enums import DecisionKind
from committees.models import Decision, Opinion
from committees.queries.deciding import matters_of
from demo.review import TITLE
from organisations.models import Organisation
from recommendations.enums import Ruling, State
from recommendations.models import Recommendation


def home() -> Organisation:
    return Recommendation.objects.filter(source__title=TITLE)[0].organisation


def test_everything_closed_was_decided(demo: str) -> None:
    closed = Recommendation.objects.filter(state__in=State.closed())
    decided = Decision.objects.filter(kind=DecisionKind.CLOSURE, ruling=Ruling.APPROVED)
    assert {each.pk for each in closed} == set(decided.values_list("recommendation", flat=True))
    assert closed.count() > 3


def test_one_was_given_back(demo: str) -> None:
    returned = Decision.objects.get(ruling=Ruling.RETURNED)
    assert (returned.recommendation.reference, bool(returned.reason)) == ("2.4", True)
    assert returned.recommendation.state == State.IN_PROGRESS


def test_what_waits(demo: str) -> None:
    found = matters_of(home())
    waiting = {matter.kind: matter for matter in found}
    assert set(waiting) == set(DecisionKind)
    said = waiting[DecisionKind.CLOSURE].opinions
    assert {each.opinion.view for each in said} == {"agree", "not_yet"}


def test_the_network_is_nobody_in_particular(demo: str) -> None:
    of_network = Opinion.objects.exclude(group=None).get()
    assert of_network.by is None
