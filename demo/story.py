"""The whole story, in the order in which its parts lean on each other."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import chain

from django.db import transaction

from commitments.models import Pledge
from commitments.queries import current_wording
from demo.advice import advise
from demo.asking import ask_people
from demo.assistants import help_out
from demo.barriers import take_down_barriers
from demo.bodies import ask_members
from demo.days import Days
from demo.decisions import decide_and_advise
from demo.effect import measure_effect
from demo.groups import hold_meetings
from demo.invitations import receive_invitations
from demo.keeping import show_and_keep
from demo.learning import fill_shelf
from demo.line_ups import count_line_ups
from demo.mail import remember_mail, send_what_waits
from demo.packs import freeze_packs
from demo.people import Cast, introduce_everybody, invite_somebody, join, joiners
from demo.pledge_group import follow_pledge_group
from demo.pledges import add_neighbours, make_pledges
from demo.programmes import plan_programmes
from demo.reflections import reflect
from demo.review import follow_review
from demo.scene import LineUps, Scene, Step, live
from demo.sharing import share
from organisations.models import User
from organisations.queries import demo_users
from panels.models import Gathering


def is_told() -> bool:
    return demo_users().exists()


@transaction.atomic
def tell(*, now: datetime) -> list[User]:
    """Everything or nothing. Returns the people to sign in as."""
    days = Days(now)
    cast = introduce_everybody(days)
    gatherings = fill_tables(cast, days)
    lead(cast, gatherings, days)
    fill_shelf(cast, days)
    ask_members(cast, days)
    committee = (hold_meetings, follow_review, decide_and_advise, advise, freeze_packs)
    live(chain.from_iterable(part(cast, days) for part in committee))
    follow_pledge_group(cast, days)
    measure_effect(cast, days)
    send_what_waits(days)
    remember_mail(cast, days)
    return list(demo_users())


def fill_tables(cast: Cast, days: Days) -> dict[str, Gathering]:
    """Every event and group by its title."""
    told = LineUps(cast, days)
    parts = (
        come_together,
        count_line_ups,
        plan_programmes,
        ask_people,
        take_down_barriers,
        show_and_keep,
    )
    live(chain.from_iterable(part(told) for part in parts))
    return told.gatherings


def come_together(told: LineUps) -> Iterator[Step]:
    for someone in joiners():
        yield told.days.at(someone.joined, 11), partial(join, someone, told.cast)
    yield told.days.now, partial(invite_somebody, told.cast)


def lead(cast: Cast, gatherings: dict[str, Gathering], days: Days) -> None:
    wording = current_wording()
    assert wording is not None
    add_neighbours(cast, days)
    scene = Scene(cast, days, gatherings, wording)
    live(leaders_days(scene))
    made = [pledge.pk for pledge in scene.pledges.values()]
    Pledge.objects.filter(pk__in=made).update(is_worked_example=True)


def leaders_days(scene: Scene) -> Iterator[Step]:
    parts = (make_pledges, receive_invitations, reflect, help_out, share)
    return chain.from_iterable(part(scene) for part in parts)
