"""The dashboard of today and of a past day with 22, 220 and 2,200 recommendations."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.packs import nothing_stays
from bench.work import Work, timed
from history.models import Entry
from organisations.models import Organisation, User
from recommendations.board import Board, board_of
from recommendations.enums import ActionKind, Rating, RecommendationVerb, SourceKind
from recommendations.filters import Chosen
from recommendations.models import Action, ProgressUpdate, Recommendation, Source
from recommendations.queries.as_at import rows_as_at
from recommendations.queries.board_rows import board_rows_of

SIZES = {22: 100.0, 220: 200.0, 2200: 1000.0}
"""How many recommendations, and the milliseconds that their dashboard may take."""
UPDATES = 4
BEGAN = timedelta(days=400)


def works() -> Iterator[Work]:
    """Without the page around it, which shows 50 rows whatever there is."""
    for size, most in SIZES.items():
        with nothing_stays():
            organisation = filled(size)
            past = timezone.localdate() - timedelta(days=100)
            yield _work(f"dashboard of {size}", partial(_today, organisation), most)
            then = partial(_then, organisation, past)
            yield _work(f"dashboard of {size}, a past day", then, most)


def _work(name: str, act: Callable[[], Board], most: float) -> Work:
    act()
    with CaptureQueriesContext(connection) as queries:
        act()
    took = min(timed(act) for _ in range(3))
    return Work(name, len(queries), took, f"{most:.0f} ms at most", most, 1)


def _today(organisation: Organisation) -> Board:
    return board_of(board_rows_of(organisation, today=timezone.localdate()), Chosen())


def _then(organisation: Organisation, day: date) -> Board:
    return board_of(rows_as_at(organisation, day=day), Chosen())


def filled(size: int) -> Organisation:
    """Each with an action, four updates and all of it on record."""
    began, lead = timezone.now() - BEGAN, User.objects.order_by("pk")[0]
    organisation = Organisation.objects.create(
        name=f"Board {size}", slug=f"board-{size}", created_at=began
    )
    source = Source.objects.create(
        organisation=organisation, kind=SourceKind.REPORT, title="A review", created_at=began
    )
    made = Recommendation.objects.bulk_create(
        Recommendation(
            organisation=organisation, source=source, reference=f"R{n}", position=n + 1,
            title=f"Put race equality on the agenda of meeting {n}", text="As it says.",
            created_at=began,
        )
        for n in range(size)
    )  # fmt: skip
    actions = Action.objects.bulk_create(
        Action(
            recommendation=each, position=1, title="Write it down", kind=ActionKind.DELIVERABLE,
            responsible_owner=lead, target_date=timezone.localdate(),
        )
        for each in made
    )  # fmt: skip
    updates = ProgressUpdate.objects.bulk_create(
        ProgressUpdate(
            recommendation=each, by=lead, posted_at=began + timedelta(days=90 * n),
            rating=Rating.ON_TRACK, text="On its way.",
        )
        for n in range(UPDATES)
        for each in made
    )  # fmt: skip
    Entry.objects.bulk_create(_entries(organisation, lead, actions, updates))
    return organisation


def _entries(
    organisation: Organisation, by: User, actions: list[Action], updates: list[ProgressUpdate]
) -> Iterator[Entry]:
    for action in actions:
        details = {"action": str(action.pk), "number": "1", "user": str(by.pk)}
        yield _entry(organisation, by, RecommendationVerb.OWNER_SET, action, details)
        details = {"action": str(action.pk), "number": "1", "date": str(action.target_date)}
        yield _entry(organisation, by, RecommendationVerb.DATE_SET, action, details)
    for update in updates:
        details = {"rating": update.rating, "update": str(update.pk)}
        entry = _entry(organisation, by, RecommendationVerb.UPDATE_POSTED, update, details)
        entry.at = update.posted_at
        yield entry


def _entry(
    organisation: Organisation,
    by: User,
    verb: str,
    of: Action | ProgressUpdate,
    details: dict[str, str],
) -> Entry:
    return Entry(
        organisation=organisation, actor=by, at=timezone.now() - BEGAN, verb=verb,
        subject_type=Recommendation._meta.label_lower, subject_id=of.recommendation_id,
        details=details,
    )  # fmt: skip
