"""Freezing the pack of an organisation with 500 recommendations, and typesetting its paper."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.seed import MEASURED_PERSON
from bench.work import Work, timed
from committees.actions.packs import freeze_pack
from committees.enums import GroupKind
from committees.models import Group, Meeting, Pack
from committees.pack_paper.paper import paper
from organisations.models import Organisation, User
from recommendations.enums import ActionKind, SourceKind
from recommendations.models import Action, Recommendation, Source

RECOMMENDATIONS = 500
A_SECOND = 1000.0
PAPER_SECONDS = 20


def works() -> Iterator[Work]:
    """Freezing is what somebody waits for; the paper is made by the worker."""
    with nothing_stays():
        meetings = [meeting_with_a_plan(number) for number in range(3)]
        times = [timed(partial(frozen, each)) for each in meetings[:2]]
        with CaptureQueriesContext(connection) as queries:
            pack = frozen(meetings[2])
        name = f"freezing {RECOMMENDATIONS} recommendations"
        yield Work(name, len(queries), min(times), "1 s at most", A_SECOND, 1)
        took = timed(lambda: paper(pack.as_read, pack.sha256))
        name, most = "typesetting that pack", f"{PAPER_SECONDS} s at most, by the worker"
        yield Work(name, 0, took, most, PAPER_SECONDS * A_SECOND, 1)


@contextmanager
def nothing_stays() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def frozen(meeting: Meeting) -> Pack:
    by = User.objects.get(email=MEASURED_PERSON)
    return freeze_pack(meeting=meeting, by=by, now=timezone.now())


def meeting_with_a_plan(number: int) -> Meeting:
    """Every action is past its date, which was still a draft: the dearest case."""
    now = timezone.now()
    organisation = Organisation.objects.create(
        name=f"Pack {number}", slug=f"pack-{number}", created_at=now
    )
    fill(organisation, now)
    group = Group.objects.create(
        organisation=organisation,
        kind=GroupKind.ACCOUNTABILITY,
        name="Committee",
        meets_every_months=3,
        created_at=now,
    )
    day = timezone.localdate(now) + timedelta(days=7)
    return Meeting.objects.create(group=group, date=day)


def fill(organisation: Organisation, now: datetime) -> None:
    source = Source.objects.create(
        organisation=organisation, kind=SourceKind.REPORT, title="A review", created_at=now
    )
    made = Recommendation.objects.bulk_create(
        Recommendation(
            organisation=organisation,
            source=source,
            reference=f"R{n}",
            position=n + 1,
            title=f"Put race equality on the agenda of meeting {n}",
            text="As the review says.",
            created_at=now,
        )
        for n in range(RECOMMENDATIONS)
    )
    day = timezone.localdate(now) - timedelta(days=9)
    Action.objects.bulk_create(
        Action(
            recommendation=each,
            position=1,
            title="Write it into the standing orders of the board",
            kind=ActionKind.DELIVERABLE,
            target_date=day,
        )
        for each in made
    )
