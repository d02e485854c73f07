import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels.audit import Count, LineUp, MeasureAudit, Tally, audit_line_up, verdict
from panels.enums import (
    Audience,
    Basis,
    Counted,
    Definition,
    GatheringKind,
    Measure,
    Part,
    SeatMark,
    Verdict,
)
from panels.suppression import (
    VisibleCount,
    VisibleMeasure,
    VisiblePart,
    visible_measure,
)
from panels.thresholds import MINORITISED, Thresholds

counts = st.builds(Count, st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))


def shown(
    count: Count,
    *,
    measure: Measure = Measure.MINORITISED,
    basis: Basis = Basis.SELF_DECLARED,
    audience: Audience = Audience.MEMBER,
    typed_it: bool = False,
) -> VisibleCount:
    """One count by itself, without parts and without a chair."""
    audit = audited(count, measure=measure, basis=basis)
    visible = visible_measure(audit, audience=audience, typed_it=typed_it)
    assert visible.whole is not None
    return visible.whole.counted


def hidden(shown_to_meet: bool, people: int) -> VisibleCount:
    return VisibleCount(shown_to_meet, (SeatMark.PLAIN,) * people)


@pytest.mark.parametrize(
    ("count", "is_exact"),
    [
        (Count(1, 4), True),
        (Count(1, 3), False),
        (Count(1, 2, 2), True),
        (Count(1, 1, 3), False),
        (Count(1, 1, 20), False),
        (Count(0, 5), False),
        (Count(5, 0), False),
        (Count(3, 0, 2), False),
        (Count(0, 40), False),
        (Count(), False),
    ],
)
def test_members_see_ethnicity_from_five_people_three_known_and_never_all_or_none(
    count: Count, is_exact: bool
) -> None:
    assert shown(count).exact == (count if is_exact else None)


@pytest.mark.parametrize(
    ("count", "is_exact"),
    [
        (Count(2, 3), True),
        (Count(5, 0), False),
        (Count(0, 5), False),
        (Count(2, 2), False),
        (Count(2, 1, 2), True),
        (Count(1, 1, 3), False),
    ],
)
def test_members_see_declared_women_as_they_see_ethnicity(count: Count, is_exact: bool) -> None:
    visible = shown(count, measure=Measure.WOMEN, basis=Basis.SELF_DECLARED)
    assert visible.exact == (count if is_exact else None)


def test_members_see_that_stated_women_are_all_or_none() -> None:
    for count in (Count(5, 0), Count(0, 5)):
        visible = shown(count, measure=Measure.WOMEN, basis=Basis.ORGANISER_STATED)
        assert visible.exact == count


def test_a_small_part_of_stated_women_is_not_worked_out_from_the_others() -> None:
    audit = audited(
        Count(6, 6),
        Count(1, 1),
        Count(5, 5),
        measure=Measure.WOMEN,
        basis=Basis.ORGANISER_STATED,
    )
    visible = visible_measure(audit, audience=Audience.MEMBER)
    assert exact_counts(visible) == (Count(6, 6), None, None)


def test_an_exact_count_brings_its_result_its_shortfall_and_its_seats() -> None:
    assert shown(Count(1, 5)) == VisibleCount(
        shown_to_meet=False,
        seats=(SeatMark.YES,) + (SeatMark.NO,) * 5 + (SeatMark.SHORT,),
        exact=Count(1, 5),
        verdict=Verdict.NOT_MET,
        shortfall=1,
    )


@given(counts)
def test_the_public_never_sees_ethnicity(count: Count) -> None:
    meets = verdict(count, MINORITISED) == Verdict.MET
    assert shown(count, audience=Audience.PUBLIC) == hidden(meets, count.n)


def test_the_public_cannot_tell_nobody_from_not_known() -> None:
    nobody = shown(Count(0, 5), audience=Audience.PUBLIC)
    assert nobody == shown(Count(0, 0, 5), audience=Audience.PUBLIC)


