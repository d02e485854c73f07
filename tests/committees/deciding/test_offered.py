"""The recommendation offers deciding to those alone whom the page of the decision lets through."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from committees import deciding as rules
from committees.enums import DecisionKind, GroupKind
from committees.models import Group, GroupMember, Meeting
from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from recommendations import who_decides
from recommendations.models import Action, ClosureProposal, Extension, Recommendation
from tests.committees.deciding.conftest import HERE, NOW, TODAY, joined, seated
from tests.conftest import signed_in_as
from tests.factories.committees import GroupFactory, MeetingFactory

DAY = timedelta(days=1)
ROLES = [
    [Role.STAFF],
    [Role.ORGANISER],
    [Role.ADVISER],
    [Role.TRUSTEE],
    [Role.COMMITTEE],
    [Role.CHAIR],
    [Role.CHAIR, Role.COMMITTEE, Role.TRUSTEE, Role.ADVISER],
]
NONE = [False] * 4
SEATS: dict[str, dict[str, Any] | None] = {
    "none": None,
    "today": {},
    "chair": {"is_chair": True},
    "first day": {"from_date": TODAY},
    "last day": {"to_date": TODAY},
    "sat at the last meeting": {"to_date": TODAY - 20 * DAY},
    "gone before it": {"to_date": TODAY - 21 * DAY},
    "to come": {"from_date": TODAY + 2 * DAY},
    "on the board": {"on_the_board": True},
}
OPENS = ("today", "chair", "first day", "last day", "sat at the last meeting")


@pytest.fixture
def pages(
    proposal: ClosureProposal, extension: Extension, overdue: Action, committee: Group
) -> list[str]:
    """All that there is to decide on one recommendation, since a meeting of twenty days ago."""
    of = proposal.recommendation
    MeetingFactory(group=committee, date=TODAY - 20 * DAY)
    return [
        f"{HERE}closing/{proposal.pk}/",
        f"{HERE}later-date/{extension.pk}/",
        reverse("date_move", args=["harbour-minds", of.pk, overdue.pk]),
        f"{HERE}response/{of.pk}/",
    ]


@pytest.fixture(params=["the chair is free", "nobody is free", "nobody has a seat"])
def world(request: pytest.FixtureRequest, pages: list[str], chair: User) -> str:
    if request.param == "nobody is free":
        Membership.objects.filter(user=chair).update(roles=[Role.CHAIR, Role.COORDINATOR])
    if request.param == "nobody has a seat":
        GroupMember.objects.all().delete()
    found: str = request.param
    return found


def sit(committee: Group, user: User, seat: dict[str, Any] | None) -> None:
    if seat is None:
        return
    days = dict(seat)
    board = {"organisation": committee.organisation, "kind": GroupKind.BOARD}
    group = GroupFactory(**board) if days.pop("on_the_board", False) else committee
    seated(group, user, **days)


def offered(user: User, pages: list[str], of: Recommendation) -> list[bool]:
    shown = signed_in_as(user).get(of.get_absolute_url()).content.decode()
    return [f'href="{page}"' in shown for page in pages]


def answers(user: User, pages: list[str]) -> list[int]:
    client = signed_in_as(user)
    return [client.get(page).status_code for page in pages]


@pytest.mark.parametrize("seat", SEATS)
def test_every_role_with_every_seat(
    seat: str, world: str, pages: list[str], harbour: Organisation, committee: Group,
    recommendation: Recommendation,
) -> None:  # fmt: skip
    """A button stands there for whoever the page of the decision answers, and for no others."""
    for roles in ROLES:
        user = joined(harbour, " ".join(roles), *roles)
        sit(committee, user, SEATS[seat])
        found, opened = offered(user, pages, recommendation), answers(user, pages)
        advises = {Role.TRUSTEE, Role.ADVISER} & set(roles)
        expected = seat in OPENS or (world == "nobody is free" and bool(advises))
        assert found == [expected] * 4, (roles, seat, world)
        if world != "nobody has a seat" or seat in OPENS:
            assert [each == 200 for each in opened] == found, (roles, seat, world)
        GroupMember.objects.filter(user=user).delete()


@pytest.mark.parametrize("role", [Role.CHAIR, Role.COMMITTEE, Role.TRUSTEE, Role.ADVISER])
def test_where_nobody_has_a_seat_the_page_says_so(
    role: Role, pages: list[str], harbour: Organisation, recommendation: Recommendation
) -> None:
    """The chair by role is told by email that it waits, and finds out there what is missing."""
    user = joined(harbour, "Role", role)
    assert offered(user, pages, recommendation) == NONE
    client = signed_in_as(user)
    for page in pages:
        said = client.get(page).content.decode()
        assert rules.NOBODY_SEATED in said or rules.NOT_MET_SINCE in said
        assert "You cannot record this decision" in said


@pytest.mark.parametrize("seat", ["none", "today", "chair"])
def test_a_coordinator_is_offered_nothing(
    seat: str, world: str, pages: list[str], harbour: Organisation, committee: Group,
    recommendation: Recommendation,
) -> None:  # fmt: skip
    """With a seat, or a role of the committee's, they are told why somebody else decides."""
    for roles in ([Role.COORDINATOR], [Role.COORDINATOR, Role.CHAIR]):
        user = joined(harbour, " ".join(roles), *roles)
        sit(committee, user, SEATS[seat])
        assert offered(user, pages, recommendation) == NONE
        opened = answers(user, pages)
        if seat == "none" and len(roles) == 1:
            assert opened == [403] * 4 or world == "nobody has a seat"
        else:
            assert opened == [200] * 4
            said = signed_in_as(user).get(pages[0]).content.decode()
            assert rules.COORDINATES in said


