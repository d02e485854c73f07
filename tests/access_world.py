"""One organisation's worth of rows, whose texts hold a canary, and the address of each page."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from committees.enums import GroupKind
from organisations import actions as organisation_actions
from organisations.models import Organisation, User
from organisations.tokens import new_token
from outbox.enums import Kind, State
from tests.access_rows import Seeds, with_rows_of_modules
from tests.factories.commitments import InvitationFactory, PledgeFactory
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.outbox import EmailFactory
from tests.factories.panels import GatheringFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory


@dataclass(frozen=True)
class World:
    """`arguments[url name]` are the arguments that lead to this organisation's own row."""

    organisation: Organisation
    canary: str
    arguments: dict[str, dict[str, Any]]


def build_world(organisation: Organisation, owner: User) -> World:
    """Rows of every kind in one organisation, owned by `owner` where a relation opens a door."""
    now = timezone.now()
    canary = f"CANARY-{organisation.slug}"
    other = UserFactory(display_name=f"{canary} colleague")
    member = MembershipFactory(organisation=organisation, user=other)
    gathering = GatheringFactory(organisation=organisation, title=f"{canary} event")
    group = GroupFactory(organisation=organisation, name=f"{canary} group", kind=GroupKind.BOARD)
    seat = GroupMemberFactory(group=group, user=other)
    meeting = MeetingFactory(group=group, note=f"{canary} note")
    recommendation = RecommendationFactory(
        organisation=organisation, title=f"{canary} recommendation", accountable_owner=owner
    )
    action = ActionFactory(
        recommendation=recommendation,
        title=f"{canary} action",
        responsible_owner=owner,
        target_date=timezone.localdate(),
    )
    draft = PledgeFactory(
        draft=True, leader=owner, organisation=organisation, leader_name=f"{canary} draft leader"
    )
    # A published pledge is everybody's to read, so it carries no canary.
    pledge = PledgeFactory(
        leader=owner, organisation=organisation, leader_name="A leader", organisation_name=""
    )
    others_pledge = PledgeFactory(leader=other, organisation=organisation, leader_name="B leader")
    invitation = InvitationFactory(pledge=pledge, title=f"{canary} invitation")
    email = EmailFactory(
        organisation=organisation,
        kind=Kind.REMINDERS,
        state=State.FAILED,
        to_address=f"{canary.lower()}@example.org",
    )
    invite = organisation_actions.invite_member(
        organisation=organisation,
        email=f"invited-{canary.lower()}@example.org",
        roles=["staff"],
        by=owner,
        now=now,
    )
    here = {"organisation": organisation.slug}
    of_recommendation = here | {"pk": recommendation.pk}
    of_group = here | {"pk": group.pk}
    of_draft, of_pledge = {"pk": draft.pk}, {"pk": pledge.pk}
    arguments = {
        "organisation_home": here,
        "people": here,
        "invite_create": here,
        "organisation_details": here,
        "invite_revoke": here | {"pk": invite.pk},
        "member_roles": here | {"pk": member.pk},
        "member_end": here | {"pk": member.pk},
        "invite_accept": {"token": new_token()},
        "demo_sign_in": {"pk": other.pk},
        "gathering_list": here,
        "gathering_create": here,
        "gathering_detail": here | {"pk": gathering.pk},
        "gathering_edit": here | {"pk": gathering.pk},
        "counts_enter": here | {"pk": gathering.pk},
        "dashboard": here,
        "catalogue_adopt": here | {"key": "oxytocin_2021"},
        "recommendation_detail": of_recommendation,
        "update_post": of_recommendation,
        "owners_set": of_recommendation,
        "response_record": of_recommendation,
        "action_accept": here | {"recommendation": recommendation.pk, "pk": action.pk},
        "group_list": here,
        "group_create": here,
        "group_detail": of_group,
        "group_member_add": of_group,
        "group_member_end": here | {"group": group.pk, "pk": seat.pk},
        "meeting_plan": of_group,
        "meeting_record": here | {"group": group.pk, "pk": meeting.pk},
        "sent_mail": here,
        "mail_send_again": here | {"pk": email.pk},
        "organisation_pledges": here,
        "pledge_confirm": here | {"pk": others_pledge.pk},
        "pledge_public": {"slug": pledge.slug},
        "my_pledge": of_pledge,
        "pledge_who": of_draft,
        "pledge_promises": of_draft,
        "pledge_rhythm": of_draft,
        "pledge_check": of_draft,
        "pledge_publish": of_draft,
        "invitation_add": of_pledge,
        "invitation_detail": {"pk": invitation.pk},
        "check_in": of_pledge,
        "dev_mail_gallery_html": {"name": "several"},
        "dev_mail_html": {"name": "some.eml"},
        "unsubscribe": {"token": new_token()},
    }
    seeds = Seeds(
        organisation=organisation,
        owner=owner,
        other=other,
        canary=canary,
        pledge=pledge,
        draft=draft,
        invitation=invitation,
        gathering=gathering,
    )
    return World(organisation, canary, with_rows_of_modules(arguments, seeds))
