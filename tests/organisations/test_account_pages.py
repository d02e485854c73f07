"""Pages of one's own account: a name, signing in and up, and what is kept."""

import re

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from organisations.models import User
from outbox.models import Email


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
        assert form.errors == {"display_name": ["Use 120 characters or fewer. This has 10000."]}
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

    @pytest.fixture(autouse=True)
    def forget_tries(self) -> None:
        """Limits on tries are counted for each test anew."""
        cache.clear()

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

    def test_one_notice_says_that_it_worked(self, client: Client, db: None) -> None:
        client.post(self.url, self.typed | {"display_name": "Ines"}, follow=True)
        [code] = set(re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", Email.objects.get().text))
        page = client.post("/accounts/confirm-email/", {"code": code}, follow=True)
        said = [str(message) for message in page.context["messages"]]
        assert said == ["Successfully signed in as Ines."]

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
        assert set(as_bea.cookies) == {"sessionid"}
        assert "Saved." in as_bea.get("/me/").content.decode()
