"""How mail leaves is the operator's to say, and said wrongly, nothing starts."""

import pytest
from celery.signals import beat_init, worker_init
from celery.utils.dispatch import Signal
from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import SuspiciousOperation
from django.test import RequestFactory, override_settings
from django.urls import NoReverseMatch, reverse

import config.celery  # noqa: F401 - it listens
from config.settings.mail import KEYS, SMTP, anymail_settings, what_is_wrong
from outbox.checks import HINT, mail_can_leave
from outbox.providers import event_routes
from tests.config.test_settings import in_production
from tests.outbox.provider import SECRET, sending_by

SENDING = {
    "EMAIL_PROVIDER": "mailjet",
    "EMAIL_API_KEY": "a-key",
    "ANYMAIL_WEBHOOK_SECRET": SECRET,
    "EMAIL_PROVIDER_OPTIONS": "MAILJET_SECRET_KEY=another",
}
NO_KEY = "EMAIL_PROVIDER is postmark, and its key is missing: set EMAIL_API_KEY."
NO_SECRET = (
    "EMAIL_PROVIDER is postmark, and anybody could tell us that mail came back: set "
    "ANYMAIL_WEBHOOK_SECRET to a name, a colon and at least 20 characters."
)


def test_without_a_provider_there_is_no_address_for_events() -> None:
    assert event_routes(SMTP) == []
    with pytest.raises(NoReverseMatch):
        reverse("mail_events")


@pytest.mark.parametrize("provider", KEYS)
def test_every_provider_has_its_address(provider: str) -> None:
    with sending_by(provider, "http://127.0.0.1:1/"):
        [route] = event_routes(provider)
    assert str(route.pattern) == f"mail/events/{provider}/"
    assert route.callback.access_policy == "token"


# Amazon's needs a package of its own, which is not among ours.
@pytest.mark.filterwarnings("ignore:django-anymail has dropped official support for SendGrid")
@pytest.mark.parametrize("provider", sorted(KEYS.keys() - {"amazon_ses"}))
def test_no_provider_is_believed_unsigned(provider: str, rf: RequestFactory) -> None:
    options = {"MAILERSEND_SIGNING_SECRET": "another", "MANDRILL_WEBHOOK_KEY": "another"}
    with sending_by(provider, "http://127.0.0.1:1/"):
        [route] = event_routes(provider)
        with override_settings(ANYMAIL=settings.ANYMAIL | options):
            for secret in ({}, {"Authorization": "Basic ZXZlbnRzOndyb25n"}):
                post = rf.post("/", b"{}", content_type="application/json", headers=secret)
                with pytest.raises(SuspiciousOperation):
                    route.callback(post)
            assert route.callback(rf.get("/")).status_code == 405


@pytest.mark.parametrize(
    ("provider", "key", "secret", "said"),
    [
        ("smtp", "", "", ""),
        ("postmark", "a-key", SECRET, ""),
        ("amazon_ses", "", SECRET, ""),
        ("postmark", "", SECRET, NO_KEY),
        ("postmark", "a-key", "", NO_SECRET),
        ("postmark", "a-key", "no-colon-in-all-these-characters", NO_SECRET),
        ("postmark", "a-key", "events:" + 19 * "x", NO_SECRET),
        ("postmark", "a-key", "events:" + 20 * "x", ""),
        ("postmark", "a-key", ":" + 20 * "x", NO_SECRET),
    ],
)
def test_what_is_missing_is_said(provider: str, key: str, secret: str, said: str) -> None:
    assert what_is_wrong(provider, key=key, secret=secret) == said


def test_a_provider_nobody_knows() -> None:
    said = what_is_wrong("pigeon", key="a-key", secret=SECRET)
    assert said.startswith("EMAIL_PROVIDER is 'pigeon': set it to smtp, or to one of amazon_ses, ")


def test_a_check_stops_what_cannot_send() -> None:
    assert mail_can_leave(None) == []
    with sending_by("postmark", "http://127.0.0.1:1/"):
        assert mail_can_leave(None) == []


