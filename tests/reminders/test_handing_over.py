"""Work whose lead cannot sign in any more is somebody's to hand over."""

from datetime import timedelta

import pytest

from organisations.models import Organisation, User
from reminders.actions import remind
from reminders.enums import ReminderKind
from reminders.models import Reminder
from reminders.schedule import start_of
from tests.factories.organisations import MembershipFactory
from tests.factories.recommendations import RecommendationFactory
from tests.reminders.planning import MONDAY, action

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("last_seen", [10, 60])
def test_work_of_a_closed_account_is_handed_over(
    last_seen: int, harbour: Organisation, bea: User
) -> None:
    """However long ago its owner was here last."""
    sponsor = MembershipFactory(organisation=harbour).user
    of = RecommendationFactory(organisation=harbour, accountable_owner=sponsor)
    left_on_monday = action(harbour, bea, recommendation=of, days=40)
    bea.last_login = start_of(MONDAY) - timedelta(days=last_seen)
    bea.is_active = False
    bea.save()
    User.objects.filter(pk=bea.pk).update(closed_at=start_of(MONDAY))
    for number in range(15):
        remind(now=start_of(MONDAY + timedelta(days=number)) + timedelta(hours=8))
    told = Reminder.objects.filter(kind=ReminderKind.HANDOVER)
    assert [(each.user, each.subject_id, each.rung) for each in told.order_by("rung")] == [
        (sponsor, left_on_monday.pk, 0),
        (sponsor, left_on_monday.pk, 14),
    ]
