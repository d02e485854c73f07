"""What each count leaves behind, judged once, and the command that judges it all again."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from organisations.models import Organisation, User
from panels import actions
from panels.actions.counting import enter_declared_count
from panels.audit import LineUp, audit_line_up
from panels.entry import Typed, TypedPart, line_up
from panels.enums import Audience, Basis, GatheringKind, Measure, Part
from panels.models import Gathering, Standing
from panels.standings import (
    audience_of_count,
    day_it_speaks_for,
    day_of_count,
    quarter_of,
    standing_facts,
)
from panels.thresholds import Thresholds
from tests.factories.panels import GatheringFactory, enter_count, numbers

NOW = datetime(2026, 5, 1, 10, tzinfo=UTC)
MARCH, JUNE = date(2026, 3, 12), date(2026, 6, 12)


def conference(**more: TypedPart) -> LineUp:
    return line_up(
        Typed(
            GatheringKind.CONFERENCE,
            TypedPart(10, 5, 5, 1, 9),
            women_basis=Basis.ORGANISER_STATED,
            told=True,
            **more,
        )
    )


def kept(gathering: Gathering) -> list[tuple[str, str, str]]:
    rows = gathering.standings.order_by("measure", "part")
    return list(rows.values_list("measure", "part", "verdict"))


class TestRules:
    def test_one_for_each_measure_and_part_that_was_counted(self) -> None:
        found = standing_facts(
            audit_line_up(conference(main_stage=TypedPart(4, 1, 3, 1, 3)), Thresholds())
        )
        assert {(fact.measure, fact.part, fact.verdict.value) for fact in found} == {
            (Measure.WOMEN, Part.WHOLE, "met"),
            (Measure.WOMEN, Part.MAIN_STAGE, "not_met"),
            (Measure.WOMEN, Part.REST, "met"),
            (Measure.MINORITISED, Part.WHOLE, "not_met"),
            (Measure.MINORITISED, Part.MAIN_STAGE, "met"),
            (Measure.MINORITISED, Part.REST, "not_met"),
        }

    def test_each_carries_its_stamp(self) -> None:
        found = {
            fact.measure: fact for fact in standing_facts(audit_line_up(conference(), Thresholds()))
        }
        assert (found[Measure.WOMEN].basis, found[Measure.WOMEN].definition) == (
            "organiser_stated",
            "women",
        )
        assert found[Measure.MINORITISED].basis == "self_declared"
        assert found[Measure.MINORITISED].rules_version

    @pytest.mark.parametrize(
        ("day", "first"),
        [
            (date(2026, 1, 1), date(2026, 1, 1)),
            (date(2026, 3, 31), date(2026, 1, 1)),
            (date(2026, 4, 1), date(2026, 4, 1)),
            (date(2026, 9, 30), date(2026, 7, 1)),
            (date(2026, 12, 31), date(2026, 10, 1)),
        ],
    )
    def test_quarters(self, day: date, first: date) -> None:
        assert quarter_of(day) == first

    def test_only_a_standing_group_is_counted_as_at_several_days(self) -> None:
        board, panel = GatheringKind.BOARD, GatheringKind.PANEL
        assert day_of_count(board, asked=JUNE, newest=MARCH) == JUNE
        assert day_of_count(panel, asked=JUNE, newest=MARCH) == MARCH
        assert day_of_count(panel, asked=JUNE, newest=None) == JUNE
        assert day_it_speaks_for(board, held_on=JUNE, as_at=MARCH) == MARCH
        assert day_it_speaks_for(panel, held_on=JUNE, as_at=MARCH) == JUNE
        assert day_it_speaks_for(board, held_on=JUNE, as_at=None) == JUNE

    def test_all_but_the_newest_are_told_as_to_anybody(self) -> None:
        assert audience_of_count(is_newest=True) == Audience.MEMBER
        assert audience_of_count(is_newest=False) == Audience.PUBLIC


class TestWithEachCount:
    def test_a_count_leaves_its_results(self, gathering: Gathering, alice: User) -> None:
        enter_count(gathering, numbers(5, 3, 2, 0, 5), by=alice)
        assert kept(gathering) == [("minoritised", "whole", "not_met"), ("women", "whole", "met")]
        one = gathering.standings.get(measure=Measure.WOMEN)
        assert (one.organisation, one.kind, one.quarter) == (
            gathering.organisation,
            "panel",
            date(2026, 1, 1),
        )

    def test_a_correction_takes_their_place(self, harbour: Organisation, alice: User) -> None:
        event = GatheringFactory(organisation=harbour, kind=GatheringKind.EVENT)
        enter_count(event, numbers(5, 2, 3), main_stage=numbers(2, 1, 1), by=alice)
        enter_count(event, numbers(5, 3, 2), by=alice)
        assert kept(event) == [("minoritised", "whole", "not_known"), ("women", "whole", "met")]

    def test_they_move_with_the_day(self, gathering: Gathering, alice: User) -> None:
        enter_count(gathering, numbers(5, 3, 2), by=alice)
        actions.change_gathering(
            gathering=gathering,
            kind=GatheringKind.PANEL,
            title=gathering.title,
            held_on=JUNE,
            by=alice,
            now=NOW,
        )
        assert set(gathering.standings.values_list("quarter", flat=True)) == {date(2026, 4, 1)}
        enter_count(gathering, numbers(5, 2, 3), by=alice)
        assert set(gathering.tallies.values_list("as_at", flat=True)) == {MARCH}
        assert set(gathering.standings.values_list("quarter", flat=True)) == {date(2026, 4, 1)}

    def test_what_people_declared_leaves_them_too(self, gathering: Gathering) -> None:
        declared = line_up(
            Typed(
                GatheringKind.PANEL,
                TypedPart(6, 3, 3, 2, 2),
                women_basis=Basis.SELF_DECLARED,
                told=True,
            )
        )
        enter_declared_count(gathering=gathering, line_up=declared, as_at=MARCH, now=NOW)
        assert kept(gathering) == [("minoritised", "whole", "met"), ("women", "whole", "met")]


class TestJudgeAgain:
    def test_it_fills_what_is_missing_and_mends_what_is_wrong(
        self, gathering: Gathering, theirs: Gathering, alice: User
    ) -> None:
        enter_count(gathering, numbers(5, 3, 2, 0, 5), by=alice)
        Standing.objects.filter(gathering=gathering).delete()
        theirs.standings.update(verdict="no_verdict", rules_version="0")
        said = StringIO()
        call_command("judge_again", stdout=said)
        assert said.getvalue() == "Judged again: 2 events and groups, 4 results.\n"
        assert kept(gathering) == [("minoritised", "whole", "not_met"), ("women", "whole", "met")]
        assert kept(theirs) == [("minoritised", "whole", "met"), ("women", "whole", "met")]

    def test_again_it_changes_nothing(self, gathering: Gathering, alice: User) -> None:
        enter_count(gathering, numbers(5, 3, 2), by=alice)
        before = kept(gathering)
        call_command("judge_again", stdout=StringIO())
        call_command("judge_again", stdout=StringIO())
        assert kept(gathering) == before

    def test_without_a_count_there_is_nothing_to_judge(self, gathering: Gathering) -> None:
        said = StringIO()
        call_command("judge_again", stdout=said)
        assert said.getvalue() == "Judged again: 0 events and groups, 0 results.\n"
