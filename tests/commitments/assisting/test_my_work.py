"""An assistant's own page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import User
from tests.commitments.assisting.conftest import text_of, written_by
from tests.factories.assisting import AssistantFactory, CheckInDraftFactory
from tests.factories.commitments import PledgeFactory

ME = 11


@pytest.mark.parametrize("rows", [1, 3])
def test_my_work_costs_the_same_with_any_rows(
    rows: int, bea: User, as_bea: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = timezone.localtime() - timedelta(days=100)
    for _ in range(rows):
        helped = PledgeFactory(created_at=made)
        AssistantFactory(pledge=helped, user=bea)
        written_by(bea, helped)
        CheckInDraftFactory(pledge=helped, by=bea)
        PledgeFactory(leader=bea, created_at=made)
    with django_assert_num_queries(ME):
        shown = text_of(as_bea.get("/me/"))
    assert shown.count("1 entry for") == rows
    assert shown.count("Open the draft") == rows
    assert shown.count("Stop helping now") == rows


def test_my_work_says_what_waits_for_the_leader(
    alice: User, wording: Any, as_alice: Client, as_chidi: Client
) -> None:
    made = timezone.localtime() - timedelta(days=200)
    old = PledgeFactory(leader=alice, signing=wording, created_at=made)
    helper = AssistantFactory(pledge=old, user__display_name="Adaeze Obi").user
    written_by(helper, old)
    written_by(helper, old)
    CheckInDraftFactory(pledge=old, by=helper)
    shown = text_of(as_alice.get("/me/"))
    link = reverse("my_pledge", args=[old.pk])
    assert f'<a href="{link}">3 things wait on your record</a>' in shown
    assert "drafted by <bdi>Adaeze Obi</bdi>" in shown
    assert "</svg>Missed</span>" in shown
    assert "more in the last 12 months" in shown
    assert "Pledges you help with" not in shown
    assert "Adaeze" not in text_of(as_chidi.get("/me/"))
