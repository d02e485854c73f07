"""The leader's own page."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.enums import Kept, PledgeState
from commitments.models import Invitation, Pledge, Wording
from commitments.queries.own_record import own_record_of
from commitments.rhythm import open_period
from organisations.models import Organisation, User
from tests.commitments.record_pages.conftest import FILES, S, days_ago, page_of, taken_part
from tests.factories.commitments import CheckInFactory, InvitationFactory, PledgeFactory

QUERIES = 12


def test_a_new_pledge_says_what_to_do(pledge: Pledge, as_alice: Client) -> None:
    page = page_of(as_alice, pledge)
    assert "Nothing waits now. The next check-in opens on" in page
    assert "No invitation yet" in page
    assert "The last 12 months" not in page
    assert "month by month" not in page


def test_what_waits_comes_first(old: Pledge, as_alice: Client) -> None:
    InvitationFactory(pledge=old, title="Answered one", state=S.ANSWERED, asked_on=days_ago(0))
    InvitationFactory(pledge=old, title="Past one", held_on=days_ago(1), received_on=days_ago(3))
    taken_part(old, both=False, title="Looked at")
    InvitationFactory(pledge=old, title="Unconfirmed one", confirmed_at=None)
    page = page_of(as_alice, old)
    period = open_period(timezone.localdate(), old.check_in_every)
    said = [
        f"Check-in for {period.words}", "Answered one", "They answered. What came of it?",
        "Past one", "It took place. What came of it?", "Looked at",
        "Not shown to meet. A few lines, while it is fresh.", "Noted for you", "Unconfirmed one",
        "Add an invitation", "The last 12 months",
    ]  # fmt: skip
    places = [page.index(words) for words in said]
    assert places == sorted(places)
    assert "1 entry waits for you. These figures count what is confirmed." in page


def test_the_year_in_figures(old: Pledge, as_alice: Client) -> None:
    taken_part(old)
    taken_part(old, both=False)
    changed = {"asked_on": days_ago(5), "lineup_changed": True, "state": S.CHANGED}
    InvitationFactory(pledge=old, received_on=days_ago(6), **changed)
    page = page_of(as_alice, old)
    assert "1 Line-ups that changed after we asked of 3 line-ups asked about" in page
    for words in ("Took part 2 of 3 invitations", "Shown to meet both 1 of 2 taken part in"):
        assert words in page
    assert "Women: whoever says so (the organiser told us): 1" in page
    assert "%" not in page


def test_the_year_before_and_earlier_years(old: Pledge, as_alice: Client) -> None:
    InvitationFactory(pledge=old, received_on=days_ago(500), asked_on=days_ago(499))
    assert "Nothing came in from" in page_of(as_alice, old)
    InvitationFactory(pledge=old)
    page = page_of(as_alice, old)
    assert "Asked who is at the table 0 of 1 invitation Year before: 1 of 1" in page
    last = own_record_of(old, today=timezone.localdate()).years[1]
    page = page_of(as_alice, old, f"?to={last}")
    assert f"12 months to {last.day} {last:%B %Y}" in page
    assert "Asked who is at the table 1 of 1 invitation" in page
    assert "Year before" not in page


@pytest.mark.parametrize(
    ("made", "heading"), [(364, "The last 12 months"), (363, "Since {since}"), (0, "Since {since}")]
)
def test_a_short_year_says_since_when(
    made: int, heading: str, harbour: Organisation, wording: Wording, alice: User, as_alice: Client
) -> None:
    """On the leader's own page and on the public one alike; what came in before does not count."""
    with time_machine.travel(datetime(2026, 5, 20, 12, tzinfo=UTC)):
        made_at = timezone.localtime() - timedelta(days=made)
        young = PledgeFactory(
            leader=alice, organisation=harbour, signing=wording, created_at=made_at
        )
        day = timezone.localdate(made_at)
        for each in (day, day - timedelta(days=1)):
            InvitationFactory(pledge=young, received_on=each, asked_on=timezone.localdate())
        own = page_of(as_alice, young)
        public = " ".join(
            re.sub(r"<[^>]+>", " ", as_alice.get(young.get_absolute_url()).content.decode()).split()
        )
    since = f"{day.day} {day:%B %Y}"
    assert heading.format(since=since) in own
    assert heading.replace("The last", "In the last").format(since=since) in public
    for page in (own, public):
        assert "Asked who is at the table 1 of 1 invitation" in page


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("tomorrow", "Enter a valid date."),
        ("2999-01-01", "Choose a day that has come."),
        ("before", "The record begins on {since}. Choose a day from then on."),
        ("0001-01-01", "The record begins on {since}. Choose a day from then on."),
        ("x" * 10_000, "Enter a valid date."),
        ("<script>", "Enter a valid date."),
    ],
)
def test_a_year_that_makes_no_sense(to: str, said: str, old: Pledge, as_alice: Client) -> None:
    since = timezone.localdate(old.published_at)
    to = (since - timedelta(days=1)).isoformat() if to == "before" else to
    response = as_alice.get(reverse("my_pledge", args=[old.pk]), {"to": to})
    told = said.format(since=f"{since.day} {since:%B %Y}")
    assert response.context["year_form"].errors == {"to": [told]}
    assert response.context["own"].year.last == timezone.localdate()
    assert "<script>" not in response.content.decode()
    for name in FILES:
        assert as_alice.get(reverse(name, args=[old.pk]), {"to": to}).status_code == 404


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Open one", "Ended one", "Old one"]),
        ("?show=open", ["Open one"]),
        ("?show=ended", ["Ended one", "Old one"]),
        ("?year={old_year}", ["Old one"]),
        ("?show=open&year={old_year}", []),
        ("?show=x&year=x&page=99", ["Open one", "Ended one", "Old one"]),
    ],
)
def test_the_list_can_be_narrowed(
    query: str, titles: list[str], old: Pledge, as_alice: Client
) -> None:
    InvitationFactory(pledge=old, title="Open one")
    InvitationFactory(pledge=old, title="Ended one", state=S.DECLINED, received_on=days_ago(0))
    InvitationFactory(pledge=old, title="Old one", state=S.TOOK_PART, received_on=days_ago(740))
    Invitation.objects.filter(title="Ended one").update(created_at=old.created_at)
    asked = query.format(old_year=days_ago(740).year)
    response = as_alice.get(reverse("my_pledge", args=[old.pk]) + asked)
    assert [entry.title for entry in response.context["page"]] == titles


