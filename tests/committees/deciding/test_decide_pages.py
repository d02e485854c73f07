"""The pages on which decisions are recorded."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from committees import deciding as rules
from committees.actions.packs import freeze_pack
from committees.enums import GroupKind
from committees.models import Decision, Group, GroupMember, Meeting
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.actions.closing import withdraw_proposal
from recommendations.enums import State
from recommendations.models import Action, ClosureProposal, Extension, Recommendation
from tests.committees.deciding.conftest import (
    HERE,
    LATER,
    NOW,
    TODAY,
    joined,
    seated,
    state_of,
)
from tests.conftest import signed_in_as
from tests.factories.committees import GroupFactory, MeetingFactory
from tests.factories.packs import coming_meeting
from tests.factories.recommendations import ActionFactory

REASON = "Two reports are missing."


@pytest.fixture
def pages(
    proposal: ClosureProposal, extension: Extension, overdue: Action, meeting: Meeting
) -> dict[str, str]:
    recommendation = proposal.recommendation
    return {
        "closing": f"{HERE}closing/{proposal.pk}/",
        "later": f"{HERE}later-date/{extension.pk}/",
        "new": f"{HERE}new-date/{recommendation.pk}/{overdue.pk}/",
        "response": f"{HERE}response/{recommendation.pk}/",
    }


def data(meeting: Meeting, **said: Any) -> dict[str, Any]:
    return {"meeting": str(meeting.pk), "reason": "", **said}


class TestAccess:
    def test_who_may_open_them(
        self,
        pages: dict[str, str],
        as_chair: Client,
        as_bea: Client,
        as_chidi: Client,
        client: Client,
    ) -> None:
        for page in pages.values():
            assert as_chair.get(page).status_code == 200
            assert as_bea.get(page).status_code == 403
            assert as_chidi.get(page).status_code == 404
            assert client.get(page).headers["Location"].startswith("/accounts/login/")
            assert as_chair.put(page).status_code == 405

    def test_a_seat_is_enough(
        self, pages: dict[str, str], committee: Group, bea: User, as_bea: Client
    ) -> None:
        seated(committee, bea)
        assert as_bea.get(pages["closing"]).status_code == 200

    def test_a_coordinator_alone_has_no_business_here(
        self, pages: dict[str, str], harbour: Organisation
    ) -> None:
        only = signed_in_as(joined(harbour, "Coordinator", Role.COORDINATOR))
        assert [only.get(page).status_code for page in pages.values()] == [403] * 4

    def test_who_coordinates_too_is_told_why_not(
        self, pages: dict[str, str], as_alice: Client, meeting: Meeting, proposal: ClosureProposal
    ) -> None:
        page = as_alice.get(pages["closing"]).content.decode()
        assert rules.COORDINATES in page
        assert "Approved: close it" not in page
        answer = as_alice.post(pages["closing"], data(meeting, ruling="approved"))
        assert answer.status_code == 403
        assert Decision.objects.count() == 0

    def test_who_proposed_it_is_told_why_not(
        self, pages: dict[str, str], committee: Group, lead: User, meeting: Meeting
    ) -> None:
        seated(committee, lead, is_chair=True)
        theirs = signed_in_as(lead)
        assert (
            "You proposed this, so somebody else decides."
            in theirs.get(pages["closing"]).content.decode()
        )
        for page, said in (("closing", {"ruling": "approved"}), ("later", {"ruling": "approved"})):
            assert theirs.post(pages[page], data(meeting, **said)).status_code == 403
        moved = data(meeting, new_date=LATER.isoformat(), reason=REASON)
        assert theirs.post(pages["new"], moved).status_code == 403
        assert Decision.objects.count() == 0

    def test_a_member_is_told_that_the_chair_records(
        self, pages: dict[str, str], as_member: Client
    ) -> None:
        assert rules.CHAIR_RECORDS in as_member.get(pages["closing"]).content.decode()

    def test_it_has_passed_to_a_trustee(
        self, pages: dict[str, str], chair: User, sponsor: User, harbour: Organisation
    ) -> None:
        GroupMember.objects.filter(user=chair).update(user=sponsor)
        trustee = signed_in_as(joined(harbour, "Trustee", Role.TRUSTEE))
        page = trustee.get(pages["closing"]).content.decode()
        assert "This has passed to you" in page
        assert "Approved: close it" in page


class TestClosing:
    def test_one_click(
        self, pages: dict[str, str], as_chair: Client, meeting: Meeting, proposal: ClosureProposal
    ) -> None:
        answer = as_chair.post(pages["closing"], data(meeting, ruling="approved"), follow=True)
        recommendation = proposal.recommendation
        assert answer.redirect_chain == [(recommendation.get_absolute_url(), 302)]
        assert "The decision is recorded." in answer.content.decode()
        assert state_of(recommendation) == State.CLOSED_SUPERSEDED

    def test_not_yet_without_a_reason(
        self, pages: dict[str, str], as_chair: Client, meeting: Meeting
    ) -> None:
        answer = as_chair.post(pages["closing"], data(meeting, ruling="returned", reason=" "))
        assert answer.context["form"].errors == {"reason": [rules.REASON_OWED]}
        assert Decision.objects.count() == 0

    def test_what_was_typed_stays(self, pages: dict[str, str], as_chair: Client) -> None:
        answer = as_chair.post(pages["closing"], {"reason": REASON, "ruling": "approved"})
        assert answer.context["form"].errors == {"meeting": ["Choose the meeting."]}
        assert REASON in answer.content.decode()
        answer = as_chair.post(pages["closing"], {"meeting": "x", "ruling": "perhaps"})
        assert set(answer.context["form"].errors) == {"meeting", "ruling"}

    def test_only_meetings_of_the_committee_since(
        self, pages: dict[str, str], as_chair: Client, meeting: Meeting, harbour: Organisation
    ) -> None:
        MeetingFactory(group=GroupFactory(organisation=harbour, kind=GroupKind.BOARD), date=TODAY)
        offered = as_chair.get(pages["closing"]).context["form"].fields["meeting"].choices
        assert [pk for pk, _ in offered] == [str(meeting.pk)]

    @pytest.mark.parametrize("page", ["closing", "later", "response"])
    def test_from_a_pack_its_meeting_is_chosen(
        self, page: str, pages: dict[str, str], as_chair: Client, meeting: Meeting, chair: User,
        alice: User,
    ) -> None:  # fmt: skip
        """Whichever of two meetings on one day comes first in the list."""
        other = coming_meeting(meeting.group.organisation, days=0)
        seated(other.group, chair, is_chair=True)
        Meeting.objects.filter(pk=meeting.pk).update(state="planned")
        packs = {each.pk: freeze_pack(meeting=each, by=alice, now=NOW) for each in (meeting, other)}
        chosen = {
            pk: as_chair.get(f"{pages[page]}?pack={pack.pk}").context["form"]["meeting"].value()
            for pk, pack in packs.items()
        }
        assert chosen == {pk: str(pk) for pk in packs}

    @pytest.mark.parametrize("pack", ["", "x", "ffffffff-ffff-ffff-ffff-ffffffffffff"])
    def test_another_pack_says_nothing(
        self, pack: str, pages: dict[str, str], as_chair: Client, meeting: Meeting
    ) -> None:
        form = as_chair.get(f"{pages['closing']}?pack={pack}").context["form"]
        assert form["meeting"].value() == str(meeting.pk)

    def test_without_a_meeting(self, pages: dict[str, str], as_chair: Client) -> None:
        Meeting.objects.all().delete()
        assert rules.NOT_MET_SINCE in as_chair.get(pages["closing"]).content.decode()

    def test_before_the_next_meeting_it_leads_there(
        self, pages: dict[str, str], as_chair: Client, meeting: Meeting
    ) -> None:
        coming = coming_meeting(meeting.group.organisation, group=meeting.group)
        MeetingFactory(group=coming.group, date=coming.date + timedelta(days=30))
        assert as_chair.get(pages["closing"]).context["board"].next_meeting is None
        Meeting.objects.filter(pk=meeting.pk).delete()
        page = as_chair.get(pages["closing"]).content.decode()
        assert f'<a href="{coming.get_absolute_url()}">on <time' in page

    def test_once_it_is_over(
        self, pages: dict[str, str], as_chair: Client, proposal: ClosureProposal, lead: User,
        meeting: Meeting,
    ) -> None:  # fmt: skip
        withdraw_proposal(proposal=proposal, by=lead, now=NOW)
        answer = as_chair.get(pages["closing"], follow=True)
        assert "This proposal is no longer open." in answer.content.decode()
        answer = as_chair.post(pages["closing"], data(meeting, ruling="approved"))
        assert answer.context["form"].non_field_errors() == ["This proposal is no longer open."]

    @pytest.mark.parametrize("rows", [1, 3])
    def test_as_many_queries_with_more_of_it(
        self,
        rows: int,
        pages: dict[str, str],
        as_chair: Client,
        recommendation: Recommendation,
        committee: Group,
        harbour: Organisation,
        django_assert_num_queries: Any,
    ) -> None:
        for number in range(1, rows):
            ActionFactory(recommendation=recommendation, position=10 + number)
            seated(committee, joined(harbour, f"Member {number}"))
        with django_assert_num_queries(11):
            as_chair.get(pages["closing"])


class TestOthers:
    def test_a_later_date(
        self, pages: dict[str, str], as_chair: Client, meeting: Meeting, extension: Extension
    ) -> None:
        assert as_chair.post(pages["later"], data(meeting, ruling="approved")).status_code == 302
        assert Action.objects.get(pk=extension.action_id).target_date == LATER
        answer = as_chair.get(pages["later"], follow=True)
        assert "This request for a later date is no longer open." in answer.content.decode()

    def test_a_date_of_its_own(
        self, pages: dict[str, str], as_chair: Client, meeting: Meeting, overdue: Action
    ) -> None:
        for day, why in (
            ("", "Enter the new date."),
            ("soon", "Enter a real date."),
            (TODAY.isoformat(), rules.NOT_AHEAD),
        ):
            answer = as_chair.post(pages["new"], data(meeting, new_date=day, reason=REASON))
            assert answer.context["form"].errors == {"new_date": [why]}
        moved = data(meeting, new_date=LATER.isoformat())
        answer = as_chair.post(pages["new"], moved)
        assert answer.context["form"].errors == {"reason": [rules.REASON_OWED]}
        assert as_chair.post(pages["new"], {**moved, "reason": REASON}).status_code == 302
        overdue.refresh_from_db()
        assert overdue.target_date == LATER
        assert rules.DATE_STILL_AHEAD in as_chair.get(pages["new"]).content.decode().replace(
            "&#x27;", "'"
        )

    def test_a_response(
        self, pages: dict[str, str], as_chair: Client, meeting: Meeting, recommendation: Any
    ) -> None:
        answer = as_chair.post(pages["response"], data(meeting, response="not_accepted"))
        assert answer.context["form"].errors == {"reason": [rules.REASON_OWED]}
        said = data(meeting, response="not_accepted", reason="No money.")
        assert as_chair.post(pages["response"], said).status_code == 302
        recommendation.refresh_from_db()
        assert recommendation.response == "not_accepted"
        again = as_chair.post(pages["response"], said)
        assert again.context["form"].non_field_errors() == [
            "This is the response that stands already."
        ]

    def test_the_links_stand_where_somebody_may_follow_them(
        self, pages: dict[str, str], as_chair: Client, as_bea: Client, recommendation: Any
    ) -> None:
        page = as_chair.get(recommendation.get_absolute_url()).content.decode()
        assert [f'href="{each}"' in page for each in pages.values()] == [True] * 4
        page = as_bea.get(recommendation.get_absolute_url()).content.decode()
        assert [each in page for each in pages.values()] == [False] * 4
