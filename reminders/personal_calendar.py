"""The days of one person, for their own calendar.

A calendar is copied to places nobody here knows: it names no event, no person and no words that
somebody typed, but for the names of groups and the numbers of recommendations.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from commitments.enums import InvitationState
from commitments.models import Invitation
from committees.calendar_file import Entry, calendar_bytes
from committees.enums import MeetingState
from committees.models import Meeting
from organisations.models import Membership, User
from organisations.tokens import derived_token, digest, opens
from outbox.rendering import absolute_url
from panels.models import DeclarationRound
from recommendations.queries import actions_to_do
from reminders.models import CalendarFeed

PURPOSE = "calendar"
LOOKS_BACK = timedelta(days=92)
LOOKS_AHEAD = timedelta(days=550)
MOST_OF_EACH = 200
GOING = (InvitationState.ACCEPTED, InvitationState.TOOK_PART)


def feed_of(user: User) -> CalendarFeed | None:
    return user.calendar_feeds.filter(ended_at=None).first()


def feed_by(token: str) -> CalendarFeed | None:
    """None for a secret that opens nothing, or nothing any more."""
    found = CalendarFeed.objects.filter(token_sha256=digest(token), ended_at=None)
    return found.filter(user__is_active=True).select_related("user").first()


def address_of(feed: CalendarFeed) -> str:
    """Empty once the installation's own secret was changed: it opens nothing then."""
    token = derived_token(PURPOSE, feed.pk)
    known = opens(token, bytes(feed.token_sha256))
    return absolute_url(reverse("my_calendar", args=[token])) if known else ""


def calendar_of(feed: CalendarFeed, *, today: date) -> bytes:
    """Four queries, however full the days are."""
    span = (today - LOOKS_BACK, today + LOOKS_AHEAD)
    entries = [
        *_actions(feed.user, span),
        *_meetings(feed.user, span),
        *_events(feed.user, span),
        *_rounds(feed.user, span),
    ]
    entries.sort(key=lambda entry: (entry.day, entry.uid))
    return calendar_bytes("At the Table", entries, changed_at=feed.made_at)


def _belongs(user: User, path: str) -> Q:
    """To the organisation at `path`, today."""
    held = Membership.objects.current().filter(user=user, organisation=OuterRef(path))
    return Q(Exists(held))


def _actions(user: User, span: tuple[date, date]) -> Iterator[Entry]:
    rows = (
        actions_to_do()
        .filter(responsible_owner=user, accepted_by=user, target_date__range=span)
        .select_related("recommendation__organisation")
        .order_by("target_date", "pk")[:MOST_OF_EACH]
    )
    for action in rows:
        of = action.recommendation
        assert action.target_date is not None
        name = f"{of.organisation}: action {action.position} of {of.reference} is due"
        yield _all_day(f"action-{action.pk}", name, action.target_date, of.get_absolute_url())


def _meetings(user: User, span: tuple[date, date]) -> Iterator[Entry]:
    rows = (
        Meeting.objects.filter(
            Q(group__members__to_date=None) | Q(group__members__to_date__gte=F("date")),
            _belongs(user, "group__organisation"),
            date__range=span,
            group__members__user=user,
            group__members__from_date__lte=F("date"),
        )
        .select_related("group__organisation")
        .distinct()
        .order_by("date", "pk")[:MOST_OF_EACH]
    )
    for meeting in rows:
        yield Entry(
            uid=f"meeting-{meeting.pk}",
            title=meeting.group.name,
            day=meeting.date,
            starts_at=meeting.starts_at,
            place="",
            url=absolute_url(meeting.get_absolute_url()),
            is_cancelled=meeting.state == MeetingState.CANCELLED,
        )


def _events(user: User, span: tuple[date, date]) -> Iterator[Entry]:
    rows = Invitation.objects.filter(
        pledge__leader=user, state__in=GOING, held_on__range=span
    ).order_by("held_on", "pk")[:MOST_OF_EACH]
    for entry in rows:
        assert entry.held_on is not None
        name = "An event you said yes to"
        path = reverse("invitation_detail", args=[entry.pk])
        yield _all_day(f"event-{entry.pk}", name, entry.held_on, path)


def _rounds(user: User, span: tuple[date, date]) -> Iterator[Entry]:
    rows = (
        DeclarationRound.objects.filter(
            _belongs(user, "gathering__organisation"),
            opened_by=user,
            closed_at=None,
            closes_on__range=span,
        )
        .select_related("gathering__organisation")
        .order_by("closes_on", "pk")[:MOST_OF_EACH]
    )
    for each in rows:
        url = each.gathering.get_absolute_url()
        yield _all_day(f"round-{each.pk}", "Asking a line-up ends", each.closes_on, url)


def _all_day(uid: str, title: str, day: date, path: str) -> Entry:
    return Entry(uid, title, day, None, "", absolute_url(path), is_cancelled=False)
