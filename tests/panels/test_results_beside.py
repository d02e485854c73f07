"""What stands beside a result: seats beside people, an aim beside the threshold, a definition."""

from dataclasses import replace

import pytest

from panels.audit import Count, LineUp, audit_line_up
from panels.entry import Typed, TypedPart, line_up
from panels.enums import Audience, Basis, Definition, GatheringKind, Verdict
from panels.result_text import as_text, in_short
from panels.results import Result, ShownAim, Tag, show
from panels.thresholds import MINORITISED, WOMEN, Threshold, Thresholds

HIGHER = Thresholds(women=Threshold(3, 5), minoritised=MINORITISED)
SAME_FEW = "The same few people hold many seats: 5 of 10 people are women, and 14 of 20 seats are"


def conference(
    whole: TypedPart, seats: Count | None = None, basis: Basis = Basis.ORGANISER_STATED
) -> LineUp:
    typed = Typed(kind=GatheringKind.CONFERENCE, whole=whole, women_basis=basis, told=True)
    return replace(line_up(typed), women_seats=seats)


def shown(
    found: LineUp,
    *,
    audience: Audience = Audience.MEMBER,
    typed_it: bool = False,
    aims: Thresholds | None = None,
) -> Result:
    judged = audit_line_up(found, Thresholds())
    return show(judged, audience=audience, typed_it=typed_it, aims=aims)


class TestSeats:
    def test_seats_stand_beside_people(self) -> None:
        women, minoritised = shown(conference(TypedPart(10, 5, 5), Count(11, 9))).measures
        assert women.seats == ("By seats instead of people: 11 of 20, known for 20.",)
        assert minoritised.seats == ()

    def test_the_same_few_people_hold_many_seats(self) -> None:
        women, _ = shown(conference(TypedPart(10, 5, 5), Count(14, 6))).measures
        assert women.seats == (
            "By seats instead of people: 14 of 20, known for 20.",
            f"{SAME_FEW} theirs.",
        )
        assert women.tag == Tag("met", "")

    @pytest.mark.parametrize("seats", [None, Count()])
    def test_where_nobody_counted_seats_nothing_is_said(self, seats: Count | None) -> None:
        assert shown(conference(TypedPart(10, 5, 5), seats)).measures[0].seats == ()

    def test_hidden_people_hide_the_seats(self) -> None:
        """What four people said of themselves, and twenty seats of theirs that anybody may see."""
        found = conference(TypedPart(4, 2, 2), Count(14, 6), Basis.SELF_DECLARED)
        assert shown(found).measures[0].seats == ()
        assert len(shown(found, typed_it=True).measures[0].seats) == 2

    def test_few_seats_are_hidden_from_whoever_typed_only_the_people(self) -> None:
        found = conference(TypedPart(10, 5, 5), Count(1, 3))
        assert shown(found, typed_it=True).measures[0].seats == ()


class TestAims:
    def test_an_aim_is_a_second_line(self) -> None:
        women, minoritised = shown(conference(TypedPart(10, 5, 5, 2, 8)), aims=HIGHER).measures
        assert (women.tag, women.asks) == (Tag("met", ""), "At least 50%: 5 of 10 seats")
        assert women.aim == ShownAim(
            asks="At least 60%: 6 of 10 seats",
            tag=Tag(Verdict.NOT_MET.value, ""),
            sentence="1 more woman would reach it.",
        )
        assert minoritised.aim is None

    def test_an_aim_that_is_reached_asks_for_nobody(self) -> None:
        women, _ = shown(conference(TypedPart(10, 6, 4)), aims=HIGHER).measures
        assert women.aim == ShownAim("At least 60%: 6 of 10 seats", Tag("met", ""), "")

    @pytest.mark.parametrize("aims", [None, Thresholds(), Thresholds(Threshold(1, 3), WOMEN)])
    def test_only_a_higher_one_is_said(self, aims: Thresholds | None) -> None:
        assert shown(conference(TypedPart(10, 5, 5)), aims=aims).measures[0].aim is None

    def test_nobody_outside_is_told(self) -> None:
        found = conference(TypedPart(10, 5, 5))
        told = shown(found, audience=Audience.PUBLIC, aims=HIGHER).measures[0]
        assert told.whole is not None
        assert (told.whole.figure, told.aim) == ("5 of 10", None)

    def test_a_hidden_count_is_not_narrowed_down(self) -> None:
        found = conference(TypedPart(4, 3, 1), basis=Basis.SELF_DECLARED)
        assert shown(found, aims=HIGHER).measures[0].aim is None


