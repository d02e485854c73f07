import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import Error
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from organisations.models import Organisation, User
from outbox.actions import beat
from outbox.enums import Kind, State
from outbox.models import Email
from outbox.transport import OutboxMessage
from recommendations import lifecycle
from reminders import views
from reminders.emails import token_for
from reminders.enums import ReminderKind
from reminders.models import Preference
from reminders.queries import MAIL_MAY_WAIT, TICK_MAY_WAIT
from reminders.schedule import Due
from tests.factories.commitments import PledgeFactory
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.outbox import EmailFactory
from tests.factories.recommendations import RecommendationFactory
from tests.factories.reminders import AcceptedActionFactory, ReminderFactory

pytestmark = pytest.mark.django_db
ME, MY_EMAILS = "/me/", "/me/emails/"
MAIL = "/o/harbour-minds/mail/"


def led_by(user: User, organisation: Organisation, **fields: Any) -> Any:
    recommendation = RecommendationFactory(organisation=organisation)
    return AcceptedActionFactory(responsible_owner=user, recommendation=recommendation, **fields)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


# My work


def test_my_work_is_mine_alone(
    as_bea: Client, bea: User, alice: User, harbour: Organisation, northside: Organisation
) -> None:
    today = timezone.localdate()
    led_by(bea, harbour, title="Overdue one", target_date=today - timedelta(days=1))
    led_by(bea, harbour, title="Soon", target_date=today + timedelta(days=30))
    led_by(bea, harbour, title="Later", target_date=today + timedelta(days=31))
    led_by(bea, harbour, title="New", target_date=None, original_date=None, accepted_at=None)
    led_by(alice, harbour, title="Alice's action")
    led_by(bea, northside, title="Where Bea has no business")
    page = as_bea.get(ME)
    assert [action.title for action in page.context["actions"]] == [
        "Overdue one",
        "Soon",
        "Later",
        "New",
    ]
    shown = text_of(page)
    for word in ("Overdue", "Due soon", "In progress", "Waiting for your yes", "No date yet"):
        assert word in shown
    assert "Alice" not in shown
    assert "no business" not in shown


