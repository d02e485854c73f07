"""A meeting at which something was decided was held, whoever has recorded it so far."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from committees.actions import deciding
from committees.actions.meetings import DAY_ALONE, edit_meeting
from committees.enums import MeetingState
from committees.models import Decision, Meeting
from committees.refusals import NOT_PLANNED, GroupRefused
from history.queries import lines_about
from organisations.models import User
from recommendations.enums import Ruling
from recommendations.models import ClosureProposal
from tests.committees.deciding.conftest import HERE, NOW, TODAY
from tests.factories.agenda import AgendaItemFactory


@pytest.fixture
def planned(meeting: Meeting) -> Meeting:
    Meeting.objects.update(state=MeetingState.PLANNED)
    meeting.refresh_from_db()
    return meeting


def decide(proposal: ClosureProposal, meeting: Meeting, by: User, **said: Any) -> Decision:
    given = {"pack": None, "ruling": Ruling.APPROVED, "reason": "", "now": NOW, **said}
    return deciding.decide_closure(proposal=proposal, meeting=meeting, by=by, **given)


def test_deciding_says_that_it_was_held(
    proposal: ClosureProposal, planned: Meeting, chair: User
) -> None:
    decide(proposal, planned, chair)
    planned.refresh_from_db()
    assert planned.state == MeetingState.HELD
    said = [line.text for line in lines_about(planned.group)]
    assert [text.partition(" recorded ")[2][:21] for text in said] == [
        "a decision: Closing",
        "that the meeting of " + str(TODAY.day)[0],
    ]


def test_one_that_was_held_is_not_recorded_anew(
    proposal: ClosureProposal, meeting: Meeting, chair: User
) -> None:
    decide(proposal, meeting, chair)
    assert len(lines_about(meeting.group)) == 1


def test_it_is_moved_no_more(proposal: ClosureProposal, planned: Meeting, chair: User) -> None:
    """A decision would otherwise stand at a meeting that is still to come."""
    decide(proposal, planned, chair)
    with pytest.raises(GroupRefused, match=NOT_PLANNED):
        edit_meeting(
            meeting=planned,
            day=TODAY + timedelta(days=9),
            where=DAY_ALONE,
            over_revision=planned.revision,
            by=chair,
            now=NOW,
        )


def test_all_of_it_or_nothing(
    proposal: ClosureProposal, planned: Meeting, chair: User, no_history: None
) -> None:
    with pytest.raises(DatabaseError):
        decide(proposal, planned, chair)
    planned.refresh_from_db()
    assert planned.state == MeetingState.PLANNED


def test_the_page_says_so_and_asks_what_was_covered(
    proposal: ClosureProposal, planned: Meeting, as_chair: Client, as_bea: Client
) -> None:
    AgendaItemFactory(meeting=planned, title="The budget")
    address = f"{HERE}closing/{proposal.pk}/"
    sent = {"meeting": str(planned.pk), "ruling": "approved", "reason": ""}
    page = as_chair.post(address, sent, follow=True).content.decode()
    assert "The decision is recorded, and that the meeting was held." in page
    pages = [who.get(planned.get_absolute_url()).content.decode() for who in (as_chair, as_bea)]
    assert ["Say what was covered" in each for each in pages] == [True, False]
    planned.agenda.update(was_covered=False)
    assert "Say what was covered" not in as_chair.get(planned.get_absolute_url()).content.decode()