def test_another_definition_is_said_in_its_own_words() -> None:
    found = conference(TypedPart(5, 2, 3))
    tallies = tuple(
        replace(tally, definition=Definition.WOMEN_AND_NON_BINARY)
        if tally.definition == Definition.WOMEN
        else tally
        for tally in found.tallies
    )
    women, _ = shown(replace(found, tallies=tallies), typed_it=True).measures
    assert (women.title, women.short_title) == (
        "Women and non-binary people",
        "Women and non-binary",
    )
    assert women.whole is not None
    assert women.whole.picture.words["no"] == "neither women nor non-binary"
    assert women.whole.sentences == (
        "You need 1 more woman or non-binary person among these 5.",
        "With a 6th seat you would still need 3 women or non-binary people, 1 more than are known"
        " now. The 7th seat adds one.",
    )
    assert women.stamp[0] == ("Who is counted", "Women and non-binary people")


class TestPlainText:
    def test_it_says_what_the_page_says(self) -> None:
        result = shown(conference(TypedPart(6, 3, 3, 1, 4)), typed_it=True)
        assert in_short(result) == (
            "Women: met, 3 of 6.",
            "Minoritised communities: not known, 1 of 6.",
        )
        assert as_text(result, where="https://table.example/check/").splitlines() == [
            "What this line-up shows",
            "",
            "Women: met, 3 of 6.",
            "At least 50%: 3 of 6 seats. Known for 6 of 6.",
            "Met overall, not shown on the main stage.",
            "The 7th seat adds one: with it you would need 4 women, 1 more than are known now.",
            "",
            "People from minoritised communities: not known, 1 of 6.",
            "Counted: people who say they belong to a community minoritised by race or ethnicity in"
            " the UK.",
            "At least 20%: 2 of 6 seats. Known for 5 of 6.",
            "1 more person from a minoritised community would show it; 1 person is not known yet.",
            "With a 7th seat you would still need 2 people from minoritised communities, 1 more"
            " than are known now. The 11th seat adds one.",
            "",
            "The numbers are the floor. Who isn’t at the table, who should be, and how do we get"
            " them there?",
            "“Met” does not show which communities were heard.",
            "Counted at https://table.example/check/, rules version 1.",
        ]

    def test_parts_are_lines_of_their_own(self) -> None:
        typed = Typed(
            kind=GatheringKind.EVENT,
            whole=TypedPart(10, 6, 4),
            main_stage=TypedPart(4, 1, 3),
            women_basis=Basis.ORGANISER_STATED,
        )
        text = as_text(shown(line_up(typed), typed_it=True), where="here")
        assert "Main stage: not met, 1 of 4." in text.splitlines()
        assert "Everywhere else: met, 5 of 6." in text.splitlines()

    def test_it_holds_no_number_that_is_hidden(self) -> None:
        typed = Typed(
            kind=GatheringKind.EVENT,
            whole=TypedPart(8, 7, 1, 7, 1),
            main_stage=TypedPart(4, 3, 1, 3, 1),
            women_basis=Basis.SELF_DECLARED,
            told=True,
        )
        result = shown(line_up(typed), audience=Audience.PUBLIC)
        text = as_text(result, where="here")
        assert [said for said in ("7 of 8", "3 of 4", "Known for") if said in text] == []
        assert "Women: shown to meet." in text.splitlines()
        assert "Main stage: shown to meet." in text.splitlines()
        assert in_short(result)[0] == "Women: shown to meet."

    def test_a_measure_nobody_counted(self) -> None:
        text = as_text(shown(LineUp(GatheringKind.PANEL, ())), where="here")
        assert "Women: not counted yet." in text.splitlines()