@pytest.mark.parametrize(
    ("count", "basis", "is_exact"),
    [
        (Count(1, 2), Basis.PUBLICLY_STATED, True),
        (Count(1, 2), Basis.ORGANISER_STATED, True),
        (Count(1, 1), Basis.PUBLICLY_STATED, False),
        (Count(1, 2), Basis.SELF_DECLARED, False),
        (Count(10, 20), Basis.SELF_DECLARED, False),
        (Count(10, 20), Basis.NOT_KNOWN, False),
    ],
)
def test_the_public_sees_women_where_it_was_stated_of_three_or_more(
    count: Count, basis: Basis, is_exact: bool
) -> None:
    visible = shown(count, measure=Measure.WOMEN, basis=basis, audience=Audience.PUBLIC)
    assert visible.exact == (count if is_exact else None)


@pytest.mark.parametrize("audience", Audience)
def test_whoever_typed_a_count_sees_it(audience: Audience) -> None:
    visible = shown(Count(0, 2), audience=audience, typed_it=True)
    assert (visible.exact, visible.verdict) == (Count(0, 2), Verdict.NOT_MET)


def test_ethnicity_that_nobody_declared_shows_as_not_known_even_to_whoever_typed_it() -> None:
    visible = shown(Count(2, 4), basis=Basis.ORGANISER_STATED, typed_it=True)
    assert (visible.exact, visible.verdict) == (Count(0, 0, 6), Verdict.NOT_KNOWN)
    assert shown(Count(2, 4), basis=Basis.ORGANISER_STATED) == hidden(False, 6)


def audited(
    whole: Count,
    main_stage: Count | None = None,
    rest: Count | None = None,
    chair: Count | None = None,
    *,
    measure: Measure = Measure.MINORITISED,
    basis: Basis = Basis.SELF_DECLARED,
) -> MeasureAudit:
    given_counts = (
        (Part.WHOLE, Counted.COUNTED, whole),
        (Part.MAIN_STAGE, Counted.COUNTED, main_stage),
        (Part.REST, Counted.COUNTED, rest),
        (Part.WHOLE, Counted.BESIDE, chair),
    )
    tallies = tuple(
        Tally(part, counted, measure, count, basis, Definition.MINORITISED_SELF_DEFINED)
        for part, counted, count in given_counts
        if count is not None
    )
    audit = audit_line_up(LineUp(GatheringKind.CONFERENCE, tallies), Thresholds())
    return audit.women if measure == Measure.WOMEN else audit.minoritised


def exact_counts(visible: VisibleMeasure) -> tuple[Count | None, ...]:
    parts = (visible.whole, visible.main_stage, visible.rest)
    return tuple(part.counted.exact if part else None for part in parts)


def test_both_parts_are_shown_when_neither_is_small() -> None:
    audit = audited(Count(4, 8), Count(2, 4), Count(2, 4))
    visible = visible_measure(audit, audience=Audience.MEMBER)
    assert exact_counts(visible) == (Count(4, 8), Count(2, 4), Count(2, 4))


@pytest.mark.parametrize(
    ("main_stage", "rest"),
    [
        (Count(1, 3), Count(3, 5, 1)),
        (Count(0, 6), Count(4, 2, 1)),
        (Count(2, 4), None),
        (None, Count(2, 4)),
        (Count(2, 4), Count(3, 4, 1)),
    ],
)
def test_a_part_that_gives_another_away_is_hidden_with_it(
    main_stage: Count | None, rest: Count | None
) -> None:
    audit = audited(Count(4, 8, 1), main_stage, rest)
    visible = visible_measure(audit, audience=Audience.MEMBER)
    assert exact_counts(visible) == (Count(4, 8, 1), None, None)


@pytest.mark.parametrize("main_stage", [Count(0, 4), Count(1, 3), Count(0, 6)])
def test_a_whole_without_unknowns_is_hidden_beside_a_hidden_part(main_stage: Count) -> None:
    """Else "not shown" of four people, none of them unknown, would say "nobody"."""
    audit = audited(Count(4, 8), main_stage, Count(4 - main_stage.yes, 8 - main_stage.no))
    visible = visible_measure(audit, audience=Audience.MEMBER)
    assert exact_counts(visible) == (None, None, None)


