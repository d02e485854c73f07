"""The words for what is to be done, and that whoever hears can open the page they are led to."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation, User
from recommendations.enums import Rating, Ruling
from recommendations.models import Recommendation
from reminders.enums import Audience, ReminderKind
from reminders.facts import FACTS, actions, cadences, recommendations
from reminders.lines import LINES
from reminders.rules import RULES
from tests.conftest import signed_in_as
from tests.factories.closing import decide_closure, due_recheck, proposed, taken_on
from tests.factories.recommendations import (
    ActionFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
)

TODAY = timezone.localdate()
NOW = timezone.now()
LONG_AGO = datetime(2025, 1, 6, 9, tzinfo=UTC)
OURS = {**actions.FACTS, **cadences.FACTS, **recommendations.FACTS}
OF_ACTIONS = [
    (ReminderKind.ACTION_DUE, "recommendation_detail"),
    (ReminderKind.ACTION_LATE, "recommendation_detail"),
    (ReminderKind.NOT_ACCEPTED, "recommendation_detail"),
    (ReminderKind.HANDOVER, "recommendation_detail"),
    (ReminderKind.DATE_ENDING, "extension_ask"),
    (ReminderKind.CADENCE, "action_detail"),
]


@pytest.fixture
def busy(
    harbour: Organisation,
    sponsor: User,
    lead: User,
    chair: User,
    committee: User,
    coordinator: User,
    bea: User,
) -> None:
    """Something of every kind."""

    def one(**fields: Any) -> Recommendation:
        given = {"accountable_owner": sponsor, "created_at": LONG_AGO, **fields}
        made: Recommendation = RecommendationFactory(organisation=harbour, **given)
        return made

    late = one()
    taken_on(late, lead, TODAY - timedelta(days=14), accepted_at=LONG_AGO, cadence=True)
    ActionFactory(
        recommendation=late, responsible_owner=lead, target_date=TODAY + timedelta(days=9)
    )
    in_trouble = one()
    taken_on(in_trouble, lead, TODAY + timedelta(days=3))
    ProgressUpdateFactory(recommendation=in_trouble, by=lead, rating=Rating.OFF_TRACK)
    for sponsored in ({}, {"accountable_owner": None}):
        ActionFactory(recommendation=one(**sponsored), responsible_owner=bea)
    proposed(one(), by=sponsor, at=NOW)
    decide_closure(proposed(one(), by=sponsor, at=NOW), Ruling.RETURNED, at=NOW)
    closed = one()
    ActionFactory(recommendation=closed, responsible_owner=lead)
    due_recheck(closed, by=lead)
    bea.memberships.update(ended_at=NOW)


def test_every_rule_of_ours_has_its_facts_and_its_words() -> None:
    kinds = {kind for kind, _ in OURS}
    asked = {
        (rule.kind, ladder.audience)
        for rule in RULES
        for ladder in rule.ladders
        if rule.kind in kinds
    }
    assert asked == set(OURS)
    assert kinds <= set(LINES)


@pytest.mark.parametrize(("kind", "audience"), list(OURS))
def test_whoever_hears_can_open_the_page(
    busy: None, kind: ReminderKind, audience: Audience
) -> None:
    rows = list(FACTS[kind, audience](TODAY))
    about = LINES[kind]([row["subject"] for row in rows])
    assert rows
    for row in rows:
        person = signed_in_as(User.objects.get(pk=row["person"]))
        assert person.get(about[row["subject"]].path).status_code == 200


@pytest.mark.parametrize(("kind", "name"), OF_ACTIONS)
def test_actions_are_told_by_their_title(
    harbour: Organisation, kind: ReminderKind, name: str
) -> None:
    made = ActionFactory(recommendation__organisation=harbour, title="Publish the figures")
    other = ActionFactory(recommendation__organisation=harbour)
    about = LINES[kind]([made.pk])
    assert set(about) == {made.pk} != {other.pk}
    assert (about[made.pk].title, about[made.pk].figures) == ("Publish the figures", ())
    ends = {
        "recommendation_detail": "/",
        "extension_ask": f"/actions/{made.pk}/later/",
        "action_detail": f"/actions/{made.pk}/",
    }
    here = f"/o/harbour-minds/recommendations/{made.recommendation_id}"
    assert about[made.pk].path == here + ends[name]


def test_recommendations_are_told_by_reference_and_title(
    harbour: Organisation, sponsor: User, lead: User
) -> None:
    of = RecommendationFactory(
        organisation=harbour, reference="1.7", title="Meet quarterly", accountable_owner=sponsor
    )
    ActionFactory(recommendation=of, responsible_owner=lead)
    here = "/o/harbour-minds/"
    for kind in (ReminderKind.SILENT, ReminderKind.RETURNED):
        about = LINES[kind]([of.pk])[of.pk]
        assert about.path == f"{here}recommendations/{of.pk}/"
        assert about.title == "1.7 Meet quarterly"
    recheck = due_recheck(of, by=lead)
    about = LINES[ReminderKind.RECHECK]([recheck.pk])[recheck.pk]
    assert about.title == "1.7 Meet quarterly"
    assert about.path == f"{here}recommendations/checks/{recheck.pk}/"
    proposal = recheck.proposal
    about = LINES[ReminderKind.CLOSURE]([proposal.pk])[proposal.pk]
    assert about.title == "1.7 Meet quarterly"
    assert str(proposal.pk) in about.path


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("kind", sorted({kind for kind, _ in OURS}))
def test_one_query_however_many(
    harbour: Organisation,
    sponsor: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    kind: ReminderKind,
    count: int,
) -> None:
    subjects = [MAKE[kind](harbour, sponsor) for _ in range(count)]
    with django_assert_num_queries(1):
        assert set(LINES[kind](subjects)) == set(subjects)


def an_action(harbour: Organisation, sponsor: User) -> UUID:
    made: UUID = ActionFactory(recommendation__organisation=harbour).pk
    return made


def a_recommendation(harbour: Organisation, sponsor: User) -> UUID:
    made: UUID = RecommendationFactory(organisation=harbour, accountable_owner=sponsor).pk
    return made


def a_proposal(harbour: Organisation, sponsor: User) -> UUID:
    of = Recommendation.objects.get(pk=a_recommendation(harbour, sponsor))
    return proposed(of, by=sponsor, at=NOW).pk


def a_recheck(harbour: Organisation, sponsor: User) -> UUID:
    of = Recommendation.objects.get(pk=a_recommendation(harbour, sponsor))
    ActionFactory(recommendation=of, responsible_owner=sponsor)
    return due_recheck(of, by=sponsor).pk


MAKE: dict[str, Callable[[Organisation, User], UUID]] = {
    **{kind: an_action for kind, _ in OF_ACTIONS},
    ReminderKind.SILENT: a_recommendation,
    ReminderKind.RETURNED: a_recommendation,
    ReminderKind.CLOSURE: a_proposal,
    ReminderKind.RECHECK: a_recheck,
}
