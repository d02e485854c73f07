"""Which emails somebody wants, those they got, and the link that ends them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisations.models import Organisation, User
from reminders.emails import token_for
from reminders.enums import ReminderKind
from reminders.models import Preference
from reminders.schedule import Due
from tests.factories.outbox import EmailFactory
from tests.factories.reminders import ReminderFactory
from tests.ui.rendering import text_of

pytestmark = pytest.mark.django_db
ME = "/me/"
MY_EMAILS = "/me/emails/"


@pytest.mark.parametrize("path", [ME, MY_EMAILS])
def test_ones_own_pages_need_a_sign_in(path: str) -> None:
    assert Client().get(path).url == f"/accounts/login/?next={path}"


def test_choosing_emails(as_bea: Client, bea: User, alice: User) -> None:
    response = as_bea.post(MY_EMAILS, {"check_in_due": "on"})
    assert response.url == MY_EMAILS
    assert list(Preference.objects.order_by("kind").values_list("user_id", "kind", "choice")) == [
        (bea.id, "action_due", "off"),
        (bea.id, "check_in_due", "at_once"),
    ]
    form = as_bea.get(MY_EMAILS).context["form"]
    assert form.initial == {"action_due": False, "check_in_due": True}
    assert as_bea.put(MY_EMAILS).status_code == 405


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
    ReminderFactory(user=bea, organisation=None, created_at=timezone.now() - timedelta(days=1))
    ReminderFactory(user=chidi, organisation=northside)
    with django_assert_num_queries(5):
        page = as_bea.get(MY_EMAILS)
    assert {reminder.user for reminder in page.context["page"]} == {bea}
    assert len(page.context["page"]) == rows + 1
    assert "Northside" not in text_of(page)
    assert "Its words" not in text_of(page)


def test_no_reminders_yet(as_bea: Client) -> None:
    assert "No reminders yet" in text_of(as_bea.get(MY_EMAILS))


@pytest.fixture
def stop(bea: User) -> str:
    today = timezone.localdate()
    due = Due(ReminderKind.ACTION_DUE, "k", bea.id, None, uuid4(), "T", today, today)
    return reverse("unsubscribe", args=[token_for(bea, [due])])


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
        (bea.id, "action_due", "off")
    ]


def test_an_account_that_is_gone(stop: str, bea: User) -> None:
    bea.delete()
    assert Client().post(stop).status_code == 200


def test_a_link_we_did_not_make(stop: str) -> None:
    assert Client().post(stop[:-3] + "x/").status_code == 404
    assert Client().get("/unsubscribe/nonsense/").status_code == 404
    assert Client().put(stop).status_code == 405
