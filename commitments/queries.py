"""Reading pledges. What is not published is reached through its leader alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.db.models import (
    Case,
    DateField,
    Exists,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from commitments.enums import Cadence, Choice, InvitationState, Kept, PledgeState, PromiseGroup
from commitments.models import (
    CheckIn,
    CheckInLine,
    Invitation,
    Pledge,
    Promise,
    Signing,
    Wording,
    WordingPromise,
)
from commitments.record import LedgerFact, Year, evidence_words, last_evidence, year_to
from commitments.rhythm import (
    Passed,
    Period,
    due_period,
    next_opening,
    open_period,
    passed_periods,
)
from commitments.text import Line, Statement
from organisations.models import Organisation, User

# Enough of a pledge for a list; the search vector and the rest stay in the database.
LISTED = (
    "slug",
    "leader_name",
    "role_title",
    "organisation_name",
    "published_at",
    "confirmed_at",
    "is_worked_example",
)
IS_CLOSED = "This pledge is closed."
REPORTS = [kept for kept in Kept if kept != Kept.NOTHING]


@dataclass(frozen=True)
class Record:
    """The record of one pledge, computed from its ledger and check-ins."""

    year: Year
    evidence: str


def current_wording() -> Wording | None:
    """The newest wording with its promises in order, or None before any was loaded."""
    return Wording.objects.prefetch_related("promises").order_by("-version").first()


def wording_groups(wording: Wording) -> list[tuple[PromiseGroup, list[WordingPromise]]]:
    """The wording's promises under their headings."""
    lines = sorted(wording.promises.all(), key=lambda line: line.position)
    return [
        (group, [line for line in lines if line.group == group])
        for group in (PromiseGroup.COMMITTING, PromiseGroup.ALSO)
    ]


def pledges_of(user: User) -> QuerySet[Pledge]:
    """A person's own pledges, drafts first, then the newest."""
    return user.pledges.newest_first()


def organisations_of(user: User) -> QuerySet[Organisation]:
    """Where the person is a member today: the organisations a pledge of theirs may name."""
    return Organisation.objects.filter(memberships__user=user, memberships__ended_at=None).order_by(
        "name"
    )


def draft_of(user: User) -> Pledge | None:
    return pledges_of(user).filter(state=PledgeState.DRAFT).first()


def kept_pledges_of(user: User) -> QuerySet[Pledge]:
    """Those that were published: the ones that have a record."""
    return user.pledges.shown().newest_first()


def public_pledges(search: str = "") -> QuerySet[Pledge]:
    found = Pledge.objects.published().newest_first().only(*LISTED)
    return found.matching(search) if search else found


def pledges_in(organisation: Organisation) -> QuerySet[Pledge]:
    """What members see of their organisation: published pledges, newest first."""
    return organisation.pledges.published().newest_first()


def signed_text(slug: str) -> Signing | None:
    """The newest signing of a pledge that is or was public, with pledge and wording; one query."""
    return (
        Signing.objects.filter(pledge__slug=slug, signed_at__isnull=False)
        .exclude(pledge__state=PledgeState.DRAFT)
        .select_related("pledge", "wording")
        .order_by("-number")
        .first()
    )


def current_signing(pledge: Pledge) -> Signing:
    """The text being written, or as last signed."""
    return pledge.signings.select_related("wording").order_by("-number")[0]


def promises_of(signing: Signing) -> list[Promise]:
    return list(signing.promises.select_related("wording_promise").order_by("position"))


def current_promises(pledge: Pledge) -> QuerySet[Promise]:
    """Those of the text being written, or as last signed; one query."""
    newest = pledge.signings.order_by("-number").values("pk")[:1]
    return (
        Promise.objects.filter(signing=newest)
        .select_related("wording_promise")
        .order_by("position")
    )


def kept_promises_of(pledge: Pledge) -> QuerySet[Promise]:
    """The promises a check-in asks about: none that was left out."""
    return current_promises(pledge).exclude(choice=Choice.LEFT_OUT)


def public_address(pledge: Pledge) -> str:
    return urljoin(settings.SITE_URL, pledge.get_absolute_url())


def lines_of(signing: UUID) -> tuple[Line, ...]:
    """The promises of a signing, in order, as its text says them."""
    rows = Promise.objects.filter(signing=signing).order_by("position")
    return tuple(
        Line(PromiseGroup(group), Choice(choice), text)
        for group, choice, text in rows.values_list("group", "choice", "text")
    )


@lru_cache(maxsize=1024)
def signed_lines_of(signing: UUID) -> tuple[Line, ...]:
    """Read once of each signing that is signed: Postgres refuses to change it from then on."""
    return lines_of(signing)


