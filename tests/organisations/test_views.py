"""Pages about people and organisations."""

import uuid
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from history.actions import record
from organisations import actions
from organisations.enums import Role
from organisations.forms import WHAT_ROLES_DO
from organisations.models import MemberInvite, Membership, Organisation, User
from outbox.enums import OutboxVerb
from outbox.models import Email
from tests.conftest import signed_in_as
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.outbox import EmailFactory
from tests.organisations.test_actions import invite_number, token_in

PEOPLE = "/o/harbour-minds/people/"
INVITE = "/o/harbour-minds/people/invite/"


@pytest.fixture
def member(harbour: Organisation, bea: User) -> Membership:
    return harbour.memberships.get(user=bea)


@pytest.fixture
def invite(harbour: Organisation, alice: User) -> MemberInvite:
    return actions.invite_member(
        organisation=harbour,
        email="dele@example.org",
        roles=[Role.TRUSTEE],
        by=alice,
        now=timezone.now(),
    )


class TestOrganisationCreate:
    url = "/organisations/new/"

    def test_it_works(self, as_bea: Client, bea: User) -> None:
        response = as_bea.post(self.url, {"name": "Lakeside Care", "nation": "WLS"})
        made = Organisation.objects.get(name="Lakeside Care")
        assert (response.status_code, response["Location"]) == (302, "/o/lakeside-care/")
        assert made.memberships.get().user == bea

    def test_it_shows_the_form(self, as_bea: Client) -> None:
        assert as_bea.get(self.url).status_code == 200

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("", "Enter the name of your organisation."),
            ("\u200b\u202e", "Enter the name of your organisation."),
            ("x" * 161, "Use 160 characters or fewer. This has 161."),
            ("Your bank http://evil.example", "Leave the web address out of the name."),
        ],
    )
    def test_a_bad_name_is_said_at_its_field(self, as_bea: Client, name: str, message: str) -> None:
        response = as_bea.post(self.url, {"name": name, "nation": "SCT"})
        form = response.context["form"]
        assert response.status_code == 200
        assert form.errors == {"name": [message]}
        assert form["name"].value() == name
        assert form["nation"].value() == "SCT"

    def test_names_in_any_script_are_kept_as_typed(self, as_bea: Client) -> None:
        name = "مركز الأمل 🌊 Ọlábísí"
        as_bea.post(self.url, {"name": name, "nation": "ENG"})
        assert Organisation.objects.get(slug__startswith="olabisi").name == name

    def test_it_refuses_delete(self, as_bea: Client) -> None:
        assert as_bea.delete(self.url).status_code == 405

    def test_anonymous_signs_in_first(self, client: Client, db: None) -> None:
        assert client.get(self.url)["Location"] == f"/accounts/login/?next={self.url}"


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
        assert (response.status_code, form.errors[field]) == (200, [message])
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
        assert response.context["form"].errors["roles"] == [
            "This is the only coordinator. Make somebody else a coordinator first."
        ]

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


class TestMyName:
    url = "/me/name/"

    def test_it_works(self, as_bea: Client, bea: User) -> None:
        as_bea.post(self.url, {"display_name": "Béa Ŵyn"})
        bea.refresh_from_db()
        assert bea.display_name == "Béa Ŵyn"

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("", "Enter your name."),
            ("   ", "Enter your name."),
            ("Bea https://evil.example", "Leave the web address out of the name."),
        ],
    )
    def test_a_bad_name_is_said_at_its_field(
        self, as_bea: Client, bea: User, name: str, message: str
    ) -> None:
        form = as_bea.post(self.url, {"display_name": name}).context["form"]
        assert form.errors == {"display_name": [message]}
        bea.refresh_from_db()
        assert bea.display_name == "Bea Brown"

    def test_too_long_is_said_at_the_field(self, as_bea: Client) -> None:
        form = as_bea.post(self.url, {"display_name": "x" * 10_000}).context["form"]
        assert list(form.errors) == ["display_name"]
        assert form["display_name"].value() == "x" * 10_000

    def test_it_shows_the_form(self, as_bea: Client) -> None:
        assert as_bea.get(self.url).context["form"].initial == {"display_name": "Bea Brown"}


class TestSignIn:
    def test_it_says_each_label_once_and_in_our_words(self, client: Client, db: None) -> None:
        form = client.get("/accounts/login/").context["form"]
        assert form.fields["remember"].label == "Keep me signed in on this device"
        assert [f.widget.attrs.get("placeholder") for f in form.fields.values()] == [None] * 3


