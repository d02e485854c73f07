"""A line-up judged: who counts, on what evidence, and part by part."""

import pytest

from panels.audit import (
    RULES_VERSION,
    Count,
    LineUp,
    MeasureAudit,
    PartAudit,
    Stamp,
    Tally,
    audit_line_up,
    beside_roles,
    counted_roles,
    effective_count,
    seat_marks,
    stepped_aside,
)
from panels.enums import (
    Answer,
    Basis,
    Counted,
    Definition,
    GatheringKind,
    Measure,
    Part,
    SeatMark,
    SeatRole,
    Verdict,
)
from panels.thresholds import Threshold, Thresholds

PANEL_KINDS = [GatheringKind.PANEL, GatheringKind.EVENT, GatheringKind.CONFERENCE]
GROUP_KINDS = [GatheringKind.COMMITTEE, GatheringKind.BOARD, GatheringKind.WORKING_GROUP]
SPEAKERS = {
    SeatRole.PANELLIST,
    SeatRole.KEYNOTE,
    SeatRole.PRESENTER,
    SeatRole.OPENING_CLOSING,
}


@pytest.mark.parametrize("kind", PANEL_KINDS)
def test_on_a_panel_those_who_speak_count_and_those_who_chair_stand_beside(
    kind: GatheringKind,
) -> None:
    assert counted_roles(kind) == SPEAKERS
    assert beside_roles(kind) == {
        SeatRole.CHAIR,
        SeatRole.CO_CHAIR,
        SeatRole.MODERATOR,
        SeatRole.FACILITATOR,
    }


@pytest.mark.parametrize("kind", GROUP_KINDS)
def test_in_a_standing_group_chairs_count(kind: GatheringKind) -> None:
    assert counted_roles(kind) == SPEAKERS | {SeatRole.CHAIR, SeatRole.CO_CHAIR}
    assert beside_roles(kind) == {SeatRole.MODERATOR, SeatRole.FACILITATOR}


@pytest.mark.parametrize(
    ("measure", "basis", "is_evidence"),
    [
        (Measure.WOMEN, Basis.SELF_DECLARED, True),
        (Measure.WOMEN, Basis.PUBLICLY_STATED, True),
        (Measure.WOMEN, Basis.ORGANISER_STATED, True),
        (Measure.WOMEN, Basis.NOT_KNOWN, False),
        (Measure.MINORITISED, Basis.SELF_DECLARED, True),
        (Measure.MINORITISED, Basis.PUBLICLY_STATED, False),
        (Measure.MINORITISED, Basis.ORGANISER_STATED, False),
        (Measure.MINORITISED, Basis.NOT_KNOWN, False),
    ],
)
def test_what_a_basis_can_show(measure: Measure, basis: Basis, is_evidence: bool) -> None:
    expected = Count(2, 3, 1) if is_evidence else Count(0, 0, 6)
    assert effective_count(Count(2, 3, 1), measure, basis) == expected


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        (Answer.YES, Count(1, 2, 1)),
        (Answer.NO, Count(2, 1, 1)),
        (Answer.UNKNOWN, Count(2, 2, 0)),
    ],
)
def test_stepping_aside_takes_one_person_out(answer: Answer, left: Count) -> None:
    assert stepped_aside(Count(2, 2, 1), answer) == left


@pytest.mark.parametrize("answer", Answer)
def test_nobody_steps_aside_from_an_answer_nobody_gave(answer: Answer) -> None:
    with pytest.raises(ValueError, match="Nobody in this count gave that answer"):
        stepped_aside(Count(), answer)


def test_seats_come_in_category_order() -> None:
    assert seat_marks(Count(yes=2, no=1, unknown=1), 2) == (
        SeatMark.YES,
        SeatMark.YES,
        SeatMark.NO,
        SeatMark.UNKNOWN,
        SeatMark.SHORT,
        SeatMark.SHORT,
    )
    assert seat_marks(Count(), 0) == ()


@pytest.mark.parametrize(
    ("count", "missing"),
    [(Count(unknown=5), 0), (Count(no=1, unknown=4), 2), (Count(yes=1, unknown=4), 2)],
)
def test_no_chair_is_missing_where_nobody_is_known(count: Count, missing: int) -> None:
    assert seat_marks(count, 2).count(SeatMark.SHORT) == missing


def tally(
    count: Count,
    *,
    measure: Measure = Measure.WOMEN,
    part: Part = Part.WHOLE,
    counted: Counted = Counted.COUNTED,
    basis: Basis = Basis.SELF_DECLARED,
) -> Tally:
    definition = (
        Definition.WOMEN if measure == Measure.WOMEN else Definition.MINORITISED_SELF_DEFINED
    )
    return Tally(part, counted, measure, count, basis, definition)


def audited(*tallies: Tally, kind: GatheringKind = GatheringKind.PANEL) -> MeasureAudit:
    return audit_line_up(LineUp(kind, tallies), Thresholds()).women


def whole(audit: MeasureAudit) -> PartAudit:
    assert audit.whole is not None
    return audit.whole


def test_a_line_up_is_judged_measure_by_measure() -> None:
    line_up = LineUp(
        GatheringKind.PANEL,
        (tally(Count(2, 2)), tally(Count(1, 5), measure=Measure.MINORITISED)),
    )
    audit = audit_line_up(line_up, Thresholds())
    assert (audit.women.verdict, audit.minoritised.verdict) == (Verdict.MET, Verdict.NOT_MET)
    assert (whole(audit.women).shortfall, whole(audit.minoritised).shortfall) == (0, 1)
    assert audit.same_few_people is False


