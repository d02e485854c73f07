"""Pages about the people of an organisation: who they are, what they may do, and leaving."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from history.actions import record
from organisations.enums import Role
from organisations.models import MemberInvite, Membership, Organisation, User
from outbox.enums import OutboxVerb
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.outbox import EmailFactory
from tests.organisations.inviting import invite_number

PEOPLE = "/o/harbour-minds/people/"
INVITE = "/o/harbour-minds/people/invite/"


@pytest.fixture
def member(harbour: Organisation, bea: User) -> Membership:
    return harbour.memberships.get(user=bea)


class TestPeople:
    def test_a_coordinator_sees_addresses_and_open_invitations(
        self, as_alice: Client, bea: User, chidi: User, invite: MemberInvite
    ) -> None:
        page = as_alice.get(PEOPLE).content.decode()
        assert "bea@harbour.example" in page
        assert "dele@example.org" in page
        assert "chidi@northside.example" not in page

    def test_staff_see_names_alone(
        self, as_bea: Client, alice: User, chidi: User, invite: MemberInvite
    ) -> None:
        page = as_bea.get(PEOPLE).content.decode()
        assert "Alice Adeyemi" in page
        assert "alice@harbour.example" not in page
        assert "dele@example.org" not in page
        assert "Chidi Nwosu" not in page

    def test_nobody_is_shown_by_their_address(
        self, as_bea: Client, harbour: Organisation, alice: User
    ) -> None:
        nameless = UserFactory(email="private@world.example", display_name="")
        MembershipFactory(organisation=harbour, user=nameless)
        page = as_bea.get(PEOPLE).content.decode()
        assert "private@world.example" not in page
        assert "Somebody" in page

    def test_a_coordinator_sees_what_happened_here(
        self, as_alice: Client, as_bea: Client, harbour: Organisation, alice: User, chidi: User
    ) -> None:
        """Emails sent again stand in it too; another organisation's history does not."""
        now = timezone.now()
        invite_number(1, harbour, by=alice, at=now)
        for organisation, by in ((harbour, alice), (chidi.memberships.get().organisation, chidi)):
            email = EmailFactory(organisation=organisation, failed=True)
            record(OutboxVerb.SENT_AGAIN, subject=email, organisation=organisation, by=by, now=now)
        lines = [
            "Alice Adeyemi sent an email again",
            "Alice Adeyemi invited somebody to join",
        ]
        response = as_alice.get(PEOPLE)
        assert [line.text for line in response.context["history"]] == lines
        assert [line in response.content.decode() for line in lines] == [True, True]
        assert as_bea.get(PEOPLE).context["history"] == []

    @pytest.mark.parametrize("others", [1, 3])
    def test_queries_do_not_grow(
        self, as_bea: Client, harbour: Organisation, others: int, django_assert_num_queries: Any
    ) -> None:
        MembershipFactory.create_batch(others, organisation=harbour)
        as_bea.get(PEOPLE)
        with django_assert_num_queries(5):
            as_bea.get(PEOPLE)

    def test_somebody_who_left_is_gone(self, as_alice: Client, member: Membership) -> None:
        Membership.objects.filter(pk=member.pk).update(ended_at=timezone.now())
        assert "Bea Brown" not in as_alice.get(PEOPLE).content.decode()

    def test_a_page_too_far_gives_the_last(self, as_bea: Client) -> None:
        assert as_bea.get(PEOPLE, {"page": "99"}).context["page"].number == 1

    def test_it_refuses_post(self, as_alice: Client) -> None:
        assert as_alice.post(PEOPLE).status_code == 405

    def test_a_stranger_gets_404(self, as_chidi: Client, harbour: Organisation) -> None:
        assert as_chidi.get(PEOPLE).status_code == 404

    def test_an_unknown_organisation_is_404(self, as_alice: Client) -> None:
        assert as_alice.get("/o/nowhere/people/").status_code == 404

    def test_anonymous_signs_in_first(self, client: Client, harbour: Organisation) -> None:
        assert client.get(PEOPLE)["Location"] == f"/accounts/login/?next={PEOPLE}"


class TestMemberRoles:
    def url(self, member: Membership) -> str:
        return f"/o/harbour-minds/people/{member.pk}/"

    def test_it_works(self, as_alice: Client, member: Membership) -> None:
        response = as_alice.post(self.url(member), {"roles": ["chair", "committee"]})
        member.refresh_from_db()
        assert response["Location"] == PEOPLE
        assert sorted(member.roles) == ["chair", "committee"]

    def test_it_shows_what_there_is(self, as_alice: Client, member: Membership) -> None:
        assert as_alice.get(self.url(member)).context["form"].initial == {"roles": ["staff"]}

    def test_the_only_coordinator_is_told_why_not(
        self, as_alice: Client, harbour: Organisation, alice: User
    ) -> None:
        own = harbour.memberships.get(user=alice)
        response = as_alice.post(self.url(own), {"roles": ["staff"]})
        assert response.context["form"].errors == {
            "roles": ["This is the only coordinator. Make somebody else a coordinator first."]
        }

    def test_a_role_lost_is_lost_at_once(
        self, as_alice: Client, as_bea: Client, member: Membership, harbour: Organisation
    ) -> None:
        harbour.memberships.filter(user=member.user).update(roles=[Role.COORDINATOR])
        assert as_bea.get(INVITE).status_code == 200
        as_alice.post(self.url(member), {"roles": ["staff"]})
        assert as_bea.get(INVITE).status_code == 403

    def test_another_organisations_member_is_404(
        self, as_alice: Client, northside: Organisation, chidi: User
    ) -> None:
        assert as_alice.get(self.url(northside.memberships.get())).status_code == 404

    def test_a_member_without_the_role_gets_403(self, as_bea: Client, member: Membership) -> None:
        assert as_bea.get(self.url(member)).status_code == 403

    def test_it_refuses_delete(self, as_alice: Client, member: Membership) -> None:
        assert as_alice.delete(self.url(member)).status_code == 405


class TestMemberEnd:
    def url(self, member: Membership) -> str:
        return f"/o/harbour-minds/people/{member.pk}/end/"

    def test_it_asks_first(self, as_alice: Client, member: Membership) -> None:
        assert as_alice.get(self.url(member)).status_code == 200
        member.refresh_from_db()
        assert member.ended_at is None

    def test_it_works(self, as_alice: Client, as_bea: Client, member: Membership) -> None:
        assert as_alice.post(self.url(member))["Location"] == PEOPLE
        assert as_bea.get(PEOPLE).status_code == 404

    def test_the_only_coordinator_stays(
        self, as_alice: Client, harbour: Organisation, alice: User
    ) -> None:
        own = harbour.memberships.get(user=alice)
        response = as_alice.post(self.url(own), follow=True)
        assert "This is the only coordinator." in response.content.decode()
        assert as_alice.get(PEOPLE).status_code == 200

    def test_a_member_without_the_role_gets_403(self, as_bea: Client, member: Membership) -> None:
        assert as_bea.post(self.url(member)).status_code == 403

    def test_an_unknown_member_is_404(self, as_alice: Client) -> None:
        assert as_alice.post(f"/o/harbour-minds/people/{uuid.uuid4()}/end/").status_code == 404
