"""What the bench times beside pages: the two sides of a comparison must find the same."""

from dataclasses import replace

import pytest

from bench import judging, saving
from bench.report import work_words
from bench.work import Work, in_turns
from panels.actions.standing import judge_again
from panels.models import Gathering, Seat, Session, Standing
from tests.bench.conftest import SIZE

TOLD = [field.name for field in Standing._meta.fields if field.name != "id"]


def told() -> list[tuple[object, ...]]:
    return sorted(Standing.objects.values_list(*TOLD), key=str)


def test_standings_are_what_the_product_writes(sector: None) -> None:
    seeded = told()
    judged, rows = judge_again()
    assert judged == Gathering.objects.filter(counted_at__isnull=False).count()
    assert rows == len(seeded) > 0
    assert told() == seeded
    assert {row.is_exact for row in Standing.objects.all()} == {True, False}
    assert set(Standing.objects.values_list("verdict", flat=True)) == {
        "met", "not_met", "not_known",
    }  # fmt: skip


class TestJudging:
    def test_both_are_timed(self, sector: None) -> None:
        adding, judging_them = judging.works(runs=2)
        assert adding.name == "adding up 2,000 seats"
        assert (adding.queries, judging_them.queries) == (1, 2)
        assert min(adding.median, adding.floor_median, judging_them.median) > 0

    def test_everybody_is_counted_once(self, sector: None) -> None:
        gatherings = judging.line_ups()
        judged = judging.judge(gatherings)
        assert len(judged) == len(gatherings) == SIZE.conferences == 4
        for totals, verdicts in judged.values():
            assert totals.whole.seats == 400
            assert totals.whole.people < totals.main_stage.people + totals.rest.people
            assert totals.beside > 0
            assert len(verdicts) == 6

    def test_a_difference_stops_the_bench(
        self, sector: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(judging, "JUDGED", judging.JUDGED.replace("one_in * yes", "yes"))
        with pytest.raises(RuntimeError, match="is not what the statement found"):
            list(judging.works(runs=2))


def test_an_import_leaves_nothing(sector: None, monkeypatch: pytest.MonkeyPatch) -> None:
    few = b"session,stage,role,name,duration_minutes\nOne,main,presenter,A,30\nOne,main,chair,B,30"
    monkeypatch.setattr(saving, "good_rows", lambda: few)
    before = (Gathering.objects.count(), Session.objects.count(), Seat.objects.count())
    applied = saving.import_once()
    assert (applied.sessions_added, applied.people_added, applied.seats_added) == (1, 2, 2)
    assert saving.work().floor == "30 s at most"
    assert (Gathering.objects.count(), Session.objects.count(), Seat.objects.count()) == before


def test_over_the_aim() -> None:
    work = Work("judging", 2, 1300.0, "one SQL statement", 1000.0, 1.3)
    assert not work.is_over
    assert replace(work, median=1301.0).is_over
    assert work_words(work).split() == [
        "judging", "2", "1300", "1.30", "1.3", "one", "SQL", "statement,", "1000", "ms",
    ]  # fmt: skip
    assert work_words(replace(work, median=1301.0)).endswith("over")


def test_turns_are_few_where_each_is_long() -> None:
    done: list[str] = []
    in_turns(lambda: done.append("ours"), lambda: done.append("floor"), runs=50)
    assert done == ["ours", "floor"] * 5
