from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels import entry
from panels.audit import Count, Tally
from panels.entry import Problem, Typed, TypedPart, line_up, problems, typed_again, without_basis
from panels.enums import Basis, Counted, Definition, GatheringKind, Measure, Part

STATED = Basis.ORGANISER_STATED


def typed(whole: TypedPart, **more: object) -> Typed:
    values = {"kind": GatheringKind.EVENT, "women_basis": STATED, "told": True} | more
    return Typed(whole=whole, **values)  # type: ignore[arg-type]


def counts(given_numbers: Typed, measure: Measure) -> dict[tuple[Part, Counted], Count]:
    tallies = line_up(given_numbers).tallies
    return {(t.part, t.counted): t.count for t in tallies if t.measure == measure}


def test_whoever_is_in_neither_number_is_not_known() -> None:
    found = line_up(typed(TypedPart(5, 2, None, 1, 3)))
    assert found.tallies == (
        Tally(Part.WHOLE, Counted.COUNTED, Measure.WOMEN, Count(2, 0, 3), STATED, Definition.WOMEN),
        Tally(
            Part.WHOLE,
            Counted.COUNTED,
            Measure.MINORITISED,
            Count(1, 3, 1),
            Basis.SELF_DECLARED,
            Definition.MINORITISED_SELF_DEFINED,
        ),
    )


def test_everywhere_else_is_the_whole_less_the_main_stage() -> None:
    both = typed(TypedPart(10, 6, 4, 2, 5), main_stage=TypedPart(4, 1, 3, 1, 2))
    assert counts(both, Measure.WOMEN) == {
        (Part.WHOLE, Counted.COUNTED): Count(6, 4, 0),
        (Part.MAIN_STAGE, Counted.COUNTED): Count(1, 3, 0),
        (Part.REST, Counted.COUNTED): Count(5, 1, 0),
    }
    assert counts(both, Measure.MINORITISED) == {
        (Part.WHOLE, Counted.COUNTED): Count(2, 5, 3),
        (Part.MAIN_STAGE, Counted.COUNTED): Count(1, 2, 1),
        (Part.REST, Counted.COUNTED): Count(1, 3, 2),
    }


def test_a_main_stage_that_is_everything_leaves_no_rest() -> None:
    both = typed(TypedPart(4, 2, 2), main_stage=TypedPart(4, 2, 2))
    assert (Part.REST, Counted.COUNTED) not in counts(both, Measure.WOMEN)


def test_people_beside_the_count_stay_beside_it() -> None:
    found = counts(typed(TypedPart(4, 2, 2), beside=TypedPart(1, 1)), Measure.WOMEN)
    assert found[Part.WHOLE, Counted.COUNTED] == Count(2, 2, 0)
    assert found[Part.WHOLE, Counted.BESIDE] == Count(1, 0, 0)


@pytest.mark.parametrize(
    ("whole", "field", "message"),
    [
        (
            TypedPart(5, 3, 3),
            "not_women",
            "3 women and 3 not women make 6, but there are 5 people in all.",
        ),
        (TypedPart(5, 6), "women", "6 women, but there are 5 people in all."),
        (TypedPart(1, None, 2), "not_women", "2 not women, but there is 1 person in all."),
        (
            TypedPart(5, 2, 3, 4, 2),
            "not_minoritised",
            "4 from a minoritised community and 2 not make 6, but there are 5 people in all.",
        ),
        (TypedPart(None, 2), "people", "Say how many people this is of."),
    ],
)
def test_numbers_of_one_part_add_up(whole: TypedPart, field: str, message: str) -> None:
    assert problems(typed(whole)) == (Problem("whole", field, message),)


def test_exactly_everybody_is_no_problem() -> None:
    assert problems(typed(TypedPart(5, 2, 3, 1, 4))) == ()


def test_a_part_never_exceeds_its_whole() -> None:
    found = problems(typed(TypedPart(5, 2, 3), main_stage=TypedPart(6, 3, 3)))
    assert [(problem.part, problem.field) for problem in found] == [
        ("main_stage", "women"),
        ("main_stage", "people"),
    ]
    assert found[0].message == "Main stage has 3 counted as yes, but the whole line-up has 2."
    assert found[1].message == "Main stage has 6 in all, but the whole line-up has 5."


def test_a_part_is_known_as_well_as_its_whole() -> None:
    found = problems(typed(TypedPart(5, 2, 3), main_stage=TypedPart(2)))
    message = (
        "Main stage leaves 2 not known, but the whole line-up leaves 0."
        " Say it here too, or leave all of the main stage blank."
    )
    assert found == (Problem("main_stage", "women", message),)


def test_ethnicity_that_people_did_not_say_is_not_known() -> None:
    guessed = typed(TypedPart(5, 2, 3, 1, 4), told=False)
    assert counts(guessed, Measure.MINORITISED) == {(Part.WHOLE, Counted.COUNTED): Count(0, 0, 5)}
    assert without_basis(guessed) == (Measure.MINORITISED,)


def test_women_from_nowhere_are_not_known() -> None:
    nowhere = typed(TypedPart(5, 2, 3), women_basis=Basis.NOT_KNOWN)
    assert counts(nowhere, Measure.WOMEN) == {(Part.WHOLE, Counted.COUNTED): Count(0, 0, 5)}
    assert without_basis(nowhere) == (Measure.WOMEN,)


def test_a_basis_of_nothing_known_is_not_kept() -> None:
    assert {tally.basis for tally in line_up(typed(TypedPart(5))).tallies} == {Basis.NOT_KNOWN}
    assert without_basis(typed(TypedPart(5))) == ()


parts = st.builds(
    lambda people, shares: TypedPart(
        people, shares[0] * people // 8, shares[1] * people // 8, shares[2] * people // 8, 0
    ),
    st.integers(1, 60),
    st.tuples(*[st.integers(0, 4)] * 3),
)


@given(whole=parts, beside=parts)
def test_a_count_opened_again_is_the_same_count(whole: TypedPart, beside: TypedPart) -> None:
    once = line_up(typed(whole, beside=beside))
    assert line_up(typed_again(once)) == once


@given(whole=parts, stage=parts)
def test_parts_without_problems_always_make_a_line_up(whole: TypedPart, stage: TypedPart) -> None:
    both = typed(whole, main_stage=stage)
    if problems(both):
        return
    for measure in Measure:
        found = counts(both, measure)
        rest = found.get((Part.REST, Counted.COUNTED), Count())
        assert found[Part.MAIN_STAGE, Counted.COUNTED] + rest == found[Part.WHOLE, Counted.COUNTED]


def test_every_number_has_its_words() -> None:
    assert set(entry.WORDS) == {name for names in entry.YES_AND_NO.values() for name in names}


def test_a_wider_definition_is_named_and_kept() -> None:
    told = Typed(
        GatheringKind.PANEL,
        TypedPart(3, women=3, not_women=1),
        women_basis=Basis.ORGANISER_STATED,
        women_definition=Definition.WOMEN_AND_NON_BINARY,
    )
    [problem] = problems(told)
    assert problem.message == (
        "3 women and non-binary people and 1 neither make 4, but there are 3 people in all."
    )
    found = line_up(replace(told, whole=TypedPart(4, women=3, not_women=1)))
    assert {tally.definition for tally in found.tallies} == {
        Definition.WOMEN_AND_NON_BINARY,
        Definition.MINORITISED_SELF_DEFINED,
    }
    assert typed_again(found).women_definition == Definition.WOMEN_AND_NON_BINARY
