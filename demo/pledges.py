"""Pledges from their first word to their last: made, signed anew, handed on, withdrawn."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from allauth.account.models import EmailAddress

from commitments import actions
from commitments.actions.leaving import close_pledge, hand_over, take_on
from commitments.actions.making import choose_what_shows
from commitments.actions.previewing import make_preview
from commitments.actions.publishing import sign_again
from commitments.actions.revising import begin_revision
from commitments.actions.trusting import show_work_address
from commitments.enums import Cadence, Choice, Ending
from commitments.models import Pledge
from commitments.signing import Answer, Standing
from commitments.who import Shows, Who
from demo.check_ins import look_backs
from demo.days import Days
from demo.leaders import NEIGHBOURS, PLEDGES, Made, Words
from demo.people import HOMES, Cast, everybody
from demo.scene import Scene, Step
from organisations.models import User

DRAFT = Made(
    "organiser",
    "Events lead",
    4,
    Words("I book most of our speakers, so most of this is in my hands before it is in anyone’s."),
)


def add_neighbours(cast: Cast, days: Days) -> None:
    from tests.factories.organisations import UserFactory

    for key, neighbour in NEIGHBOURS.items():
        user = UserFactory.create(
            email=neighbour.address, display_name=neighbour.name, date_joined=days.at(540, 9)
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        cast.people[key] = user


def make_pledges(scene: Scene) -> Iterator[Step]:
    days = scene.days
    for made in PLEDGES:
        yield days.at(made.made, 19), partial(publish, made, scene)
        yield from look_backs(made, scene)
        if made.confirmed is not None:
            yield days.at(made.confirmed, 19, 30), partial(confirm, made, scene)
        if made.address_shown is not None:
            yield days.at(made.address_shown, 19, 30), partial(show_address, made, scene)
        if made.again is not None:
            yield days.at(made.again[0], 18), partial(sign_newer, made, made.again[1], scene)
        if made.closed is not None:
            yield days.at(made.closed, 10), partial(end, made, scene)
    yield days.at(DRAFT.made, 13), partial(draft, scene)


def begin(made: Made, scene: Scene, at: datetime) -> Pledge:
    leader = scene.cast[made.leader]
    if made.takes_on:
        waiting = scene.pledges[made.takes_on].handovers.get()
        pledge = take_on(handover=waiting, by=leader, now=at)
    else:
        pledge = actions.start_pledge(
            who=who_is(made, scene),
            wording=scene.wording,
            by=leader,
            now=at,
            asked_by=scene.pledges[made.asked_by] if made.asked_by else None,
        )
    write(pledge, made.words, scene, by=leader, at=at)
    scene.pledges[made.leader] = pledge
    return pledge


def who_is(made: Made, scene: Scene) -> Who:
    return Who(
        name=scene.cast[made.leader].display_name,
        role_title=made.role,
        organisation=scene.cast.homes.get(home_of(made)),
        organisation_name=made.organisation_name,
    )


def home_of(made: Made) -> str:
    return next((each.home for each in everybody() if each.key == made.leader), "")


def write(pledge: Pledge, words: Words, scene: Scene, *, by: User, at: datetime) -> None:
    """The text that is in hand, of a draft or of a newer version."""
    lines = scene.wording.promises.all()
    answers = [answer(line.key, line.text, words) for line in lines]
    actions.choose_promises(pledge=pledge, answers=answers, by=by, now=at)
    actions.write_own(pledge=pledge, own=words.own, statement=words.statement, by=by, now=at)
    if words.standards:
        standards = [
            Standing(each.kind, each.name, scene.days.on(each.ago), each.link)
            for each in words.standards
        ]
        actions.choose_standards(pledge=pledge, standards=standards, by=by, now=at)


def answer(key: str, text: str, words: Words) -> Answer:
    if key in words.left_out:
        return Answer(key, Choice.LEFT_OUT)
    if key in words.adapted:
        return Answer(key, Choice.ADAPTED, words.adapted[key])
    return Answer(key, Choice.ADOPTED, text)


def publish(made: Made, scene: Scene, at: datetime) -> None:
    leader = scene.cast[made.leader]
    pledge = begin(made, scene, at)
    if made.every != Cadence.MONTHLY:
        actions.choose_cadence(pledge=pledge, cadence=made.every, by=leader, now=at)
    shows = Shows(says_who_asked=bool(made.asked_by), counts_who_followed=True)
    choose_what_shows(pledge=pledge, shows=shows, by=leader, now=at)
    scene.pledges[made.leader] = actions.publish_pledge(pledge=pledge, by=leader, now=at)


def confirm(made: Made, scene: Scene, at: datetime) -> None:
    """By a coordinator; nobody confirms their own."""
    by = scene.cast[HOMES[home_of(made)].coordinator]
    if by == scene.cast[made.leader]:
        by = scene.cast["kettlewell-nia-griffith-rowe"]
    pledge = scene.pledges[made.leader]
    actions.confirm_pledge(pledge=pledge, shown=pledge.who_as_shown, by=by, now=at)


def show_address(made: Made, scene: Scene, at: datetime) -> None:
    leader = scene.cast[made.leader]
    show_work_address(
        pledge=scene.pledges[made.leader], address=leader.email, by=leader, now=at
    )  # fmt: skip


def sign_newer(made: Made, words: Words, scene: Scene, at: datetime) -> None:
    pledge, leader = scene.pledges[made.leader], scene.cast[made.leader]
    begin_revision(pledge=pledge, by=leader, now=at)
    write(pledge, words, scene, by=leader, at=at)
    sign_again(pledge=pledge, by=leader, now=at)


def end(made: Made, scene: Scene, at: datetime) -> None:
    """Handed to the next leader, where there is one; else withdrawn."""
    pledge, leader = scene.pledges[made.leader], scene.cast[made.leader]
    if made.handed_to:
        email = scene.cast[made.handed_to].email
        hand_over(pledge=pledge, ended_on=at.date(), email=email, by=leader, now=at)
    else:
        close_pledge(pledge=pledge, ending=Ending.WITHDRAWN, ended_on=None, by=leader, now=at)


def draft(scene: Scene, at: datetime) -> None:
    """Not published yet; its leader's chair reads it by a link."""
    pledge = begin(DRAFT, scene, at)
    make_preview(pledge=pledge, instead_of=None, by=scene.cast[DRAFT.leader], now=at)
