"""Looking again follows the seat, as deciding does: the page of the check, the recommendation and
"my work" say the same, for every role with every seat."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from committees.enums import GroupKind
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.models import Recheck, Recommendation
from tests.conftest import signed_in_as
from tests.factories.closing import due_recheck
from tests.factories.committees import GroupFactory, seated_in
from tests.factories.organisations import MembershipFactory

TODAY = timezone.localdate()
DAY = timedelta(days=1)
ROLES = (Role.STAFF, Role.ORGANISER, Role.ADVISER, Role.TRUSTEE, Role.COMMITTEE, Role.CHAIR)
SEATS = {
    "none": None,
    "today": {},
    "first day": {"from_date": TODAY},
    "ended": {"to_date": TODAY - 2 * DAY},
    "to come": {"from_date": TODAY + 2 * DAY},
}
OPENS = ("today", "first day")


@pytest.fixture
def recheck(proven: Recommendation, lead: User) -> Recheck:
    """Whoever decided on it still sits, and is free to look."""
    return due_recheck(proven, by=lead)


def address(recheck: Recheck) -> str:
    return f"/o/harbour-minds/recommendations/checks/{recheck.pk}/"


def says(user: User, recheck: Recheck) -> tuple[bool, bool, bool]:
    client, page = signed_in_as(user), address(recheck)
    shown = client.get(recheck.recommendation.get_absolute_url()).content.decode()
    tasks = [task.url for task in client.get("/me/").context["tasks"]]
    return client.get(page).status_code == 200, page in shown, page in tasks


@pytest.mark.parametrize("is_free", [True, False])
@pytest.mark.parametrize("seat", SEATS)
def test_every_role_with_every_seat(
    seat: str, is_free: bool, recheck: Recheck, harbour: Organisation
) -> None:
    if not is_free:
        here = harbour.memberships.filter(roles__contains=[Role.CHAIR])
        here.update(roles=[Role.CHAIR, Role.COORDINATOR])
    for role in ROLES:
        user = MembershipFactory(organisation=harbour, roles=[role]).user
        days = SEATS[seat]
        held = None if days is None else seated_in(harbour, user, **days)
        passed_on = not is_free and role in (Role.ADVISER, Role.TRUSTEE)
        assert says(user, recheck) == (seat in OPENS or passed_on,) * 3, (role, seat)
        if held is not None:
            held.delete()


def test_a_seat_on_another_group_or_elsewhere_is_none(
    recheck: Recheck, harbour: Organisation, northside: Organisation
) -> None:
    user = MembershipFactory(organisation=harbour, roles=[Role.COMMITTEE]).user
    board = GroupFactory(organisation=harbour, kind=GroupKind.BOARD)
    seated_in(harbour, user, group=board)
    seated_in(northside, user)
    assert says(user, recheck) == (False,) * 3


def test_staff_with_a_seat_record_what_they_found(
    recheck: Recheck, harbour: Organisation, bea: User, as_bea: Client
) -> None:
    seated_in(harbour, bea)
    said = {"result": "sustained", "note": "Asked two teams."}
    assert as_bea.post(address(recheck), said).status_code == 302
    recheck.refresh_from_db()
    assert (recheck.result, recheck.checked_by) == ("sustained", bea)


def test_a_role_without_a_seat_records_nothing(recheck: Recheck, harbour: Organisation) -> None:
    user = MembershipFactory(organisation=harbour, roles=[Role.CHAIR, Role.COMMITTEE]).user
    said = {"result": "sustained", "note": "Asked two teams."}
    assert signed_in_as(user).post(address(recheck), said).status_code == 403
    recheck.refresh_from_db()
    assert recheck.result == ""
