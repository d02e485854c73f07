import pytest

from panels.audit import LineUp, LineUpAudit, audit_line_up
from panels.entry import Typed, TypedPart, line_up
from panels.enums import Audience, Basis, GatheringKind, Measure, SeatRole
from panels.result_words import an_ordinal, ordinal
from panels.results import (
    DOES_NOT_SHOW,
    HIDDEN,
    WIDEN,
    Result,
    ShownMeasure,
    Tag,
    listed,
    show,
)
from panels.thresholds import Thresholds


def judged(whole: TypedPart, **more: object) -> LineUpAudit:
    values = {
        "kind": GatheringKind.PANEL,
        "women_basis": Basis.ORGANISER_STATED,
        "told": True,
    } | more
    return audit_line_up(line_up(Typed(whole=whole, **values)), Thresholds())  # type: ignore[arg-type]


def to_typist(whole: TypedPart, **more: object) -> Result:
    return show(judged(whole, **more), audience=Audience.MEMBER, typed_it=True)


def to_member(whole: TypedPart, **more: object) -> Result:
    return show(judged(whole, **more), audience=Audience.MEMBER, typed_it=False)


def women(result: Result) -> ShownMeasure:
    return result.measures[0]


def minoritised(result: Result) -> ShownMeasure:
    return result.measures[1]


def sentences(measure: ShownMeasure) -> tuple[str, ...]:
    assert measure.whole is not None
    return measure.whole.sentences


def test_not_met_says_what_the_seats_there_are_still_need() -> None:
    shown = women(to_typist(TypedPart(5, 2, 3)))
    assert (shown.tag, shown.asks) == (Tag("not_met", ""), "At least 50%: 3 of 5 seats")
    assert sentences(shown) == (
        "You need 1 more woman among these 5.",
        "With a 6th seat you would still need 3 women, 1 more than are known now."
        " The 7th seat adds one.",
    )


def test_the_two_shortfalls_are_never_one() -> None:
    result = to_typist(TypedPart(6, 1, 5, 0, 6))
    assert sentences(women(result))[0] == "You need 2 more women among these 6."
    assert sentences(minoritised(result))[0] == (
        "You need 2 more people from minoritised communities among these 6."
    )


def test_one_person_is_a_person() -> None:
    shown = minoritised(to_typist(TypedPart(5, 2, 3, 0, 5)))
    assert sentences(shown) == (
        "You need 1 more person from a minoritised community among these 5.",
        "The 6th seat adds one: with it you would need 2 people from minoritised communities,"
        " 2 more than are known now.",
    )


@pytest.mark.parametrize(
    ("no", "said"),
    [
        (2, "1 more woman would show it; 1 person is not known yet."),
        (1, "1 more woman would show it; 2 people are not known yet."),
    ],
)
def test_not_known_says_how_many_are_not_known(no: int, said: str) -> None:
    shown = women(to_typist(TypedPart(5, 2, no)))
    assert shown.tag == Tag("not_known", "")
    assert sentences(shown)[0] == said


@pytest.mark.parametrize(
    ("people", "of_women", "of_minoritised"),
    [
        (
            5,
            "At least 3 of these 5 would need to be women.",
            "At least 1 of these 5 would need to be from a minoritised community.",
        ),
        (
            2,
            "At least 1 of these 2 would need to be a woman.",
            "At least 1 of these 2 would need to be from a minoritised community.",
        ),
        (
            6,
            "At least 3 of these 6 would need to be women.",
            "At least 2 of these 6 would need to be from minoritised communities.",
        ),
    ],
)
def test_where_nobody_is_known_it_says_what_would_be_needed(
    people: int, of_women: str, of_minoritised: str
) -> None:
    result = to_typist(TypedPart(people))
    assert sentences(women(result))[0] == of_women
    assert sentences(minoritised(result))[0] == of_minoritised


def test_met_never_says_which_communities_were_heard() -> None:
    result = to_typist(TypedPart(4, 2, 2, 1, 3))
    assert [measure.tag for measure in result.measures] == [Tag("met", "")] * 2
    assert sentences(women(result)) == (
        "The 5th seat adds one: with it you would need 3 women, 1 more than are known now.",
    )
    assert result.notes == (DOES_NOT_SHOW,)


def test_known_is_always_said_of_everybody() -> None:
    shown = minoritised(to_typist(TypedPart(6, 3, 3, 1, 3)))
    assert shown.whole is not None
    assert (shown.whole.figure, shown.whole.known) == ("1 of 6", "Known for 4 of 6")


def test_fewer_than_two_people_have_no_result() -> None:
    shown = women(to_typist(TypedPart(1, 1)))
    assert (shown.tag, sentences(shown)) == (Tag("no_verdict", ""), ())


def test_the_chair_is_beside_the_figure() -> None:
    shown = women(to_typist(TypedPart(5, 2, 3), beside=TypedPart(1, 1)))
    assert shown.warnings == (Tag("not_shown", "Met only with the chair counted"),)
    assert sentences(shown)[-1] == "With the chair counted: 3 of 6, met."