def test_the_list_is_paged(old: Pledge, as_alice: Client) -> None:
    InvitationFactory.create_batch(26, pledge=old)
    address = reverse("my_pledge", args=[old.pk])
    pages = [as_alice.get(address, {"page": page}).context["page"] for page in (1, 2)]
    assert [len(page) for page in pages] == [25, 1]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_with_any_rows(
    rows: int, old: Pledge, as_alice: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for row in range(rows):
        taken_part(old)
        InvitationFactory(pledge=old, confirmed_at=None)
        period = open_period(days_ago(90 * (row + 1)), old.check_in_every)
        CheckInFactory(
            pledge=old, period=period.first, opened_on=period.opens_on, lines={1: (Kept.KEPT, "x")}
        )
    with django_assert_num_queries(QUERIES):
        as_alice.get(reverse("my_pledge", args=[old.pk]))


def test_a_closed_pledge_stays_readable(old: Pledge, as_alice: Client) -> None:
    InvitationFactory(pledge=old, state=S.ANSWERED, asked_on=days_ago(0))
    now = timezone.now()
    Pledge.objects.filter(pk=old.pk).update(
        state=PledgeState.CLOSED, closed_at=now, ending="role_ended", ended_on=now.date()
    )
    page = page_of(as_alice, old)
    assert "This pledge is closed." in page
    assert "The role has ended." in page
    for absent in ("Add an invitation", "What came of it?", "Write a new version", "Assistants"):
        assert absent not in page


def test_what_people_typed_stays_text(old: Pledge, as_alice: Client) -> None:
    hostile = "<script>alert(1)</script> \u202eדורון"
    InvitationFactory(pledge=old, title=hostile, organiser=hostile, state=S.ANSWERED,
                      asked_on=days_ago(0))  # fmt: skip
    html = as_alice.get(reverse("my_pledge", args=[old.pk])).content.decode()
    assert "<script>alert" not in html
    assert "<bdi>&lt;script&gt;" in html
