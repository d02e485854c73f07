"""What an event was shown to meet."""

import pytest

from commitments.enums import Shown
from commitments.verdicts import NOTHING_SHOWN, showing
from panels.audit import Count, LineUp, Tally
from panels.enums import Basis, Counted, Definition, GatheringKind, Measure, Part
from panels.thresholds import Threshold, Thresholds

NOBODY_KNOWN = Count(0, 0, 4)
MET, NOT_MET = Count(2, 2, 0), Count(0, 4, 0)
DEFINITIONS = {
    Measure.WOMEN: Definition.WOMEN,
    Measure.MINORITISED: Definition.MINORITISED_SELF_DEFINED,
}


def tally(
    measure: Measure,
    count: Count,
    part: Part = Part.WHOLE,
    counted: Counted = Counted.COUNTED,
    basis: Basis = Basis.SELF_DECLARED,
) -> Tally:
    return Tally(part, counted, measure, count, basis, DEFINITIONS[measure])


def line_up(*tallies: Tally, kind: GatheringKind = GatheringKind.PANEL) -> LineUp:
    return LineUp(kind, tallies)


@pytest.mark.parametrize(
    ("women", "minoritised", "shown"),
    [
        (MET, MET, Shown.BOTH),
        (MET, NOT_MET, Shown.ONE),
        (NOT_MET, MET, Shown.ONE),
        (MET, NOBODY_KNOWN, Shown.ONE),
        (NOT_MET, NOBODY_KNOWN, Shown.NOT_SHOWN),
        (NOBODY_KNOWN, NOBODY_KNOWN, Shown.NOT_SHOWN),
        (Count(1, 0, 0), Count(1, 0, 0), Shown.NOT_SHOWN),
        (Count(8, 33, 0), Count(8, 33, 0), Shown.NOT_SHOWN),
    ],
)
def test_only_what_is_met_is_shown(women: Count, minoritised: Count, shown: Shown) -> None:
    counted = line_up(tally(Measure.WOMEN, women), tally(Measure.MINORITISED, minoritised))
    assert showing(counted, Thresholds()).shown == shown


def test_a_measure_nobody_counted_is_not_shown() -> None:
    assert showing(line_up(tally(Measure.WOMEN, MET)), Thresholds()).shown == Shown.ONE
    assert showing(line_up(), Thresholds()) == NOTHING_SHOWN


def test_ethnicity_that_somebody_else_stated_shows_nothing() -> None:
    stated = tally(Measure.MINORITISED, MET, basis=Basis.ORGANISER_STATED)
    assert showing(line_up(stated), Thresholds()).shown == Shown.NOT_SHOWN


@pytest.mark.parametrize(
    ("on_main_stage", "shown"),
    [
        (Count(2, 2, 0), Shown.ONE),
        (Count(1, 3, 0), Shown.NOT_SHOWN),
        (NOBODY_KNOWN, Shown.NOT_SHOWN),
    ],
)
def test_met_overall_and_not_shown_on_the_main_stage_is_not_met(
    on_main_stage: Count, shown: Shown
) -> None:
    counted = line_up(
        tally(Measure.WOMEN, Count(6, 4, 0)),
        tally(Measure.WOMEN, on_main_stage, Part.MAIN_STAGE),
    )
    assert showing(counted, Thresholds()).shown == shown


def test_a_conference_whose_main_stage_nobody_counted_shows_nothing() -> None:
    both = [tally(Measure.WOMEN, MET), tally(Measure.MINORITISED, MET)]
    conference = line_up(*both, kind=GatheringKind.CONFERENCE)
    assert showing(conference, Thresholds()).shown == Shown.NOT_SHOWN


def test_the_chair_does_not_help() -> None:
    counted = line_up(
        tally(Measure.WOMEN, Count(1, 2, 0)),
        tally(Measure.WOMEN, Count(1, 0, 0), counted=Counted.BESIDE),
    )
    assert showing(counted, Thresholds()).shown == Shown.NOT_SHOWN


def test_the_wordings_own_thresholds_decide() -> None:
    counted = line_up(tally(Measure.WOMEN, MET), tally(Measure.MINORITISED, Count(1, 4, 0)))
    higher = Thresholds(Threshold(3, 5), Threshold(1, 5))
    assert showing(counted, Thresholds()).shown == Shown.BOTH
    assert showing(counted, higher).shown == Shown.ONE


def test_a_stamp_is_given_only_of_what_was_shown() -> None:
    found = showing(
        line_up(tally(Measure.WOMEN, MET), tally(Measure.MINORITISED, NOT_MET)), Thresholds()
    )
    assert [stamp.definition for stamp in found.stamps] == [Definition.WOMEN]
    assert found.minoritised is None
