"""What the large organisation measures, assesses and does with partners. All of it is invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from demo.days import Days
from demo.people import Cast
from demo.scene import Step, live
from recommendations.actions.assessing import sign_assessment, start_assessment
from recommendations.actions.linking import Linked
from recommendations.actions.measuring import add_indicator, record_readings
from recommendations.actions.partnering import add_partner
from recommendations.enums import Better, IndicatorKind, Paid, Stage, State
from recommendations.indicator_templates import template_of
from recommendations.measured import Typed
from recommendations.models import Assessment, Indicator, Recommendation

Cells = dict[str, tuple[int, int]]
NOTHING = Linked(frozenset(), frozenset())
ASKED = 9
"""The hour at which it was written."""


@dataclass(frozen=True)
class Course:
    """One indicator: days ago when it began, and its figures by days ago."""

    kind: IndicatorKind
    name: str
    began: int
    target: int
    figures: dict[int, Cells]
    better: Better = Better.HIGHER


GROUPS = ("Asian", "Black", "Mixed", "White")
RISING = Course(
    IndicatorKind.WORKFORCE,
    "Racially minoritised staff, by pay band",
    480,
    25,
    {
        470: {"": (61, 342), "Lower half": (43, 176), "Upper half": (18, 166)},
        290: {"": (67, 349), "Lower half": (46, 178), "Upper half": (21, 171)},
        110: {"": (76, 355), "Lower half": (49, 179), "Upper half": (27, 176)},
    },
)
FLAT = Course(
    IndicatorKind.SURVEY,
    "Staff who feel that they belong here",
    485,
    80,
    {
        475: {
            "": (201, 291), "Asian": (22, 38), "Black": (17, 34), "Mixed": (9, 14),
            "White": (153, 205),
        },
        108: {
            "": (204, 297), "Asian": (23, 40), "Black": (17, 35), "Mixed": (8, 15),
            "White": (156, 207),
        },
    },
)  # fmt: skip


def measure_effect(cast: Cast, days: Days) -> None:
    live([*indicators(cast, days), *assessments(cast, days), *partners(cast, days)])


def page(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


def indicators(cast: Cast, days: Days) -> Iterator[Step]:
    """One that rises and, beside a recommendation that is closed, one that does not."""
    plan = cast.homes["saltmarsh"].recommendations
    closed = plan.filter(state=State.CLOSED_IMPLEMENTED).order_by("position").first()
    still_open = plan.exclude(state__in=State.closed()).order_by("position").first()
    for course, recommendation in ((RISING, still_open), (FLAT, closed)):
        yield days.at(course.began, ASKED), partial(begin, course, recommendation, cast)
        for ago, cells in course.figures.items():
            yield days.at(ago, ASKED + 2), partial(read, course, ago, cells, cast, days)


def begin(course: Course, recommendation: Recommendation | None, cast: Cast, at: Any) -> None:
    template = template_of(course.kind)
    assert template is not None
    chosen = frozenset({recommendation.pk} if recommendation else ())
    details = {
        "kind": course.kind,
        "name": course.name,
        "definition": template.definition,
        "is_share": True,
        "unit": "",
        "better": course.better,
        "target": course.target,
        "target_on": None,
        "source": "Staff survey" if course is FLAT else "Staff records",
    }
    add_indicator(
        organisation=cast.homes["saltmarsh"],
        details=details,
        linked=Linked(frozenset(), chosen),
        page=page(course.name),
        by=cast["coordinator"],
        now=at,
    )


def read(course: Course, ago: int, cells: Cells, cast: Cast, days: Days, at: Any) -> None:
    indicator: Indicator = cast.homes["saltmarsh"].indicators.get(name=course.name)
    record_readings(
        indicator=indicator,
        as_at=days.on(ago),
        rows=[Typed(name, part, whole) for name, (part, whole) in cells.items()],
        source="",
        page=page(f"{course.name} {ago}"),
        stamp=indicator.stamp,
        by=cast["coordinator"],
        now=at,
    )


def assessments(cast: Cast, days: Days) -> Iterator[Step]:
    """One whose review is overdue, one on its way."""
    yield days.at(420, ASKED), partial(assess_leave, cast)
    yield days.at(400, ASKED), partial(sign_leave, cast, days)
    yield days.at(40, ASKED), partial(assess_hours, cast)


def assess_leave(cast: Cast, at: Any) -> None:
    start_assessment(
        organisation=cast.homes["saltmarsh"],
        details={
            "subject": "Compassionate leave policy",
            "stage": Stage.FINDINGS,
            "consulted": "The staff network, two drop-in sessions and the union branch.",
            "findings": "Three days was too short for funerals abroad. Managers decided "
            "differently, and staff from minoritised communities were refused more often.",
        },
        linked=NOTHING,
        page=page("leave"),
        by=cast["associate-director"],
        now=at,
    )


def sign_leave(cast: Cast, days: Days, at: Any) -> None:
    found: Assessment = cast.homes["saltmarsh"].assessments.get(
        subject="Compassionate leave policy"
    )
    sign_assessment(
        assessment=found,
        next_review=days.on(21),
        over_revision=found.revision,
        by=cast["chair"],
        now=at,
    )


def assess_hours(cast: Cast, at: Any) -> None:
    start_assessment(
        organisation=cast.homes["saltmarsh"],
        details={
            "subject": "Opening hours of the drop-in service",
            "stage": Stage.CONSULTING,
            "consulted": "People who use the drop-in, in three languages.",
            "findings": "",
        },
        linked=NOTHING,
        page=page("hours"),
        by=cast["coordinator"],
        now=at,
    )


def partners(cast: Cast, days: Days) -> Iterator[Step]:
    yield days.at(260, ASKED), partial(work_with, cast, {
        "name": "Ebb and Flow Women’s Circle", "on": days.on(270),
        "purpose": "Wrote the new welcome letter with us and tested it.",
        "is_joint_bid": False, "paid": Paid.YES, "words_may_be_shown": True,
        "words": "We were asked early, paid on time, and what we wrote was used.",
    })  # fmt: skip
    yield days.at(95, ASKED), partial(work_with, cast, {
        "name": "Harbourside Somali Elders", "on": days.on(100),
        "purpose": "A joint bid for a befriending service.",
        "is_joint_bid": True, "paid": Paid.NO, "words_may_be_shown": False,
        "words": "The bid was good. The meetings were at times when we could not come.",
    })  # fmt: skip


def work_with(cast: Cast, details: dict[str, Any], at: Any) -> None:
    add_partner(
        organisation=cast.homes["saltmarsh"],
        details=details | {"recommendation": None},
        page=page(details["name"]),
        by=cast["coordinator"],
        now=at,
    )
