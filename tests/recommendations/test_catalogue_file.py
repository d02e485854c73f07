from collections import Counter

import pytest

from commitments.toml_rows import CatalogueError
from recommendations.catalogue_file import (
    ActionEntry,
    RecommendationEntry,
    ReviewEntry,
    SourceEntry,
    ThemeEntry,
    load_catalogue,
    parse_review,
)
from recommendations.enums import ActionKind, SourceKind

SMALL = """
[source]
key = "small"
kind = "report"
title = "A small review"
authors = ["Reviewers", "Others"]
led_by = ["Somebody"]
organisation = "An invented charity"
published = "May 2020"

[[theme]]
reference = "1"
title = "First theme"

[[theme.recommendation]]
reference = "1.1"
title = "Meet"
text = "Meet often."

[[theme.recommendation.action]]
kind = "deliverable"
title = "Write it down"

[[theme.recommendation.action]]
kind = "cadence"
title = "Meet each month"
every_months = 1
occurrences = 6

[[theme]]
reference = "2"
title = "Second theme"

[[theme.recommendation]]
reference = "2.1"
title = "Everywhere"
text = "Do it everywhere."

[[theme.recommendation.action]]
kind = "coverage"
title = "Do it in each service"
unit = "service"

[[finding]]
reference = "N.1"
title = "Stay"
text = "Keep at it."

[[finding.action]]
kind = "embedding"
title = "Look again"
"""


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(CatalogueError) as caught:
        parse_review(text, "small.toml")
    assert caught.value.file_name == "small.toml"
    return caught.value.problems


def the_review() -> ReviewEntry:
    (review,) = load_catalogue()
    return review


def test_the_review_has_its_22_recommendations_in_four_themes() -> None:
    expected = {"1": 9, "2": 4, "3": 4, "4": 5}
    assert [
        [entry.reference for entry in theme.recommendations] for theme in the_review().themes
    ] == [
        [f"{theme}.{number}" for number in range(1, last + 1)] for theme, last in expected.items()
    ]
    assert len(the_review().recommendations) == 22


def test_the_review_has_five_findings_apart() -> None:
    review = the_review()
    assert [entry.reference for entry in review.findings] == ["N.1", "N.2", "N.3", "N.4", "N.5"]
    assert {entry.is_finding for entry in review.findings} == {True}
    assert {entry.is_finding for entry in review.recommendations} == {False}


def test_the_review_names_its_source() -> None:
    source = the_review().source
    assert (source.key, source.kind) == ("oxytocin_2021", SourceKind.REPORT)
    assert source.author == (
        "Oxytocin Learning and Rethink Mental Illness; "
        "review led by Dr Jacqui Dyer and Dr Anthony Salla"
    )
    assert (source.organisation, source.published) == ("Rethink Mental Illness", "September 2021")


def test_every_recommendation_proposes_actions_and_none_twice() -> None:
    review = the_review()
    for entry in (*review.recommendations, *review.findings):
        titles = Counter(action.title for action in entry.actions)
        assert set(titles.values()) == {1}, entry.reference


@pytest.mark.parametrize(
    ("reference", "kinds"),
    [
        ("1.3", ["deliverable", "coverage", "deliverable", "deliverable"]),
        ("1.7", ["cadence", "deliverable"]),
        ("1.9", ["deliverable", "cadence"]),
        ("3.2", ["coverage", "coverage"]),
        ("4.5", ["deliverable", "cadence", "cadence"]),
    ],
)
def test_compound_recommendations_are_split(reference: str, kinds: list[str]) -> None:
    (entry,) = (each for each in the_review().recommendations if each.reference == reference)
    assert [action.kind for action in entry.actions] == kinds


def test_the_advisory_group_meets_quarterly_and_the_forum_every_two_to_three_months() -> None:
    entries = {entry.reference: entry for entry in the_review().recommendations}
    assert entries["1.9"].actions[1].every_months == 3
    assert entries["4.5"].actions[1].every_months == 3


