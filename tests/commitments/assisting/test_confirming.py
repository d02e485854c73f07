"""What an assistant wrote counts once the leader has confirmed it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.enums import InvitationState, PledgeVerb
from commitments.ledger import MOST_TO_CONFIRM
from commitments.models import Invitation, Pledge, Step
from commitments.queries.tending import to_confirm
from history.models import Entry
from organisations.models import User
from tests.commitments.assisting.conftest import everything, text_of, written_by
from tests.conftest import signed_in_as
from tests.factories.assisting import AssistantFactory
from tests.factories.commitments import InvitationFactory, PledgeFactory


def confirm(client: Client, pledge: Pledge, *marks: str, **more: str) -> Any:
    address = reverse("entries_confirm", args=[pledge.pk])
    return client.post(address, {"shown": list(marks), **more})


def test_only_the_leader_confirms(
    pledge: Pledge,
    adaeze: User,
    as_alice: Client,
    as_adaeze: Client,
    as_another_assistant: Client,
    as_bea: Client,
    client: Client,
) -> None:
    written_by(adaeze, pledge)
    [entry] = to_confirm(pledge)
    before = everything()
    assert confirm(as_adaeze, pledge, entry.mark).status_code == 403
    assert confirm(as_another_assistant, pledge, entry.mark).status_code == 404
    assert confirm(as_bea, pledge, entry.mark).status_code == 404
    assert confirm(client, pledge, entry.mark)["Location"].startswith("/accounts/login/")
    assert as_alice.get(reverse("entries_confirm", args=[pledge.pk])).status_code == 405
    assert everything() == before


def test_those_that_were_shown_are_confirmed_in_one_go(
    pledge: Pledge, foreign: Pledge, adaeze: User, as_alice: Client
) -> None:
    day = timezone.localdate()
    new = written_by(adaeze, pledge, asked_on=day)
    moved = InvitationFactory(pledge=pledge)
    Step.objects.create(
        invitation=moved, state=InvitationState.DECLINED, on=day, by=adaeze, at=timezone.now()
    )
    theirs = written_by(foreign.leader, foreign)
    marks = [entry.mark for entry in [*to_confirm(pledge), *to_confirm(foreign)]]
    unseen = written_by(adaeze, pledge)
    response = confirm(as_alice, pledge, *marks[:2], marks[2], "nonsense")
    assert response["Location"] == reverse("my_pledge", args=[pledge.pk])
    assert [entry.invitation for entry in to_confirm(pledge)] == [unseen]
    assert [entry.invitation for entry in to_confirm(foreign)] == [theirs]
    new.refresh_from_db()
    assert new.confirmed_at is not None
    assert new.written_by == adaeze
    assert set(Step.objects.filter(confirmed_at=None).values_list("invitation", flat=True)) == {
        unseen.pk,
        theirs.pk,
    }
    entry = Entry.objects.get(verb=PledgeVerb.ENTRIES_CONFIRMED)
    assert (entry.organisation, entry.details) == (None, {"count": "2"})
    after = everything()
    confirm(as_alice, pledge, *marks)
    assert everything() == after


@pytest.mark.parametrize("change", ["title", "step", "day"])
def test_what_changed_since_is_not_confirmed_unseen(
    change: str, pledge: Pledge, adaeze: User, as_alice: Client
) -> None:
    entry = written_by(adaeze, pledge)
    mark = to_confirm(pledge)[0].mark
    if change == "title":
        Invitation.objects.filter(pk=entry.pk).update(title="Something else")
    elif change == "step":
        Step.objects.create(
            invitation=entry, state=InvitationState.DECLINED, on=timezone.localdate(), by=adaeze,
            at=timezone.now(),
        )  # fmt: skip
    else:
        entry.steps.update(on=timezone.localdate() - timedelta(days=1))
    shown = text_of(
        as_alice.post(reverse("entries_confirm", args=[pledge.pk]), {"shown": [mark]}, follow=True)
    )
    assert "What was changed or confirmed meanwhile was left as it is." in shown
    entry.refresh_from_db()
    assert entry.confirmed_at is None


def test_a_closed_record_is_confirmed_no_more(
    pledge: Pledge, adaeze: User, as_alice: Client
) -> None:
    written_by(adaeze, pledge)
    mark = to_confirm(pledge)[0].mark
    Pledge.objects.filter(pk=pledge.pk).update(state="closed", closed_at=timezone.now())
    before = everything()
    assert confirm(as_alice, pledge, mark).status_code == 302
    assert everything() == before


def test_the_check_in_page_lists_what_was_written(
    alice: User, wording: Any, as_alice: Client
) -> None:
    made = timezone.localtime() - timedelta(days=100)
    old = PledgeFactory(leader=alice, signing=wording, created_at=made)
    helper = AssistantFactory(pledge=old, user__display_name="Adaeze Obi").user
    entry = written_by(helper, old, title="أصوات <b>", organiser="A funder")
    address = reverse("check_in", args=[old.pk])
    shown = text_of(as_alice.get(address))
    assert "<bdi>أصوات &lt;b&gt;</bdi>" in shown
    assert reverse("invitation_detail", args=[entry.pk]) in shown
    assert "Adaeze Obi" in shown
    assert "These are right" in shown
    theirs = text_of(signed_in_as(helper).get(address))
    assert "Waiting for" in theirs
    assert "These are right" not in theirs
    back = confirm(as_alice, old, to_confirm(old)[0].mark, **{"from": "check_in"})
    assert back["Location"] == address
    assert "Noted for you" not in text_of(as_alice.get(address))


def test_so_many_at_once_as_one_can_look_through(pledge: Pledge, adaeze: User) -> None:
    Invitation.objects.bulk_create(
        Invitation(
            pledge=pledge, title="Event", written_by=adaeze, received_on=timezone.localdate(),
            created_at=timezone.now(),
        )
        for _ in range(MOST_TO_CONFIRM + 1)
    )  # fmt: skip
    assert len(to_confirm(pledge)) == MOST_TO_CONFIRM
