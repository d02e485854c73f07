"""What years show, and what they keep to themselves."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panels.enums import Basis, Definition, GatheringKind, Measure, Part, Verdict
from panels.trend_charts import sections
from panels.trends import (
    ALL_KINDS,
    HEADINGS,
    Found,
    Group,
    address_of_quarter,
    export,
    period_in_words,
    quarter_before,
    quarter_in_words,
    quarter_of_address,
    quarters_until,
    rows,
    told_to_members,
    trends,
)

NOW = date(2026, 10, 1)
QUARTERS = quarters_until(NOW)


def group(**more: Any) -> Group:
    usual: dict[str, Any] = {
        "quarter": NOW,
        "kind": GatheringKind.PANEL,
        "measure": Measure.WOMEN,
        "part": Part.WHOLE,
        "verdict": Verdict.MET,
        "is_exact": True,
        "basis": Basis.ORGANISER_STATED,
        "definition": Definition.WOMEN,
        "rules_version": "1",
        "gatherings": 1,
    }
    return Group(**(usual | more))


def said(*groups: Group, **more: Any) -> list[tuple[str, str | None, list[str]]]:
    """Each line: what it counts, its source, and its points where there are any."""
    found = trends(groups, quarters=QUARTERS, **more)
    return [
        (line.found.value, line.basis, [point.words for point in line.points if point.of])
        for line in found.lines
    ]


# What members are told


@pytest.mark.parametrize("is_exact", [True, False])
@pytest.mark.parametrize("verdict", [Verdict.MET, Verdict.NO_VERDICT])
def test_met_is_always_said(verdict: Verdict, is_exact: bool) -> None:
    assert told_to_members(verdict, is_exact=is_exact) == verdict


@pytest.mark.parametrize("verdict", [Verdict.NOT_MET, Verdict.NOT_KNOWN])
def test_not_met_and_not_known_are_told_apart_only_where_numbers_are_shown(
    verdict: Verdict,
) -> None:
    assert told_to_members(verdict, is_exact=True) == verdict
    assert told_to_members(verdict, is_exact=False) is None


hidden = st.builds(
    group,
    verdict=st.sampled_from([Verdict.NOT_MET, Verdict.NOT_KNOWN]),
    is_exact=st.just(False),
    basis=st.sampled_from(Basis),
    quarter=st.sampled_from(QUARTERS),
    kind=st.sampled_from(GatheringKind),
    part=st.sampled_from(Part),
    measure=st.sampled_from(Measure),
)
seen = st.builds(
    group,
    verdict=st.sampled_from(Verdict),
    basis=st.sampled_from(Basis),
    quarter=st.sampled_from(QUARTERS),
    kind=st.sampled_from(GatheringKind),
    part=st.sampled_from(Part),
    measure=st.sampled_from(Measure),
    rules_version=st.sampled_from(["1", "2"]),
    gatherings=st.integers(1, 40),
)


@settings(deadline=None)
@given(st.lists(seen, max_size=12), st.lists(hidden, min_size=1, max_size=6), st.data())
def test_of_a_hidden_one_nothing_tells_which_it_was_or_how_it_was_counted(
    open_ones: list[Group], hidden_ones: list[Group], data: st.DataObject
) -> None:
    """Any other result and source behind the same hidden events shows the very same figures."""
    others = [
        group(
            **vars(one)
            | {
                "verdict": data.draw(st.sampled_from([Verdict.NOT_MET, Verdict.NOT_KNOWN])),
                "basis": data.draw(st.sampled_from(Basis)),
            }
        )
        for one in hidden_ones
    ]
    one = list(export([*open_ones, *hidden_ones], quarters=QUARTERS))
    other = list(export([*open_ones, *others], quarters=QUARTERS))
    assert one == other
    charts = [
        sections(trends([*open_ones, *some], quarters=QUARTERS)) for some in (hidden_ones, others)
    ]
    assert charts[0] == charts[1]


# Lines


def test_three_of_five_were_shown() -> None:
    assert said(
        group(gatherings=3),
        group(verdict=Verdict.NOT_MET),
        group(verdict=Verdict.NOT_KNOWN),
        group(verdict=Verdict.NO_VERDICT, gatherings=7),
    ) == [
        ("met", "organiser_stated", ["3 of 5"]),
        ("not_known", "organiser_stated", ["1 of 5"]),
    ]


def test_sources_never_share_a_line() -> None:
    assert said(
        group(gatherings=2), group(basis=Basis.SELF_DECLARED), group(verdict=Verdict.NOT_MET)
    ) == [
        ("met", "self_declared", ["1 of 4"]),
        ("met", "organiser_stated", ["2 of 4"]),
        ("not_known", None, ["0 of 4"]),
    ]


@pytest.mark.parametrize(
    "other", [{"rules_version": "2"}, {"definition": Definition.WOMEN_AND_NON_BINARY}]
)
def test_other_definitions_and_rules_are_another_drawing(other: dict[str, Any]) -> None:
    found = trends([group(), group(**other)], quarters=QUARTERS)
    assert [line.points[-1].words for line in found.lines if line.found == Found.MET] == [
        "1 of 1",
        "1 of 1",
    ]
    assert len(sections(found)) == 2


def test_where_nothing_was_shown_the_line_says_nought() -> None:
    assert said(group(verdict=Verdict.NOT_MET, is_exact=False, gatherings=2)) == [
        ("met", None, ["0 of 2"]),
        ("not_known", None, ["0 of 2"]),
    ]


def test_one_kind_by_itself() -> None:
    board = group(kind=GatheringKind.BOARD, gatherings=2)
    found = said(group(), board, kind=GatheringKind.BOARD)
    assert found == [("met", "organiser_stated", ["2 of 2"]), ("not_known", None, ["0 of 2"])]


def test_nothing_counted_is_empty_and_one_quarter_is_enough() -> None:
    assert trends([], quarters=QUARTERS).is_empty
    chart = sections(trends([group()], quarters=QUARTERS))[0].charts[0]
    assert chart.finding == "The organiser told us: 1 of 1 in October to December 2026."
    assert [row[1] for row in chart.table] == ["None"] * 7 + ["1 of 1"]


def test_the_finding_compares_the_first_quarter_with_the_last() -> None:
    before = QUARTERS[0]
    chart = sections(
        trends(
            [
                group(quarter=before),
                group(quarter=before, verdict=Verdict.NOT_MET, gatherings=3),
                group(),
            ],
            quarters=QUARTERS,
        )
    )[0].charts[0]
    assert chart.finding == (
        "The organiser told us: 1 of 4 in January to March 2025, 1 of 1 in October to December"
        " 2026, a larger share."
    )


def test_of_more_than_two_lines_the_finding_says_which_way_each_went() -> None:
    before = QUARTERS[0]
    sources = (Basis.SELF_DECLARED, Basis.ORGANISER_STATED, Basis.PUBLICLY_STATED)
    met = [group(basis=basis, quarter=day) for basis in sources for day in (before, NOW)]
    two_more = group(basis=Basis.SELF_DECLARED, gatherings=2)
    chart = sections(trends([*met, two_more], quarters=QUARTERS))[0].charts[0]
    assert chart.finding == (
        "Larger at the end: “Each person told us”."
        " Smaller at the end: “The organiser told us”, “Each person has said so in public”."
    )
    chart = sections(trends(met[1::2], quarters=QUARTERS))[0].charts[0]
    assert chart.finding == (
        "In one quarter alone: “Each person told us”, “The organiser told us”,"
        " “Each person has said so in public”."
    )


def test_a_drawing_holds_the_four_largest_lines_and_its_table_all() -> None:
    parts = [
        group(part=part, basis=basis, gatherings=number)
        for number, (part, basis) in enumerate(
            [
                (part, basis)
                for part in (Part.MAIN_STAGE, Part.REST)
                for basis in (Basis.SELF_DECLARED, Basis.ORGANISER_STATED, Basis.PUBLICLY_STATED)
            ],
            1,
        )
    ]
    chart = sections(trends(parts, quarters=QUARTERS))[0].charts[0]
    assert chart.title == "Main stage and everywhere else"
    assert [points[-1][0] for _, points in chart.drawn] == [3, 4, 5, 6]
    assert (chart.left_out, len(chart.headings)) == (2, 7)


# The numbers


@settings(deadline=None)
@given(st.lists(st.one_of(seen, hidden), max_size=25))
def test_every_number_is_the_databases(groups: list[Group]) -> None:
    """Each row again by counting, one gathering after another."""
    labels = {str(kind.label): kind for kind in GatheringKind}
    found = list(export(groups, quarters=QUARTERS))
    assert found[0] == HEADINGS
    for row in found[1:]:
        measure, definition, part, what, source, rules, kind, quarter, number, of = row
        alike = [
            one
            for one in groups
            if (str(one.measure.label), str(one.definition.label), str(one.part.label))
            == (measure, definition, part)
            and one.rules_version == rules
            and address_of_quarter(one.quarter).replace("-", " ") == quarter
            and kind in (ALL_KINDS, str(labels[str(one.kind.label)].label))
            and one.verdict != Verdict.NO_VERDICT
        ]
        said_so = Counter[str]()
        for one in alike:
            if one.verdict == Verdict.MET or one.is_exact:
                said_so[f"{one.verdict} {one.basis.label}"] += one.gatherings
        verdict = "met" if what == "Shown to meet" else "not_known"
        assert of == sum(one.gatherings for one in alike)
        assert number == said_so[f"{verdict} {source}"]
    met = sum(
        row[8] for row in rows(trends(groups, quarters=QUARTERS)) if row[3] == "Shown to meet"
    )
    assert met == sum(one.gatherings for one in groups if one.verdict == Verdict.MET)


# Quarters


def test_a_period_names_its_first_month_and_its_last() -> None:
    assert period_in_words(date(2025, 1, 1), date(2026, 10, 1)) == "January 2025 to December 2026"


def test_quarters() -> None:
    assert quarters_until(date(2026, 1, 1), 3) == (
        date(2025, 7, 1),
        date(2025, 10, 1),
        date(2026, 1, 1),
    )
    assert quarter_before(date(2026, 1, 1)) == date(2025, 10, 1)
    assert quarter_in_words(date(2026, 4, 1)) == "April to June 2026"
    assert quarter_of_address(address_of_quarter(NOW)) == NOW


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-Q0", "2026-Q5", "26-Q1", "2026-Q11", "²026-Q1", "1899-Q1", "x-Q1"]
)
def test_what_is_no_quarter(text: str) -> None:
    assert quarter_of_address(text) is None
