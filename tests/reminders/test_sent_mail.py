"""What an organisation has sent, and sending it again."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisations.models import Organisation, User
from outbox.enums import Kind, State
from outbox.models import Email
from tests.factories.organisations import UserFactory
from tests.factories.outbox import EmailFactory
from tests.ui.rendering import text_of

pytestmark = pytest.mark.django_db
MAIL = "/o/harbour-minds/mail/"


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
    assert "There is no such mailbox, or it takes no email." in shown
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
    assert "No emails match" in text_of(as_alice.get(MAIL, {"state": "sent"}))


@pytest.mark.parametrize("rows", [1, 3])
def test_sent_mail_costs_the_same_for_more_rows(
    rows: int, as_alice: Client, harbour: Organisation, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        EmailFactory(organisation=harbour, to_user=UserFactory(), failed=True)
    with django_assert_num_queries(7):
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
        organisation=harbour, failed=True, not_after=timezone.localtime() - timedelta(days=1)
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