def test_what_is_due_soon_is_said_by_one_rule(
    as_bea: Client, bea: User, harbour: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    led_by(bea, harbour, target_date=timezone.localdate() + timedelta(days=11))
    assert "Due soon" in text_of(as_bea.get(ME))
    monkeypatch.setattr(lifecycle, "DUE_SOON_DAYS", 10)
    assert "Due soon" not in text_of(as_bea.get(ME))


def test_taken_over_work_waits_for_a_yes(as_bea: Client, bea: User, harbour: Organisation) -> None:
    led_by(bea, harbour, title="Led by another before", accepted_by=None)
    assert "Waiting for your yes" in text_of(as_bea.get(ME))


def test_my_pledges_say_what_comes_next(as_bea: Client, bea: User, chidi: User) -> None:
    long_ago = timezone.now() - timedelta(days=200)
    old = PledgeFactory(leader=bea, role_title="Chief executive", created_at=long_ago)
    PledgeFactory(leader=bea, role_title="Trustee")
    PledgeFactory(leader=bea, role_title="Adviser in the making", draft=True)
    PledgeFactory(leader=chidi, role_title="Chidi's role")
    shown = text_of(as_bea.get(ME))
    assert reverse("check_in", args=[old.pk]) in shown
    assert shown.count("Check-in open") == 1
    assert shown.count("Next check-in opens") == 1
    assert "Adviser in the making" in shown
    assert "Chidi" not in shown


def test_my_work_without_anything_says_what_to_do() -> None:
    client = Client()
    client.force_login(UserFactory())
    shown = text_of(client.get(ME))
    assert "No action is yours to lead just now" in shown
    assert reverse("pledge_start") in shown
    assert reverse("organisation_create") in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_my_work_costs_the_same_for_more_rows(
    rows: int, as_bea: Client, bea: User, harbour: Organisation, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        led_by(bea, harbour)
        PledgeFactory(leader=bea)
    with django_assert_num_queries(10):
        as_bea.get(ME)


@pytest.mark.parametrize("path", [ME, MY_EMAILS])
def test_ones_own_pages_need_a_sign_in(path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_my_work_is_read_only(as_bea: Client) -> None:
    assert as_bea.post(ME).status_code == 405


# My emails


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


# Sent mail


def test_the_coordinator_sees_what_was_sent(
    as_alice: Client, harbour: Organisation, northside: Organisation, bea: User
) -> None:
    EmailFactory(organisation=harbour, to_user=bea, to_address=bea.email, sent=True, text="Secret")
    EmailFactory(organisation=harbour, failed=True, to_address="gone@harbour.example")
    EmailFactory(organisation=harbour, kind=Kind.SIGN_IN, to_address="code@harbour.example")
    EmailFactory(organisation=northside, to_address="theirs@northside.example")
    EmailFactory(organisation=None, to_address="nobodys@world.example")
    page = as_alice.get(MAIL)
    assert [email.to_address for email in page.context["page"]] == [
        "gone@harbour.example",
        bea.email,
    ]
    shown = text_of(page)
    assert "550 No such mailbox" in shown
    for hidden in ("Secret", "Due on 3 December", "code@", "theirs@", "nobodys@"):
        assert hidden not in shown


@pytest.mark.parametrize(
    ("state", "found"), [("sent", ["a@h.example"]), ("queued", []), ("nonsense", None)]
)
def test_filtering_by_state(
    state: str, found: list[str] | None, as_alice: Client, harbour: Organisation
) -> None:
    EmailFactory(organisation=harbour, sent=True, to_address="a@h.example")
    EmailFactory(organisation=harbour, failed=True, to_address="b@h.example")
    page = as_alice.get(MAIL, {"state": state})
    expected = ["b@h.example", "a@h.example"] if found is None else found
    assert [email.to_address for email in page.context["page"]] == expected


def test_empty_lists_say_why(as_alice: Client) -> None:
    assert "No emails yet" in text_of(as_alice.get(MAIL))
    assert "No emails in this state" in text_of(as_alice.get(MAIL, {"state": "sent"}))


@pytest.mark.parametrize("rows", [1, 3])
def test_sent_mail_costs_the_same_for_more_rows(
    rows: int, as_alice: Client, harbour: Organisation, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        EmailFactory(organisation=harbour, to_user=UserFactory(), failed=True)
    with django_assert_num_queries(5):
        as_alice.get(MAIL)


def test_sent_mail_has_pages(as_alice: Client, harbour: Organisation) -> None:
    EmailFactory.create_batch(26, organisation=harbour)
    assert len(as_alice.get(MAIL).context["page"]) == 25
    assert len(as_alice.get(MAIL, {"page": "2"}).context["page"]) == 1


def test_sending_again(as_alice: Client, harbour: Organisation) -> None:
    failed = EmailFactory(organisation=harbour, failed=True)
    for _ in range(2):
        response = as_alice.post(f"{MAIL}{failed.pk}/again/")
        assert response.url == MAIL
    assert Email.objects.filter(dedupe_key=f"again:{failed.pk}").count() == 1
    assert Email.objects.count() == 2


def test_what_cannot_be_sent_again(
    as_alice: Client, harbour: Organisation, northside: Organisation
) -> None:
    sent = EmailFactory(organisation=harbour, sent=True)
    code = EmailFactory(organisation=harbour, kind=Kind.SIGN_IN, failed=True)
    theirs = EmailFactory(organisation=northside, failed=True)
    assert as_alice.post(f"{MAIL}{sent.pk}/again/").status_code == 302
    for other in (code.pk, theirs.pk, uuid4()):
        assert as_alice.post(f"{MAIL}{other}/again/").status_code == 404
    assert Email.objects.count() == 3


STATES = [
    (State.QUEUED, "Waiting"),
    (State.LEASED, "Being sent"),
    (State.SENT, "Sent"),
    (State.FAILED, "Failed"),
    (State.CANCELLED, "Cancelled"),
    (State.SUPPRESSED, "Held back"),
]


@pytest.mark.parametrize(("state", "word"), STATES)
def test_a_state_has_one_word_in_filter_and_rows(
    state: State, word: str, as_alice: Client, harbour: Organisation
) -> None:
    email = EmailFactory(organisation=harbour, state=State.QUEUED)
    fields = {"state": state, "sent_at": timezone.now() if state == State.SENT else None}
    if state == State.LEASED:
        fields |= {"lease_token": uuid4(), "lease_until": timezone.now()}
    Email.objects.filter(pk=email.pk).update(**fields)
    page = as_alice.get(MAIL)
    shown = text_of(page)
    assert dict(page.context["form"].fields["state"].choices)[state] == word
    assert re.findall(r'class="status [^>]*>(?:<svg.*?</svg>)?([^<]*)</span>', shown) == [word]


def test_a_failed_invitation_is_made_anew(as_alice: Client, harbour: Organisation) -> None:
    invitation = EmailFactory(organisation=harbour, kind=Kind.MEMBER_INVITE, failed=True)
    shown = text_of(as_alice.get(MAIL))
    again = f"{MAIL}{invitation.pk}/again/"
    assert reverse("invite_create", args=[harbour.slug]) in shown
    assert again not in shown
    assert as_alice.post(again).status_code == 302
    assert Email.objects.count() == 1


def test_what_is_too_late_has_no_button(as_alice: Client, harbour: Organisation) -> None:
    late = EmailFactory(
        organisation=harbour, failed=True, not_after=timezone.now() - timedelta(days=1)
    )
    assert f"{MAIL}{late.pk}/again/" not in text_of(as_alice.get(MAIL))


def test_the_page_says_plainly_what_it_leaves_out(as_alice: Client, harbour: Organisation) -> None:
    shown = text_of(as_alice.get(MAIL))
    assert "What it says is not shown here." in shown


def test_sent_mail_is_for_coordinators(
    as_bea: Client, as_chidi: Client, harbour: Organisation
) -> None:
    again = f"{MAIL}{EmailFactory(organisation=harbour, failed=True).pk}/again/"
    assert as_bea.get(MAIL).status_code == 403
    assert as_bea.post(again).status_code == 403
    assert as_chidi.get(MAIL).status_code == 404
    assert as_chidi.post(again).status_code == 404
    assert Client().get(MAIL).status_code == 302
    assert Client().post(again).status_code == 302
    assert Email.objects.count() == 1


def test_wrong_methods(as_alice: Client, harbour: Organisation) -> None:
    again = f"{MAIL}{EmailFactory(organisation=harbour, failed=True).pk}/again/"
    assert as_alice.post(MAIL).status_code == 405
    assert as_alice.get(again).status_code == 405


# Unsubscribing


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


# Ready or not


def beat_ago(seconds: int) -> None:
    beat("tick", now=timezone.now() - timedelta(seconds=seconds))


def test_ready() -> None:
    beat_ago(10)
    response = Client().get("/readyz")
    assert response.status_code == 200
    body = response.json()
    assert body.pop("last_tick_seconds_ago") in {10, 11}
    assert body == {"ready": True, "database": True, "oldest_mail_waiting_seconds": None}
    assert Client().post("/readyz").status_code == 405


def test_not_ready_before_the_first_tick_or_after_the_last() -> None:
    assert Client().get("/readyz").status_code == 503
    beat_ago(TICK_MAY_WAIT + 2)
    assert Client().get("/readyz").status_code == 503


@pytest.mark.parametrize(
    ("waited", "status"), [(MAIL_MAY_WAIT - 10, 200), (MAIL_MAY_WAIT + 2, 503)]
)
def test_not_ready_while_mail_is_stuck(waited: int, status: int) -> None:
    beat_ago(1)
    EmailFactory(due_at=timezone.now() - timedelta(seconds=waited))
    EmailFactory(sent=True, due_at=timezone.now() - timedelta(days=1))
    assert Client().get("/readyz").status_code == status


def test_not_ready_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(now: Any) -> None:
        raise Error("gone")

    monkeypatch.setattr(views.queries, "health", broken)
    response = Client().get("/readyz")
    assert (response.status_code, response.json()) == (503, {"ready": False, "database": False})


# The mail catcher's page


def test_caught_mail_is_for_development_only(as_alice: Client) -> None:
    assert as_alice.get("/dev/mail/").status_code == 404
    assert as_alice.get("/dev/mail/1.eml/").status_code == 404


@override_settings(IS_DEVELOPMENT=True)
def test_caught_mail(tmp_path: Path) -> None:
    with override_settings(DEV_MAIL_DIR=tmp_path):
        empty = text_of(Client().get("/dev/mail/"))
        assert "Emails sent by this machine" in empty
        assert "No emails yet" in empty
        for number, subject in enumerate(["Older <b>", "Newer"]):
            email = EmailFactory(
                subject=subject, text="Your code: ABC123\n", html="<style>p{}</style><p>Hi</p>"
            )
            path = tmp_path / f"2026110{number}-1.eml"
            path.write_bytes(OutboxMessage(email).message().as_bytes(linesep="\r\n"))
        (tmp_path / "half.part").write_bytes(b"")
        page = Client().get("/dev/mail/")
        assert [mail.subject for mail in page.context["mails"]] == ["Newer", "Older <b>"]
        assert "ABC123" in text_of(page)
        assert "<p>Hi</p>" not in text_of(page)
        alone = Client().get("/dev/mail/20261101-1.eml/")
        assert alone.content == b"<style>p{}</style><p>Hi</p>"
        rules = alone.headers["Content-Security-Policy"]
        assert rules.startswith("sandbox; default-src 'none'; style-src 'sha256-")
        for name in ("missing.eml", "half.part", "..%2F20261101-1.eml"):
            assert Client().get(f"/dev/mail/{name}/").status_code == 404
        assert Client().post("/dev/mail/").status_code == 405


def test_a_former_member_sees_their_work_no_more(
    as_bea: Client, bea: User, harbour: Organisation
) -> None:
    led_by(bea, harbour)
    bea.memberships.update(ended_at=timezone.now())
    page = as_bea.get(ME)
    assert list(page.context["actions"]) == []
    assert list(page.context["memberships"]) == []


def test_many_actions_have_pages(as_bea: Client, bea: User, harbour: Organisation) -> None:
    recommendation = RecommendationFactory(organisation=harbour)
    AcceptedActionFactory.create_batch(26, responsible_owner=bea, recommendation=recommendation)
    assert len(as_bea.get(ME).context["actions"]) == 25
    assert len(as_bea.get(ME, {"page": 2}).context["actions"]) == 1


def test_a_second_organisation_is_listed(
    as_bea: Client, bea: User, northside: Organisation
) -> None:
    MembershipFactory(user=bea, organisation=northside)
    page = as_bea.get(ME)
    names = [membership.organisation.name for membership in page.context["memberships"]]
    assert names == ["Harbour Minds", "Northside Trust"]
