"""Saying no to an action, who hears of it, and what becomes of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from organisations.enums import Role
from organisations.models import Membership, User
from outbox.models import Email
from recommendations.actions import objecting
from recommendations.actions.owning import accept_action, set_owners
from recommendations.assignment import Assignment, Keep
from recommendations.models import Action, Objection, Recommendation
from recommendations.objecting import ACCEPTED, ANSWER_OWED, ONE_OPEN, REASON_OWED, SOMEBODY_ELSE
from recommendations.refusals import CLOSED, ENDED_OBJECTION, NOT_A_MEMBER, RecommendationRefused
from reminders.facts import FACTS
from tests.factories.closing import objected
from tests.factories.deciding import closed_by_decision
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.recommendations import ActionFactory
from tests.recommendations.actions.conftest import fail, verbs
from tests.recommendations.closing.conftest import DUE, NOW


@pytest.fixture
def asked(recommendation: Recommendation, lead: User) -> Action:
    """Its lead has not said yes."""
    made: Action = ActionFactory(
        recommendation=recommendation, position=1, responsible_owner=lead, target_date=DUE
    )
    return made


def say_no(action: Action, by: User, reason: str = "No time for it.") -> Objection:
    return objecting.object_to_action(
        action=action, kind="no_capacity", reason=reason, by=by, now=NOW
    )


def mailed() -> list[str]:
    return sorted(Email.objects.values_list("to_address", flat=True))


class TestObject:
    def test_it_goes_to_the_sponsor(
        self, asked: Action, lead: User, sponsor: User, alice: User
    ) -> None:
        objection = say_no(asked, lead)
        assert (objection.lead, objection.reason) == (lead, "No time for it.")
        assert mailed() == ["sponsor@harbour.example"]
        email = Email.objects.get()
        assert f"/recommendations/objections/{objection.pk}/" in email.text
        assert "No time for it." not in email.text + email.html
        assert verbs(asked.recommendation) == ["recommendation.action_objected"]

    @pytest.mark.parametrize("without", ["nobody", "left", "self"])
    def test_without_a_sponsor_it_goes_to_the_chairs(
        self, asked: Action, lead: User, sponsor: User, alice: User, without: str
    ) -> None:
        if without == "left":
            sponsor.memberships.update(ended_at=NOW)
        else:
            Recommendation.objects.update(accountable_owner={"nobody": None, "self": lead}[without])
        say_no(asked, lead)
        assert mailed() == ["alice@harbour.example"]

    def test_without_chairs_to_the_coordinators(
        self, asked: Action, lead: User, alice: User
    ) -> None:
        Recommendation.objects.update(accountable_owner=None)
        Membership.objects.filter(user=alice).update(roles=[Role.COORDINATOR])
        say_no(asked, lead)
        assert mailed() == ["alice@harbour.example"]

    @pytest.mark.parametrize("who", ["sponsor", "alice"])
    def test_only_whoever_was_asked(
        self, asked: Action, sponsor: User, alice: User, who: str
    ) -> None:
        with pytest.raises(PermissionDenied):
            say_no(asked, {"sponsor": sponsor, "alice": alice}[who])

    def test_not_after_saying_yes(self, action: Action, lead: User) -> None:
        with pytest.raises(RecommendationRefused, match=ACCEPTED):
            say_no(action, lead)

    def test_once(self, asked: Action, lead: User) -> None:
        say_no(asked, lead)
        with pytest.raises(RecommendationRefused, match=ONE_OPEN):
            say_no(asked, lead)
        with pytest.raises(IntegrityError), transaction.atomic():
            objected(asked)

    def test_with_a_reason(self, asked: Action, lead: User) -> None:
        with pytest.raises(RecommendationRefused, match=REASON_OWED):
            say_no(asked, lead, reason=" ")

    def test_nobody_is_reminded_meanwhile(self, asked: Action, lead: User) -> None:
        today = timezone.localdate()
        Action.objects.update(target_date=today)
        assert asked.pk in {row["subject"] for facts in FACTS.values() for row in facts(today)}
        say_no(asked, lead)
        assert asked.pk not in {row["subject"] for facts in FACTS.values() for row in facts(today)}

    def test_it_rolls_back_whole(
        self, asked: Action, lead: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(objecting, "queue_email", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            say_no(asked, lead)
        assert (Objection.objects.count(), verbs(asked.recommendation)) == (0, [])


class TestSettle:
    @pytest.fixture
    def objection(self, asked: Action) -> Objection:
        return objected(asked)

    def settle(
        self,
        objection: Objection,
        by: User,
        *,
        answer: str = "You get two days a week for it.",
        lead: User | None = None,
        is_reassigned: bool = False,
    ) -> None:
        objecting.settle_objection(
            objection=objection,
            answer=answer,
            lead=lead,
            is_reassigned=is_reassigned,
            by=by,
            now=NOW,
        )
        objection.refresh_from_db()
        objection.action.refresh_from_db()

    @pytest.mark.parametrize("who", ["sponsor", "alice"])
    def test_the_lead_is_asked_again(
        self, objection: Objection, sponsor: User, alice: User, lead: User, who: str
    ) -> None:
        by = {"sponsor": sponsor, "alice": alice}[who]
        self.settle(objection, by)
        assert (objection.settled_by, objection.settled_at) == (by, NOW)
        assert objection.action.responsible_owner == lead
        assert say_no(objection.action, lead).settled_at is None

    def test_somebody_else_is_asked(self, objection: Objection, sponsor: User, bea: User) -> None:
        self.settle(objection, sponsor, lead=bea, is_reassigned=True)
        assert objection.action.responsible_owner == bea
        assert objection.answer == "You get two days a week for it."
        assert verbs(objection.action.recommendation) == [
            "recommendation.objection_settled",
            "recommendation.owner_set",
        ]

    def test_nobody_is_asked(self, objection: Objection, sponsor: User) -> None:
        self.settle(objection, sponsor, is_reassigned=True)
        assert objection.action.responsible_owner is None

    def test_not_by_who_said_no(self, objection: Objection, lead: User) -> None:
        Recommendation.objects.update(accountable_owner=lead)
        with pytest.raises(PermissionDenied):
            self.settle(objection, lead)

    def test_a_chair_only_without_a_sponsor(self, objection: Objection) -> None:
        organisation = objection.action.recommendation.organisation
        chair = UserFactory()
        MembershipFactory(organisation=organisation, user=chair, roles=[Role.CHAIR])
        with pytest.raises(PermissionDenied):
            self.settle(objection, chair)
        Recommendation.objects.update(accountable_owner=None)
        objection.action.recommendation.refresh_from_db()
        self.settle(objection, chair)
        assert objection.settled_by == chair

    @pytest.mark.parametrize("who", ["bea", "chidi"])
    def test_nobody_else(self, objection: Objection, bea: User, chidi: User, who: str) -> None:
        with pytest.raises(PermissionDenied):
            self.settle(objection, {"bea": bea, "chidi": chidi}[who])

    def test_with_an_answer(self, objection: Objection, sponsor: User) -> None:
        with pytest.raises(RecommendationRefused, match=ANSWER_OWED):
            self.settle(objection, sponsor, answer=" ")

    def test_not_to_the_same_person(self, objection: Objection, sponsor: User, lead: User) -> None:
        with pytest.raises(RecommendationRefused, match=SOMEBODY_ELSE):
            self.settle(objection, sponsor, lead=lead, is_reassigned=True)

    def test_not_to_a_stranger(self, objection: Objection, sponsor: User, chidi: User) -> None:
        with pytest.raises(RecommendationRefused, match=NOT_A_MEMBER), transaction.atomic():
            self.settle(objection, sponsor, lead=chidi, is_reassigned=True)
        objection.refresh_from_db()
        assert objection.settled_at is None

    def test_once(self, objection: Objection, sponsor: User) -> None:
        self.settle(objection, sponsor)
        with pytest.raises(RecommendationRefused, match=ENDED_OBJECTION):
            self.settle(objection, sponsor)

    def test_once_it_is_closed(self, objection: Objection, sponsor: User) -> None:
        closed_by_decision(objection.action.recommendation, at=NOW)
        with pytest.raises(RecommendationRefused, match=CLOSED):
            self.settle(objection, sponsor)


class TestOvertaken:
    def test_another_lead_ends_it(self, asked: Action, alice: User, bea: User) -> None:
        objection = objected(asked)
        set_owners(
            recommendation=asked.recommendation,
            sponsor=Keep.AS_IT_IS,
            assignments=[Assignment(asked.pk, lead=bea.pk)],
            by=alice,
            now=NOW,
        )
        objection.refresh_from_db()
        assert (objection.settled_by, objection.answer) == (alice, "")

    def test_saying_yes_after_all_ends_it(self, asked: Action, lead: User) -> None:
        objection = objected(asked)
        accept_action(action=asked, shown_date=DUE, by=lead, now=NOW)
        objection.refresh_from_db()
        assert objection.settled_by == lead
