"""Pages that invite somebody to join, take it back, and let them in."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisations import actions
from organisations.enums import Role
from organisations.forms import WHAT_ROLES_DO
from organisations.models import MemberInvite, Organisation, User
from outbox.models import Email
from tests.conftest import signed_in_as
from tests.organisations.inviting import invite_number, token_in

PEOPLE = "/o/harbour-minds/people/"
INVITE = "/o/harbour-minds/people/invite/"


class TestInviteCreate:
    def test_it_works(self, as_alice: Client, harbour: Organisation) -> None:
        response = as_alice.post(
            INVITE, {"email": "dele@example.org", "roles": ["trustee", "staff"]}, follow=True
        )
        assert "An invitation is on its way to dele@example.org." in response.content.decode()
        assert sorted(harbour.member_invites.get().roles) == ["staff", "trustee"]
        assert Email.objects.get().organisation == harbour

    def test_each_role_says_what_it_does(self, as_alice: Client) -> None:
        html = as_alice.get(INVITE).content.decode()
        assert set(WHAT_ROLES_DO) == set(Role)
        assert [words for words in WHAT_ROLES_DO.values() if words not in html] == []

    @pytest.mark.parametrize(
        ("data", "field", "message"),
        [
            ({"email": "no address", "roles": ["staff"]}, "email", "Enter a valid email address."),
            ({"email": "x@example.org"}, "roles", "Choose at least one."),
            (
                {"email": "x@example.org", "roles": ["emperor"]},
                "roles",
                "Select a valid choice. emperor is not one of the available choices.",
            ),
            (
                {"email": "bea@harbour.example", "roles": ["staff"]},
                "email",
                "This person is already a member.",
            ),
        ],
    )
    def test_bad_input_is_said_at_its_field(
        self, as_alice: Client, bea: User, data: dict, field: str, message: str
    ) -> None:
        response = as_alice.post(INVITE, data)
        form = response.context["form"]
        assert (response.status_code, form.errors) == (200, {field: [message]})
        assert form["email"].value() == data["email"]
        assert Email.objects.count() == 0

    def test_the_twenty_first_in_a_day_is_refused_at_its_field(
        self, as_alice: Client, harbour: Organisation, alice: User
    ) -> None:
        for number in range(20):
            invite_number(number, harbour, by=alice, at=timezone.now())
        response = as_alice.post(INVITE, {"email": "more@example.org", "roles": ["staff"]})
        assert response.context["form"].errors == {
            "email": ["You have sent 20 invitations in a day. Send more tomorrow."]
        }
        assert Email.objects.count() == 20

    def test_a_member_without_the_role_gets_403(self, as_bea: Client) -> None:
        assert as_bea.get(INVITE).status_code == 403

    def test_a_stranger_gets_404(self, as_chidi: Client, harbour: Organisation) -> None:
        assert as_chidi.get(INVITE).status_code == 404

    def test_it_refuses_put(self, as_alice: Client) -> None:
        assert as_alice.put(INVITE).status_code == 405


class TestInviteRevoke:
    def url(self, invite: MemberInvite) -> str:
        return f"/o/harbour-minds/people/invites/{invite.pk}/revoke/"

    def test_it_works(self, as_alice: Client, invite: MemberInvite) -> None:
        assert as_alice.post(self.url(invite))["Location"] == PEOPLE
        invite.refresh_from_db()
        assert invite.revoked_at is not None

    def test_it_refuses_get(self, as_alice: Client, invite: MemberInvite) -> None:
        assert as_alice.get(self.url(invite)).status_code == 405

    def test_another_organisations_invitation_is_404(
        self, as_alice: Client, northside: Organisation, chidi: User
    ) -> None:
        foreign = actions.invite_member(
            organisation=northside,
            email="x@example.org",
            roles=["staff"],
            by=chidi,
            now=timezone.now(),
        )
        assert as_alice.post(self.url(foreign)).status_code == 404

    def test_a_member_without_the_role_gets_403(self, as_bea: Client, invite: MemberInvite) -> None:
        assert as_bea.post(self.url(invite)).status_code == 403


class TestInviteAccept:
    def url(self) -> str:
        return f"/join/{token_in(Email.objects.get())}/"

    @pytest.fixture
    def as_dele(self, dele: User) -> Client:
        return signed_in_as(dele)

    def test_it_works(self, as_dele: Client, invite: MemberInvite, dele: User) -> None:
        html = as_dele.get(self.url()).content.decode()
        assert "Join</button>" in html
        assert f"as: {', '.join(invite.role_labels)}." in html
        response = as_dele.post(self.url())
        assert response["Location"] == "/o/harbour-minds/"
        assert dele.memberships.get().organisation == invite.organisation

    def test_a_link_passed_on_says_where_it_was_sent_and_how_to_go_on(
        self, as_chidi: Client, invite: MemberInvite, chidi: User
    ) -> None:
        """The button is not there, and pressing it all the same gives the same page."""
        for response in (as_chidi.get(self.url()), as_chidi.post(self.url())):
            page = response.content.decode()
            assert response.status_code == 200
            assert "sent to <bdi>d…@example.org</bdi>" in page
            assert f'href="{reverse("account_email")}"' in page
            assert "dele@example.org" not in page
            assert "Join</button>" not in page
        assert chidi.memberships.count() == 1

    def test_looking_changes_nothing(
        self, client: Client, as_dele: Client, invite: MemberInvite
    ) -> None:
        """Mail scanners open links, some twice."""
        for visitor in (client, as_dele):
            for method in (visitor.get, visitor.head):
                assert method(self.url()).status_code == 200
        invite.refresh_from_db()
        assert invite.accepted_at is None

    def test_anonymous_is_sent_to_sign_in_and_back(
        self, client: Client, invite: MemberInvite
    ) -> None:
        page = client.post(self.url()).content.decode()
        back = quote(self.url(), safe="")
        assert f"/accounts/login/?next={back}" in page
        assert f"/accounts/signup/?next={back}" in page
        assert "Create an account" in page
        assert "sent to <bdi>d…@example.org</bdi>" in page
        invite.refresh_from_db()
        assert invite.accepted_at is None

    def test_a_used_link_says_so(self, as_dele: Client, invite: MemberInvite) -> None:
        as_dele.post(self.url())
        response = as_dele.get(self.url())
        assert response.status_code == 404
        assert "This link no longer works" in response.content.decode()

    def test_a_guess_is_told_the_same(self, client: Client, invite: MemberInvite) -> None:
        assert client.get("/join/not-a-token/").status_code == 404

    def test_a_member_keeps_what_they_had(self, as_bea: Client, invite: MemberInvite) -> None:
        response = as_bea.post(self.url(), follow=True)
        assert "You already belong to Harbour Minds." in response.content.decode()
