"""The large organisation follows a review: adopted, answered, taken on, and partly done."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import zip_longest

from django.utils import timezone

from demo.days import Days
from demo.people import Cast
from demo.review_lines import COURSES, Course, End
from demo.scene import Step, live
from organisations.models import User
from recommendations.actions import adopt_catalogue, post_update, record_about, record_response
from recommendations.assignment import Assignment
from recommendations.catalogue_file import load_catalogue
from recommendations.enums import Rating, RecommendationVerb, Response, State
from recommendations.models import Action, Recommendation
from recommendations.ownership import accept_action, record_step, set_owners

TITLE = "Worked example: a race equality review, answered by an invented charity"
AUTHOR = "Invented: nobody’s real answers, dates or progress"
ADOPTED, ANSWERED, ASSIGNED, ACCEPTED = 545, 510, 500, 496


def follow_review(cast: Cast, days: Days) -> None:
    """The texts are the catalogue's; the title says that what follows is made up."""
    organisation, coordinator = cast.homes["saltmarsh"], cast["coordinator"]
    source = adopt_catalogue(
        organisation=organisation,
        key=load_catalogue()[0].source.key,
        by=coordinator,
        now=days.at(ADOPTED),
    )
    source.title, source.author, source.published = TITLE, AUTHOR, ""
    source.save(update_fields=["title", "author", "published"])
    for recommendation in source.recommendations.order_by("position"):
        follow(recommendation, COURSES[recommendation.reference], cast, days)


def follow(recommendation: Recommendation, course: Course, cast: Cast, days: Days) -> None:
    chair, coordinator = cast["chair"], cast["coordinator"]
    if course.response != Response.NONE_YET:
        record_response(
            recommendation=recommendation,
            response=course.response,
            reason=course.reason,
            by=chair,
            now=days.at(ANSWERED, 14),
        )
    actions = list(recommendation.actions.order_by("position"))
    set_owners(
        recommendation=recommendation,
        sponsor=cast[course.sponsor] if course.sponsor else None,
        assignments=list(assignments(actions, course, cast, days)),
        by=coordinator,
        now=days.at(ASSIGNED, 11),
    )
    if not course.lead:
        return
    lead = cast[course.lead]
    if not course.awaits_acceptance:
        for number, (action, ago) in enumerate(zip(actions, course.due, strict=False)):
            shown = None if ago is None else days.exactly(ago)
            accept_action(
                action=action, shown_date=shown, by=lead, now=days.at(ACCEPTED, 9, number)
            )
    steps = [*report(recommendation, actions, course, lead, days)]
    if course.end:
        steps += ending(recommendation, course.end, chair=chair, lead=lead, days=days)
    live(steps)


def assignments(
    actions: list[Action], course: Course, cast: Cast, days: Days
) -> Iterator[Assignment]:
    for action, ago in zip_longest(actions, course.due):
        target = None if ago is None else days.exactly(ago)
        yield Assignment(action.pk, cast[course.lead].pk if course.lead else None, target)


def report(
    recommendation: Recommendation, actions: list[Action], course: Course, by: User, days: Days
) -> Iterator[Step]:
    """Updates, and what was shown to be done."""
    for action, ago in zip(actions, course.done, strict=False):
        if ago is not None:
            yield days.at(ago, 15), partial(prove, recommendation, action, by)
    for ago, rating, text in course.updates:
        yield days.at(ago, 16), partial(post, recommendation, rating, text, by)


def post(recommendation: Recommendation, rating: Rating, text: str, by: User, at: datetime) -> None:
    post_update(recommendation=recommendation, rating=rating, text=text, by=by, now=at)


def prove(recommendation: Recommendation, action: Action, by: User, at: datetime) -> None:
    action.refresh_from_db()
    action.proven_on = timezone.localdate(at)
    action.save(update_fields=["proven_on"])
    record_step(RecommendationVerb.ACTION_PROVEN, recommendation, action, by=by, now=at)


def ending(
    recommendation: Recommendation, how: End, *, chair: User, lead: User, days: Days
) -> Iterator[Step]:
    """Proposed by its lead and, unless it still waits, decided by the committee's chair."""
    is_decided = how.state != State.PROPOSED_FOR_CLOSURE
    yield days.at(how.ago + (6 if is_decided else 0), 17), partial(propose, recommendation, lead)
    if is_decided:
        yield days.at(how.ago, 18), partial(decide, recommendation, how, chair)


def propose(recommendation: Recommendation, by: User, at: datetime) -> None:
    move(recommendation, state=State.PROPOSED_FOR_CLOSURE)
    record_about(RecommendationVerb.CLOSURE_PROPOSED, recommendation, by=by, now=at)


def decide(recommendation: Recommendation, how: End, by: User, at: datetime) -> None:
    words = "outcome" if how.state == State.CLOSED_IMPLEMENTED else "state_reason"
    closed_on = timezone.localdate(at)
    move(recommendation, state=how.state, closed_on=closed_on, **{words: how.words})
    record_about(RecommendationVerb.CLOSED, recommendation, by=by, now=at, state=how.state)


def move(recommendation: Recommendation, **fields: object) -> None:
    recommendation.refresh_from_db()
    for name, value in fields.items():
        setattr(recommendation, name, value)
    recommendation.save(update_fields=list(fields))
