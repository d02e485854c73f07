"""Handing work over, and what lapses when somebody leaves."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from organisations.actions import end_membership
from organisations.models import Organisation, User
from recommendations import queries
from recommendations.actions import handing_over
from recommendations.handing_over import NOTE_OWED, SOMEBODY_ELSE, Passing
from recommendations.models import Action, Handover
from recommendations.refusals import (
    CLOSED,
    NOT_A_MEMBER,
    NOTHING_TO_HAND_OVER,
    RecommendationRefused,
)
from tests.factories.deciding import closed_by_decision
from tests.factories.organisations import MembershipFactory
from tests.recommendations.actions.conftest import fail, verbs
from tests.recommendations.closing.conftest import DUE, NOW, TODAY

NOTE = "The draft is with the board. Ask for the comments."


def give(
    action: Action, person: User, to: User, *, by: User, note: str = NOTE, whole: bool = False
) -> list[Handover]:
    recommendation = action.recommendation
    passing = Passing(recommendation.pk, None if whole else action.pk, to.pk, note)
    return handing_over.hand_over(
        organisation=recommendation.organisation, person=person, passings=[passing], by=by, now=NOW
    )


class TestHandOver:
    def test_an_action(self, action: Action, lead: User, bea: User, alice: User) -> None:
        made = give(action, lead, bea, by=alice)[0]
        action.refresh_from_db()
        assert (action.responsible_owner, action.accepted_by, action.target_date) == (
            bea,
            None,
            DUE,
        )
        assert (made.from_user, made.to_user, made.note, made.by) == (lead, bea, NOTE, alice)
        assert verbs(action.recommendation) == [
            "recommendation.handed_over",
            "recommendation.owner_set",
        ]

    def test_the_sponsorship(self, action: Action, sponsor: User, bea: User, alice: User) -> None:
        made = give(action, sponsor, bea, by=alice, whole=True)[0]
        action.recommendation.refresh_from_db()
        assert (action.recommendation.accountable_owner, made.action) == (bea, None)
        assert verbs(action.recommendation) == [
            "recommendation.sponsor_handed_over",
            "recommendation.sponsor_set",
        ]

    def test_of_somebody_who_has_left(
        self, action: Action, lead: User, bea: User, alice: User
    ) -> None:
        lead.memberships.update(ended_at=NOW)
        assert give(action, lead, bea, by=alice)[0].from_user == lead

    def test_with_a_note(self, action: Action, lead: User, bea: User, alice: User) -> None:
        with pytest.raises(RecommendationRefused, match=NOTE_OWED):
            give(action, lead, bea, by=alice, note="  ")

    def test_to_somebody_else(self, action: Action, lead: User, alice: User) -> None:
        with pytest.raises(RecommendationRefused, match=SOMEBODY_ELSE):
            give(action, lead, lead, by=alice)

    def test_to_a_member(self, action: Action, lead: User, chidi: User, alice: User) -> None:
        with pytest.raises(RecommendationRefused, match=NOT_A_MEMBER):
            give(action, lead, chidi, by=alice)

    @pytest.mark.parametrize("whole", [True, False])
    def test_only_what_they_hold(
        self, action: Action, bea: User, lead: User, alice: User, whole: bool
    ) -> None:
        with pytest.raises(RecommendationRefused, match=NOTHING_TO_HAND_OVER):
            give(action, bea, alice, by=alice, whole=whole)

    def test_not_what_is_closed(self, action: Action, lead: User, bea: User, alice: User) -> None:
        closed_by_decision(action.recommendation, at=NOW)
        with pytest.raises(RecommendationRefused, match=CLOSED):
            give(action, lead, bea, by=alice)

    def test_all_or_nothing(
        self, action: Action, lead: User, bea: User, alice: User, harbour: Organisation
    ) -> None:
        pk = action.recommendation.pk
        passings = [Passing(pk, action.pk, bea.pk, NOTE), Passing(pk, None, bea.pk, NOTE)]
        with pytest.raises(RecommendationRefused), transaction.atomic():
            handing_over.hand_over(
                organisation=harbour, person=lead, passings=passings, by=alice, now=NOW
            )
        action.refresh_from_db()
        assert (action.responsible_owner, Handover.objects.count()) == (lead, 0)

    def test_it_rolls_back_whole(
        self,
        action: Action,
        lead: User,
        bea: User,
        alice: User,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(Handover.objects, "create", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            give(action, lead, bea, by=alice)
        action.refresh_from_db()
        assert action.responsible_owner == lead

    def test_it_stays_on_record(self, action: Action, lead: User, bea: User, alice: User) -> None:
        give(action, lead, bea, by=alice)
        for change in ({"note": "Something else."}, {"to_user": alice}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Handover.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            Handover.objects.all()._raw_delete("default")


class TestLeaving:
    def leave(self, person: User, by: User) -> None:
        membership = person.memberships.get(ended_at=None)
        end_membership(membership=membership, by=by, now=timezone.now())

    def test_their_work_is_without_a_lead_the_same_day(
        self, action: Action, lead: User, alice: User, harbour: Organisation
    ) -> None:
        assert not queries.rows_of(harbour, today=TODAY)[0].lacks_lead
        self.leave(lead, alice)
        action.refresh_from_db()
        row = queries.rows_of(harbour, today=TODAY)[0]
        assert (row.lacks_lead, row.leads) == (True, ())
        assert (action.responsible_owner, action.accepted_by, action.target_date) == (
            lead,
            None,
            DUE,
        )

    def test_what_was_shown_to_be_done_stays_theirs(
        self, action: Action, lead: User, alice: User
    ) -> None:
        Action.objects.update(proven_on=TODAY)
        self.leave(lead, alice)
        action.refresh_from_db()
        assert action.accepted_by == lead

    def test_what_they_lead_elsewhere_stays(
        self, action: Action, lead: User, northside: Organisation, chidi: User
    ) -> None:
        MembershipFactory(organisation=northside, user=lead)
        membership = lead.memberships.get(organisation=northside)
        end_membership(membership=membership, by=chidi, now=timezone.now())
        action.refresh_from_db()
        assert action.accepted_by == lead
