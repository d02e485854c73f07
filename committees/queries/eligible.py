"""Who may decide what, and at which meetings: the facts for the rules."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from committees import deciding
from committees.enums import DecisionKind, GroupKind, MeetingState
from committees.models import Apology, GroupMember, Meeting
from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from recommendations import extending
from recommendations.models import Action, ClosureProposal, Extension, Recommendation
from recommendations.refusals import CLOSED
from recommendations.who_decides import owners_of

RECENT = 6


class Whose(Protocol):
    """What stands between somebody and deciding a matter."""

    @property
    def kind(self) -> str: ...
    @property
    def owners(self) -> Collection[UUID]: ...
    @property
    def asked_by(self) -> UUID | None: ...


@dataclass(frozen=True)
class About:
    """Something to decide. `asked_by` and `asked_on`: None where nobody asked for it."""

    kind: str
    recommendation: Recommendation
    owners: frozenset[UUID]
    asked_by: UUID | None = None
    asked_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """One meeting, and why this person decides nothing there; empty when they may."""

    meeting: Meeting
    why_not: str
    is_passed_on: bool


def about_closing(proposal: ClosureProposal) -> About:
    return About(
        DecisionKind.CLOSURE,
        proposal.recommendation,
        owners_of(proposal.recommendation) | frozenset(proposal.owners),
        proposal.proposed_by_id,
        timezone.localdate(proposal.proposed_at),
    )


def about_date(extension: Extension) -> About:
    recommendation = extension.action.recommendation
    if extension.is_own_motion:
        return about_own_motion(recommendation)
    return About(
        DecisionKind.EXTENSION,
        recommendation,
        owners_of(recommendation),
        extension.asked_by_id,
        extension.asked_on,
    )


def about_own_motion(recommendation: Recommendation) -> About:
    return About(DecisionKind.EXTENSION, recommendation, owners_of(recommendation))


def about_response(recommendation: Recommendation) -> About:
    return About(DecisionKind.RESPONSE, recommendation, owners_of(recommendation))


def recent_meetings(organisation: Organisation, *, today: date) -> list[Meeting]:
    """Of the accountability committee, the latest first; none that is still to come."""
    found = meetings_until(organisation, today=today)
    return list(found.select_related("group__organisation", "pack")[:RECENT])


def meetings_until(organisation: Organisation, *, today: date) -> QuerySet[Meeting]:
    found = Meeting.objects.filter(
        group__organisation=organisation, group__kind=GroupKind.ACCOUNTABILITY, date__lte=today
    )
    return found.exclude(state=MeetingState.CANCELLED).order_by("-date", "pk")


def meetings_ahead(organisation: Organisation, *, today: date) -> QuerySet[Meeting]:
    """Of the accountability committee, the next first."""
    found = Meeting.objects.filter(
        group__organisation=organisation,
        group__kind=GroupKind.ACCOUNTABILITY,
        state=MeetingState.PLANNED,
        date__gt=today,
    )
    return found.select_related("group__organisation").order_by("date", "pk")


@dataclass(frozen=True)
class Board:
    """Where this person stands with a matter. `never`: why they decide it at no meeting.

    might_decide: lists lead them here. is_seated: somebody sits on a committee today.
    has_seat: their own, today or on any other day.
    coming: meetings still to come, asked for only where there is nothing to decide yet.
    """

    standings: tuple[Standing, ...]
    never: str
    might_decide: bool
    is_seated: bool
    has_seat: bool
    coming: QuerySet[Meeting]

    @property
    def free(self) -> list[Standing]:
        """Where they may decide, the latest meeting first."""
        return [standing for standing in self.standings if not standing.why_not]

    @property
    def why_not(self) -> str:
        """Empty when they may decide at one of the meetings."""
        if self.free:
            return ""
        since = [
            each.why_not for each in self.standings if each.why_not != deciding.BEFORE_IT_WAS_ASKED
        ]
        return self.never or next(iter(since), deciding.NOT_MET_SINCE)

    @property
    def next_meeting(self) -> Meeting | None:
        """To which whoever may decide there, but not yet, is led."""
        return None if self.never or self.free else self.coming.first()

    @property
    def is_passed_on(self) -> bool:
        return any(standing.is_passed_on for standing in self.free)


def board_of(about: About, *, user: User, today: date) -> Board:
    """At the committee's recent meetings; four queries."""
    organisation = about.recommendation.organisation
    meetings = recent_meetings(organisation, today=today)
    facts = _Facts(about, meetings, user)
    return Board(
        tuple(facts.standing(each, today=today) for each in meetings),
        never=facts.never,
        might_decide=facts.might_decide(meetings, today=today),
        is_seated=bool(facts.committees_on(today)),
        has_seat=any(seat.user_id == user.pk for seat in facts.seats),
        coming=meetings_ahead(organisation, today=today),
    )


def who_may_decide(about: About, *, meeting: Meeting, user: User, today: date) -> Standing:
    """At this meeting; three queries."""
    return _Facts(about, [meeting], user).standing(meeting, today=today)