def test_a_review_is_read_whole() -> None:
    written = ActionEntry("Write it down", ActionKind.DELIVERABLE)
    monthly = ActionEntry("Meet each month", ActionKind.CADENCE, every_months=1, occurrences=6)
    everywhere = ActionEntry("Do it in each service", ActionKind.COVERAGE, unit="service")
    again = ActionEntry("Look again", ActionKind.EMBEDDING)
    meet = RecommendationEntry("1.1", "Meet", "Meet often.", (written, monthly))
    each = RecommendationEntry("2.1", "Everywhere", "Do it everywhere.", (everywhere,))
    assert parse_review(SMALL, "small.toml") == ReviewEntry(
        source=SourceEntry(
            key="small",
            kind=SourceKind.REPORT,
            title="A small review",
            authors=("Reviewers", "Others"),
            led_by=("Somebody",),
            organisation="An invented charity",
            published="May 2020",
        ),
        themes=(ThemeEntry("1", "First theme", (meet,)), ThemeEntry("2", "Second theme", (each,))),
        findings=(RecommendationEntry("N.1", "Stay", "Keep at it.", (again,), is_finding=True),),
    )


KINDS = "deliverable, cadence, coverage, embedding"


@pytest.mark.parametrize(
    ("was", "becomes", "expected"),
    [
        (
            'kind = "cadence"',
            'kind = "cadense"',
            f"recommendation 1.1, action 2: kind 'cadense' is not one of {KINDS}",
        ),
        (
            "every_months = 1",
            "",
            "recommendation 1.1, action 2: 'every_months' is missing",
        ),
        (
            'title = "Write it down"',
            "title = 5",
            "recommendation 1.1, action 1: 'title' must be a text that is not empty",
        ),
        (
            'unit = "service"',
            "",
            "recommendation 2.1, action 1: 'unit' is missing",
        ),
        (
            'title = "Look again"',
            'title = "Look again"\nunit = "service"',
            "finding N.1, action 1: 'unit' is not known here",
        ),
        (
            'kind = "embedding"',
            "",
            "finding N.1, action 1: 'kind' is missing",
        ),
        (
            'text = "Meet often."',
            'text = ""',
            "recommendation 1.1: 'text' must be a text that is not empty",
        ),
        (
            'reference = "2.1"',
            'reference = "1.2"',
            "recommendation 1.2: the reference must be '2.' and a number",
        ),
        (
            'reference = "2.1"',
            'reference = "2.x"',
            "recommendation 2.x: the reference must be '2.' and a number",
        ),
        (
            'reference = "2.1"',
            "",
            "recommendation number 1: 'reference' is missing",
        ),
        (
            'reference = "N.1"',
            'reference = "3.1"',
            "finding 3.1: the reference must be 'N.' and a number",
        ),
        (
            'title = "Second theme"',
            "",
            "theme 2: 'title' is missing",
        ),
        (
            'kind = "report"',
            'kind = "rumour"',
            "source: kind 'rumour' is not one of report, pledge_group, plan, charter",
        ),
        (
            '"Others"',
            f'"{"O" * 200}"',
            "source: 'authors' and 'led_by' together are too long",
        ),
        (
            'led_by = ["Somebody"]',
            "led_by = [1]",
            "source: 'led_by, number 1' must be a text that is not empty",
        ),
    ],
)
def test_each_mistake_is_named_with_its_row(was: str, becomes: str, expected: str) -> None:
    assert SMALL.count(was) == 1
    assert problems(SMALL.replace(was, becomes)) == (expected,)


def test_a_cadence_needs_an_occurrence() -> None:
    assert problems(SMALL.replace("occurrences = 6", "occurrences = 0")) == (
        ("recommendation 1.1, action 2: 'occurrences' must be a whole number of at least 1, not 0"),
    )


def test_a_recommendation_without_actions_is_refused() -> None:
    text = SMALL.replace(
        '[[theme.recommendation.action]]\nkind = "coverage"\n'
        'title = "Do it in each service"\nunit = "service"\n',
        "",
    )
    assert problems(text) == ("recommendation 2.1: 'action' is missing",)


def test_a_reference_stands_once() -> None:
    text = SMALL + '\n[[finding]]\nreference = "N.1"\ntitle = "Again"\ntext = "Again."\n'
    text += '[[finding.action]]\nkind = "embedding"\ntitle = "Look"\n'
    assert problems(text) == ("reference 'N.1' stands there twice",)


def test_a_theme_stands_once() -> None:
    second = SMALL.replace('reference = "2"\n', 'reference = "1"\n')
    assert problems(second.replace('"2.1"', '"1.2"')) == ("theme '1' stands there twice",)


def test_all_mistakes_are_named_at_once() -> None:
    text = SMALL.replace('title = "Meet"', "").replace('unit = "service"', "")
    assert problems(text) == (
        "recommendation 1.1: 'title' is missing",
        "recommendation 2.1, action 1: 'unit' is missing",
    )


def test_a_review_needs_a_source_and_a_theme_but_no_findings() -> None:
    assert problems("") == ("'source' is missing", "'theme' is missing")