def in_parts(*bases: Basis, rest: Count) -> MeasureAudit:
    parts = zip(
        (Part.WHOLE, Part.MAIN_STAGE, Part.REST), (Count(4, 8), Count(0, 0, 4), rest), bases,
        strict=True,
    )  # fmt: skip
    tallies = tuple(
        Tally(part, Counted.COUNTED, Measure.WOMEN, count, basis, Definition.WOMEN)
        for part, count, basis in parts
    )
    return audit_line_up(LineUp(GatheringKind.CONFERENCE, tallies), Thresholds()).women


def test_a_whole_is_shown_beside_parts_of_which_nothing_is_known() -> None:
    """As after a round whose stages were too small to be counted apart."""
    nothing = in_parts(Basis.SELF_DECLARED, Basis.NOT_KNOWN, Basis.NOT_KNOWN, rest=Count(0, 0, 8))
    visible = visible_measure(nothing, audience=Audience.MEMBER)
    assert exact_counts(visible) == (Count(4, 8), None, None)
    one = in_parts(Basis.SELF_DECLARED, Basis.NOT_KNOWN, Basis.SELF_DECLARED, rest=Count(4, 4))
    visible = visible_measure(one, audience=Audience.MEMBER)
    assert exact_counts(visible) == (None, None, None)


def test_stated_women_are_shown_part_by_part_where_no_part_is_small() -> None:
    audit = audited(
        Count(4, 4),
        Count(1, 2),
        Count(3, 2),
        measure=Measure.WOMEN,
        basis=Basis.PUBLICLY_STATED,
    )
    visible = visible_measure(audit, audience=Audience.PUBLIC)
    assert exact_counts(visible) == (Count(4, 4), Count(1, 2), Count(3, 2))


def test_whoever_typed_them_sees_every_part() -> None:
    audit = audited(Count(4, 8), Count(0, 1), Count(4, 7))
    visible = visible_measure(audit, audience=Audience.MEMBER, typed_it=True)
    assert exact_counts(visible) == (Count(4, 8), Count(0, 1), Count(4, 7))


def test_a_part_nobody_counted_is_not_shown() -> None:
    empty = MeasureAudit(Measure.WOMEN, GatheringKind.PANEL, None, None, None)
    assert visible_measure(empty, audience=Audience.PUBLIC) == VisibleMeasure(
        Measure.WOMEN, None, None, None, is_not_shown_on_main_stage=False
    )


def test_that_the_main_stage_is_not_shown_may_be_said_to_anyone() -> None:
    audit = audited(Count(4, 8), Count(0, 5), Count(4, 3))
    visible = visible_measure(audit, audience=Audience.PUBLIC)
    assert visible.is_not_shown_on_main_stage is True
    assert visible.main_stage == VisiblePart(hidden(False, 5), None, False)


def test_one_chair_is_never_given_away_by_the_figure_with_the_chair() -> None:
    audit = audited(Count(1, 5), chair=Count(1, 0))
    assert audit.whole is not None
    assert audit.whole.is_met_only_with_chair is True
    visible = visible_measure(audit, audience=Audience.MEMBER)
    assert visible.whole == VisiblePart(shown(Count(1, 5)), None, False)


def test_whoever_typed_the_count_sees_it_met_only_with_the_chair() -> None:
    audit = audited(Count(1, 5), chair=Count(1, 0))
    visible = visible_measure(audit, audience=Audience.MEMBER, typed_it=True)
    assert visible.whole == VisiblePart(shown(Count(1, 5)), shown(Count(2, 5), typed_it=True), True)


def test_a_woman_who_chairs_in_public_is_counted_beside() -> None:
    audit = audited(
        Count(1, 2), chair=Count(1, 0), measure=Measure.WOMEN, basis=Basis.PUBLICLY_STATED
    )
    visible = visible_measure(audit, audience=Audience.PUBLIC)
    assert visible.whole is not None
    assert visible.whole.with_chair is not None
    assert visible.whole.with_chair.exact == Count(2, 2)
    assert visible.whole.is_met_only_with_chair is True


def test_a_hidden_count_hides_the_figure_with_the_chair() -> None:
    audit = audited(Count(0, 2), chair=Count(2, 3))
    visible = visible_measure(audit, audience=Audience.MEMBER)
    assert visible.whole == VisiblePart(hidden(False, 2), None, False)