def test_a_check_stops_what_would_believe_anybody() -> None:
    with sending_by("postmark", ""), override_settings(ANYMAIL_WEBHOOK_SECRET=""):
        assert mail_can_leave(None) == [Error(NO_SECRET, hint=HINT, id="outbox.E001")]
        assert event_routes("postmark") == []


@pytest.mark.parametrize(
    ("provider", "option"),
    [("mailjet", "MAILJET_SECRET_KEY"), ("mailersend", "MAILERSEND_SIGNING_SECRET")],
)
def test_a_check_names_what_one_provider_needs_beside(provider: str, option: str) -> None:
    with sending_by(provider, "http://127.0.0.1:1/"):
        [error] = mail_can_leave(None)
    assert error.msg.startswith("EMAIL_PROVIDER_OPTIONS or a package is missing: You must set ")
    assert option in error.msg


def test_a_check_names_a_package_that_is_missing() -> None:
    with sending_by("amazon_ses", ""):
        [error] = mail_can_leave(None)
    assert "The boto3 package isn't installed" in error.msg


def test_settings_by_anymails_names() -> None:
    options = {"MAILGUN_API_URL": "https://api.eu.mailgun.net/v3"}
    assert anymail_settings("mailgun", key="a-key", secret=SECRET, options=options, timeout=20) == {
        "SEND_DEFAULTS": {"track_opens": False, "track_clicks": False},
        "MAILGUN_API_KEY": "a-key",
        "WEBHOOK_SECRET": SECRET,
        "REQUESTS_TIMEOUT": 20,
        "MAILGUN_API_URL": "https://api.eu.mailgun.net/v3",
    }
    assert anymail_settings(SMTP, key="", secret="", options={}, timeout=20) == {
        "REQUESTS_TIMEOUT": 20
    }


class TestInProduction:
    def test_by_smtp_unless_it_is_said(self) -> None:
        script = "from django.conf import settings as s; print(s.EMAIL_PROVIDER, s.EMAIL_BACKEND)"
        answer = in_production("-c", script)
        assert answer.stdout == "smtp django.core.mail.backends.smtp.EmailBackend\n"

    def test_by_a_provider(self) -> None:
        script = "from django.conf import settings as s; print(s.EMAIL_BACKEND, s.ANYMAIL)"
        assert in_production("-c", script, **SENDING).stdout == (
            "anymail.backends.mailjet.EmailBackend {'SEND_DEFAULTS': {'track_opens': False, "
            "'track_clicks': False}, 'MAILJET_API_KEY': 'a-key', "
            f"'WEBHOOK_SECRET': '{SECRET}', 'REQUESTS_TIMEOUT': 20, "
            "'MAILJET_SECRET_KEY': 'another'}\n"
        )

    def test_it_does_not_start_without_a_secret(self) -> None:
        answer = in_production("manage.py", "check", **(SENDING | {"ANYMAIL_WEBHOOK_SECRET": ""}))
        assert answer.returncode == 1
        assert "(outbox.E001) EMAIL_PROVIDER is mailjet, and anybody could" in answer.stderr

    def test_nor_does_web(self) -> None:
        unsafe = SENDING | {"ANYMAIL_WEBHOOK_SECRET": ""}
        answer = in_production("-c", "import config.wsgi", **unsafe)
        said = NO_SECRET.replace("postmark", "mailjet")
        assert (answer.returncode, answer.stderr.splitlines()[-1]) == (1, f"{said} {HINT}")


@pytest.mark.parametrize("signal", [worker_init, beat_init])
def test_nor_does_a_worker_nor_beat(signal: Signal) -> None:
    signal.send(sender=None)
    said = pytest.raises(SystemExit, match=r"^EMAIL_PROVIDER is resend, and anybody could")
    with sending_by("resend", ""), override_settings(ANYMAIL_WEBHOOK_SECRET=""), said:
        signal.send(sender=None)
