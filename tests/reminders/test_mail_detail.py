"""One email step by step, and trying an address again."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from history.models import Entry
from organisations.models import Organisation, User
from outbox.actions import lift_suppression
from outbox.enums import Cause, Kind, OutboxVerb, Phase
from outbox.models import Attempt, Email, Suppression
from tests.factories.outbox import EmailFactory, SuppressionFactory
from tests.ui.rendering import text_of

pytestmark = pytest.mark.django_db
MAIL = "/o/harbour-minds/mail/"


@pytest.fixture
def email(harbour: Organisation, bea: User) -> Email:
    return EmailFactory(
        organisation=harbour, to_user=bea, to_address=bea.email, failed=True, text="Secret"
    )


def step(email: Email, phase: Phase, detail: str = "") -> None:
    Attempt.objects.create(email_id=email.pk, at=timezone.now(), phase=phase, detail=detail)


def test_each_step_and_never_the_words(as_alice: Client, email: Email) -> None:
    step(email, Phase.CLAIMED)
    step(email, Phase.FAILED, "550 5.1.1 Unknown")
    page = as_alice.get(f"{MAIL}{email.pk}/")
    assert [(one.label, one.why, one.technical) for one in page.context["steps"]] == [
        ("Being sent", "", ""),
        ("Failed", "There is no such mailbox, or it takes no email.", "550 5.1.1 Unknown"),
    ]
    shown = text_of(page)
    assert "Secret" not in shown
    assert email.subject not in shown
    assert "Try this address again" not in shown


@pytest.mark.parametrize("kind", [Kind.SIGN_IN, Kind.DECLARATION])
def test_what_no_page_lists_has_none(
    kind: Kind, as_alice: Client, harbour: Organisation, northside: Organisation
) -> None:
    hidden = EmailFactory(organisation=harbour, kind=kind)
    SuppressionFactory(address=hidden.to_address)
    theirs = EmailFactory(organisation=northside)
    for other in (hidden, theirs):
        assert as_alice.get(f"{MAIL}{other.pk}/").status_code == 404
        assert as_alice.post(f"{MAIL}{other.pk}/address/").status_code == 404
    assert Suppression.objects.count() == 1


def test_trying_an_address_again(as_alice: Client, email: Email, alice: User) -> None:
    step(email, Phase.FAILED)
    SuppressionFactory(address=email.to_address.upper())
    assert "Try this address again" in text_of(as_alice.get(f"{MAIL}{email.pk}/"))
    for _ in range(2):
        assert as_alice.post(f"{MAIL}{email.pk}/address/").url == f"{MAIL}{email.pk}/"
    assert not Suppression.objects.exists()
    told = Entry.objects.filter(verb=OutboxVerb.ADDRESS_FREED)
    assert [(one.actor, one.subject_id) for one in told] == [(alice, email.pk)]


def test_what_refused_others_is_theirs_to_free(
    as_alice: Client, email: Email, harbour: Organisation, northside: Organisation
) -> None:
    """An invitation to the address is all that it takes to have an email to it in the list."""
    theirs = EmailFactory(organisation=northside, to_address=email.to_address, failed=True)
    step(theirs, Phase.CAME_BACK)
    step(email, Phase.CANCELLED)
    SuppressionFactory(address=email.to_address, cause=Cause.BOUNCED)
    shown = text_of(as_alice.get(f"{MAIL}{email.pk}/"))
    assert "Try this address again" not in shown
    assert "It refused an email that was not yours." in shown
    assert reverse("operator") in shown
    as_alice.post(f"{MAIL}{email.pk}/address/")
    assert Suppression.objects.count() == 1
    step(EmailFactory(organisation=harbour, to_address=email.to_address.upper()), Phase.CAME_BACK)
    as_alice.post(f"{MAIL}{email.pk}/address/")
    assert Suppression.objects.count() == 0


def test_who_reported_us_as_spam_is_left_alone(as_alice: Client, email: Email) -> None:
    step(email, Phase.COMPLAINED)
    SuppressionFactory(address=email.to_address, cause=Cause.COMPLAINED)
    shown = text_of(as_alice.get(f"{MAIL}{email.pk}/"))
    assert "Try this address again" not in shown
    assert "the person has to ask for it" in shown
    as_alice.post(f"{MAIL}{email.pk}/address/")
    assert Suppression.objects.count() == 1


def test_it_rolls_back_whole(email: Email, alice: User) -> None:
    step(email, Phase.FAILED)
    SuppressionFactory(address=email.to_address)
    with patch("history.actions.record", side_effect=RuntimeError), pytest.raises(RuntimeError):
        lift_suppression(email, by=alice, now=timezone.now())
    assert Suppression.objects.count() == 1


def test_for_coordinators_alone(as_bea: Client, as_chidi: Client, email: Email) -> None:
    SuppressionFactory(address=email.to_address)
    for client, status in ((as_bea, 403), (as_chidi, 404), (Client(), 302)):
        assert client.get(f"{MAIL}{email.pk}/").status_code == status
        assert client.post(f"{MAIL}{email.pk}/address/").status_code == status
    assert Suppression.objects.count() == 1


def test_wrong_methods(as_alice: Client, email: Email) -> None:
    assert as_alice.post(f"{MAIL}{email.pk}/").status_code == 405
    assert as_alice.get(f"{MAIL}{email.pk}/address/").status_code == 405


def test_what_came_back_says_so_in_the_list(as_alice: Client, harbour: Organisation) -> None:
    now = timezone.now()
    for number, phase in enumerate([Phase.CAME_BACK, Phase.COMPLAINED, Phase.SENT]):
        step(
            EmailFactory(organisation=harbour, sent=True, created_at=now - timedelta(number)), phase
        )
    page = as_alice.get(MAIL)
    assert [row.label for row in page.context["rows"]] == ["Came back", "Reported as spam", "Sent"]
    assert [(state.value, count) for state, count in page.context["counts"]] == [("sent", 3)]


def test_filtering_by_kind_and_person(as_alice: Client, harbour: Organisation, bea: User) -> None:
    EmailFactory(organisation=harbour, kind=Kind.WORK, to_address="other@quay.example")
    EmailFactory(organisation=harbour, to_user=bea, to_address=bea.email)

    def found(**wanted: str) -> list[str]:
        return [email.to_address for email in as_alice.get(MAIL, wanted).context["page"]]

    assert found(kind="work") == ["other@quay.example"]
    assert found(kind="sign_in") == [bea.email, "other@quay.example"]
    assert found(to="QUAY") == ["other@quay.example"]
    assert found(to=bea.display_name) == [bea.email]
    assert found(to="nobody") == []
    assert found(to="quay", kind="reminders") == []
