from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection

from history.models import Entry
from organisations.models import Organisation, User
from panels import actions
from panels.audit import LineUp
from panels.entry import Typed, TypedPart, line_up
from panels.enums import Basis, GatheringKind
from panels.models import Gathering, Tally
from panels.queries import count_on_record, versions_of
from tests.factories.organisations import UserFactory
from tests.factories.panels import GatheringFactory, TallyFactory, enter_count, numbers

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 10, tzinfo=UTC)
DETAILS = {"kind": "panel", "title": "Voices", "held_on": date(2026, 3, 12)}


def of(*five: int | None) -> LineUp:
    return line_up(
        Typed(GatheringKind.PANEL, TypedPart(*five), women_basis=Basis.ORGANISER_STATED, told=True)
    )


def verbs(gathering: Gathering) -> list[str]:
    return [entry.verb for entry in Entry.objects.about(gathering)]


@pytest.fixture
def gathering(harbour: Organisation) -> Gathering:
    return GatheringFactory(organisation=harbour, **DETAILS)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """History fails last, so everything before it must be undone."""

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no history")

    monkeypatch.setattr(actions.counting, "record", fail)
    monkeypatch.setattr(actions.gatherings, "record", fail)


class TestCreate:
    def test_it_makes_a_gathering_and_says_so(self, harbour: Organisation, alice: User) -> None:
        made = actions.create_gathering(organisation=harbour, **DETAILS, by=alice, now=NOW)
        made.refresh_from_db()
        assert (made.title, made.created_by, made.created_at) == ("Voices", alice, NOW)
        assert verbs(made) == ["gathering.created"]

    @pytest.mark.usefixtures("refused")
    def test_it_rolls_back_whole(self, harbour: Organisation, alice: User) -> None:
        with pytest.raises(RuntimeError):
            actions.create_gathering(organisation=harbour, **DETAILS, by=alice, now=NOW)
        assert Gathering.objects.count() == 0


class TestChange:
    def change(self, gathering: Gathering, by: User, **new: Any) -> bool:
        return actions.change_gathering(gathering=gathering, **(DETAILS | new), by=by, now=NOW)

    def test_it_changes_what_differs(self, gathering: Gathering, alice: User) -> None:
        assert self.change(gathering, alice, title="Louder voices", organiser="Forum") is True
        gathering.refresh_from_db()
        assert (gathering.title, gathering.organiser) == ("Louder voices", "Forum")
        entry = Entry.objects.about(gathering).get()
        assert entry.details == {"fields": "title,organiser"}

    def test_nothing_different_is_no_change(self, gathering: Gathering, alice: User) -> None:
        assert self.change(gathering, alice) is False
        assert verbs(gathering) == []

    def test_a_count_fixes_the_kind(self, gathering: Gathering, alice: User) -> None:
        enter_count(gathering, numbers(5), by=alice)
        with pytest.raises(ValueError, match="there is a count"):
            self.change(gathering, alice, kind="board")

    @pytest.mark.usefixtures("refused")
    def test_it_rolls_back_whole(self, gathering: Gathering, alice: User) -> None:
        with pytest.raises(RuntimeError):
            self.change(gathering, alice, title="Other")
        assert Gathering.objects.get().title == "Voices"


class TestEnterCount:
    def enter(
        self, gathering: Gathering, by: User, *five: int | None, over: int = 0, now: datetime = NOW
    ) -> bool:
        return actions.enter_count(
            gathering=gathering, line_up=of(*five), typed_over=over, by=by, now=now
        )

    def test_the_first_count_is_version_1(self, gathering: Gathering, alice: User) -> None:
        assert self.enter(gathering, alice, 5, 2, 3, 1, 4) is True
        gathering.refresh_from_db()
        rows = gathering.tallies.order_by("measure").values_list(
            "measure", "version", "yes", "no", "unknown", "basis", "entered_by"
        )
        assert list(rows) == [
            ("minoritised", 1, 1, 4, 0, "self_declared", alice.pk),
            ("women", 1, 2, 3, 0, "organiser_stated", alice.pk),
        ]
        assert gathering.counted_at == NOW
        assert verbs(gathering) == ["gathering.count_entered"]

    def test_a_correction_is_a_new_version(self, gathering: Gathering, alice: User) -> None:
        self.enter(gathering, alice, 5, 2, 3)
        assert self.enter(gathering, alice, 5, 3, 2, over=1, now=LATER) is True
        found = count_on_record(gathering)
        assert found is not None
        assert (found.version, found.line_up) == (2, of(5, 3, 2))
        assert [(one.version, one.at) for one in versions_of(gathering)] == [(2, LATER), (1, NOW)]
        assert gathering.tallies.count() == 4
        assert verbs(gathering) == ["gathering.count_corrected", "gathering.count_entered"]

    def test_a_correction_can_take_a_part_away(self, harbour: Organisation, alice: User) -> None:
        event = GatheringFactory(organisation=harbour, kind=GatheringKind.EVENT)
        enter_count(event, numbers(5, 2, 3), main_stage=numbers(2, 1, 1), by=alice)
        enter_count(event, numbers(5, 2, 3), by=alice)
        found = count_on_record(event)
        assert found is not None
        assert {tally.part for tally in found.line_up.tallies} == {"whole"}

    def test_a_double_click_makes_one_version(self, gathering: Gathering, alice: User) -> None:
        assert self.enter(gathering, alice, 5, 2, 3) is True
        assert self.enter(gathering, alice, 5, 2, 3) is False
        assert Tally.objects.count() == 2

    def test_a_count_typed_over_an_older_one_is_refused(
        self, gathering: Gathering, alice: User, bea: User
    ) -> None:
        self.enter(gathering, bea, 5, 2, 3)
        with pytest.raises(actions.CountMovedOn):
            self.enter(gathering, alice, 5, 3, 2)
        assert verbs(gathering) == ["gathering.count_entered"]

    @pytest.mark.usefixtures("refused")
    def test_it_rolls_back_whole(self, gathering: Gathering, alice: User) -> None:
        with pytest.raises(RuntimeError):
            self.enter(gathering, alice, 5, 2, 3)
        assert Tally.objects.count() == 0
        assert Gathering.objects.get().counted_at is None


@pytest.mark.django_db(transaction=True)
def test_of_two_counts_at_once_one_wins_and_the_other_is_told(
    harbour: Organisation, alice: User
) -> None:
    gathering = GatheringFactory(organisation=harbour, **DETAILS)

    def closing(work: Callable[[], bool]) -> str:
        try:
            return str(work())
        except actions.CountMovedOn:
            return "moved on"
        finally:
            connection.close()

    def enter(women: int) -> str:
        return closing(
            lambda: actions.enter_count(
                gathering=gathering, line_up=of(5, women), typed_over=0, by=alice, now=NOW
            )
        )

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(enter, (1, 2)))
    assert found == ["True", "moved on"]
    assert set(gathering.tallies.values_list("version", flat=True)) == {1}


def test_whoever_typed_a_count_is_never_shown_by_their_address(db: None) -> None:
    nameless = UserFactory(email="private@world.example", display_name="")
    tally = TallyFactory(entered_by=nameless)
    assert [entered.name for entered in versions_of(tally.gathering)] == ["Somebody"]
