"""Which emails somebody wants, those they got, and the link that ends them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisations.models import Organisation, User
from outbox.enums import Kind
from reminders.choosing import ALWAYS, KINDS_BY_SUBJECT, LONGEST_PAUSE, why_not_pause
from reminders.emails import token_for
from reminders.enums import Choice, ReminderKind
from reminders.gallery import samples
from reminders.models import MailPause, Preference
from reminders.rules import MANDATORY
from reminders.schedule import london_date
from tests.factories.outbox import EmailFactory
from tests.factories.reminders import ReminderFactory
from tests.ui.rendering import text_of

pytestmark = pytest.mark.django_db
ME = "/me/"
MY_EMAILS = "/me/emails/"
PAUSE = "/me/emails/pause/"
RESUME = "/me/emails/resume/"
ON = {kind.value: "at_once" for kind in ReminderKind if kind not in MANDATORY}


@pytest.mark.parametrize("path", [ME, MY_EMAILS, PAUSE])
def test_ones_own_pages_need_a_sign_in(path: str) -> None:
    assert Client().get(path).url == f"/accounts/login/?next={path}"


def test_every_kind_has_one_place_on_the_page() -> None:
    placed = [kind for kinds in KINDS_BY_SUBJECT.values() for kind in kinds]
    assert sorted(placed) == sorted(ReminderKind)


def test_what_always_comes_is_said_with_why(as_bea: Client) -> None:
    """Every email that is neither a reminder nor asked for by somebody."""
    of_one_moment = {
        sample.template for sample in samples() if sample.email.kind in {Kind.NEWS, Kind.WORK}
    }
    assert of_one_moment == set(ALWAYS)
    shown = text_of(as_bea.get(MY_EMAILS))
    for title, why in ALWAYS.values():
        assert title in shown
        assert why in shown


def test_choosing_emails(as_bea: Client, bea: User, alice: User) -> None:
    chosen = ON | {"action_due": "digest", "meeting": "off"}
    assert as_bea.post(MY_EMAILS, chosen).url == MY_EMAILS
    rows = dict(Preference.objects.values_list("kind", "choice"))
    assert rows == chosen
    assert set(Preference.objects.values_list("user", flat=True)) == {bea.pk}
    form = as_bea.get(MY_EMAILS).context["form"]
    assert {name: form[name].initial for name in form.fields} == chosen
    assert as_bea.put(MY_EMAILS).status_code == 405


def test_a_choice_that_is_none_loses_nothing(as_bea: Client) -> None:
    page = as_bea.post(MY_EMAILS, ON | {"action_due": "sometimes", "meeting": "off"})
    form = page.context["form"]
    assert list(form.errors) == ["action_due"]
    assert form["meeting"].value() == "off"
    assert Preference.objects.count() == 0


def test_what_others_wait_for_cannot_be_stopped(as_bea: Client) -> None:
    as_bea.post(MY_EMAILS, ON | {kind.value: "off" for kind in MANDATORY})
    assert not Preference.objects.filter(kind__in=MANDATORY).exists()
    text = text_of(as_bea.get(MY_EMAILS))
    assert "Work you were asked to lead</strong> always comes." in text


@pytest.mark.parametrize("rows", [1, 3])
def test_recent_reminders_are_mine(
    rows: int,
    as_bea: Client,
    bea: User,
    chidi: User,
    northside: Organisation,
    django_assert_num_queries: Any,
) -> None:
    for _ in range(rows):
        ReminderFactory(user=bea, email=EmailFactory(sent=True, text="Its words"))
    ReminderFactory(
        user=bea, organisation=None, created_at=timezone.localtime() - timedelta(days=1)
    )
    ReminderFactory(user=chidi, organisation=northside)
    with django_assert_num_queries(7):
        page = as_bea.get(MY_EMAILS)
    assert {reminder.user for reminder in page.context["page"]} == {bea}
    assert len(page.context["page"]) == rows + 1
    assert "Northside" not in text_of(page)
    assert "Its words" not in text_of(page)


def test_no_reminders_yet(as_bea: Client) -> None:
    assert "No reminders yet" in text_of(as_bea.get(MY_EMAILS))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "Choose a day still to come."),
        (1, ""),
        (LONGEST_PAUSE.days, ""),
        (LONGEST_PAUSE.days + 1, "Choose a day within six months. You can pause again then."),
    ],
)
def test_how_long_one_may_pause(days: int, said: str) -> None:
    today = date(2026, 11, 2)
    assert why_not_pause(today + timedelta(days=days), today=today) == said


def test_pausing_and_going_on(as_bea: Client, bea: User) -> None:
    until = london_date(timezone.now()) + timedelta(days=10)
    assert as_bea.post(PAUSE, {"until": until.isoformat()}).url == MY_EMAILS
    assert MailPause.objects.get().until == until
    assert "Your reminders are paused" in text_of(as_bea.get(MY_EMAILS))
    assert (as_bea.get(RESUME).status_code, as_bea.put(PAUSE).status_code) == (405, 405)
    assert as_bea.post(RESUME).url == MY_EMAILS
    assert MailPause.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter a date."),
        ("soon", "Enter a valid date."),
        ("2020-01-01", "Choose a day still to come."),
    ],
)
def test_a_pause_that_cannot_be(typed: str, said: str, as_bea: Client) -> None:
    form = as_bea.post(PAUSE, {"until": typed}).context["form"]
    assert form.errors == {"until": [said]}
    assert form["until"].value() == typed
    assert MailPause.objects.count() == 0


@pytest.fixture
def stop(bea: User) -> str:
    return reverse("unsubscribe", args=[token_for(bea, [ReminderKind.ACTION_DUE])])


def test_looking_changes_nothing(stop: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for response in (client.get(stop), client.head(stop)):
        assert response.status_code == 200
    assert ReminderKind.ACTION_DUE.label in text_of(client.get(stop))
    assert Preference.objects.count() == 0


def test_one_click_without_cookies(stop: str, bea: User) -> None:
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):
        response = client.post(stop, {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
    assert response.cookies == {}
    assert list(Preference.objects.values_list("user_id", "kind", "choice")) == [
        (bea.id, "action_due", Choice.OFF)
    ]


def test_an_account_that_is_gone(stop: str, bea: User) -> None:
    bea.delete()
    assert Client().post(stop).status_code == 200


def test_a_link_we_did_not_make(stop: str) -> None:
    assert Client().post(stop[:-3] + "x/").status_code == 404
    assert Client().get("/unsubscribe/nonsense/").status_code == 404
    assert Client().put(stop).status_code == 405
