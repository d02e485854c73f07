"""What leaders were asked to, what they asked back, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from commitments.actions.asking import make_letter
from commitments.actions.entries import ask_anew
from commitments.actions.ledger import add_invitation, take_step
from commitments.enums import InvitationKind, InvitationState
from demo.replies import REPLIES, ask, reply
from demo.scene import Scene, Step

ASKED, ANSWERED = InvitationState.ASKED, InvitationState.ANSWERED
CHANGED, ACCEPTED = InvitationState.CHANGED, InvitationState.ACCEPTED
DECLINED, STEPPED_ASIDE = InvitationState.DECLINED, InvitationState.STEPPED_ASIDE
TOOK_PART, WITHDREW = InvitationState.TOOK_PART, InvitationState.WITHDREW
PUT_FORWARD, STEPPED_BACK = InvitationState.PUT_FORWARD, InvitationState.STEPPED_BACK
HOSTING, SEAT = InvitationKind.HOSTING, InvitationKind.SEAT
CONVERSATION = InvitationKind.CONVERSATION
PEOPLE_PUT_FORWARD = 2
ASSISTANT = "executive-assistant"
Steps = tuple[tuple[int, InvitationState], ...]


@dataclass(frozen=True)
class Came:
    """An invitation. All in days ago: received, held, and what came of it, in order.

    `by` noted it, where that was not the leader.
    """

    leader: str
    title: str
    organiser: str
    received: int
    held: int | None
    then: Steps = ()
    kind: InvitationKind = InvitationKind.INVITED
    by: str = ""


INVITATIONS = (
    Came("chief-executive", "Talking money and mental health", "Fairwater Debt Alliance", 420, 377,
         ((414, ASKED), (402, ANSWERED), (377, TOOK_PART))),
    Came("chief-executive", "Leaders' breakfast", "Northgate Policy Forum", 372, 340,
         ((371, ASKED), (350, DECLINED))),
    Came("chief-executive", "Young minds, old systems", "Larkspur Youth Trust", 361, 331,
         ((331, TOOK_PART),)),
    Came("chief-executive", "Faith, culture and recovery", "Copperbeech Interfaith Project", 310,
         270, ((305, ASKED), (291, CHANGED), (270, TOOK_PART))),
    Came("chief-executive", "Housing and Health North", "Slatebrook Housing Group", 280, 233,
         ((279, ASKED), (266, ANSWERED), (258, STEPPED_ASIDE))),
    Came("chief-executive", "The long view: a lecture", "Tarn College", 230, 200,
         ((228, ASKED), (214, DECLINED))),
    Came("chief-executive", "Commissioning for fairness", "Northgate Policy Forum", 190, 149,
         ((188, ASKED), (176, CHANGED), (149, TOOK_PART))),
    Came("chief-executive", "Radio phone-in on waiting lists", "Estuary Radio", 140, 139, ()),
    Came("chief-executive", "Awards evening", "Brightside Business Club", 121, 80,
         ((120, ASKED), (101, WITHDREW))),
    Came("chief-executive", "The price of a late diagnosis", "Fairwater Debt Alliance", 130, 96,
         ((127, ASKED), (115, CHANGED), (96, TOOK_PART))),
    Came("chief-executive", "Peer support after discharge", "Lantern Row Network", 83, 52,
         ((80, ASKED), (66, CHANGED), (60, STEPPED_ASIDE), (59, PUT_FORWARD))),
    Came("chief-executive", "Rivers of Care: annual conference, second year", "", 150, 33,
         ((140, ASKED), (121, ANSWERED), (110, CHANGED), (90, STEPPED_BACK), (33, TOOK_PART)),
         HOSTING),
    Came("chief-executive", "Staff day by the water", "", 9, -41, ((7, ASKED), (2, STEPPED_BACK)),
         HOSTING),
    Came("chief-executive", "Northgate advisory board", "Northgate Policy Forum", 400, None,
         ((395, ASKED), (371, ANSWERED), (340, CHANGED)), SEAT),
    Came("chief-executive", "Conference of Tarn College", "Tarn College", 44, -70,
         ((40, ASKED), (31, PUT_FORWARD)), CONVERSATION),
    Came("chief-executive", "What commissioners never ask", "Northgate Policy Forum", 25, -16,
         ((21, ASKED), (9, ANSWERED))),
    Came("chief-executive", "An evening lecture", "Tarn College", 12, -55, ((10, ASKED),),
         by=ASSISTANT),
    Came("chief-executive", "Panel on loneliness", "Estuary Radio", 3, -33,
         by=ASSISTANT),
    Came("executive-sponsor", "Crisis houses: the next ten years", "Lantern Row Network", 340, 300,
         ((338, ASKED), (320, CHANGED), (300, TOOK_PART))),
    Came("executive-sponsor", "Directors' round table", "Upland Health Network", 210, 180,
         ((180, TOOK_PART),)),
    Came("executive-sponsor", "Language on the ward", "Ashdown Nurses' Circle", 215, 188,
         ((210, ASKED), (201, ACCEPTED), (188, TOOK_PART))),
    Came("executive-sponsor", "Safe staffing", "Ashdown Nurses' Circle", 40, -20,
         ((38, ASKED), (30, ACCEPTED))),
    Came("executive-sponsor", "Nights that work for everyone", "Ashdown Nurses' Circle", 30, -38,
         ((28, ASKED), (19, CHANGED))),
    Came("associate-director", "Recruiting differently", "Bryn Glas Employers' Forum", 250, 220,
         ((249, ASKED), (232, DECLINED))),
    Came("associate-director", "Appraisals that matter", "Larkspur Youth Trust", 90, 61,
         ((88, ASKED), (74, CHANGED), (61, TOOK_PART))),
    Came("kettlewell-chief-executive", "Work that does not make you ill",
         "Bryn Glas Employers' Forum", 318, 280, ((280, TOOK_PART),)),
    Came("kettlewell-chief-executive", "Asylum and anxiety", "Harbourlight Welcome", 250, 214,
         ((247, ASKED), (236, CHANGED), (214, TOOK_PART))),
    Came("kettlewell-chief-executive", "Rural Minds", "Upland Health Network", 175, 130,
         ((170, ASKED), (150, ANSWERED), (130, TOOK_PART))),
    Came("kettlewell-chief-executive", "Growth summit", "Brightside Business Club", 60, 20,
         ((59, ASKED), (44, DECLINED))),
    Came("bridge-director", "Listening as a craft", "Kirkgate Volunteers", 180, 150,
         ((178, ASKED), (150, TOOK_PART))),
    Came("bridge-director", "Volunteering north of the river", "Kirkgate Volunteers", 14, -28,
         ((13, ASKED),)),
    Came("speaker", "Keynote: whose story is it?", "Tarn College", 290, 244,
         ((286, ASKED), (270, CHANGED), (244, TOOK_PART))),
    Came("speaker", "Wellbeing week", "Brightside Business Club", 160, 133,
         ((158, ASKED), (149, STEPPED_ASIDE))),
    Came("trustee", "Governance day", "Northgate Policy Forum", 200, 171,
         ((198, ASKED), (171, TOOK_PART))),
    Came("neighbour-li", "Uplands together", "Harbourlight Welcome", 50, 22,
         ((48, ASKED), (39, CHANGED), (22, TOOK_PART))),
)  # fmt: skip


def receive_invitations(scene: Scene) -> Iterator[Step]:
    days = scene.days
    for came in INVITATIONS:
        yield days.at(came.received, 9), partial(receive, came, scene)
        for ago, state in came.then:
            yield days.at(ago, 18), partial(take, came, state, scene)
        if came.kind == SEAT:
            yield from look_again(came, scene)


def receive(came: Came, scene: Scene, at: datetime) -> None:
    pledge, gathering = scene.pledges[came.leader], scene.gatherings.get(came.title)
    is_ours = gathering is not None and gathering.organisation_id == pledge.organisation_id
    scene.entries[came.leader, came.title] = add_invitation(
        pledge=pledge,
        kind=came.kind,
        title=came.title,
        organiser=came.organiser,
        held_on=None if came.held is None else scene.days.on(came.held),
        received_on=at.date(),
        asked_on=None,
        gathering=gathering if is_ours else None,
        by=scene.cast[came.by or came.leader],
        now=at,
    )


def take(came: Came, state: InvitationState, scene: Scene, at: datetime) -> None:
    """By the organiser where they answered through the link of a letter."""
    entry, by = scene.entries[came.leader, came.title], scene.cast[came.by or came.leader]
    replied = REPLIES.get(came.title)
    if replied and state == ASKED:
        ask(entry, replied, by=by, at=at)
    elif replied and state == ANSWERED:
        reply(entry, replied, at=at)
    else:
        if came.then == ((came.then[0][0], ASKED),):
            make_letter(invitation=entry, by=by, now=at)
        number = PEOPLE_PUT_FORWARD if state == PUT_FORWARD else None
        take_step(invitation=entry, state=state, on=at.date(), number=number, by=by, now=at)


def look_again(came: Came, scene: Scene) -> Iterator[Step]:
    """A seat is asked about anew in the next calendar year."""
    days = scene.days
    new_year = days.today.replace(month=1, day=1)
    if days.on(came.received) < new_year:
        day = min(new_year + timedelta(days=8), days.today)
        yield min(days.hour_of(day), days.now), partial(anew, came, scene)


def anew(came: Came, scene: Scene, at: datetime) -> None:
    entry, by = scene.entries[came.leader, came.title], scene.cast[came.leader]
    ask_anew(invitation=entry, by=by, now=at)
