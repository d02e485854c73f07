"""The large organisation follows a review: adopted, answered, taken on, and partly done."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import zip_longest

from demo.days import Days
from demo.deciding import ask_later, decide, propose, say_no
from demo.people import Cast
from demo.proving import shown_done
from demo.review_lines import COURSES, Course, End
from demo.scene import Step
from organisations.models import User
from recommendations.actions import adopt_catalogue, post_update, record_response
from recommendations.actions.owning import accept_action, set_owners
from recommendations.assignment import Assignment
from recommendations.catalogue_file import load_catalogue
from recommendations.enums import Rating, Response
from recommendations.models import Action, Recommendation

TITLE = "Worked example: a race equality review, answered by an invented charity"
AUTHOR = "Invented: nobody’s real answers, dates or progress"
ADOPTED, ANSWERED, ASSIGNED, ACCEPTED = 545, 510, 500, 496


def follow_review(cast: Cast, days: Days) -> Iterator[Step]:
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
        yield from follow(recommendation, COURSES[recommendation.reference], cast, days)


def follow(
    recommendation: Recommendation, course: Course, cast: Cast, days: Days
) -> Iterator[Step]:
    """The steps of what was reported and decided; what came before is taken at once."""
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
    if course.no:
        ago, reason = course.no
        yield days.at(ago, 9), partial(say_no, actions[0], reason, lead)
    if not course.awaits_acceptance:
        for number, (action, ago) in enumerate(zip(actions, course.due, strict=False)):
            shown = None if ago is None else days.exactly(ago)
            accept_action(
                action=action, shown_date=shown, by=lead, now=days.at(ACCEPTED, 9, number)
            )
    yield from report(recommendation, actions, course, lead, days)
    for later in course.later:
        yield from ask_later(actions[later.action - 1], later, chair=chair, lead=lead, days=days)
    if course.end:
        yield from ending(recommendation, course.end, chair=chair, lead=lead, days=days)


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
            yield from shown_done(action, ago=ago, by=by, days=days)
    for ago, rating, text in course.updates:
        yield days.at(ago, 16), partial(post, recommendation, rating, text, by)


def post(recommendation: Recommendation, rating: Rating, text: str, by: User, at: datetime) -> None:
    post_update(recommendation=recommendation, rating=rating, text=text, by=by, now=at)


def ending(
    recommendation: Recommendation, how: End, *, chair: User, lead: User, days: Days
) -> Iterator[Step]:
    """Proposed by its lead and, unless it still waits, decided by the committee."""
    proposed = days.at(how.ago + (6 if how.is_decided else 0), 17)
    yield proposed, partial(propose, recommendation, how, lead)
    if how.is_decided:
        yield days.at(how.ago, 18), partial(decide, recommendation, chair)
