"""What else an erased account leaves, and what of others stays."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from commitments.actions import erasing as pledge_erasing
from commitments.enums import Ending, PledgeState
from commitments.models import (
    Assistant,
    Handover,
    Invitation,
    LearningItem,
    LearningNote,
    Pledge,
    Promise,
    Standard,
)
from commitments.queries.public import public_pledges
from organisations.erasing import erase_account
from organisations.models import User
from organisations.tokens import digest
from outbox.models import Email, Suppression
from recommendations.models import ProgressUpdate
from tests.commitments.erasing.conftest import EVERYWHERE, NOW, SECRET, found
from tests.conftest import signed_in_as
from tests.factories.commitments import InvitationFactory
from tests.factories.organisations import ConfirmedAddressFactory
from tests.factories.outbox import EmailFactory


def test_the_account_is_a_shell(everything: Pledge, amina: User) -> None:
    erase_account(person=amina, now=NOW)
    amina.refresh_from_db()
    assert (amina.shown_name, amina.is_active, amina.erased_at) == ("Somebody", False, NOW)
    assert amina.email == f"erased-{amina.pk}@erased.invalid"
    assert amina.has_usable_password() is False
    assert not amina.memberships.filter(ended_at=None).exists()
    owners = [session.get_decoded().get("_auth_user_id") for session in Session.objects.all()]
    assert str(amina.pk) not in owners


def test_every_browser_is_signed_out_and_nobody_elses(amina: User, as_bea: Client) -> None:
    browsers = [signed_in_as(amina) for _ in range(2)]
    erase_account(person=amina, now=NOW)
    for browser in browsers:
        assert browser.get("/me/")["Location"].startswith("/accounts/login/")
    assert as_bea.get("/me/").status_code == 200


def test_the_pledge_closes_and_nobody_finds_it(
    everything: Pledge, amina: User, client: Client
) -> None:
    old_address = everything.get_absolute_url()
    erase_account(person=amina, now=NOW)
    everything.refresh_from_db()
    assert (everything.state, everything.ending) == (PledgeState.CLOSED, Ending.ERASED)
    assert (everything.leader_name, everything.erased_at) == ("Name removed", NOW)
    assert client.get(old_address).status_code == 404
    assert list(public_pledges(search=SECRET)) == []
    assert client.get("/pledges/", {"q": "Amina"}).status_code == 200
    page = client.get(everything.get_absolute_url()).content.decode()
    assert SECRET not in page.lower()
    assert page.count("Words removed") == 2
    assert ("erased" in page, "/report/" in page) == (True, False)


def test_pages_of_the_organisation_go_on(everything: Pledge, amina: User, as_alice: Client) -> None:
    erase_account(person=amina, now=NOW)
    update = ProgressUpdate.objects.get()
    pages = [
        "/o/harbour-minds/people/",
        "/o/harbour-minds/pledges/",
        "/o/harbour-minds/reports/",
        reverse("sent_mail", args=["harbour-minds"]),
        "/o/harbour-minds/learning/",
        update.recommendation.get_absolute_url(),
    ]
    for page in pages:
        response = as_alice.get(page)
        assert response.status_code == 200, page
    assert "Somebody" in as_alice.get(pages[-1]).content.decode()


def test_those_who_helped_are_let_out(everything: Pledge, amina: User, bea: User) -> None:
    Assistant.objects.create(
        pledge=everything, email=bea.email, user=bea, token_sha256=digest("bea"),
        invited_at=NOW, accepted_at=NOW, expires_at=NOW,
    )  # fmt: skip
    helper = signed_in_as(bea)
    page = reverse("my_pledge", args=[everything.pk])
    assert helper.get(page).status_code == 200
    erase_account(person=amina, now=NOW)
    assert helper.get(page).status_code == 404


def test_a_false_name_stays_said_to_be_one(everything: Pledge, amina: User) -> None:
    Pledge.objects.filter(pk=everything.pk).update(ending=Ending.NOT_THEIRS)
    erase_account(person=amina, now=NOW)
    everything.refresh_from_db()
    assert everything.ending == Ending.NOT_THEIRS
    assert found(SECRET) == set()


def test_what_others_wrote_is_theirs(
    pledge: Pledge, foreign: Pledge, amina: User, chidi: User, bea: User
) -> None:
    InvitationFactory(pledge=foreign, title="Chidi’s event", note="Chidi’s note")
    own = LearningNote.objects.create(
        item=LearningItem.objects.create(
            organisation=foreign.organisation, kind="book", title="B", why="Chidi’s",
            suggested_by=chidi, created_at=NOW,
        ),
        person=chidi, text="Chidi’s", at=NOW,
    )  # fmt: skip
    before = found("Chidi")
    erase_account(person=amina, now=NOW)
    assert found("Chidi") == before
    own.refresh_from_db()
    assert own.text == "Chidi’s"


def test_an_address_they_only_typed_is_not_theirs(amina: User, bea: User) -> None:
    """Else anybody could blank another person's mail."""
    ConfirmedAddressFactory(user=amina, email=bea.email, verified=False, primary=False)
    email = EmailFactory(to_user=bea, to_address=bea.email, subject="For Bea")
    Suppression.objects.create(address=bea.email, reason="550", at=NOW)
    erase_account(person=amina, now=NOW)
    email.refresh_from_db()
    assert (email.subject, email.to_address) == ("For Bea", bea.email)
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize(
    "step", ["blank_signed", "blank_record", "blank_shared", "blank_elsewhere", "close_for_good"]
)
def test_what_fails_leaves_everything(
    step: str, everything: Pledge, amina: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(pledge_erasing, step, fail)
    before = snapshot()
    with pytest.raises(RuntimeError):
        erase_account(person=amina, now=NOW)
    assert snapshot() == before
    assert found(SECRET) == EVERYWHERE


def snapshot() -> list[object]:
    models = [User, Pledge, Promise, Standard, Invitation, Email, Assistant, Handover, Session]
    rows: Callable[[type], list[object]] = lambda model: list(  # noqa: E731
        model.objects.order_by("pk").values()
    )
    return [rows(model) for model in models]
