"""What a visitor finds of the committee's part: agendas, sessions, apologies, advice."""

import pytest
from django.utils import timezone

from committees.models import Advice, AgendaItem, Apology, Meeting
from committees.queries.advice import advice_of
from organisations.models import Organisation
from recommendations.models import Occurrence

pytestmark = pytest.mark.xdist_group("demo of the committee")


def test_meetings_have_agendas_and_places(demo: str) -> None:
    held = AgendaItem.objects.filter(meeting__state="held")
    assert held.filter(was_covered=None).count() == 0
    assert {covered for (covered,) in held.values_list("was_covered").distinct()} == {True, False}
    assert Apology.objects.count() == 4
    assert Meeting.objects.filter(agenda__is_standing=True).count() > 5
    network = Meeting.objects.filter(group__kind="staff_network")
    assert network.exclude(note="").count() == 0
    assert AgendaItem.objects.filter(meeting__in=network).count() == 0


def test_the_forum_held_sessions_and_nobody_is_named(demo: str) -> None:
    sessions = Meeting.objects.exclude(kind="meeting").order_by("date")
    assert list(sessions.values_list("kind", "headcount")) == [
        ("seminar", 34),
        ("workshop", 18),
        ("engagement", None),
    ]


def test_boards_that_covered_equality_count(demo: str) -> None:
    counted = Occurrence.objects.filter(
        action__recommendation__reference="1.7", meeting__isnull=False, removed_at=None
    )
    assert counted.count() == 3
    assert {row.topic for row in counted} == {"Race equality"}


def test_advice_is_answered_late_and_owed(demo: str) -> None:
    organisation = Organisation.objects.get(slug="saltmarsh-minds")
    page = advice_of(
        organisation, state="", group=None, number=None, today=timezone.localdate()
    ).object_list
    said = [(row.advice.reference, row.standing.is_late, row.standing.was_late) for row in page]
    assert said == [
        ("A4", True, False),
        ("A5", False, False),
        ("A6", False, False),
        ("A3", False, False),
        ("A2", False, True),
        ("A1", False, False),
    ]
    assert Advice.objects.exclude(organisation=organisation).count() == 0
