"""The page of one recommendation, with everything on it, and what each reader finds there."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from committees.models import Opinion
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.actions.handing_over import hand_over
from recommendations.enums import Ruling, State
from recommendations.handing_over import Passing
from recommendations.models import Action, Dependency, Evidence, Recommendation
from tests.conftest import signed_in_as
from tests.factories.closing import (
    asked_for,
    decide_closure,
    decide_later_date,
    due_recheck,
    implemented,
    objected,
    proposed,
    taken_on,
)
from tests.factories.committees import MeetingFactory
from tests.factories.effect import IndicatorFactory, figures
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.proving import OccurrenceFactory
from tests.factories.recommendations import ProgressUpdateFactory, RecommendationFactory

KINDS: list[dict[str, Any]] = [
    {},
    {"cadence": True, "moves_with_meetings": True},
    {"coverage": True},
    {"coverage": True, "is_counted": True, "percent_needed": 90},
    {"embedding": True},
]
NOW = timezone.now()
DUE = timezone.localdate() + timedelta(days=40)


@pytest.fixture
def action(recommendation: Recommendation, lead: User) -> Action:
    return taken_on(recommendation, lead, DUE, budget_pounds=4000, staff_days=12)


@pytest.fixture
def adviser(harbour: Organisation) -> User:
    user: User = UserFactory(display_name="Mei-Ling Cheung")
    MembershipFactory(organisation=harbour, user=user, roles=[Role.ADVISER])
    return user


def read(client: Client, here: str) -> str:
    return client.get(here).content.decode()


def test_what_it_depends_on_and_is_needed_by(
    as_bea: Client, here: str, recommendation: Recommendation, harbour: Organisation
) -> None:
    first, then = (
        RecommendationFactory(organisation=harbour, title=title)
        for title in ("Train the board", "Report each quarter")
    )
    Dependency.objects.create(recommendation=recommendation, depends_on=first)
    Dependency.objects.create(recommendation=then, depends_on=recommendation)
    page = read(as_bea, here)
    before, after = page.index("Depends on"), page.index("Needed by")
    assert before < page.index("Train the board") < after < page.index("Report each quarter")


class TestDates:
    def test_each_move_with_its_decision(
        self, as_bea: Client, here: str, action: Action, lead: User
    ) -> None:
        days = (100, 200, 214)
        for days_in_all in days:
            action.refresh_from_db()
            asked = asked_for(action, DUE + timedelta(days=days_in_all), by=lead, at=NOW)
            decide_later_date(asked, Ruling.APPROVED, at=NOW)
        action.refresh_from_db()
        refused = asked_for(action, DUE + timedelta(days=300), by=lead, at=NOW)
        decide_later_date(refused, Ruling.RETURNED, at=NOW)
        page = read(as_bea, here)
        assert "moved 3 times, 214 days" in page
        assert page.count("at the meeting of") == 4
        assert "Later dates asked for: 4" in page

    def test_what_is_asked_for(
        self, as_lead: Client, as_bea: Client, here: str, action: Action, lead: User
    ) -> None:
        assert "Ask for a later date for action 1" in read(as_lead, here)
        assert "Ask for a later date" not in read(as_bea, here)
        asked_for(action, DUE + timedelta(days=9), by=lead, at=NOW)
        page = read(as_lead, here)
        assert "Waits for the committee" in page
        assert "Yes, keep the date" in page
        assert "Ask for a later date" not in page
        assert "Yes, keep the date" not in read(as_bea, here)


class TestProposals:
    def test_an_open_one_with_what_advisers_think(
        self,
        as_bea: Client,
        as_lead: Client,
        here: str,
        proven: Recommendation,
        lead: User,
        adviser: User,
    ) -> None:
        proposal = proposed(proven, by=lead, at=NOW)
        for view, minutes in (("agree", 0), ("not_yet", 1)):
            at = NOW + timedelta(minutes=minutes)
            Opinion.objects.create(
                proposal=proposal, by=adviser, view=view, note=f"I say {view}.", at=at
            )
        page = read(as_bea, here)
        for shown in ("As superseded", "The new plan covers it.", "Mei-Ling Cheung", "Not yet"):
            assert shown in page
        assert "I say agree." not in page
        assert "Yes, withdraw it" not in page
        assert "Yes, withdraw it" in read(as_lead, here)
        assert f"{here}closing/" not in read(as_lead, here)

    def test_past_ones_with_their_decision(
        self, as_bea: Client, here: str, proven: Recommendation, lead: User
    ) -> None:
        decide_closure(proposed(proven, by=lead, at=NOW), Ruling.RETURNED, at=NOW)
        implemented(proven, by=lead, at=NOW)
        page = read(as_bea, here)
        assert page.count("What was proposed and decided") == 1
        assert page.count("recorded by") == 2
        assert "Waiting times are shorter." in page

    def test_activity_only(
        self, as_bea: Client, here: str, proven: Recommendation, lead: User
    ) -> None:
        said = {"wanted": State.CLOSED_IMPLEMENTED, "reason": "", "is_activity_only": True}
        decide_closure(proposed(proven, by=lead, at=NOW, **said), Ruling.APPROVED, at=NOW)
        assert "Activity only: it is done, and no outcome is known yet." in read(as_bea, here)

    def test_who_may_propose(
        self, as_lead: Client, as_alice: Client, here: str, proven: Recommendation
    ) -> None:
        assert f"{here}closing/" in read(as_lead, here)
        assert f"{here}closing/" not in read(as_alice, here)


def test_decisions_are_for_the_committee(
    as_member: Client,
    as_lead: Client,
    as_alice: Client,
    here: str,
    action: Action,
    recommendation: Recommendation,
    lead: User,
) -> None:
    """Alice sits on it too, and coordinates: so she decides nothing."""
    proposal = proposed(recommendation, by=lead, at=NOW)
    asked = asked_for(action, DUE + timedelta(days=9), by=lead, at=NOW)
    addresses = [
        f'{reverse(name, args=["harbour-minds", row.pk])}"'
        for name, row in (("closure_decide", proposal), ("extension_decide", asked))
    ]
    for client, shown in ((as_member, True), (as_lead, False), (as_alice, False)):
        page = read(client, here)
        assert [each in page for each in addresses] == [shown, shown]


def test_a_date_that_passed_is_moved_by_the_committee_alone(
    as_member: Client, as_lead: Client, here: str, recommendation: Recommendation, lead: User
) -> None:
    day = timezone.localdate() - timedelta(days=1)
    late = taken_on(recommendation, lead, day)
    address = reverse("date_move", args=["harbour-minds", recommendation.pk, late.pk])
    assert [address in read(each, here) for each in (as_member, as_lead)] == [True, False]
    assert "Ask for a later date" not in read(as_lead, here)


def test_whoever_has_left_hands_over(
    as_alice: Client, as_bea: Client, here: str, action: Action, lead: User
) -> None:
    lead.memberships.update(ended_at=NOW)
    address = f"/people/{lead.pk}/hand-over/"
    assert [address in read(each, here) for each in (as_alice, as_bea)] == [True, False]


def test_rechecks_are_for_the_committee(
    as_member: Client, as_lead: Client, here: str, proven: Recommendation, lead: User
) -> None:
    recheck = due_recheck(proven, by=lead)
    address = f"/recommendations/checks/{recheck.pk}/"
    assert address in read(as_member, here)
    page = read(as_lead, here)
    assert "Is it still in place?" in page
    assert address not in page


def test_what_was_said_against_it(
    as_bea: Client, as_sponsor: Client, as_lead: Client, here: str, action: Action
) -> None:
    Action.objects.update(accepted_by=None)
    assert "Say no to action 1" in read(as_lead, here)
    objection = objected(action)
    address = f"/recommendations/objections/{objection.pk}/"
    assert "There is no time for it." in read(as_bea, here)
    assert [address in read(each, here) for each in (as_sponsor, as_lead, as_bea)] == [
        True,
        False,
        False,
    ]
    assert "Say no to action 1" not in read(as_lead, here)


def test_handovers_with_their_note(
    as_bea: Client, here: str, action: Action, sponsor: User, lead: User, bea: User, alice: User
) -> None:
    pk = action.recommendation.pk
    for person, passing in (
        (lead, Passing(pk, action.pk, bea.pk, "Ask the network.")),
        (sponsor, Passing(pk, None, bea.pk, "The board hears of it in May.")),
    ):
        hand_over(
            organisation=action.recommendation.organisation,
            person=person,
            passings=[passing],
            by=alice,
            now=NOW,
        )
    page = read(as_bea, here)
    for shown in ("Ask the network.", "The board hears of it in May.", "Dilys Evans"):
        assert shown in page


def test_an_adviser_sees_no_budget_and_no_internal_evidence(
    as_bea: Client,
    here: str,
    action: Action,
    recommendation: Recommendation,
    adviser: User,
    lead: User,
    alice: User,
) -> None:
    given = {"recommendation": recommendation, "added_by": lead, "added_at": NOW}
    Evidence.objects.create(title="Internal", **given)
    Evidence.objects.create(
        title="Public", public_by=alice, public_at=NOW, public_version=1, **given
    )
    ours, theirs = read(as_bea, here), read(signed_in_as(adviser), here)
    assert ("£4000" in ours, "12 days" in ours, "2 pieces of evidence" in ours) == (True,) * 3
    assert ("£4000" in theirs, "12 days" in theirs) == (False, False)
    assert "1 piece of evidence" in theirs


@pytest.mark.parametrize("rows", [1, 3])
def test_its_cost_does_not_grow(
    rows: int,
    as_bea: Client,
    here: str,
    recommendation: Recommendation,
    harbour: Organisation,
    lead: User,
    bea: User,
    adviser: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """With rows and open actions of every kind, one that moves with its meetings, and figures."""
    for _ in range(rows):
        measured = IndicatorFactory(organisation=harbour)
        measured.recommendations.add(recommendation)
        figures(measured, DUE - timedelta(days=60), everybody=(30, 90))
    for number in range(rows):
        made, cadence, *_ = [
            taken_on(recommendation, lead, DUE, position=5 * number + place, **kind)
            for place, kind in enumerate(KINDS, start=1)
        ]
        OccurrenceFactory(action=cadence, held_on=DUE, meeting=MeetingFactory().pk)
        ProgressUpdateFactory(recommendation=recommendation, by=lead)
        asked = asked_for(made, DUE + timedelta(days=9), by=lead, at=NOW)
        decide_later_date(asked, Ruling.APPROVED, at=NOW)
        objected(made, lead=lead, settled_at=NOW, settled_by=bea, answer="Two days a week.")
        before = RecommendationFactory(organisation=harbour)
        Dependency.objects.create(recommendation=recommendation, depends_on=before)
        proposal = proposed(recommendation, by=lead, at=NOW)
        Opinion.objects.create(proposal=proposal, by=adviser, view="agree", at=NOW)
        decide_closure(proposal, Ruling.RETURNED, at=NOW)
    with django_assert_num_queries(12):
        assert as_bea.get(here).status_code == 200
    shown = read(as_bea, here)
    for words in ("No evidence yet", "1 of 4 times", "No service area is named", "Not counted yet"):
        assert shown.count(words) == rows
    assert shown.count("0 of 2 checks") == rows