def test_several_who_chair_are_not_called_one_chair() -> None:
    shown = women(to_typist(TypedPart(5, 2, 3), beside=TypedPart(3, 3)))
    told = "With the 3 who chair or moderate counted: 5 of 8, met."
    assert sentences(shown)[-1] == told
    warning = Tag("not_shown", "Met only with the 3 who chair or moderate counted")
    assert shown.warnings == (warning,)


def test_the_main_stage_is_given_apart() -> None:
    shown = women(
        to_typist(TypedPart(10, 6, 4), kind=GatheringKind.CONFERENCE, main_stage=TypedPart(4, 1, 3))
    )
    assert shown.tag == Tag("met", "")
    assert shown.warnings == (Tag("not_shown", "Met overall, not shown on the main stage"),)
    assert [(part.name, part.tag.kind, part.figure) for part in shown.parts] == [
        ("Main stage", "not_met", "1 of 4"),
        ("Everywhere else", "met", "5 of 6"),
    ]
    assert shown.parts[0].sentences == ("You need 1 more woman among these 4.",)


def test_a_standing_group_is_told_to_widen_who_is_asked() -> None:
    result = to_typist(TypedPart(5, 2, 3), kind=GatheringKind.BOARD)
    assert result.notes == (WIDEN,)


def test_the_stamp_says_what_a_figure_rests_on() -> None:
    assert women(to_typist(TypedPart(5, 2, 3))).stamp == (
        ("Who is counted", "Women: whoever says so"),
        ("Where this count comes from", "The organiser told us"),
        ("Known share", "Known for 5 of 5"),
        ("Rules", "Version 1"),
    )


def test_the_public_check_says_its_own_source() -> None:
    result = show(
        judged(TypedPart(5, 2, 3, 1, 4)), audience=Audience.PUBLIC, typed_it=True, source="Here"
    )
    assert women(result).stamp[1] == ("Where this count comes from", "Here")
    assert minoritised(result).stamp[1] == ("Where this count comes from", "Each person told us")


@pytest.mark.parametrize(
    ("whole", "asks_first"),
    [
        (TypedPart(5, 3, 2, 1, 4), False),
        (TypedPart(5, 2, 3, 0, 5), False),
        (TypedPart(5, 3, 2), True),
        (TypedPart(5), True),
    ],
)
def test_whatever_is_not_known_is_asked_first(whole: TypedPart, asks_first: bool) -> None:
    assert to_typist(whole).asks_first is asks_first


def test_a_measure_nobody_counted_is_not_counted_yet() -> None:
    audit = audit_line_up(LineUp(GatheringKind.PANEL, ()), Thresholds())
    shown = women(show(audit, audience=Audience.MEMBER, typed_it=True))
    assert (shown.tag, shown.whole) == (Tag("not_known", "Not counted yet"), None)


@pytest.mark.parametrize(
    ("whole", "tag"),
    [
        (TypedPart(4, 2, 2, 1, 3), Tag("met", "Shown to meet")),
        (TypedPart(4, 1, 3, 0, 4), Tag("not_shown", "")),
        (TypedPart(4, 1, 1, 0, 1), Tag("not_shown", "")),
    ],
)
def test_four_people_show_only_whether_they_meet(whole: TypedPart, tag: Tag) -> None:
    for measure in to_member(whole).measures:
        assert measure.whole is not None
        assert (measure.tag, measure.whole.figure, measure.whole.known) == (tag, "", "")
        assert measure.whole.sentences == (HIDDEN,)
        assert (measure.whole.picture.marks, measure.whole.picture.centre) == (("plain",) * 4, "")
        assert "Known share" not in dict(measure.stamp)


def test_not_met_and_not_known_look_the_same_where_numbers_are_hidden() -> None:
    not_met = minoritised(to_member(TypedPart(4, 2, 2, 0, 4)))
    partly_known = minoritised(to_member(TypedPart(4, 2, 2, 0, 1)))
    not_known = minoritised(to_member(TypedPart(4, 2, 2)))
    assert not_met == partly_known == not_known


def test_five_people_of_whom_three_are_known_are_shown_to_members() -> None:
    shown = women(to_member(TypedPart(5, 2, 1)))
    assert shown.whole is not None
    assert shown.whole.figure == "2 of 5"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (102, "102nd"),
        (111, "111th"),
    ],
)
def test_ordinals(number: int, written: str) -> None:
    assert ordinal(number) == written


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (6, "a 6th"),
        (8, "an 8th"),
        (11, "an 11th"),
        (18, "an 18th"),
        (81, "an 81st"),
        (100, "a 100th"),
    ],
)
def test_ordinals_have_their_article(number: int, written: str) -> None:
    assert an_ordinal(number) == written


def test_a_list_keeps_the_order_of_the_words() -> None:
    assert listed({SeatRole.MODERATOR, SeatRole.CHAIR}) == "Chair, moderator"


def test_every_measure_has_its_words() -> None:
    assert {measure.title for measure in to_typist(TypedPart(5)).measures} == {
        str(measure.label) for measure in Measure
    }
