"""The invented people, whom a developer signs in as with one click."""

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from organisations.models import Organisation, User
from tests.factories.organisations import MembershipFactory, UserFactory


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
