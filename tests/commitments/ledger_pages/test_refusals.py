"""What cannot be noted any more is said, and what was typed is kept."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from commitments.models import Invitation, Pledge
from tests.commitments.conftest import today
from tests.commitments.ledger_pages.conftest import at, details, page_of, states

REFUSALS = {
    "invitation_add": ("commitments.views.ledger.add_invitation", "title"),
    "invitation_edit": ("commitments.actions.entries.change_invitation", "held_on"),
    "invitation_detail": ("commitments.views.ledger.take_step", "state"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_happened_meanwhile_is_said_on_the_form(
    name: str,
    pledge: Pledge,
    invitation: Invitation,
    as_alice: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The rules are asked again under the lock, and find what another tab has noted."""
    path, field = REFUSALS[name]

    def refuse(**kwargs: Any) -> None:
        raise ValidationError({field: ["Not any more."], "elsewhere": ["Nor this."]})

    monkeypatch.setattr(path, refuse)
    sent = details(invitation, title="Kept as typed") | {"state": "accepted", "on": today()}
    row = pledge if name == "invitation_add" else invitation
    response = as_alice.post(at(name, row), sent)
    assert response.status_code == 200
    form = response.context["form"]
    assert form.errors == {field: ["Not any more."], "__all__": ["Nor this."]}
    kept = ("on", today()) if name == "invitation_detail" else ("title", "Kept as typed")
    assert form[kept[0]].value() == kept[1]


def test_a_closed_pledge_is_read_and_not_kept(
    pledge: Pledge, invitation: Invitation, as_alice: Client
) -> None:
    Pledge.objects.filter(pk=pledge.pk).update(state="closed", closed_at=timezone.now())
    page = page_of(as_alice, invitation)
    assert 'type="submit"' not in page.partition("<main")[2].partition("</main")[0]
    sent = {"kind": "invited", "title": "Late", "received_on": today(), "state": "declined"}
    for name, row in (
        ("invitation_add", pledge),
        ("invitation_detail", invitation),
        ("invitation_edit", invitation),
        ("step_take_back", invitation),
        ("invitation_remove", invitation),
        ("invitation_anew", invitation),
        ("letter_make", invitation),
    ):
        response = as_alice.post(at(name, row), sent | {"on": today()})
        assert response["Location"] == at("my_pledge", pledge), name
    assert pledge.invitations.count() == 1
    assert states(invitation) == ["received"]
