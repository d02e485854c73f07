"""The whole story, in the order in which its parts lean on each other."""

from datetime import datetime

from django.db import transaction

from demo.days import Days
from demo.groups import hold_meetings
from demo.invitations import receive_invitations
from demo.line_ups import count_line_ups
from demo.mail import remember_mail
from demo.people import introduce_everybody
from demo.pledge_group import follow_pledge_group
from demo.pledges import make_pledges
from demo.review import follow_review
from organisations.models import User
from organisations.queries import demo_users


def is_told() -> bool:
    return demo_users().exists()


@transaction.atomic
def tell(*, now: datetime) -> list[User]:
    """Everything or nothing. Returns the people to sign in as."""
    days = Days(now)
    cast = introduce_everybody(days)
    gatherings = count_line_ups(cast, days)
    pledges = make_pledges(cast, days)
    receive_invitations(pledges, gatherings, days)
    hold_meetings(cast, days)
    follow_review(cast, days)
    follow_pledge_group(cast, days)
    remember_mail(cast, days)
    return list(demo_users())
