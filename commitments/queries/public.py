"""Pledges as everybody may read them: the list, and the text as signed."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.search import SearchVectorExact
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from commitments.enums import Choice, Confirmation, Ending, PledgeState, PromiseGroup
from commitments.models import Pledge, Promise, Signing, Standard, Wording
from commitments.search import FoldedWords, beginnings
from commitments.text import Line, StandardLine, Statement
from ui.dates import months_later

NAME_REMOVED = "Name removed"
NAMES_OFFERED = 200
AS_WORDED = (Choice.ADOPTED, Choice.LEFT_OUT)
# From each month to the newest before it, by the index of the list: as many steps as there are
# months, however many pledges there are.
MONTHS = """
WITH RECURSIVE made (month) AS (
  SELECT date_trunc('month', max(published_at) AT TIME ZONE %(zone)s)
  FROM commitments_pledge WHERE state = %(published)s AND is_listed
  UNION ALL
  SELECT (
    SELECT date_trunc('month', max(pledge.published_at) AT TIME ZONE %(zone)s)
    FROM commitments_pledge AS pledge
    WHERE pledge.state = %(published)s AND pledge.is_listed
      AND pledge.published_at < made.month AT TIME ZONE %(zone)s
  ) FROM made WHERE made.month IS NOT NULL
)
SELECT month::date FROM made WHERE month IS NOT NULL
"""


class Listed(NamedTuple):
    """Enough of a pledge for a list; the search vector and the rest stay in the database."""

    slug: str
    leader_name: str
    role_title: str
    organisation_name: str
    is_worked_example: bool
    confirmation: str
    made_on: date

    @property
    def is_confirmed_by_people(self) -> bool:
        return self.confirmation == Confirmation.COORDINATOR

    @property
    def is_confirmed_by_an_address(self) -> bool:
        return self.confirmation == Confirmation.WORK_ADDRESS


def public_pledges(
    *, search: str = "", organisations: Sequence[str] | None = None, month: date | None = None
) -> QuerySet[Pledge, tuple[Any, ...]]:
    """The fields of `Listed`, newest first. `month` is its first day; of every organisation
    where none are given."""
    found = Pledge.objects.listed().newest_first()
    if search:
        found = found.matching(search)
    if organisations is not None:
        found = found.filter(organisation_name__in=organisations)
    if month:
        found = found.filter(
            published_at__gte=midnight(month), published_at__lt=midnight(months_later(month, 1))
        )
    return found.annotate(made_on=TruncDate("published_at")).values_list(*Listed._fields)


def organisations_named(typed: str) -> list[str]:
    """Names on the public list, by name, at most so many: of those that hold a word beginning
    with each word typed, or of all where nothing was typed. One query, which the index answers."""
    listed = Pledge.objects.listed().exclude(organisation_name="")
    wanted = beginnings(typed)
    if wanted is not None:
        listed = listed.filter(searched=wanted).filter(
            SearchVectorExact(FoldedWords("organisation_name"), wanted)
        )
    names = listed.order_by("organisation_name").values_list("organisation_name", flat=True)
    return list(names.distinct()[:NAMES_OFFERED])


def midnight(day: date) -> datetime:
    """The first moment of a day in London."""
    return timezone.make_aware(datetime.combine(day, time.min))


def months_of_pledges() -> list[date]:
    """The first days of the months in which a pledge on the list was made, newest first."""
    asked = {"zone": settings.TIME_ZONE, "published": PledgeState.PUBLISHED}
    with connection.cursor() as cursor:
        cursor.execute(MONTHS, asked)
        return [month for (month,) in cursor.fetchall()]


def signed_text(slug: str) -> Signing | None:
    """The newest signing of a pledge that is or was public, with pledge and wording; one query."""
    found = (
        Signing.objects.filter(pledge__slug=slug, signed_at__isnull=False)
        .exclude(pledge__state=PledgeState.DRAFT)
        .select_related("pledge")
        .defer("pledge__searched", "pledge__check_in_every", "pledge__confirmed_by")
        .order_by("-number")
        .first()
    )
    if found is not None:
        found.wording = wording_of(found.wording_id)
    return found


@lru_cache(maxsize=64)
def wording_of(pk: UUID) -> Wording:
    """Read once: a wording that reads differently is another one."""
    return Wording.objects.get(pk=pk)


def public_address(pledge: Pledge) -> str:
    return urljoin(settings.SITE_URL, pledge.get_absolute_url())


def made_on(pledge: Pledge) -> date:
    return timezone.localdate(pledge.published_at or pledge.created_at)


def ended_on(pledge: Pledge) -> date | None:
    """None while it is kept."""
    if pledge.closed_at is None:
        return None
    return pledge.ended_on or timezone.localdate(pledge.closed_at)


def shown_name(pledge: Pledge) -> str:
    """Whoever erased their account has no name here any more, whatever the row still says."""
    is_erased = pledge.erased_at is not None or pledge.ending == Ending.ERASED
    return NAME_REMOVED if is_erased else pledge.leader_name


@lru_cache(maxsize=1024)
def signed_lines_of(signing: UUID, erased_at: datetime | None = None) -> tuple[Line, ...]:
    """Read once of each signing that is signed: from then on Postgres refuses every change but
    erasing, and that is another key."""
    rows = Promise.objects.filter(signing=signing).order_by("position")
    found = rows.values_list("group", "choice", "text", "wording_promise__title")
    return tuple(
        Line(PromiseGroup(group), Choice(choice), text, title if choice in AS_WORDED else "")
        for group, choice, text, title in found
    )


@lru_cache(maxsize=1024)
def signed_standards_of(
    signing: UUID, erased_at: datetime | None = None
) -> tuple[StandardLine, ...]:
    """Read once, as the lines are."""
    return standards_of(signing)


def standards_of(signing: UUID) -> tuple[StandardLine, ...]:
    rows = Standard.objects.filter(signing=signing).order_by("position")
    return tuple(StandardLine(str(row), row.signed_up_on, row.link) for row in rows)


def public_statement(signing: Signing) -> Statement:
    """What the public page says."""
    erased_at = signing.pledge.erased_at
    return statement_from(
        signing,
        signed_lines_of(signing.pk, erased_at),
        signed_standards_of(signing.pk, erased_at),
    )


def statement_from(
    signing: Signing, lines: tuple[Line, ...], standards: tuple[StandardLine, ...] = ()
) -> Statement:
    pledge = signing.pledge
    return Statement(
        leader_name=shown_name(pledge),
        role_title=pledge.role_title,
        organisation_name=pledge.organisation_name,
        lines=lines,
        statement=signing.statement,
        source_name=signing.wording.source_name,
        definition=signing.wording.minoritised_definition,
        signed_on=timezone.localdate(signing.signed_at or pledge.created_at),
        url=public_address(pledge),
        standards=standards,
        women_definition=signing.wording.women_definition,
    )
