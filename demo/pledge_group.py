"""The middle-sized organisation has no review: a pledge group of its own set five tasks."""

from dataclasses import dataclass

from demo.days import Days
from demo.people import Cast
from recommendations.actions import post_update, record_response
from recommendations.actions.locking import record_about
from recommendations.actions.owning import accept_action, set_owners
from recommendations.assignment import Assignment
from recommendations.enums import ActionKind, Rating, RecommendationVerb, Response, SourceKind
from recommendations.models import Action, Recommendation, Source, Theme

SUGGESTED, ANSWERED, ASSIGNED = 355, 340, 330


@dataclass(frozen=True)
class Task:
    """`due` and `updated` in days ago; below 0 is still to come."""

    title: str
    text: str
    action: str
    lead: str
    due: int
    updated: int | None = None
    rating: Rating = Rating.ON_TRACK
    said: str = ""


TASKS = (
    Task(
        "Publish pay for every post",
        "Say what a post pays in every advertisement, and pay for interviews' travel.",
        "Put pay and travel in every advertisement",
        "kettlewell-suresh-pillai",
        due=110,
        updated=118,
        said="Every advertisement since the spring names its pay. Travel is still to come.",
    ),
    Task(
        "Interpreters without asking twice",
        "Whoever uses our services gets an interpreter at the first visit.",
        "Book interpreters from the first telephone call on",
        "kettlewell-comfort-boateng",
        due=-18,
        updated=24,
        said="Three of four offices do it. The fourth has no budget for it until next month.",
        rating=Rating.AT_RISK,
    ),
    Task(
        "Volunteers from the whole valley",
        "Ask for volunteers where people are, in the languages that they speak.",
        "Hold an open day in each of the four towns",
        "kettlewell-obinna-eze",
        due=-60,
        updated=44,
        said="Two open days held, with Welsh, Polish and Arabic spoken.",
    ),
    Task(
        "Holy days in the rota",
        "Plan rotas round the holy days that staff name, not round one calendar.",
        "Change how rotas are made",
        "kettlewell-marta-kowalczyk",
        due=40,
    ),
    Task(
        "Learn from complaints about racism",
        "Look together, twice a year and without names, at what complaints about racism teach us.",
        "Look at complaints together",
        "",
        due=-90,
    ),
)


def follow_pledge_group(cast: Cast, days: Days) -> None:
    from tests.factories.recommendations import SourceFactory, ThemeFactory

    source: Source = SourceFactory.create(
        organisation=cast.homes["kettlewell"],
        kind=SourceKind.PLEDGE_GROUP,
        title="Worked example: our pledge group on fair work",
        author="An invented group of staff",
        published="",
        created_at=days.at(SUGGESTED),
    )
    theme: Theme = ThemeFactory.create(source=source, position=1, title="Fair work")
    for number, task in enumerate(TASKS, 1):
        suggest(task, number, source, theme, cast, days)


def suggest(task: Task, number: int, source: Source, theme: Theme, cast: Cast, days: Days) -> None:
    from tests.factories.recommendations import ActionFactory, RecommendationFactory

    by = cast["kettlewell-chief-executive"]
    recommendation: Recommendation = RecommendationFactory.create(
        organisation=source.organisation,
        source=source,
        theme=theme,
        reference=f"P.{number}",
        position=number,
        title=task.title,
        text=task.text,
        created_at=days.at(SUGGESTED),
    )
    action: Action = ActionFactory.create(
        recommendation=recommendation, position=1, title=task.action, kind=ActionKind.DELIVERABLE
    )
    record_about(RecommendationVerb.ADOPTED, recommendation, by=by, now=days.at(SUGGESTED))
    record_response(
        recommendation=recommendation,
        response=Response.ACCEPTED,
        reason="",
        by=by,
        now=days.at(ANSWERED),
    )
    lead = cast[task.lead] if task.lead else None
    set_owners(
        recommendation=recommendation,
        sponsor=by,
        assignments=[Assignment(action.pk, lead.pk if lead else None, days.exactly(task.due))],
        by=by,
        now=days.at(ASSIGNED),
    )
    if lead:
        due = days.exactly(task.due)
        accept_action(action=action, shown_date=due, by=lead, now=days.at(ASSIGNED, 15))
        if task.updated is not None:
            tell(recommendation, task, cast, days)


def tell(recommendation: Recommendation, task: Task, cast: Cast, days: Days) -> None:
    assert task.updated is not None
    post_update(
        recommendation=recommendation,
        rating=task.rating,
        text=task.said,
        by=cast[task.lead],
        now=days.at(task.updated, 16),
    )