def statement_from(signing: Signing, lines: tuple[Line, ...]) -> Statement:
    pledge = signing.pledge
    return Statement(
        leader_name=pledge.leader_name,
        role_title=pledge.role_title,
        organisation_name=pledge.organisation_name,
        lines=lines,
        statement=signing.statement,
        source_name=signing.wording.source_name,
        definition=signing.wording.minoritised_definition,
        signed_on=timezone.localdate(signing.signed_at or pledge.created_at),
        url=public_address(pledge),
    )


def record_of(pledge: Pledge, *, today: date) -> Record:
    """Two queries, whatever the length of the ledger."""
    facts = ledger_facts(pledge)
    last = last_evidence(facts, spoke_on=last_spoke_on(pledge), today=today)
    return Record(
        year=year_to(today, facts),
        evidence=evidence_words(last=last, made_on=made_on(pledge), today=today),
    )


def ledger_facts(pledge: Pledge) -> list[LedgerFact]:
    rows = pledge.invitations.values_list(
        "state", "received_on", "asked_on", "lineup_changed", "held_on"
    )
    return [
        LedgerFact(InvitationState(state), received, asked, changed, held)
        for state, received, asked, changed, held in rows
    ]


def last_spoke_on(pledge: Pledge) -> date | None:
    """The last check-in that reported anything at all."""
    spoke: datetime | None = pledge.check_ins.filter(lines__kept__in=REPORTS).aggregate(
        at=Max("checked_in_at")
    )["at"]
    return timezone.localdate(spoke) if spoke else None


def ledger_of(pledge: Pledge) -> QuerySet[Invitation]:
    """The pledge's invitations, newest first."""
    return pledge.invitations.order_by("-received_on", "-created_at")


@dataclass(frozen=True)
class LookBack:
    """One period since the pledge was made, with what was said of it."""

    passed: Passed
    said: Sequence[CheckInLine]


def look_backs(pledge: Pledge, *, today: date) -> list[LookBack]:
    """Newest first; of each check-in the lines that report something. Two queries."""
    reported = CheckInLine.objects.filter(kept__in=REPORTS).select_related(
        "promise__wording_promise"
    )
    check_ins = pledge.check_ins.prefetch_related(
        Prefetch("lines", queryset=reported.order_by("promise__position"), to_attr="said")
    )
    said = {check_in.period: check_in.said for check_in in check_ins}
    passed = passed_periods(
        made_on=made_on(pledge),
        today=today,
        cadence=Cadence(pledge.check_in_every),
        done=said.keys(),
    )
    return [LookBack(period, said.get(period.period.first, [])) for period in passed]


def invitations_of(user: User) -> QuerySet[Invitation]:
    """Entries of the person's own ledgers."""
    return Invitation.objects.filter(pledge__leader=user).select_related("pledge")


@dataclass(frozen=True)
class Due:
    """The check-in that is open today, or the words that say why none is."""

    period: Period | None
    words: str


def due_check_in(pledge: Pledge, *, today: date) -> Due:
    if pledge.state == PledgeState.CLOSED:
        return Due(None, IS_CLOSED)
    since, cadence = made_on(pledge), Cadence(pledge.check_in_every)
    period = due_period(made_on=since, today=today, cadence=cadence)
    if period and not pledge.check_ins.filter(period=period.first).exists():
        return Due(period, f"Your check-in for {period.words} is open.")
    opens = next_opening(made_on=since, today=today, cadence=cadence)
    return Due(None, f"Your next check-in opens on {opens.day} {opens:%B %Y}.")


def made_on(pledge: Pledge) -> date:
    return timezone.localdate(pledge.published_at or pledge.created_at)


def check_ins_due(today: date) -> QuerySet[Pledge]:
    """Published pledges whose open period has no check-in yet, with `period` and `opened_on`.

    The same rule as `rhythm.due_period`, in SQL, for everybody at once.
    """
    due = Q(pk=None)
    periods, opened = [], []
    for cadence in Cadence:
        period = open_period(today, cadence)
        this = Q(check_in_every=cadence)
        due |= this & Q(published_at__date__lte=period.last_day_to_make_a_pledge)
        periods.append(When(this, then=Value(period.first)))
        opened.append(When(this, then=Value(period.opens_on)))
    return (
        Pledge.objects.published()
        .filter(due)
        .annotate(
            period=Case(*periods, output_field=DateField()),
            opened_on=Case(*opened, output_field=DateField()),
        )
        .filter(~Exists(CheckIn.objects.filter(pledge=OuterRef("pk"), period=OuterRef("period"))))
        .select_related("leader", "organisation")
        .order_by("pk")
    )
