"""What the record says of a promise stands in the check-in already."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.enums import InvitationKind, InvitationState, Kept
from commitments.models import Pledge
from commitments.prefill import OtherCounts
from commitments.queries.check_in_answers import other_counts
from organisations.models import User
from panels.enums import Barrier, BarrierState
from tests.commitments.check_in.conftest import due, url
from tests.factories.commitments import InvitationFactory, PledgeFactory
from tests.factories.replies import AskLetterFactory, answered

PAGE = 11


def test_what_the_record_says_is_chosen_and_shown_as_such(old: Pledge, as_alice: Client) -> None:
    day = due(old).first
    InvitationFactory(pledge=old, received_on=day, asked_on=day, lineup_changed=True)
    InvitationFactory(pledge=old, received_on=day)
    InvitationFactory(pledge=old, received_on=day, asked_on=day, confirmed_at=None)
    response = as_alice.get(url(old))
    page = " ".join(response.content.decode().split())
    assert "Asked about 1 of 2 line-ups; 1 line-up changed." in page
    assert "Suggested: Partly." in page
    presets = {p.promise.wording_promise.key: p for p in response.context["page"].presets}
    assert {key: preset.kept for key, preset in presets.items()} == dict.fromkeys(
        presets, Kept.NOTHING
    ) | {"keep_asking": Kept.PARTLY, "talk_to_organisers": Kept.KEPT}


def test_where_the_record_cannot_say_the_leader_has_to(old: Pledge, as_alice: Client) -> None:
    """Something happened, so neither kept nor "nothing to report" is chosen for them."""
    InvitationFactory(pledge=old, received_on=due(old).first, kind=InvitationKind.SEAT)
    [preset] = [
        preset
        for preset in as_alice.get(url(old)).context["page"].presets
        if preset.promise.wording_promise.key == "inclusive_groups"
    ]
    assert (preset.kept, preset.evidence) == (None, "Asked about 0 of 1 seat.")


def test_other_counts_of_the_period(old: Pledge, foreign: Pledge, as_alice: Client) -> None:
    at = datetime.combine(due(old).first, datetime.min.time(), timezone.get_current_timezone())
    for owner in (old, foreign):
        letter = AskLetterFactory(invitation=InvitationFactory(pledge=owner), sent_at=at)
        answered(letter, barriers={Barrier.FEES: BarrierState.PLANNED})
        letter.replies.update(at=at)
        PledgeFactory(organisation=owner.organisation, created_at=at)
        PledgeFactory(organisation=owner.organisation, created_at=at - timedelta(seconds=1))
        owner.encouragements.create(
            address_digest=owner.pk.bytes * 2, token_sha256=owner.pk.bytes * 2, by=owner.leader,
            asked_at=at, expires_at=at,
        )  # fmt: skip
    found = other_counts(old, due(old).first, due(old).opens_on)
    assert found == OtherCounts(letters=1, barriers_answered=1, encouraged=1, colleagues=1)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_with_any_rows(
    rows: int,
    old: Pledge,
    adaeze: User,
    as_alice: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    day = due(old).first
    for _ in range(rows):
        InvitationFactory(pledge=old, received_on=day, state=InvitationState.TOOK_PART, held_on=day)
        InvitationFactory(pledge=old, written_by=adaeze, confirmed_at=None)
    with django_assert_num_queries(PAGE):
        as_alice.get(url(old))