def test_nobody_is_offered_their_own_work(
    pages: list[str], committee: Group, chair: User, sponsor: User, lead: User,
    recommendation: Recommendation,
) -> None:  # fmt: skip
    """A response is not about anybody's own."""
    for user in (sponsor, lead):
        seated(committee, user)
        assert offered(user, pages, recommendation) == [False, False, False, True]
        said = [signed_in_as(user).get(page).content.decode() for page in pages]
        told = ["so somebody else decides" in each for each in said]
        assert told == [True, True, True, False]


def test_whoever_owned_it_when_it_was_proposed_owns_it_still(
    pages: list[str], committee: Group, chair: User, sponsor: User, recommendation: Recommendation
) -> None:
    seated(committee, sponsor)
    Recommendation.objects.update(accountable_owner=None)
    assert offered(sponsor, pages, recommendation) == [False, True, True, True]
    assert rules.OWNS in signed_in_as(sponsor).get(pages[0]).content.decode()


def test_a_seat_elsewhere_is_none_here(
    pages: list[str], chair: User, northside: Organisation, harbour: Organisation,
    recommendation: Recommendation,
) -> None:  # fmt: skip
    away = joined(harbour, "Away", Role.COMMITTEE)
    seated(GroupFactory(organisation=northside), away)
    assert offered(away, pages, recommendation) == NONE
    assert answers(away, pages) == [403] * 4


def test_of_a_cancelled_meeting_no_seat_is_left(
    pages: list[str], committee: Group, chair: User, harbour: Organisation,
    recommendation: Recommendation,
) -> None:  # fmt: skip
    gone = joined(harbour, "Gone")
    seated(committee, gone, to_date=TODAY - 20 * DAY)
    Meeting.objects.update(state="cancelled")
    assert offered(gone, pages, recommendation) == NONE
    assert answers(gone, pages) == [403] * 4


@pytest.mark.parametrize(("meetings", "led"), [(5, True), (6, False)])
def test_only_the_six_latest_meetings_count(
    meetings: int, led: bool, pages: list[str], committee: Group, chair: User,
    harbour: Organisation, recommendation: Recommendation,
) -> None:  # fmt: skip
    gone = joined(harbour, "Gone")
    seated(committee, gone, to_date=TODAY - 20 * DAY)
    for days in range(1, meetings + 1):
        MeetingFactory(group=committee, date=TODAY - days * DAY)
    assert offered(gone, pages, recommendation) == [led] * 4
    assert [each == 200 for each in answers(gone, pages)] == [led] * 4


def test_a_decided_one_is_still_closed_to_others(
    pages: list[str], as_bea: Any, as_chair: Any, chair: User
) -> None:
    ClosureProposal.objects.update(withdrawn_at=NOW)
    assert as_bea.get(pages[0]).status_code == 403
    assert as_chair.get(pages[0]).status_code == 302


@pytest.mark.parametrize("seat", ["none", "today", "sat at the last meeting"])
def test_it_costs_the_same_for_every_seat(
    seat: str, pages: list[str], committee: Group, chair: User, harbour: Organisation,
    recommendation: Recommendation, django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    user = joined(harbour, "Reader")
    sit(committee, user, SEATS[seat])
    client = signed_in_as(user)
    with django_assert_num_queries(9):
        client.get(recommendation.get_absolute_url())


def test_the_kinds_are_those_of_the_committee() -> None:
    kinds = {who_decides.CLOSURE, who_decides.LATER_DATE, who_decides.RESPONSE}
    assert kinds == {str(kind) for kind in DecisionKind}
