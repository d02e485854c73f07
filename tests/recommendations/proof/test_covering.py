"""Parts, counts and checks: what they write, what they refuse, and that they roll back whole."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from organisations.models import User
from recommendations.actions import proving
from recommendations.actions.covering import (
    MOST_UNITS,
    change_units,
    cover_unit,
    record_check,
    record_count,
    uncover_unit,
)
from recommendations.models import (
    Action,
    CoverageCount,
    CoverageUnit,
    EmbeddingCheck,
    Recommendation,
)
from recommendations.proof import NOT_YET
from recommendations.refusals import (
    CLOSED,
    COVERED_STAYS,
    MORE_THAN_ALL,
    NO_SUCH_PART,
    OTHER_KIND,
    PART_THERE,
    TOO_MANY_PARTS,
    RecommendationRefused,
)
from tests.factories.proving import (
    CoverageCountFactory,
    CoverageUnitFactory,
    EmbeddingCheckFactory,
)
from tests.factories.recommendations import ActionFactory
from tests.recommendations.proof.conftest import NOW, TODAY, close, fail, proven_on, verbs


def units(action: Action, by: User, *add: str, remove: Any = ()) -> None:
    change_units(action=action, add=add, remove=set(remove), by=by, now=NOW)


def tick(unit: CoverageUnit, by: User, day: date = TODAY, note: str = "") -> CoverageUnit:
    return cover_unit(unit=unit, covered_on=day, note=note, by=by, now=NOW)


def count(action: Action, by: User, covered: int = 306, whole: int = 340, **given: Any) -> None:
    words = {"counted_on": TODAY, "now": NOW}
    record_count(action=action, covered=covered, whole=whole, by=by, **words | given)


def check(action: Action, by: User, day: date = TODAY, **given: Any) -> None:
    words: dict[str, Any] = {"in_place": True, "note": "All teams do it.", "now": NOW}
    record_check(action=action, checked_on=day, by=by, **words | given)


class TestUnits:
    def test_ten_of_eleven_do_not_show_it_and_eleven_do(self, areas: Action, lead: User) -> None:
        units(areas, lead, *(f"Area {number}" for number in range(11)))
        *most, last = areas.units.order_by("name")
        for unit in most:
            tick(unit, lead)
        assert proven_on(areas) is None
        tick(last, lead, note="The plan of March")
        assert proven_on(areas) == TODAY
        last.refresh_from_db()
        assert (last.covered_on, last.covered_by, last.note) == (TODAY, lead, "The plan of March")

    def test_one_more_part_unproves_it(self, areas: Action, lead: User, alice: User) -> None:
        units(areas, lead, "North")
        tick(areas.units.get(), lead)
        units(areas, lead, "South")
        assert proven_on(areas) is None
        units(areas, alice, remove=[areas.units.get(name="South").pk])
        assert proven_on(areas) == TODAY
        assert verbs(areas.recommendation) == [
            "proof_added",
            "proof_added",
            "action_proven",
            "proof_added",
            "action_unproven",
            "proof_removed",
            "action_proven",
        ]

    def test_a_tick_is_taken_away(self, areas: Action, lead: User) -> None:
        unit = CoverageUnitFactory(action=areas)
        tick(unit, lead)
        for _ in range(2):
            uncover_unit(unit=unit, by=lead, now=NOW)
        unit.refresh_from_db()
        assert (unit.covered_on, unit.covered_by, unit.note) == (None, None, "")
        assert proven_on(areas) is None
        assert verbs(areas.recommendation)[-2:] == ["proof_removed", "action_unproven"]

    def test_ticking_the_same_again_leaves_no_history(self, areas: Action, lead: User) -> None:
        unit = CoverageUnitFactory(action=areas)
        for _ in range(2):
            tick(unit, lead)
        assert verbs(areas.recommendation) == ["proof_added", "action_proven"]

    def test_what_is_refused(self, areas: Action, lead: User, alice: User) -> None:
        unit = CoverageUnitFactory(action=areas, name="North")
        other = CoverageUnitFactory()
        attempts: list[tuple[Callable[[], object], str]] = [
            (lambda: units(areas, lead, "Other", "NORTH"), PART_THERE % "NORTH"),
            (lambda: units(areas, alice, remove=[other.pk]), NO_SUCH_PART),
            (lambda: tick(unit, lead, TODAY + timedelta(days=1)), NOT_YET),
            (
                lambda: units(areas, lead, *(f"Part {number}" for number in range(MOST_UNITS))),
                TOO_MANY_PARTS % MOST_UNITS,
            ),
        ]
        for attempt, message in attempts:
            with pytest.raises(RecommendationRefused, match=message):
                attempt()
        assert areas.units.get() == unit
        tick(unit, lead)
        with pytest.raises(RecommendationRefused, match=COVERED_STAYS):
            units(areas, alice, remove=[unit.pk])

    def test_a_part_that_somebody_took_out(self, areas: Action, lead: User, alice: User) -> None:
        unit = CoverageUnitFactory(action=areas)
        units(areas, alice, remove=[unit.pk])
        for attempt in (
            lambda: tick(unit, lead),
            lambda: uncover_unit(unit=unit, by=lead, now=NOW),
        ):
            with pytest.raises(RecommendationRefused, match=NO_SUCH_PART):
                attempt()

    def test_postgres_refuses_the_same_twice_and_a_tick_of_nobody(self, areas: Action) -> None:
        CoverageUnitFactory(action=areas, name="North")
        with pytest.raises(IntegrityError, match="coverage_unit_once"), transaction.atomic():
            CoverageUnitFactory(action=areas, name="north")
        with pytest.raises(IntegrityError, match="covered_by_somebody"), transaction.atomic():
            CoverageUnit.objects.update(covered_on=TODAY)


class TestCount:
    def test_the_newest_day_holds(self, counted: Action, lead: User) -> None:
        count(counted, lead, 305)
        assert proven_on(counted) is None
        count(counted, lead, 306, now=NOW + timedelta(minutes=1))
        assert proven_on(counted) == TODAY
        count(counted, lead, 1, counted_on=date(2026, 1, 1))
        assert proven_on(counted) == TODAY

    def test_a_correction_is_a_new_count_of_the_day(self, counted: Action, lead: User) -> None:
        count(counted, lead, 340)
        count(counted, lead, 30, now=NOW + timedelta(minutes=1))
        assert proven_on(counted) is None
        assert counted.counts.count() == 2

    def test_a_second_press_adds_nothing(self, counted: Action, lead: User) -> None:
        for _ in range(2):
            count(counted, lead)
        assert counted.counts.count() == 1

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"covered": 341}, MORE_THAN_ALL),
            ({"counted_on": TODAY + timedelta(days=1)}, NOT_YET),
        ],
    )
    def test_what_is_refused(
        self, counted: Action, lead: User, given: dict[str, Any], message: str
    ) -> None:
        with pytest.raises(RecommendationRefused, match=message):
            count(counted, lead, **given)

    def test_postgres_refuses_more_than_all_and_any_change(self, counted: Action) -> None:
        with pytest.raises(IntegrityError, match="part_of_whole"), transaction.atomic():
            CoverageCountFactory(action=counted, covered=2, whole=1)
        CoverageCountFactory(action=counted)
        for change in (
            lambda: CoverageCount.objects.update(covered=340),
            lambda: CoverageCount.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


class TestCheck:
    def test_two_half_a_year_apart(self, embedding: Action, lead: User) -> None:
        check(embedding, lead, date(2025, 9, 11))
        check(embedding, lead)
        assert proven_on(embedding) is None
        check(embedding, lead, date(2025, 9, 10))
        assert proven_on(embedding) == TODAY
        check(embedding, lead, in_place=False, now=NOW + timedelta(minutes=1))
        assert proven_on(embedding) is None

    def test_a_second_press_adds_nothing(self, embedding: Action, lead: User) -> None:
        for _ in range(2):
            check(embedding, lead)
        assert embedding.checks.count() == 1

    def test_postgres_refuses_any_change_but_blanking_the_note(self, embedding: Action) -> None:
        EmbeddingCheckFactory(action=embedding)
        for change in ({"in_place": False}, {"note": "Another"}, {"checked_on": TODAY}):
            with pytest.raises(DatabaseError), transaction.atomic():
                EmbeddingCheck.objects.update(**change)
        EmbeddingCheck.objects.update(note="")


Writes = dict[str, Callable[[User], object]]


@pytest.fixture
def writes(areas: Action, recommendation: Recommendation, lead: User) -> Writes:
    """Every kind of write, for somebody to try."""
    owned = {"recommendation": recommendation, "responsible_owner": lead}
    counted = ActionFactory(**owned, position=2, coverage=True, is_counted=True, percent_needed=90)
    embedding = ActionFactory(**owned, position=3, embedding=True)
    unit = CoverageUnitFactory(action=areas, name="North")
    return {
        "units": lambda by: units(areas, by, "South"),
        "tick": lambda by: tick(unit, by),
        "count": lambda by: count(counted, by),
        "check": lambda by: check(embedding, by),
        "untick": lambda by: uncover_unit(unit=unit, by=by, now=NOW),
    }


class TestEveryWrite:
    def test_owners_and_coordinators_alone(
        self, writes: Writes, lead: User, alice: User, bea: User, carol: User, chidi: User
    ) -> None:
        for write in writes.values():
            for person in (bea, carol, chidi):
                with pytest.raises(PermissionDenied):
                    write(person)
        for write in writes.values():
            write(alice)

    def test_the_sponsor_is_an_owner(
        self, writes: Writes, recommendation: Recommendation, bea: User
    ) -> None:
        Recommendation.objects.update(accountable_owner=bea)
        for write in writes.values():
            write(bea)

    def test_a_coordinator_who_left_is_nobody(self, writes: Writes, alice: User) -> None:
        alice.memberships.update(ended_at=NOW)
        for write in writes.values():
            with pytest.raises(PermissionDenied):
                write(alice)

    def test_not_once_it_is_closed(
        self, writes: Writes, recommendation: Recommendation, lead: User
    ) -> None:
        close(recommendation)
        for write in writes.values():
            with pytest.raises(RecommendationRefused, match=CLOSED):
                write(lead)

    def test_not_for_another_kind(self, deliverable: Action, lead: User) -> None:
        for write in (
            lambda: units(deliverable, lead, "North"),
            lambda: count(deliverable, lead),
            lambda: check(deliverable, lead),
        ):
            with pytest.raises(RecommendationRefused, match=OTHER_KIND):
                write()

    def test_what_is_counted_has_no_parts(self, counted: Action, lead: User) -> None:
        with pytest.raises(RecommendationRefused, match=OTHER_KIND):
            units(counted, lead, "North")

    def test_all_or_nothing(
        self, writes: Writes, lead: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        writes["tick"](lead)
        before = _rows()
        monkeypatch.setattr(proving, "record_step", fail)
        for name in ("units", "count", "check", "untick"):
            with pytest.raises(DatabaseError):
                writes[name](lead)
        assert _rows() == before


def _rows() -> list[Any]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (CoverageUnit, CoverageCount, EmbeddingCheck, Action)
    ]
