"""Who tries to get round the committee: by the table itself, by the admin, in bulk."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import RequestFactory

from committees.models import Decision
from organisations.models import User
from recommendations.enums import Ruling, State
from recommendations.models import (
    Action,
    ClosureProposal,
    Extension,
    ExtensionEnd,
    Handover,
    Recheck,
    Recommendation,
)
from tests.factories.closing import (
    asked_for,
    decide_closure,
    decide_later_date,
    implemented,
    objected,
    proposed,
)
from tests.recommendations.closing.conftest import DUE, NOW, TODAY

LATER = DUE + timedelta(days=30)
CLOSED: dict[str, Any] = {"state": State.CLOSED_IMPLEMENTED, "closed_on": TODAY, "outcome": "Done."}


class TestClosing:
    @pytest.mark.parametrize("state", State.closed())
    def test_a_state_that_nobody_decided(self, proven: Recommendation, state: State) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.update(state=state, closed_on=TODAY)

    def test_in_sql(self, proven: Recommendation) -> None:
        sql = "UPDATE recommendations_recommendation SET state = 'closed_implemented'"
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"{sql}, closed_on = '2026-03-10'")

    def test_with_a_proposal_and_no_decision(self, proven: Recommendation, lead: User) -> None:
        proposed(proven, by=lead, at=NOW, wanted=State.CLOSED_IMPLEMENTED, outcome="Done.")
        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.update(**CLOSED)

    def test_with_a_decision_that_says_not_yet(self, proven: Recommendation, lead: User) -> None:
        asked = proposed(proven, by=lead, at=NOW, wanted=State.CLOSED_IMPLEMENTED, outcome="Done.")
        decide_closure(asked, Ruling.RETURNED, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.update(**CLOSED)

    def test_in_another_way_than_was_decided(self, proven: Recommendation, lead: User) -> None:
        decide_closure(proposed(proven, by=lead, at=NOW), Ruling.APPROVED, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.update(**CLOSED)

    @pytest.mark.parametrize("who", ["lead", "sponsor"])
    def test_an_owner_decides(
        self, proven: Recommendation, lead: User, sponsor: User, who: str
    ) -> None:
        """With a seat on the committee, and somebody else's proposal."""
        from tests.factories.deciding import sitting

        by, other = {"lead": (lead, sponsor), "sponsor": (sponsor, lead)}[who]
        asked = proposed(proven, by=other, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(
                organisation=proven.organisation,
                meeting=sitting(proven.organisation, member=by, day=TODAY),
                kind="closure",
                recommendation=proven,
                proposal=asked,
                ruling=Ruling.APPROVED,
                decided_by=by,
                decided_at=NOW,
                asked_by=other,
                owners=[],
            )

    def test_a_second_open_proposal(self, proven: Recommendation, lead: User) -> None:
        proposed(proven, by=lead, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            ClosureProposal.objects.create(
                recommendation=proven,
                wanted=State.CLOSED_SUPERSEDED,
                reason="Again.",
                proposed_by=lead,
                proposed_at=NOW,
            )

    @pytest.mark.parametrize(
        "said",
        [
            {"wanted": State.CLOSED_IMPLEMENTED},
            {"wanted": State.CLOSED_IMPLEMENTED, "outcome": "It.", "is_activity_only": True},
            {"wanted": State.CLOSED_SUPERSEDED, "reason": "Why.", "is_activity_only": True},
            {"wanted": State.CLOSED_SUPERSEDED},
        ],
    )
    def test_a_proposal_without_what_it_owes(
        self, proven: Recommendation, lead: User, said: dict[str, Any]
    ) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            ClosureProposal.objects.create(
                recommendation=proven, proposed_by=lead, proposed_at=NOW, **said
            )

    @pytest.mark.parametrize(
        "change",
        [
            {"wanted": State.CLOSED_NOT_IMPLEMENTED},
            {"reason": "Another reason."},
            {"is_activity_only": True},
            {"proposed_at": NOW - timedelta(days=1)},
        ],
    )
    def test_a_proposal_stands_as_written(
        self, proven: Recommendation, lead: User, change: dict[str, Any]
    ) -> None:
        proposed(proven, by=lead, at=NOW)
        with pytest.raises(DatabaseError), transaction.atomic():
            ClosureProposal.objects.update(**change)

    @pytest.mark.parametrize("end", ["withdrawn_at", "settled_at"])
    def test_an_ended_proposal_opens_no_more(
        self, proven: Recommendation, lead: User, end: str
    ) -> None:
        proposed(proven, by=lead, at=NOW)
        ClosureProposal.objects.update(**{end: NOW})
        with pytest.raises(DatabaseError), transaction.atomic():
            ClosureProposal.objects.update(**{end: None})

    def test_a_recheck_twice(self, proven: Recommendation, lead: User) -> None:
        proposal = implemented(proven, by=lead, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Recheck.objects.create(recommendation=proven, proposal=proposal, months=6, due_on=TODAY)


class TestDates:
    @pytest.mark.parametrize("day", [LATER, DUE - timedelta(days=1), None])
    def test_a_date_that_nobody_decided(self, action: Action, day: date | None) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Action.objects.update(target_date=day)

    @pytest.mark.parametrize(
        "change", [{"original_date": LATER}, {"accepted_at": None}, {"accepted_at": NOW}]
    )
    def test_what_was_promised_at_first(self, action: Action, change: dict[str, Any]) -> None:
        if change == {"accepted_at": NOW}:
            change = {"accepted_at": NOW + timedelta(days=1)}
        with pytest.raises(DatabaseError), transaction.atomic():
            Action.objects.update(**change)

    def test_another_date_than_was_approved(self, action: Action, lead: User) -> None:
        decide_later_date(asked_for(action, LATER, by=lead, at=NOW), Ruling.APPROVED, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Action.objects.update(target_date=LATER + timedelta(days=1))

    def test_one_that_was_refused(self, action: Action, lead: User) -> None:
        decide_later_date(asked_for(action, LATER, by=lead, at=NOW), Ruling.RETURNED, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Action.objects.update(target_date=LATER)

    @pytest.mark.parametrize("change", [{"new_date": LATER}, {"reason": "Another."}])
    def test_a_request_stands_as_written(
        self, action: Action, lead: User, change: dict[str, Any]
    ) -> None:
        asked_for(action, LATER + timedelta(days=5), by=lead, at=NOW)
        with pytest.raises(DatabaseError), transaction.atomic():
            Extension.objects.update(**change)

    def test_a_request_made_too_late(self, action: Action, lead: User) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Extension.objects.create(
                action=action,
                old_date=DUE,
                new_date=LATER,
                reason="Why.",
                asked_by=lead,
                asked_on=DUE + timedelta(days=1),
                asked_at=NOW,
            )

    def test_a_request_to_an_earlier_date(self, action: Action, lead: User) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Extension.objects.create(
                action=action,
                old_date=DUE,
                new_date=DUE,
                reason="Why.",
                asked_by=lead,
                asked_on=TODAY,
                asked_at=NOW,
            )

    def test_an_end_is_one_and_stays(self, action: Action, lead: User) -> None:
        asked = asked_for(action, LATER, by=lead, at=NOW)
        decide_later_date(asked, Ruling.RETURNED, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            ExtensionEnd.objects.create(extension=asked, ruling=Ruling.APPROVED, at=NOW)
        with pytest.raises(DatabaseError), transaction.atomic():
            ExtensionEnd.objects.update(ruling=Ruling.APPROVED)


class TestRows:
    """Half of a fact is none."""

    def test_a_proposal_withdrawn_and_decided(self, proven: Recommendation, lead: User) -> None:
        proposed(proven, by=lead, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            ClosureProposal.objects.update(withdrawn_at=NOW, settled_at=NOW)

    def test_an_answer_by_nobody(self, action: Action) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            objected(action, settled_at=NOW)

    def test_a_handover_to_oneself(self, action: Action, lead: User) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Handover.objects.create(
                recommendation=action.recommendation,
                action=action,
                from_user=lead,
                to_user=lead,
                note="Ask Leeds.",
                by=lead,
                at=NOW,
            )

    @pytest.mark.parametrize("said", [{"result": "sustained"}, {"checked_on": TODAY}])
    def test_a_check_by_nobody(
        self, proven: Recommendation, lead: User, said: dict[str, Any]
    ) -> None:
        implemented(proven, by=lead, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Recheck.objects.update(**said)


def test_the_admin_changes_nothing(proven: Recommendation) -> None:
    request = RequestFactory().get("/admin/")
    request.user = User(is_staff=True, is_superuser=True)
    page = admin.site.get_model_admin(Recommendation)
    assert not page.has_change_permission(request)
    for model in (Action, ClosureProposal, Extension, Recheck):
        assert not admin.site.is_registered(model)
