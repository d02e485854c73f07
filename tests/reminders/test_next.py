"""What comes next on "my work": every kind of it, in its order, and whom it is not shown to."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from committees.enums import GroupKind
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.enums import Ruling, Stage
from recommendations.models import Action, Assessment, Recommendation
from tests.factories.closing import asked_for, decide_closure, due_recheck, objected, proposed
from tests.factories.committees import GroupFactory, GroupMemberFactory, seated_in
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.recommendations import (
    ActionFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
    led_recommendation,
)
from tests.factories.reminders import AcceptedActionFactory

pytestmark = pytest.mark.django_db
ME = "/me/"
QUERIES = 9
"""Session, person, memberships; actions, silent and returned, what others wait for, what waits for
the committee; pledges, drafts."""


def tasks(client: Client) -> list[tuple[str, str]]:
    return [(task.title, task.label) for task in client.get(ME).context["tasks"]]


@pytest.fixture
def sitting(harbour: Organisation) -> User:
    """Somebody of the committee, with a seat on it, who owns nothing."""
    user: User = UserFactory()
    MembershipFactory(user=user, organisation=harbour, roles=[Role.COMMITTEE])
    committee = GroupFactory(organisation=harbour, kind=GroupKind.ACCOUNTABILITY)
    GroupMemberFactory(group=committee, user=user)
    return user


@pytest.fixture
def as_sitting(sitting: User) -> Client:
    client = Client()
    client.force_login(sitting)
    return client


def assessment(organisation: Organisation, author: User, **more: Any) -> Assessment:
    found: Assessment = organisation.assessments.create(
        author=author, created_at=timezone.now(),
        **{"subject": "Helpline hours", "stage": Stage.FINDINGS, **more},
    )  # fmt: skip
    return found


def test_what_one_owns_comes_in_its_order(as_bea: Client, bea: User, harbour: Organisation) -> None:
    today, now = timezone.localdate(), timezone.localtime()
    two = RecommendationFactory(organisation=harbour, title="Led")
    ProgressUpdateFactory(recommendation=two, by=bea)
    led = {"recommendation": two, "responsible_owner": bea}
    AcceptedActionFactory(title="Late", target_date=today - timedelta(days=1), **led)
    AcceptedActionFactory(title="Today", target_date=today, **led)
    AcceptedActionFactory(title="Next year", target_date=today + timedelta(days=365), **led)
    ActionFactory(title="Asked", **led)
    objected(ActionFactory(title="Said no to", **led))
    RecommendationFactory(
        organisation=harbour, title="Quiet", accountable_owner=bea,
        created_at=now - timedelta(days=91),
    )  # fmt: skip
    RecommendationFactory(
        organisation=harbour, title="Not quiet yet", accountable_owner=bea,
        created_at=now - timedelta(days=90),
    )  # fmt: skip
    sent_back = RecommendationFactory(organisation=harbour, title="Back", accountable_owner=bea)
    decide_closure(proposed(sent_back, by=bea, at=now), Ruling.RETURNED, at=now)
    other = RecommendationFactory(organisation=harbour, accountable_owner=bea)
    objected(ActionFactory(recommendation=other, title="No time", responsible_owner=UserFactory()))
    assert tasks(as_bea) == [
        ("No time", "Waiting for your answer"),
        ("Asked", "Waiting for your yes"),
        ("Late", ""),
        ("Today", ""),
        ("Quiet", "An update is owed"),
        ("Back", "Not yet, said the committee"),
        ("Next year", ""),
        ("Said no to", "You said no; not answered yet"),
    ]


def test_what_was_returned_is_over_with_the_next_update(
    as_bea: Client, bea: User, harbour: Organisation
) -> None:
    one = RecommendationFactory(organisation=harbour, title="Back", accountable_owner=bea)
    now = timezone.now()
    decide_closure(proposed(one, by=bea, at=now), Ruling.RETURNED, at=now)
    assert tasks(as_bea) == [("Back", "Not yet, said the committee")]
    ProgressUpdateFactory(recommendation=one, by=bea, posted_at=now + timedelta(minutes=1))
    assert tasks(as_bea) == []


def test_the_committee_looks_again_and_signs(
    as_sitting: Client, sitting: User, as_bea: Client, bea: User, harbour: Organisation
) -> None:
    closed = led_recommendation(lead=bea, organisation=harbour, title="Closed")
    due_recheck(closed, by=bea)
    assessment(harbour, bea)
    assessment(harbour, sitting, subject="Their own")
    assessment(harbour, bea, subject="Not that far", stage=Stage.CONSULTING)
    assert tasks(as_sitting) == [
        ("Closed", "Time to look again"),
        ("Helpline hours", "Waiting to be signed off"),
    ]
    assert tasks(as_bea) == []


def test_nobody_looks_again_at_their_own_work(
    as_sitting: Client, sitting: User, harbour: Organisation
) -> None:
    due_recheck(led_recommendation(lead=sitting, organisation=harbour), by=sitting)
    assert tasks(as_sitting) == []


def test_decisions_that_wait_are_counted_for_the_committee(
    as_sitting: Client, as_bea: Client, bea: User, harbour: Organisation, northside: Organisation
) -> None:
    now = timezone.now()
    one = led_recommendation(lead=bea, organisation=harbour, response="accepted")
    proposed(one, by=bea, at=now)
    two = RecommendationFactory(organisation=harbour)
    action = AcceptedActionFactory(
        recommendation=two, responsible_owner=bea, target_date=timezone.localdate()
    )
    asked_for(action, timezone.localdate() + timedelta(days=30), by=bea, at=now)
    RecommendationFactory.create_batch(2, organisation=northside)
    [waiting] = as_sitting.get(ME).context["waiting"]
    assert (waiting.organisation, waiting.closures, waiting.later_dates, waiting.responses) == (
        harbour, 1, 1, 1,
    )  # fmt: skip
    assert "3 decisions of Harbour Minds" in as_sitting.get(ME).content.decode()
    assert as_bea.get(ME).context["waiting"] == []


def test_whoever_left_is_asked_nothing(as_bea: Client, bea: User, harbour: Organisation) -> None:
    long_ago = timezone.localtime() - timedelta(days=400)
    one: Recommendation = RecommendationFactory(
        organisation=harbour, accountable_owner=bea, created_at=long_ago
    )
    objected(ActionFactory(recommendation=one, responsible_owner=UserFactory()))
    assert len(tasks(as_bea)) == 2
    bea.memberships.update(ended_at=timezone.now())
    assert tasks(as_bea) == []


@pytest.mark.parametrize("many", [1, 3])
def test_its_cost_does_not_grow(
    many: int, as_alice: Client, alice: User, harbour: Organisation, bea: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for _ in range(many):
        home = MembershipFactory(user=alice, roles=[Role.CHAIR]).organisation
        seated_in(home, alice)
        due_recheck(led_recommendation(lead=bea, organisation=home), by=bea)
        assessment(home, bea)
        one = led_recommendation(lead=alice, organisation=harbour)
        objected(Action.objects.get(recommendation=one), lead=bea)
    with django_assert_num_queries(QUERIES):
        assert len(as_alice.get(ME).context["tasks"]) == 4 * many