def sitting_of(meeting: Meeting) -> deciding.Sitting:
    return deciding.Sitting(
        day=meeting.date,
        is_committee=meeting.group.kind == GroupKind.ACCOUNTABILITY,
        is_cancelled=meeting.state == MeetingState.CANCELLED,
    )


def why_not_move(action: Action, standing: extending.Standing, *, today: date) -> str:
    """Why the committee moves this date for nobody now; empty when it can."""
    if not action.recommendation.is_open:
        return CLOSED
    problem = extending.why_not_now(standing, today=today, is_own_motion=True)
    is_ahead = standing.target is not None and today <= standing.target
    return problem or (deciding.DATE_STILL_AHEAD if is_ahead else "")


def sits_on(user: User, *, organisation: Organisation, today: date) -> set[UUID]:
    """The accountability committees here on which they have a seat today."""
    seats = GroupMember.objects.filter(
        group__organisation=organisation, group__kind=GroupKind.ACCOUNTABILITY, user=user
    )
    return {each.group_id for each in seats if is_held(each, each.group_id, today)}


class _Facts:
    """About one matter: seats, roles and apologies, read once for all meetings."""

    def __init__(self, about: About, meetings: Sequence[Meeting], user: User) -> None:
        self.about, self.user = about, user
        self.seats = list(_seats_here(about.recommendation.organisation, meetings))
        people = {seat.user_id for seat in self.seats} | {user.pk}
        self.roles = _roles(about.recommendation.organisation_id, people)
        away = Apology.objects.filter(meeting__in=meetings)
        self.away = set(away.values_list("meeting", "member__user"))
        self.person = _person(about, user.pk, self.roles)

    @property
    def never(self) -> str:
        return deciding.why_not_you(self.person, self.about.kind)

    def standing(self, meeting: Meeting, *, today: date) -> Standing:
        seats, kind = self._seats_at(meeting), self.about.kind
        seated, own = list(seats.values()), seats.get(self.user.pk)
        asked_on = self.about.asked_on
        return Standing(
            meeting,
            deciding.why_not_at(sitting_of(meeting), today=today, asked_on=asked_on)
            or deciding.why_not_decide(self.person, own, seated, kind),
            is_passed_on=own is None and deciding.is_passed_on(seated, kind),
        )

    def committees_on(self, day: date) -> list[list[deciding.Seat]]:
        """Those who sit on each committee on that day; none on which nobody does."""
        groups = {seat.group_id for seat in self.seats}
        found = (self._seats(group, day) for group in groups)
        return [list(seats.values()) for seats in found if seats]

    def might_decide(self, meetings: Iterable[Meeting], *, today: date) -> bool:
        days = [(meeting.group_id, meeting.date) for meeting in meetings]
        days += [(seat.group_id, today) for seat in self.seats]
        own = [seat for seat in self.seats if seat.user_id == self.user.pk]
        sits = any(is_held(seat, *day) for seat in own for day in days)
        return deciding.might_decide(self.person, sits, self.committees_on(today), self.about.kind)

    def _seats_at(self, meeting: Meeting) -> dict[UUID, deciding.Seat]:
        return self._seats(meeting.group_id, meeting.date, meeting.pk)

    def _seats(
        self, group: UUID, day: date, meeting: UUID | None = None
    ) -> dict[UUID, deciding.Seat]:
        """By person, for one may have gone and come back on the same day."""
        held = [seat for seat in self.seats if is_held(seat, group, day)]
        chairs = {seat.user_id for seat in held if seat.is_chair}
        return {
            pk: deciding.Seat(
                _person(self.about, pk, self.roles), pk in chairs, (meeting, pk) in self.away
            )
            for pk in {seat.user_id for seat in held}
        }


def _seats_here(organisation: Organisation, meetings: Iterable[Meeting]) -> QuerySet[GroupMember]:
    """Of its accountability committees, and of whichever group met."""
    committees = Q(group__organisation=organisation, group__kind=GroupKind.ACCOUNTABILITY)
    return GroupMember.objects.filter(
        committees | Q(group__in={meeting.group_id for meeting in meetings})
    )


def is_held(seat: GroupMember, group: UUID, day: date) -> bool:
    if seat.group_id != group or seat.from_date > day:
        return False
    return seat.to_date is None or seat.to_date >= day


def _roles(organisation: UUID, people: Collection[UUID]) -> dict[UUID, set[str]]:
    """Of those who belong to it today."""
    rows = Membership.objects.current().filter(organisation=organisation, user__in=people)
    return {user: set(roles) for user, roles in rows.values_list("user", "roles")}


def _person(about: About, pk: UUID, roles: dict[UUID, set[str]]) -> deciding.Person:
    return person_with(roles.get(pk), pk, about)


def person_with(roles: Collection[str] | None, pk: UUID, about: Whose) -> deciding.Person:
    """`roles`: None for whoever does not belong to the organisation."""
    held = roles or ()
    return deciding.Person(
        is_member=roles is not None,
        coordinates=Role.COORDINATOR in held,
        owns=pk in about.owners,
        asked=pk == about.asked_by,
        advises=Role.TRUSTEE in held or Role.ADVISER in held,
    )
