"""What a reflection asks, and where it is read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commitments.enums import Shown
from commitments.models import Invitation, Pledge, Wording
from commitments.queries.own_record import own_record_of
from commitments.queries.public_page import as_read, published_reflections
from commitments.queries.record import record_of
from commitments.queries.reflections import reflection_prompt, shown_line_ups
from commitments.reflecting import PARTS
from organisations.models import User
from panels.entry import TypedPart
from tests.commitments.reflecting.conftest import NOW, TODAY, address, past_event, write
from tests.conftest import signed_in_as
from tests.factories.panels import GatheringFactory, enter_count, numbers
from tests.factories.replies import AskLetterFactory, ReflectionFactory, answered

MEETS = numbers(10, 5, 5, 2, 8)
FALLS_SHORT = numbers(10, 4, 6, 2, 8)


@pytest.mark.parametrize(
    ("event", "answer", "shown"),
    [
        (MEETS, MEETS, Shown.BOTH),
        (MEETS, FALLS_SHORT, Shown.ONE),
        (FALLS_SHORT, MEETS, Shown.ONE),
        (MEETS, None, Shown.BOTH),
        (None, MEETS, Shown.BOTH),
        (None, FALLS_SHORT, Shown.ONE),
    ],
)
def test_of_two_counts_the_worse_holds(
    event: TypedPart | None, answer: TypedPart | None, shown: Shown, pledge: Pledge, alice: User
) -> None:
    """Here, in the leader's own year and in the public one."""
    pledge.published_at = NOW - timedelta(days=99)
    pledge.save()
    gathering = GatheringFactory(organisation=pledge.organisation)
    linked = past_event(pledge, gathering=gathering)
    if event:
        enter_count(gathering, event, by=alice)
    if answer:
        answered(AskLetterFactory(invitation=linked), answer)
    prompt = reflection_prompt(linked, today=TODAY)
    assert (prompt is None) == (shown == Shown.BOTH)
    year = record_of(pledge, today=TODAY).year
    assert (year.met_both.count, year.met_one.count) == (
        int(shown == Shown.BOTH), int(shown == Shown.ONE),
    )  # fmt: skip
    assert own_record_of(pledge, today=TODAY).entries[0].shown(TODAY) == shown


def test_what_was_written_stays_though_the_event_met(pledge: Pledge) -> None:
    met = past_event(pledge)
    written = ReflectionFactory(invitation=met)
    answered(AskLetterFactory(invitation=met), MEETS)
    prompt = reflection_prompt(met, today=TODAY)
    assert prompt is not None
    assert prompt.written == written


def test_an_event_to_come_has_nothing_to_reflect_on(
    invitation: Invitation, as_alice: Client
) -> None:
    response = as_alice.get(address(invitation))
    assert response["Location"] == reverse("invitation_detail", args=[invitation.pk])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_counts_cost_the_same_for_any_number(
    rows: int, pledge: Pledge, alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    events = []
    for _ in range(rows):
        gathering = GatheringFactory(organisation=pledge.organisation)
        linked, answer = past_event(pledge, gathering=gathering), past_event(pledge)
        enter_count(gathering, FALLS_SHORT, by=alice)
        answered(AskLetterFactory(invitation=answer), MEETS)
        events += [linked, answer]
    with django_assert_num_queries(2):
        assert len(shown_line_ups(events)) == 2 * rows


def test_a_wording_may_ask_for_more(pledge: Pledge) -> None:
    met = past_event(pledge)
    answered(AskLetterFactory(invitation=met), MEETS)
    assert reflection_prompt(met, today=TODAY) is None
    Wording.objects.update(minoritised_numerator=1, minoritised_denominator=4)
    assert reflection_prompt(met, today=TODAY) is not None


def test_only_what_was_published_is_public_newest_first(pledge: Pledge, foreign: Pledge) -> None:
    ReflectionFactory(invitation=past_event(pledge))
    ReflectionFactory(invitation=past_event(foreign), published_at=NOW)
    first, second = past_event(pledge, title="First"), past_event(pledge, title="Second")
    ReflectionFactory(invitation=first, published_at=NOW - timedelta(days=1))
    ReflectionFactory(invitation=second, published_at=NOW)
    found = as_read(published_reflections(pledge))
    assert [public.title for public in found] == ["Second", "First"]
    assert found[0].held_on == second.held_on
    assert [heading for heading, _ in found[0].parts] == [PARTS["what_happened"]]


def test_markdown_is_sanitised(pledge: Pledge) -> None:
    ReflectionFactory(
        invitation=past_event(pledge),
        published_at=NOW,
        what_happened="*Nobody* <script>alert(1)</script> [x](javascript:alert(1))",
    )
    [public] = as_read(published_reflections(pledge))
    said = dict(public.parts)[PARTS["what_happened"]]
    assert "<em>Nobody</em>" in said
    assert "<script" not in said
    assert 'href="javascript' not in said


def test_the_page_of_the_entry_shows_it_and_who_wrote_it(
    past: Invitation, esi: User, as_alice: Client
) -> None:
    page = as_alice.get(reverse("invitation_detail", args=[past.pk])).content.decode()
    assert address(past) in page
    write(past, esi)
    page = as_alice.get(reverse("invitation_detail", args=[past.pk])).content.decode()
    for words in ("Four men spoke.", "Esi Mensah", "Anyone can read it then"):
        assert words in page
    assistants = signed_in_as(esi).get(reverse("invitation_detail", args=[past.pk]))
    assert "Anyone can read it then" not in assistants.content.decode()
