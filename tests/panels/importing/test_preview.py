"""What is shown of a programme, by the rules alone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from panels.enums import SeatRole, Stage
from panels.importing import (
    MOST_SUGGESTIONS,
    changes_in_words,
    preview,
    stage_choices,
    with_main_stage,
)
from panels.programme import Programme, ProgrammeSeat, ProgrammeSession
from tests.factories.importing import programme

LONDON = ZoneInfo("Europe/London")


def session(key: str, **more: object) -> ProgrammeSession:
    return ProgrammeSession(source_key=key, title=key.title(), **more)  # type: ignore[arg-type]


def person(name: str, role: SeatRole = SeatRole.PANELLIST) -> ProgrammeSeat:
    return ProgrammeSeat(f"name:{name}", name, role)


def test_people_who_sit_twice_are_counted_once() -> None:
    ada, bo = person("Ada"), person("Bo", SeatRole.CHAIR)
    nobody = ProgrammeSeat("", "")
    shown = preview(
        Programme((session("a", seats=(ada, bo, nobody)), session("b", seats=(ada, nobody)))),
        zone=LONDON,
    )
    assert (shown.talks, shown.seats, shown.people, shown.met_again) == (2, 5, 4, 1)
    assert shown.roles == (("Panellist or member", 4), ("Chair", 1))


def test_days_are_those_of_the_place_where_they_are_shown() -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    read = Programme(
        (
            session("none"),
            session("late", starts_at=late),
            session("naive", starts_at=datetime(2026, 7, 1, 23, 30)),  # noqa: DTZ001
        )
    )
    assert preview(read, zone=LONDON).days == (
        (date(2026, 7, 1), 1),
        (date(2026, 7, 2), 1),
        (None, 1),
    )


def test_stages_that_the_file_states_are_counted() -> None:
    stated = (Stage.MAIN, Stage.MAIN, Stage.OTHER, None)
    read = Programme(tuple(session(f"s{n}", stage=stage) for n, stage in enumerate(stated)))
    shown = preview(read, zone=LONDON)
    assert (shown.stated_main, shown.stated_other) == (2, 1)


def test_only_the_first_rows_are_shown() -> None:
    shown = preview(programme(sessions=10, seats=3), zone=LONDON)
    assert (len(shown.rows), shown.rows_left) == (20, 10)
    empty = preview(Programme((session("a"), session("b"))), zone=LONDON)
    assert [(row.session, row.name) for row in empty.rows] == [("A", ""), ("B", "")]
    assert empty.rows_left == 0


class TestStageChoices:
    def keys(self, read: Programme) -> set[str]:
        return {one.source_key for one in read.sessions}

    def test_only_hints_of_new_sessions_without_a_stated_stage_are_offered(self) -> None:
        read = Programme(
            (
                session("hinted", main_stage_hint=True),
                session("known", main_stage_hint=True),
                session("stated", main_stage_hint=True, stage=Stage.OTHER),
                session("plain"),
            )
        )
        choices = stage_choices(read, {"hinted", "stated", "plain"})
        assert [choice.label for choice in choices] == ["Hinted"]
        assert choices[0].sources == {"hinted"}

    def test_many_are_offered_by_room(self) -> None:
        few = programme(sessions=MOST_SUGGESTIONS, hint=True)
        assert len(stage_choices(few, self.keys(few))) == MOST_SUGGESTIONS
        many = programme(sessions=MOST_SUGGESTIONS + 1, hint=True)
        choices = stage_choices(many, self.keys(many))
        assert [(one.label, one.detail) for one in choices] == [
            ("Room 0", "“Session 0” and 20 more"),
            ("Room 1", "“Session 1” and 19 more"),
            ("Room 2", "“Session 2” and 19 more"),
        ]
        assert frozenset().union(*(one.sources for one in choices)) == self.keys(many)

    def test_too_many_rooms_are_not_offered(self) -> None:
        read = Programme(
            tuple(
                session(f"s{n}", room=f"Room {n}", main_stage_hint=True)
                for n in range(MOST_SUGGESTIONS + 1)
            )
        )
        assert stage_choices(read, self.keys(read)) == ()

    def test_only_what_is_chosen_goes_there(self) -> None:
        read = Programme((session("a"), session("b", stage=Stage.OTHER)))
        stages = [one.stage for one in with_main_stage(read, {"a"}).sessions]
        assert stages == [Stage.MAIN, Stage.OTHER]


def test_the_first_rows_know_their_zone() -> None:
    naive = datetime(2026, 3, 12, 9)  # noqa: DTZ001
    read = Programme((session("a", starts_at=naive), session("b")))
    starts = [row.starts_at for row in preview(read, zone=LONDON).rows]
    assert starts == [datetime(2026, 3, 12, 9, tzinfo=LONDON), None]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((2, 0, 0, 3, 4), ["2 sessions added", "3 people and 4 seats added"]),
        ((1, 1, 1, 1, 1), ["1 session added, 1 changed, 1 as it is", "1 person and 1 seat added"]),
        ((0, 1, 2, 0, 1), ["1 session changed, 2 as they are", "1 seat added"]),
        ((0, 0, 1, 1, 0), ["1 session as it is", "1 person added"]),
        ((1_500, 0, 0, 0, 0), ["1,500 sessions added"]),
        ((0, 0, 0, 0, 0), []),
    ],
)
def test_only_what_is_not_none_is_said(numbers: tuple[int, ...], said: list[str]) -> None:
    names = ("sessions_added", "sessions_changed", "unchanged", "people_added", "seats_added")
    assert changes_in_words(dict(zip(names, numbers, strict=True)), is_saved=False) == said


def test_afterwards_what_was_stays_so() -> None:
    assert changes_in_words({"unchanged": 1}, is_saved=True) == ["1 session as it was"]
    assert changes_in_words({"unchanged": 2}, is_saved=True) == ["2 sessions as they were"]


def test_columns_that_nothing_fills_are_known() -> None:
    empty = preview(Programme((session("a"),)), zone=LONDON)
    assert empty.filled == {"starts_at": False, "room": False, "name": False, "role": False}
    nobody = session("b", room="Hall", seats=(ProgrammeSeat("", ""),))
    shown = preview(Programme((session("a"), nobody)), zone=LONDON)
    assert shown.filled == {"starts_at": False, "room": True, "name": False, "role": True}


def test_a_day_without_a_time_has_no_hour() -> None:
    midnight = datetime(2026, 7, 1)  # noqa: DTZ001
    read = Programme((session("a", starts_at=midnight, has_time=False),))
    shown = preview(read, zone=LONDON)
    assert [row.starts_at for row in shown.rows] == [date(2026, 7, 1)]
    assert shown.days == ((date(2026, 7, 1), 1),)