class TestSignUp:
    url = "/accounts/signup/"
    typed = {"email": "new@world.example"}

    def test_the_name_is_kept(self, client: Client, db: None) -> None:
        client.post(self.url, self.typed | {"display_name": "Ines Okafor"})
        assert User.objects.get().display_name == "Ines Okafor"

    def test_no_password_is_made_and_none_is_asked_for(self, client: Client, db: None) -> None:
        client.post(self.url, self.typed | {"display_name": "Ines", "password1": "tried it"})
        assert User.objects.get().has_usable_password() is False

    def test_the_form_asks_and_the_adapter_writes(self, client: Client, db: None) -> None:
        form = client.get(self.url).context["form"]
        assert list(form.fields) == ["display_name", "email"]
        assert [name for name in ("signup", "save") if name in vars(type(form))] == []

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            (" ", "Enter your name."),
            ("http://evil.example", "Leave the web address out of the name."),
        ],
    )
    def test_a_bad_name_is_said_at_its_field(
        self, client: Client, db: None, name: str, message: str
    ) -> None:
        response = client.post(self.url, self.typed | {"display_name": name})
        assert response.context["form"].errors == {"display_name": [message]}
        assert User.objects.count() == 0


class TestDevelopmentMail:
    """Where the code is, for whoever tries this on their own machine."""

    link = 'href="/dev/mail/">Emails sent by this machine</a>'

    def pages(self, client: Client) -> list[str]:
        """The front page, and the one that takes a code."""
        cache.clear()
        url = reverse("account_request_login_code")
        answer = client.post(url, {"email": "nobody@world.example"}, follow=True)
        return [client.get("/").content.decode(), answer.content.decode()]

    def test_it_is_linked_from_the_footer_and_where_a_code_is_typed(
        self, client: Client, db: None, settings: LazySettings
    ) -> None:
        settings.IS_DEVELOPMENT = True
        assert [page.count(self.link) for page in self.pages(client)] == [1, 2]

    def test_nowhere_else(self, client: Client, db: None) -> None:
        assert [page.count("/dev/mail/") for page in self.pages(client)] == [0, 0]


class TestCookies:
    def test_a_message_rides_in_the_session(self, as_bea: Client, bea: User) -> None:
        """The privacy page promises two cookies."""
        as_bea.post("/me/name/", {"display_name": "Béa"})
        assert set(as_bea.cookies) <= {"sessionid", "csrftoken"}
        assert "Saved." in as_bea.get("/me/").content.decode()


class TestDemoPeople:
    def test_they_are_listed_by_place_and_job(
        self, harbour: Organisation, alice: User, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for job in ("trustee", "chief-executive"):
            invented = UserFactory(email=f"{job}@x.example", display_name="Ada", is_demo=True)
            MembershipFactory(organisation=harbour, user=invented)
        UserFactory(email="speaker@y.example", display_name="Ife", is_demo=True)
        call_command("demo_people")
        assert capsys.readouterr().out.splitlines() == [
            "Sign in with one click as one of these invented people:",
            "  Ada                    Chief executive at Harbour Minds",
            "  Ada                    Trustee at Harbour Minds",
            "  Ife                    Speaker",
        ]

    def test_nothing_is_said_where_nobody_is_invented(
        self, alice: User, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("demo_people")
        assert capsys.readouterr().out == ""


class TestDemoSignIn:
    @pytest.fixture
    def invented(self, db: None) -> User:
        return UserFactory(is_demo=True)

    def test_it_works_in_development(
        self, client: Client, invented: User, settings: LazySettings
    ) -> None:
        settings.IS_DEVELOPMENT = True
        response = client.post(reverse("demo_sign_in", args=[invented.pk]))
        assert response["Location"] == "/me/"
        assert client.session["_auth_user_id"] == str(invented.pk)

    def test_only_invented_people_are_offered(
        self, client: Client, bea: User, settings: LazySettings
    ) -> None:
        settings.IS_DEVELOPMENT = True
        assert client.post(reverse("demo_sign_in", args=[bea.pk])).status_code == 404

    def test_it_is_not_there_elsewhere(self, client: Client, invented: User) -> None:
        assert client.post(reverse("demo_sign_in", args=[invented.pk])).status_code == 404
        assert "_auth_user_id" not in client.session

    def test_the_sign_in_page_offers_them(
        self, client: Client, invented: User, settings: LazySettings
    ) -> None:
        settings.IS_DEVELOPMENT = True
        assert invented.shown_name in client.get("/accounts/login/").content.decode()

    def test_the_sign_in_page_offers_nobody_elsewhere(self, client: Client, invented: User) -> None:
        assert invented.shown_name not in client.get("/accounts/login/").content.decode()
