"""An assistant writes only as long as they help."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.actions import assisting as actions
from commitments.models import Pledge
from commitments.queries.tending import to_confirm
from history.queries import lines_about
from organisations.models import User
from tests.commitments.assisting.conftest import page_of, text_of
from tests.factories.commitments import InvitationFactory


@pytest.mark.parametrize("name", ["check_in", "entries_confirm", "assistant_leave", "assistants"])
def test_once_it_has_ended_everything_is_gone(
    name: str, pledge: Pledge, as_alice: Client, as_adaeze: Client, adaeze: User
) -> None:
    entry = InvitationFactory(pledge=pledge, written_by=adaeze, confirmed_at=None)
    there = pledge.assistants.get()
    as_alice.post(reverse("assistant_end", args=[pledge.pk, there.pk]))
    address = reverse(name, args=[pledge.pk])
    assert as_adaeze.post(address).status_code == 404
    assert as_adaeze.get(reverse("check_in", args=[pledge.pk])).status_code == 404
    assert as_adaeze.get(reverse("my_pledge", args=[pledge.pk])).status_code == 404
    detail = reverse("invitation_detail", args=[entry.pk])
    assert as_adaeze.get(detail).status_code == 404
    assert pledge.leader_name not in text_of(as_adaeze.get("/me/"))
    assert [each.who for each in to_confirm(pledge)] == [["Adaeze Obi"]]


def test_an_assistant_may_leave(pledge: Pledge, as_adaeze: Client, as_alice: Client) -> None:
    address = reverse("assistant_leave", args=[pledge.pk])
    assert as_adaeze.get(address).status_code == 405
    assert as_alice.post(address).status_code == 404
    assert as_adaeze.post(address)["Location"] == reverse("me")
    assert as_adaeze.post(address).status_code == 404
    assert pledge.assistants.get().ended_at is not None
    assert [line.text for line in lines_about(pledge)] == ["Adaeze Obi stopped helping"]
    assert "Helped from" in text_of(as_alice.get(page_of(pledge)))


def test_only_leader_and_assistant_end_it(pledge: Pledge, adaeze: User, bea: User) -> None:
    there = pledge.assistants.get()
    with pytest.raises(PermissionDenied):
        actions.end_assisting(assistant=there, by=bea, now=timezone.now())
