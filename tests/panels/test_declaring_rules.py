"""Who may be asked and until when, and what answers make."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels.asking import QUESTIONS
from panels.audit import Count
from panels.declaring import (
    COUNTED_ALREADY,
    COUNTED_LATELY,
    TOO_LATE,
    Earlier,
    People,
    Said,
    answers_to,
    code_typed,
    in_groups,
    latest_close,
    line_up,
    refusal_to_mail,
    refusal_to_open,
    refusal_to_remind,
    said,
    what_is_wrong_with_close,
)
from panels.enums import Basis, Counted, Definition, GatheringKind, Measure, Part

TODAY = date(2026, 5, 4)
MOST = "At most 1,000 people a day are asked by email for one organisation."
PANEL, BOARD = GatheringKind.PANEL, GatheringKind.BOARD
CODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ23"


def refusal(
    people: int = 8,
    kind: GatheringKind = PANEL,
    earlier: date | None = None,
    last_day: date = TODAY,
) -> str:
    return refusal_to_open(
        People(people), kind=kind, earlier=Earlier(earlier), today=TODAY, last_day=last_day
    )


class TestWhoMayBeAsked:
    def test_five_are_the_least(self) -> None:
        assert refusal(people=5) == ""
        assert refusal(people=4).endswith("This line-up has 4.")

    @pytest.mark.parametrize(("days", "said"), [(27, ""), (28, TOO_LATE), (400, TOO_LATE)])
    def test_not_long_after_the_event(self, days: int, said: str) -> None:
        assert refusal(last_day=TODAY - timedelta(days=days)) == said

    def test_a_group_has_no_such_day(self) -> None:
        assert refusal(kind=BOARD, last_day=date(2020, 1, 1)) == ""

    def test_an_event_is_counted_so_once(self) -> None:
        assert refusal(earlier=date(2025, 1, 1)) == COUNTED_ALREADY

    @pytest.mark.parametrize(("days", "is_refused"), [(0, True), (89, True), (90, False)])
    def test_a_group_is_asked_anew_after_a_while(self, days: int, is_refused: bool) -> None:
        found = refusal(kind=BOARD, earlier=TODAY - timedelta(days=days))
        assert found.startswith(COUNTED_LATELY) is is_refused
        assert bool(found) is is_refused

    @pytest.mark.parametrize(
        ("main", "rest", "apart"), [(5, 5, True), (4, 9, False), (9, 4, False), (0, 9, False)]
    )
    def test_parts_are_counted_apart_only_where_both_are_large(
        self, main: int, rest: int, apart: bool
    ) -> None:
        assert People(main + rest, main, rest).counts_parts is apart


class TestTheLastDay:
    @pytest.mark.parametrize(
        ("last_day", "latest"),
        [
            (TODAY + timedelta(days=90), TODAY + timedelta(days=28)),
            (TODAY, TODAY + timedelta(days=28)),
            (TODAY - timedelta(days=20), TODAY + timedelta(days=8)),
        ],
    )
    def test_of_an_event(self, last_day: date, latest: date) -> None:
        assert latest_close(PANEL, today=TODAY, last_day=last_day) == latest

    @pytest.mark.parametrize(("days", "is_wrong"), [(0, True), (1, False), (9, False), (10, True)])
    def test_it_lies_between_tomorrow_and_the_latest(self, days: int, is_wrong: bool) -> None:
        latest = TODAY + timedelta(days=9)
        day = TODAY + timedelta(days=days)
        assert bool(what_is_wrong_with_close(day, today=TODAY, latest=latest)) is is_wrong


@pytest.mark.parametrize(
    ("sent", "last_on", "may"),
    [
        (0, None, True),
        (1, TODAY, False),
        (2, TODAY - timedelta(days=1), True),
        (3, TODAY - timedelta(days=9), False),
    ],
)
def test_reminders_are_few(sent: int, last_on: date | None, may: bool) -> None:
    assert (refusal_to_remind(sent, last_on=last_on, today=TODAY) == "") is may


@pytest.mark.parametrize(
    ("people", "asked_today", "said"),
    [
        (1000, 0, ""),
        (5, 995, ""),
        (5, 996, f"{MOST} Ask these tomorrow."),
        (1000, 1, f"{MOST} Ask these tomorrow."),
        (
            1001,
            0,
            f"{MOST} Take some addresses out, and give those people a printed code instead.",
        ),
        (0, 1000, ""),
    ],
)
def test_how_many_are_emailed_in_a_day(people: int, asked_today: int, said: str) -> None:
    assert refusal_to_mail(people, asked_today=asked_today) == said


class TestWhatAnAnswerAdds:
    @pytest.mark.parametrize(
        ("describes", "women", "women_and_non_binary"),
        [
            ("Woman", "yes", "yes"),
            ("Man", "no", "no"),
            ("Non-binary", "no", "yes"),
            ("In another way", "no", "no"),
            ("Prefer not to say", "unsaid", "unsaid"),
            ("", "unsaid", "unsaid"),
        ],
    )
    def test_women_are_whom_the_round_counts(
        self, describes: str, women: str, women_and_non_binary: str
    ) -> None:
        assert said(describes, "", definition=Definition.WOMEN).women == women
        wider = said(describes, "", definition=Definition.WOMEN_AND_NON_BINARY)
        assert wider == Said(women=women_and_non_binary)

    @pytest.mark.parametrize(
        ("answer", "added"),
        [("Yes", "yes"), ("No", "no"), ("Prefer not to say", "unsaid"), ("", "unsaid")],
    )
    def test_minoritised(self, answer: str, added: str) -> None:
        assert said("", answer, definition=Definition.WOMEN).minoritised == added

    def test_every_answer_there_is_adds_something(self) -> None:
        for question in QUESTIONS:
            assert answers_to(question.measure) == question.answers
        known = [said(each, "", definition=Definition.WOMEN).women for each in QUESTIONS[0].answers]
        assert known == ["yes", "no", "no", "no", "unsaid"]


class TestLineUp:
    def test_whoever_did_not_answer_is_not_known(self) -> None:
        counters = {
            (Part.WHOLE, Measure.WOMEN): (3, 2),
            (Part.WHOLE, Measure.MINORITISED): (1, 2),
        }
        found = line_up(PANEL, People(8), counters, definition=Definition.WOMEN_AND_NON_BINARY)
        assert [(t.measure, t.part, t.count, t.basis, t.definition) for t in found.tallies] == [
            (Measure.WOMEN, Part.WHOLE, Count(3, 2, 3), Basis.SELF_DECLARED,
             Definition.WOMEN_AND_NON_BINARY),
            (Measure.MINORITISED, Part.WHOLE, Count(1, 2, 5), Basis.SELF_DECLARED,
             Definition.MINORITISED_SELF_DEFINED),
        ]  # fmt: skip
        assert {tally.counted for tally in found.tallies} == {Counted.COUNTED}

    def test_parts_without_counters_stay_not_known(self) -> None:
        counters = {(Part.WHOLE, Measure.WOMEN): (3, 2)}
        found = line_up(GatheringKind.EVENT, People(9, 3, 6), counters, definition=Definition.WOMEN)
        women = {t.part: (t.count, t.basis) for t in found.tallies if t.measure == Measure.WOMEN}
        assert women == {
            Part.WHOLE: (Count(3, 2, 4), Basis.SELF_DECLARED),
            Part.MAIN_STAGE: (Count(0, 0, 3), Basis.NOT_KNOWN),
            Part.REST: (Count(0, 0, 6), Basis.NOT_KNOWN),
        }

    def test_where_everybody_is_on_the_main_stage_it_is_the_whole(self) -> None:
        counters = {(Part.WHOLE, Measure.WOMEN): (3, 2)}
        found = line_up(GatheringKind.EVENT, People(6, 6), counters, definition=Definition.WOMEN)
        women = {t.part: t.count for t in found.tallies if t.measure == Measure.WOMEN}
        assert women == {Part.WHOLE: Count(3, 2, 1), Part.MAIN_STAGE: Count(3, 2, 1)}

    def test_people_who_left_since_they_answered_still_count(self) -> None:
        found = line_up(
            PANEL, People(4), {(Part.WHOLE, Measure.WOMEN): (3, 2)}, definition=Definition.WOMEN
        )
        assert found.tallies[0].count == Count(3, 2, 0)

    @given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
    def test_a_part_never_exceeds_its_whole(
        self, main: int, rest: int, main_yes: int, rest_yes: int
    ) -> None:
        yes = (min(main, main_yes), min(rest, rest_yes))
        counters = {
            (Part.WHOLE, Measure.WOMEN): (sum(yes), 0),
            (Part.MAIN_STAGE, Measure.WOMEN): (yes[0], 0),
            (Part.REST, Measure.WOMEN): (yes[1], 0),
        }
        people = People(main + rest, main, rest)
        found = line_up(GatheringKind.EVENT, people, counters, definition=Definition.WOMEN)
        women = {t.part: t.count for t in found.tallies if t.measure == Measure.WOMEN}
        for part, count in women.items():
            assert (count.yes, count.n) <= (women[Part.WHOLE].yes, women[Part.WHOLE].n), part


class TestCodes:
    def test_they_are_printed_in_groups_of_seven(self) -> None:
        assert in_groups(CODE) == "ABCDEFG HIJKLMN OPQRSTU VWXYZ23"

    @pytest.mark.parametrize(
        "typed",
        [
            in_groups(CODE),
            CODE.lower(),
            "abcdefg-hijklmn-0pqrstu-vwxyz23",
            "A8CDEFG–H1JKLMN OPQRSTU\tVWXYZ23 ",
        ],
    )
    def test_slips_of_the_hand_are_forgiven(self, typed: str) -> None:
        assert code_typed(typed) == CODE
