"""The checklist of an organisation: ours until it is changed, and never an answer lost."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from history.models import Entry
from organisations.models import Organisation, User
from panels.actions import checklist as changing
from panels.checklist import (
    BUILT_IN,
    FOR_ATTENDEES,
    FOR_SPEAKERS,
    MOST_LINES,
    OWN_LINES,
    THEMES,
    by_theme,
    neighbour,
    theme_of,
)
from panels.enums import Barrier, BarrierState, ForWhom
from panels.models import ChecklistItem, Gathering
from panels.queries.barriers import barriers_on_record, checklist_of, retired_lines
from tests.factories.barriers import ChecklistItemFactory, own_copy, said
from tests.panels.pages import EVENTS

PAGE = f"{EVENTS}checklist/"
STEP = f"{PAGE}step/"
OWN = {"text": "A room to feed a baby", "for_whom": "both"}


def step(client: Client, name: str, line: str = "") -> Any:
    return client.post(STEP, {"step": name, "line": line})


def keys(organisation: Organisation) -> list[str]:
    return [line.key for line in checklist_of(organisation)]


class TestOurs:
    def test_every_barrier_stands_in_it_once(self) -> None:
        assert sorted(line.key for line in BUILT_IN) == sorted(Barrier.values)

    def test_each_line_says_for_whom(self) -> None:
        assert {line.whom for line in BUILT_IN} == {
            "Speakers",
            "Attendees",
            "Speakers and attendees",
        }
        assert frozenset() == FOR_SPEAKERS & FOR_ATTENDEES

    def test_themes(self) -> None:
        assert [theme for theme, _ in by_theme(list(BUILT_IN))] == list(THEMES)
        assert (theme_of("food"), theme_of("")) == ("Time, food and language", OWN_LINES)

    def test_neighbours_are_of_the_same_theme(self) -> None:
        lines = list(BUILT_IN)
        below = neighbour(lines, "travel", step=1)
        assert below is not None
        assert below.key == "fees"
        assert neighbour(lines, "travel", step=-1) is None
        assert neighbour(lines, "assistant_ticket", step=1) is None
        assert neighbour(lines, "nonsense", step=1) is None


class TestChanging:
    def test_the_first_change_copies_it(
        self, as_alice: Client, harbour: Organisation, northside: Organisation
    ) -> None:
        assert as_alice.get(PAGE).status_code == 200
        assert ChecklistItem.objects.count() == 0
        as_alice.post(PAGE, OWN)
        assert ChecklistItem.objects.filter(organisation=harbour).count() == 20
        assert checklist_of(harbour)[-1].text == "A room to feed a baby"
        assert checklist_of(northside) == list(BUILT_IN)
        assert [e.verb for e in Entry.objects.about(harbour)] == ["counting.checklist_changed"]

    def test_a_double_click_adds_one(self, as_alice: Client, harbour: Organisation) -> None:
        for _ in range(2):
            assert as_alice.post(PAGE, OWN).status_code == 302
        assert len(checklist_of(harbour)) == 20

    def test_it_is_never_too_long_for_a_page(self, as_alice: Client, harbour: Organisation) -> None:
        as_alice.post(PAGE, OWN)
        ChecklistItemFactory.create_batch(MOST_LINES - 20, organisation=harbour)
        response = as_alice.post(PAGE, OWN | {"text": "One more"})
        assert response.context["form"].non_field_errors() == [
            "A checklist holds 60 lines. Take one off first."
        ]
        assert response.context["form"]["text"].value() == "One more"

    def test_reworded(self, as_alice: Client, harbour: Organisation) -> None:
        page = f"{PAGE}line/travel/"
        assert as_alice.get(page).context["form"]["text"].value() == "Travel paid up front"
        as_alice.post(page, {"text": "Trains paid", "for_whom": "both"})
        first = checklist_of(harbour)[0]
        assert (first.key, first.text, first.for_whom) == ("travel", "Trains paid", ForWhom.BOTH)

    def test_moved(self, as_alice: Client, harbour: Organisation) -> None:
        step(as_alice, "down", "travel")
        assert keys(harbour)[:3] == ["fees", "travel", "bursaries"]
        step(as_alice, "up", "travel")
        step(as_alice, "up", "travel")
        assert checklist_of(harbour) == list(BUILT_IN)

    def test_taken_off_and_put_back_with_what_was_answered(
        self, as_alice: Client, alice: User, harbour: Organisation, gathering: Gathering
    ) -> None:
        said(gathering, "travel", BarrierState.IN_PLACE, by=alice, note="Trains")
        step(as_alice, "retire", "travel")
        assert "travel" not in keys(harbour)
        found = barriers_on_record(gathering)
        assert [line.key for line in found.retired] == ["travel"]
        assert found.answers["travel"].note == "Trains"
        assert [line.key for line in retired_lines(harbour)] == ["travel"]
        assert as_alice.get(f"{PAGE}line/travel/").status_code == 404
        step(as_alice, "put_back", "travel")
        assert keys(harbour)[0] == "travel"

    def test_back_to_ours(
        self, as_alice: Client, alice: User, harbour: Organisation, gathering: Gathering
    ) -> None:
        as_alice.post(PAGE, OWN)
        own = checklist_of(harbour)[-1]
        said(gathering, own.key, BarrierState.NO, by=alice)
        step(as_alice, "retire", "travel")
        as_alice.post(f"{PAGE}line/food/", {"text": "Lunch", "for_whom": "speakers"})
        assert "Go back to the suggested checklist" in as_alice.get(PAGE).content.decode()
        step(as_alice, "ours")
        assert "This is the suggested checklist again." in as_alice.get(PAGE).content.decode()
        assert checklist_of(harbour) == list(BUILT_IN)
        assert list(barriers_on_record(gathering).answers) == [own.key]
        before = Entry.objects.count()
        step(as_alice, "ours")
        assert Entry.objects.count() == before

    @pytest.mark.parametrize("name", ["up", "down", "retire", "put_back", "nonsense"])
    def test_a_line_that_is_not_there(
        self, as_alice: Client, harbour: Organisation, name: str
    ) -> None:
        assert step(as_alice, name, "nowhere")["Location"] == PAGE
        assert checklist_of(harbour) == list(BUILT_IN)

    @pytest.mark.parametrize(
        ("typed", "field", "message"),
        [
            ({"text": ""}, "text", "Enter the line."),
            ({"text": "x" * 161}, "text", "Use 160 characters or fewer. This has 161."),
            ({"for_whom": "dogs"}, "for_whom", "Select a valid choice. dogs is not one of the"),
        ],
    )
    def test_bad_input(
        self, as_alice: Client, typed: dict[str, str], field: str, message: str
    ) -> None:
        form = as_alice.post(PAGE, OWN | typed).context["form"]
        [said_there] = form.errors[field]
        assert said_there.startswith(message)
        assert ChecklistItem.objects.count() == 0

    def test_hostile_text_is_shown_as_text(self, as_alice: Client) -> None:
        as_alice.post(PAGE, OWN | {"text": "<script>alert(1)</script>"})
        assert "<script>alert" not in as_alice.get(PAGE).content.decode()


@pytest.mark.parametrize("name", ["add_line", "move_line", "retire_line", "back_to_ours"])
def test_a_change_rolls_back_whole(
    name: str, harbour: Organisation, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no history")

    own_copy(harbour, alice)
    before = list(ChecklistItem.objects.order_by("pk").values())
    monkeypatch.setattr(changing, "record", fail)
    more: dict[str, Any] = {
        "add_line": {"text": "New", "for_whom": ForWhom.BOTH},
        "move_line": {"key": "travel", "step": 1},
        "retire_line": {"key": "travel"},
        "back_to_ours": {},
    }[name]
    with pytest.raises(RuntimeError):
        getattr(changing, name)(organisation=harbour, **more, by=alice, now=timezone.now())
    assert list(ChecklistItem.objects.order_by("pk").values()) == before


def test_a_line_taken_off_meanwhile(harbour: Organisation, alice: User) -> None:
    who: Any = {"organisation": harbour, "by": alice, "now": timezone.now()}
    changing.retire_line(key="travel", **who)
    with pytest.raises(changing.LineGone):
        changing.change_line(key="travel", text="Late", for_whom=ForWhom.BOTH, **who)


class TestWhoMay:
    def test_members_without_the_role(self, as_bea: Client) -> None:
        assert [as_bea.get(PAGE).status_code, step(as_bea, "ours").status_code] == [403, 403]

    def test_strangers(self, as_chidi: Client, harbour: Organisation) -> None:
        assert [as_chidi.get(PAGE).status_code, step(as_chidi, "ours").status_code] == [404, 404]

    def test_anonymous(self, client: Client, harbour: Organisation) -> None:
        assert "/accounts/login/" in client.get(PAGE)["Location"]

    def test_the_wrong_method(self, as_alice: Client) -> None:
        assert [as_alice.put(PAGE).status_code, as_alice.get(STEP).status_code] == [405, 405]

    def test_a_line_of_another_organisation(self, as_alice: Client, chidi: User) -> None:
        theirs = ChecklistItemFactory(organisation=chidi.memberships.get().organisation)
        assert as_alice.get(f"{PAGE}line/{theirs.pk}/").status_code == 404
        step(as_alice, "retire", str(theirs.pk))
        theirs.refresh_from_db()
        assert theirs.retired_at is None


@pytest.mark.parametrize("lines", [1, 3])
def test_the_page_costs_the_same(
    lines: int,
    as_alice: Client,
    harbour: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ChecklistItemFactory.create_batch(lines, organisation=harbour)
    with django_assert_num_queries(5):  # session, person, membership, lines, those taken off
        as_alice.get(PAGE)
