"""Changing the details of an entry."""

import pytest
from django.test import Client
from django.utils import timezone

from commitments import ledger
from commitments.models import Invitation, Pledge
from organisations.models import Organisation, User
from tests.commitments.conftest import today
from tests.commitments.ledger_pages.conftest import TOOK_PART, at, details, page_of, step
from tests.factories.commitments import InvitationFactory
from tests.factories.panels import GatheringFactory
from tests.factories.replies import ReflectionFactory


def test_changing_the_details(invitation: Invitation, as_alice: Client) -> None:
    sent = details(invitation, title="New title", held_on=today(3), note="Mine")
    response = as_alice.post(at("invitation_edit", invitation), sent)
    assert response["Location"] == at("invitation_detail", invitation)
    invitation.refresh_from_db()
    assert (invitation.title, invitation.note, invitation.revision) == ("New title", "Mine", 2)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("title", "x" * 10_000),
        ("note", "x" * 10_000),
        ("received_on", "2999-01-01"),
        ("held_on", "nonsense"),
        ("kind", "nonsense"),
        ("kind", "conversation"),
        ("revision", "nonsense"),
    ],
)
def test_wrong_details_are_refused_and_kept(
    field: str, typed: str, invitation: Invitation, alice: User, as_alice: Client
) -> None:
    step(invitation, alice, TOOK_PART)
    response = as_alice.post(
        at("invitation_edit", invitation), details(invitation, **{field: typed})
    )
    assert list(response.context["form"].errors) == [field]
    assert typed in response.content.decode()
    invitation.refresh_from_db()
    assert invitation.revision == 1


def test_the_second_of_two_sees_both_versions_and_loses_nothing(
    invitation: Invitation, as_alice: Client, as_assistant: Client
) -> None:
    Invitation.objects.update(confirmed_at=None)
    mine = details(invitation, title="Mine", note="My note")
    as_assistant.post(at("invitation_edit", invitation), details(invitation, title="Theirs"))
    response = as_alice.post(at("invitation_edit", invitation), mine)
    page = response.content.decode()
    assert "<bdi>Dana Diaz</bdi> saved the version here." in page
    assert ("Theirs" in page, "My note" in page) == (True, True)
    form = response.context["form"]
    again = {name: form[name].value() or "" for name in form.fields}
    assert (again["title"], again["revision"]) == ("Mine", 2)
    as_alice.post(at("invitation_edit", invitation), again)
    invitation.refresh_from_db()
    assert (invitation.title, invitation.note, invitation.revision) == ("Mine", "My note", 3)


def test_an_event_that_one_may_not_see_stays_linked(
    pledge: Pledge, harbour: Organisation, as_assistant: Client
) -> None:
    gathering = GatheringFactory(organisation=harbour)
    entry = InvitationFactory(pledge=pledge, gathering=gathering)
    Invitation.objects.update(confirmed_at=None)
    as_assistant.post(at("invitation_edit", entry), details(entry, title="New"))
    entry.refresh_from_db()
    assert (entry.title, entry.gathering, entry.held_on) == ("New", gathering, gathering.held_on)


def test_what_is_confirmed_or_public_is_the_leaders_to_change(
    invitation: Invitation, as_alice: Client, as_assistant: Client
) -> None:
    address = at("invitation_edit", invitation)
    for change in ({}, {"confirmed_at": None}):
        Invitation.objects.update(**change)
        if change:
            ReflectionFactory(invitation=invitation, published_at=timezone.now())
        assert as_assistant.get(address).status_code == 403
        sent = details(invitation, title="Other words")
        assert as_assistant.post(address, sent).status_code == 403
        page = page_of(as_assistant, invitation)
        assert address not in page
        assert "Ask <bdi>Alice Adeyemi</bdi> to change this." in page
        assert address in page_of(as_alice, invitation)
    invitation.refresh_from_db()
    assert (invitation.title, invitation.revision) == ("Voices of the Coast", 1)


def test_an_event_is_linked_once(
    pledge: Pledge, harbour: Organisation, invitation: Invitation, as_alice: Client
) -> None:
    event = GatheringFactory(organisation=harbour)
    InvitationFactory(pledge=pledge, gathering=event)
    sent = details(invitation, gathering=event.pk, note="Kept") | {"kind": "invited"}
    for name, row in (("invitation_add", pledge), ("invitation_edit", invitation)):
        response = as_alice.post(at(name, row), sent | {"title": "Another"})
        assert response.status_code == 200
        assert response.context["form"].errors == {"gathering": [ledger.LINKED_ALREADY]}
        assert "Kept" in response.content.decode()
    assert pledge.invitations.count() == 2


def test_the_day_typed_gives_way_to_the_events(
    pledge: Pledge, harbour: Organisation, invitation: Invitation, as_alice: Client
) -> None:
    event = GatheringFactory(organisation=harbour, held_on=timezone.localdate())
    sent = details(invitation, gathering=event.pk, held_on=today(9))
    assert as_alice.post(at("invitation_edit", invitation), sent).status_code == 302
    invitation.refresh_from_db()
    assert invitation.held_on == event.held_on
