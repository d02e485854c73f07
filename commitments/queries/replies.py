"""What organisers answered through the links of the letters."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from commitments.answering import STATES, Given, door, kind_of_line_up
from commitments.enums import InvitationKind, PledgeState
from commitments.links import Door
from commitments.models import AskLetter, Invitation, Pledge, Reply, ReplyTally
from commitments.queries.making import thresholds_of
from commitments.queries.tending import invitations_tended_by
from organisations.models import User
from organisations.tokens import digest, opens
from panels.audit import LineUp, audit_line_up
from panels.enums import Audience, Barrier, BarrierState, GatheringKind
from panels.queries import FACTS, as_fact
from panels.results import Result, ShownMeasure, show

COUNTED_AGAIN = (
    "It was counted more than once. Two counts side by side could tell of one person, so no"
    " numbers are shown here."
)


@dataclass(frozen=True)
class Version:
    """One answer as it came, without its numbers."""

    at: datetime
    name: str
    note: str
    is_after_event: bool
    came_by_mail: bool


@dataclass(frozen=True)
class Answer:
    """What stands of all that an organiser answered: what a later answer leaves out stays."""

    newest: Version
    earlier: tuple[Version, ...]
    result: Result | None
    counted_at: datetime | None
    barriers: tuple[tuple[BarrierState, tuple[Barrier, ...]], ...]
    asks_if_changed: bool

    @property
    def counts_are_older(self) -> bool:
        return self.counted_at is not None and self.counted_at != self.newest.at


def answer_of(invitation: Invitation) -> Answer | None:
    """As somebody may see it who did not type it; small numbers stay hidden. Four queries."""
    replies = _newest_first(Reply.objects.filter(letter__invitation=invitation))
    return _answer(replies, invitation, Audience.MEMBER) if replies else None


def answer_by(letter: AskLetter) -> Answer | None:
    """What came through this link, for whoever opens it again: as much as anybody may see."""
    replies = _newest_first(letter.replies.all())
    return _answer(replies, letter.invitation, Audience.PUBLIC) if replies else None


def line_ups_of(invitations: Iterable[Invitation]) -> dict[UUID, LineUp]:
    """The newest count in an organiser's answers, of each invitation that has one. One query.

    Only for the rules: what anybody sees of it goes through `panels.results`.
    """
    counted = Exists(ReplyTally.objects.filter(reply=OuterRef("pk")))
    newest = (
        Reply.objects.filter(counted, letter__invitation__in=[one.pk for one in invitations])
        .order_by("letter__invitation", "-at", "-version")
        .distinct("letter__invitation")
    )
    invitation = "reply__letter__invitation"
    rows = (
        ReplyTally.objects.filter(reply__in=newest.values("pk"))
        .order_by(invitation)
        .values_list(invitation, f"{invitation}__gathering__kind", f"{invitation}__kind", *FACTS)
    )
    return {
        pk: LineUp(_kind(*one[0][1:3]), tuple(as_fact(*row[3:]) for row in one))
        for pk, one in ((pk, list(group)) for pk, group in groupby(rows, key=itemgetter(0)))
    }


def letter_of(token: str) -> AskLetter | None:
    """By the secret in either of its links, open or not, with all that its page says."""
    secret = digest(token)
    return (
        AskLetter.objects.filter(Q(token_sha256=secret) | Q(mailed_sha256=secret))
        .select_related("invitation__pledge__leader", "invitation__gathering")
        .first()
    )


def comes_by_mail(letter: AskLetter, token: str) -> bool:
    """Whether this is the secret that was emailed, and shown to nobody here."""
    return letter.mailed_sha256 is not None and opens(token, bytes(letter.mailed_sha256))


def door_of(letter: AskLetter | None, *, now: datetime) -> Door:
    if letter is None:
        return Door.UNKNOWN
    return door(
        expires_at=letter.expires_at,
        revoked_at=letter.revoked_at,
        pledge_is_closed=letter.invitation.pledge.state == PledgeState.CLOSED,
        now=now,
    )


def kind_asked(letter: AskLetter) -> GatheringKind:
    return _kind_of(letter.invitation)


def is_asked_by(letter: AskLetter, user: User | AnonymousUser) -> bool:
    """Whoever asked does not answer as well."""
    if not isinstance(user, User):
        return False
    return invitations_tended_by(user).filter(pk=letter.invitation_id).exists()


def newest_given(letter: AskLetter) -> Given | None:
    """The newest answer through this link, as it was typed."""
    reply = letter.replies.order_by("-version").first()
    if reply is None:
        return None
    return Given(
        line_up=_line_up(reply, _kind_of(letter.invitation)),
        barriers=_barriers(reply),
        note=reply.note,
        name=reply.name,
    )


def _newest_first(replies: QuerySet[Reply]) -> list[Reply]:
    return list(replies.order_by("-at", "-version").prefetch_related("tallies", "barriers"))


def _answer(replies: list[Reply], invitation: Invitation, audience: Audience) -> Answer:
    """Of replies, newest first and at least one."""
    counts = [reply for reply in replies if reply.tallies.all()]
    counted = counts[0] if counts else None
    line_up = _line_up(counted, _kind_of(invitation)) if counted else None
    newest, *earlier = [
        Version(reply.at, reply.name, reply.note, reply.is_after_event, reply.came_by_mail)
        for reply in replies
    ]
    return Answer(
        newest=newest,
        earlier=tuple(earlier),
        result=_result(line_up, counts, invitation.pledge, audience) if line_up else None,
        counted_at=counted.at if counted else None,
        barriers=_by_state(replies),
        asks_if_changed=_may_still_change(invitation) and not newest.is_after_event,
    )


def _result(line_up: LineUp, counts: list[Reply], pledge: Pledge, audience: Audience) -> Result:
    """A line-up counted again: what people said of themselves is never laid beside what others
    said before, so no number of it is shown."""
    found = audit_line_up(line_up, thresholds_of(pledge))
    result = show(found, audience=audience, typed_it=False)
    if len(counts) == 1:
        return result
    women, _ = result.measures
    _, minoritised = show(found, audience=Audience.PUBLIC, typed_it=False).measures
    measures = (women, _with_reason(minoritised))
    asks_first = any(one.tag.kind in ("not_known", "not_shown") for one in measures)
    return replace(result, measures=measures, asks_first=asks_first)


def _with_reason(measure: ShownMeasure) -> ShownMeasure:
    if measure.whole is None:
        return measure
    return replace(measure, whole=replace(measure.whole, sentences=(COUNTED_AGAIN,)))


def _may_still_change(invitation: Invitation) -> bool:
    is_kept = invitation.pledge.state == PledgeState.PUBLISHED
    return is_kept and not invitation.lineup_changed


def _by_state(replies: list[Reply]) -> tuple[tuple[BarrierState, tuple[Barrier, ...]], ...]:
    """What was said last of each barrier; replies newest first."""
    said: dict[Barrier, BarrierState] = {}
    for reply in reversed(replies):
        said |= _barriers(reply)
    states = [
        (state, tuple(barrier for barrier in Barrier if said.get(barrier) == state))
        for state in STATES
    ]
    return tuple((state, barriers) for state, barriers in states if barriers)


def _barriers(reply: Reply) -> dict[Barrier, BarrierState]:
    return {Barrier(row.barrier): BarrierState(row.state) for row in reply.barriers.all()}


def _line_up(reply: Reply, kind: GatheringKind) -> LineUp | None:
    rows = ([getattr(row, name) for name in FACTS] for row in reply.tallies.all())
    tallies = tuple(as_fact(*row) for row in rows)
    return LineUp(kind, tallies) if tallies else None


def _kind_of(invitation: Invitation) -> GatheringKind:
    gathering = invitation.gathering
    return _kind(gathering.kind if gathering else None, invitation.kind)


def _kind(gathering: str | None, kind: str) -> GatheringKind:
    return kind_of_line_up(GatheringKind(gathering) if gathering else None, InvitationKind(kind))
