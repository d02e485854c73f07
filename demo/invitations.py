"""What leaders were asked to, what they asked back, and what came of it."""

from dataclasses import dataclass

from commitments.actions import add_invitation, move_invitation
from commitments.enums import InvitationState
from commitments.models import Invitation, Pledge
from demo.days import Days
from panels.models import Gathering

ASKED, ANSWERED = InvitationState.ASKED, InvitationState.ANSWERED
CHANGED, ACCEPTED = InvitationState.CHANGED, InvitationState.ACCEPTED
DECLINED, STEPPED_ASIDE = InvitationState.DECLINED, InvitationState.STEPPED_ASIDE
TOOK_PART, WITHDREW = InvitationState.TOOK_PART, InvitationState.WITHDREW
Steps = tuple[tuple[int, InvitationState], ...]


@dataclass(frozen=True)
class Came:
    """An invitation. All in days ago: received, held, and what came of it, in order."""

    leader: str
    title: str
    organiser: str
    received: int
    held: int
    then: Steps = ()


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
         ((80, ASKED), (66, CHANGED), (60, STEPPED_ASIDE))),
    Came("chief-executive", "What commissioners never ask", "Northgate Policy Forum", 25, -16,
         ((21, ASKED), (9, ANSWERED))),
    Came("chief-executive", "Autumn lecture", "Tarn College", 12, -55, ((10, ASKED),)),
    Came("chief-executive", "Panel on loneliness", "Estuary Radio", 3, -33),
    Came("executive-sponsor", "Crisis houses: the next ten years", "Lantern Row Network", 340, 300,
         ((338, ASKED), (320, CHANGED), (300, TOOK_PART))),
    Came("executive-sponsor", "Directors' round table", "Upland Health Network", 210, 180,
         ((180, TOOK_PART),)),
    Came("executive-sponsor", "Language on the ward", "Ashdown Nurses' Circle", 215, 188,
         ((210, ASKED), (201, ACCEPTED), (188, TOOK_PART))),
    Came("executive-sponsor", "Safe staffing", "Ashdown Nurses' Circle", 40, -20,
         ((38, ASKED), (30, ACCEPTED))),
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


def receive_invitations(
    pledges: dict[str, Pledge], gatherings: dict[str, Gathering], days: Days
) -> None:
    for came in INVITATIONS:
        invitation = receive(came, pledges[came.leader], days)
        gathering = gatherings.get(came.title)
        if gathering is not None and gathering.organisation_id == invitation.pledge.organisation_id:
            Invitation.objects.filter(pk=invitation.pk).update(gathering=gathering)


def receive(came: Came, pledge: Pledge, days: Days) -> Invitation:
    invitation = add_invitation(
        pledge=pledge,
        title=came.title,
        organiser=came.organiser,
        held_on=days.on(came.held),
        received_on=days.on(came.received),
        asked_on=None,
        by=pledge.leader,
        now=days.at(came.received, 9),
    )
    asked_on = next((days.on(ago) for ago, state in came.then if state == ASKED), None)
    has_changed = False
    for ago, state in came.then:
        has_changed = has_changed or state == CHANGED
        move_invitation(
            invitation=invitation,
            state=state,
            asked_on=asked_on,
            lineup_changed=has_changed,
            by=pledge.leader,
            now=days.at(ago, 18),
        )
    return invitation