def test_a_higher_aim_is_used() -> None:
    line_up = LineUp(GatheringKind.PANEL, (tally(Count(2, 2)),))
    audit = audit_line_up(line_up, Thresholds(women=Threshold(3, 4)))
    assert (audit.women.verdict, whole(audit.women).shortfall) == (Verdict.NOT_MET, 1)


def test_ethnicity_stated_by_anybody_else_is_not_known() -> None:
    stated = tally(Count(3, 2), measure=Measure.MINORITISED, basis=Basis.ORGANISER_STATED)
    audit = audit_line_up(LineUp(GatheringKind.PANEL, (stated,)), Thresholds()).minoritised
    assert audit.verdict == Verdict.NOT_KNOWN
    assert whole(audit).stamp == Stamp(
        Definition.MINORITISED_SELF_DEFINED, Basis.ORGANISER_STATED, 0, 5, RULES_VERSION
    )


def test_a_figure_carries_its_stamp() -> None:
    audit = audited(tally(Count(2, 1, 1), basis=Basis.PUBLICLY_STATED))
    assert whole(audit).stamp == Stamp(
        definition=Definition.WOMEN,
        basis=Basis.PUBLICLY_STATED,
        known=3,
        n=4,
        rules_version=RULES_VERSION,
    )


def test_a_line_up_nobody_counted_has_no_result() -> None:
    audit = audit_line_up(LineUp(GatheringKind.CONFERENCE, ()), Thresholds())
    assert audit.women == MeasureAudit(
        Measure.WOMEN, GatheringKind.CONFERENCE, whole=None, main_stage=None, rest=None
    )
    assert audit.women.verdict == Verdict.NO_VERDICT
    assert audit.women.is_not_shown_on_main_stage is False
    assert audit.same_few_people is False


def test_without_a_chair_there_is_no_figure_beside() -> None:
    part = whole(audited(tally(Count(1, 2))))
    assert (part.count_with_chair, part.verdict_with_chair) == (None, None)
    assert part.is_met_only_with_chair is False


@pytest.mark.parametrize(
    ("counted", "chairs", "with_chair", "only"),
    [
        (Count(1, 2), Count(1, 0), Verdict.MET, True),
        (Count(1, 1, 1), Count(1, 0), Verdict.MET, True),
        (Count(2, 2), Count(1, 0), Verdict.MET, False),
        (Count(1, 2), Count(0, 1), Verdict.NOT_MET, False),
        (Count(1, 2), Count(0, 0, 1), Verdict.NOT_KNOWN, False),
        (Count(1, 0), Count(1, 0), Verdict.MET, False),
    ],
)
def test_met_only_with_the_chair_counted(
    counted: Count, chairs: Count, with_chair: Verdict, only: bool
) -> None:
    part = whole(audited(tally(counted), tally(chairs, counted=Counted.BESIDE)))
    assert part.count_with_chair == counted + chairs
    assert (part.verdict_with_chair, part.is_met_only_with_chair) == (with_chair, only)


def test_a_chair_whose_basis_shows_nothing_is_not_known() -> None:
    chair = tally(Count(1, 0), counted=Counted.BESIDE, basis=Basis.NOT_KNOWN)
    part = whole(audited(tally(Count(1, 2)), chair))
    assert part.count_with_chair == Count(1, 2, 1)


@pytest.mark.parametrize(
    ("overall", "main_stage", "flagged"),
    [
        (Count(6, 4), Count(1, 3), True),
        (Count(6, 4), Count(1, 1, 2), True),
        (Count(6, 4), Count(2, 2), False),
        (Count(6, 4), Count(0, 1), False),
        (Count(4, 6), Count(1, 3), False),
    ],
)
def test_met_overall_not_shown_on_the_main_stage(
    overall: Count, main_stage: Count, flagged: bool
) -> None:
    audit = audited(
        tally(overall),
        tally(main_stage, part=Part.MAIN_STAGE),
        kind=GatheringKind.CONFERENCE,
    )
    assert audit.is_not_shown_on_main_stage is flagged


@pytest.mark.parametrize(
    ("kind", "flagged"), [(GatheringKind.CONFERENCE, True), (GatheringKind.PANEL, False)]
)
def test_only_a_conference_must_count_its_main_stage(kind: GatheringKind, flagged: bool) -> None:
    assert audited(tally(Count(6, 4)), kind=kind).is_not_shown_on_main_stage is flagged


def test_main_stage_and_rest_are_judged_apart() -> None:
    audit = audited(
        tally(Count(6, 4)),
        tally(Count(1, 3), part=Part.MAIN_STAGE),
        tally(Count(5, 1), part=Part.REST),
    )
    assert audit.main_stage is not None
    assert audit.rest is not None
    assert (audit.main_stage.verdict, audit.rest.verdict) == (Verdict.NOT_MET, Verdict.MET)


def test_the_same_few_people_hold_many_seats() -> None:
    line_up = LineUp(
        GatheringKind.CONFERENCE, (tally(Count(5, 5)),), women_seats=Count(yes=14, no=6)
    )
    assert audit_line_up(line_up, Thresholds()).same_few_people is True


def test_a_part_is_counted_once() -> None:
    with pytest.raises(ValueError, match="one count for each part of each measure"):
        LineUp(GatheringKind.PANEL, (tally(Count(1, 1)), tally(Count(2, 2))))
