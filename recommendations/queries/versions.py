"""What somebody else saved meanwhile, in rows of a name and words."""

from datetime import date
from decimal import Decimal

from recommendations.models import Assessment, Indicator, Partner
from recommendations.queries.effect import linked_to, terms_of
from recommendations.queries.registers import mitigations_of
from ui.dates import in_full

Rows = list[tuple[str, str]]
NOTHING = "Nothing"


def indicator_in_rows(one: Indicator) -> Rows:
    return [
        ("Name", one.name),
        ("Definition", one.definition),
        ("What it measures", _measures(one)),
        ("Which way is better", one.get_better_display()),
        ("Where it started", _with_day(one, one.baseline, one.baseline_on)),
        ("Target", _with_day(one, one.target, one.target_on)),
        ("Where the figures come from", one.source),
        ("Recommendations", ", ".join(each.reference for each in linked_to(one)) or NOTHING),
    ]


def assessment_in_rows(one: Assessment) -> Rows:
    actions = [f"{each.recommendation.reference} {each.title}" for each in mitigations_of(one)]
    return [
        ("Subject", one.subject),
        ("How far is it", one.get_stage_display()),
        ("Who was asked", one.consulted or NOTHING),
        ("What was found", one.findings or NOTHING),
        ("Actions", ", ".join(actions) or NOTHING),
    ]


def partner_in_rows(one: Partner) -> Rows:
    return [
        ("Organisation", one.name),
        ("Date", in_full(one.on)),
        ("What for", one.purpose),
        ("Joint bid", "Yes" if one.is_joint_bid else "No"),
        ("Paid", one.get_paid_display()),
        ("What they said of it", one.words or NOTHING),
        ("They agreed that others may read it", "Yes" if one.words_may_be_shown else "No"),
        ("Recommendation", one.recommendation.reference if one.recommendation else NOTHING),
    ]


def _measures(one: Indicator) -> str:
    if one.is_share:
        return "A share of people"
    what = "A number of people" if one.counts_people else "Something else"
    return f"{what}: {one.unit or 'no unit'}"


def _with_day(one: Indicator, number: Decimal | None, day: date | None) -> str:
    if number is None:
        return NOTHING
    said = terms_of(one).in_words(number)
    return f"{said}, {in_full(day)}" if day else said
