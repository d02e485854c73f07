import pytest

from commitments.catalogue_file import (
    PromiseEntry,
    Source,
    WordingEntry,
    load_catalogue,
    parse_wording,
)
from commitments.enums import PromiseGroup
from commitments.toml_rows import CatalogueError
from panels.thresholds import Threshold, Thresholds

SMALL = """
key = "small"
version = 2
title = "A small pledge"
introduction = "Why."

[source]
title = "A page"
author = "Somebody"
publisher = "An invented charity"
year = 2020

[thresholds]
women = { numerator = 3, denominator = 5 }
minoritised = { numerator = 1, denominator = 4 }

[definitions]
women = "Whoever says so."
minoritised = "Whoever says so, too."

[[promise]]
key = "first"
group = "committing"
title = "First"
text = "I will."

[[promise]]
key = "second"
group = "also"
title = "Second"
text = "I do."
"""


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(CatalogueError) as caught:
        parse_wording(text, "small.toml")
    assert caught.value.file_name == "small.toml"
    return caught.value.problems


def the_pledge() -> WordingEntry:
    (wording,) = load_catalogue()
    return wording


def test_the_pledge_has_four_promises_and_four_more() -> None:
    wording = the_pledge()
    assert (wording.key, wording.version) == ("achieving_racial_equality_together", 1)
    assert [(promise.group, promise.key) for promise in wording.promises] == [
        (PromiseGroup.COMMITTING, "inclusive_groups"),
        (PromiseGroup.COMMITTING, "balanced_panels"),
        (PromiseGroup.COMMITTING, "every_stage"),
        (PromiseGroup.COMMITTING, "keep_asking"),
        (PromiseGroup.ALSO, "encourage_others"),
        (PromiseGroup.ALSO, "whole_organisation"),
        (PromiseGroup.ALSO, "talk_to_organisers"),
        (PromiseGroup.ALSO, "remove_barriers"),
    ]


def test_the_pledge_asks_for_half_women_and_a_fifth_minoritised() -> None:
    assert the_pledge().thresholds == Thresholds(Threshold(1, 2), Threshold(1, 5))


def test_the_pledge_names_its_source() -> None:
    assert the_pledge().source.name == (
        "Achieving Racial Equality Together – Our CEO’s Commitments, "
        "Kathy Roberts, chief executive, Association of Mental Health Providers, 2021"
    )


def test_a_wording_is_read_whole() -> None:
    assert parse_wording(SMALL, "small.toml") == WordingEntry(
        key="small",
        version=2,
        title="A small pledge",
        introduction="Why.",
        source=Source("A page", "Somebody", "An invented charity", 2020),
        thresholds=Thresholds(Threshold(3, 5), Threshold(1, 4)),
        women_definition="Whoever says so.",
        minoritised_definition="Whoever says so, too.",
        promises=(
            PromiseEntry("first", PromiseGroup.COMMITTING, "First", "I will."),
            PromiseEntry("second", PromiseGroup.ALSO, "Second", "I do."),
        ),
    )


@pytest.mark.parametrize(
    ("was", "becomes", "problem"),
    [
        ("version = 2", "version = 0", "'version' must be a whole number of at least 1, not 0"),
        ('title = "A page"', "", "source: 'title' is missing"),
        (
            "year = 2020",
            'year = "2020"',
            "source: 'year' must be a whole number of at least 1, not '2020'",
        ),
        ("numerator = 3", "numerator = 6", "thresholds, women: 6 of 5 is more than everybody"),
        ("denominator = 4", "of = 4", "thresholds, minoritised: 'denominator' is missing"),
        ('minoritised = "Whoever says so, too."', "", "definitions: 'minoritised' is missing"),
        ('text = "I do."', 'txt = "I do."', "promise 2: 'text' is missing"),
        (
            'group = "also"',
            'group = "likewise"',
            "promise 2: group 'likewise' is not one of committing, also",
        ),
        (
            'group = "also"',
            'group = "own"',
            "promise 2: group 'own' is not one of committing, also",
        ),
        ('key = "second"', 'key = "first"', "promise 'first' stands there twice"),
        ('group = "also"', 'group = "committing"', "no promise is in the group also"),
        ('key = "small"', 'key = "small"\ncolour = "plum"', "'colour' is not known here"),
    ],
)
def test_each_mistake_is_named_with_its_row(was: str, becomes: str, problem: str) -> None:
    assert SMALL.count(was) == 1
    assert problems(SMALL.replace(was, becomes))[0] == problem


def test_all_mistakes_are_named_at_once() -> None:
    text = SMALL.replace('title = "First"', "").replace('group = "also"', 'group = "x"')
    assert problems(text) == (
        "promise 1: 'title' is missing",
        "promise 2: group 'x' is not one of committing, also",
    )


def test_an_empty_file_names_everything_it_lacks() -> None:
    missing = ("definitions", "key", "version", "title", "introduction", "source", "thresholds")
    assert problems("") == tuple(f"'{key}' is missing" for key in (*missing, "promise"))
