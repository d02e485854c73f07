"""What is done about barriers: saved line by line or at once, by one person or by two."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from history.models import Entry
from organisations.models import Organisation, User
from panels.actions import barriers as saving
from panels.barriers_typed import (
    TypedBarriers,
    TypedBursaries,
    what_is_wrong_with_bursaries,
    what_is_wrong_with_lived,
)
from panels.enums import BarrierState, GatheringKind, Part, Stage, YesNo
from panels.models import BarrierAnswer, Bursaries, ChecklistItem, Gathering, LivedExperience
from panels.queries.barriers import barriers_summary
from tests.factories.barriers import ChecklistItemFactory, own_copy, said
from tests.factories.declaring import seat
from tests.factories.panels import GatheringFactory
from tests.panels.barrier_pages import answers, typed_on
from tests.panels.pages import page


def verbs(gathering: Gathering) -> list[str]:
    return [entry.verb for entry in Entry.objects.about(gathering)]


class TestAllAtOnce:
    def test_it_saves_what_was_changed_and_nothing_else(
        self, as_alice: Client, alice: User, gathering: Gathering
    ) -> None:
        data = typed_on(as_alice, gathering, state_travel="in_place", note_bsl="Two, booked")
        response = as_alice.post(page(gathering, "barriers/"), data)
        assert response["Location"] == gathering.get_absolute_url()
        assert answers(gathering) == {
            "travel": ("in_place", "", "", 1),
            "bsl": ("", "Two, booked", "", 1),
        }
        assert {row.entered_by for row in BarrierAnswer.objects.all()} == {alice}
        assert (Bursaries.objects.count(), LivedExperience.objects.count()) == (0, 0)
        assert verbs(gathering) == ["gathering.barriers_changed"]

    def test_nothing_changed_is_nothing_saved(self, as_alice: Client, gathering: Gathering) -> None:
        as_alice.post(page(gathering, "barriers/"), typed_on(as_alice, gathering))
        assert (answers(gathering), verbs(gathering)) == ({}, [])

    def test_a_double_click_is_one_thing(self, as_alice: Client, gathering: Gathering) -> None:
        data = typed_on(as_alice, gathering, state_travel="no")
        for _ in range(2):
            as_alice.post(page(gathering, "barriers/"), data)
        assert answers(gathering) == {"travel": ("no", "", "", 1)}

    def test_one_sitting_is_one_line_of_history(
        self, as_alice: Client, gathering: Gathering
    ) -> None:
        for state in ("planned", "in_place"):
            data = typed_on(as_alice, gathering, state_travel=state)
            as_alice.post(page(gathering, "barriers/"), data)
        assert answers(gathering) == {"travel": ("in_place", "", "", 2)}
        assert verbs(gathering) == ["gathering.barriers_changed"]

    def test_back_to_nothing_chosen(self, as_alice: Client, gathering: Gathering) -> None:
        for state in ("planned", ""):
            data = typed_on(as_alice, gathering, state_travel=state)
            as_alice.post(page(gathering, "barriers/"), data)
        assert answers(gathering) == {"travel": ("", "", "", 2)}
        assert barriers_summary(gathering).is_empty

    def test_totals_and_lived_experience(self, as_alice: Client, harbour: Organisation) -> None:
        event = GatheringFactory(organisation=harbour, kind=GatheringKind.CONFERENCE)
        for number in range(5):
            seat(event, number + 1, stage=Stage.MAIN)
        changed = {"offered": "10", "taken_up": "10", "amount": "350.50", "how_heard": "Radio"}
        lived = {"invited_whole": "yes", "paid_whole": "no", "invited_main_stage": "yes"}
        data = typed_on(as_alice, event, **changed, **lived)
        as_alice.post(page(event, "barriers/"), data)
        row = Bursaries.objects.get(gathering=event)
        kept = (row.offered, row.taken_up, row.amount, row.how_heard)
        assert kept == (10, 10, Decimal("350.50"), "Radio")
        assert sorted(event.lived_experience.values_list("part", "invited", "paid")) == [
            ("main_stage", "yes", "not_known"),
            ("whole", "yes", "no"),
        ]

    def test_a_panel_has_no_main_stage(self, as_alice: Client, gathering: Gathering) -> None:
        form = as_alice.get(page(gathering, "barriers/")).context["form"]
        assert [name for name in form.fields if "main_stage" in name] == []

    @pytest.mark.parametrize(
        ("changed", "field", "message"),
        [
            (
                {"offered": "5", "taken_up": "6"},
                "taken_up",
                "6 taken up is more than 5 offered. Put one of the two right.",
            ),
            (
                {"invited_whole": "no", "paid_whole": "yes"},
                "paid_whole",
                "Nobody was invited, so nobody was paid. Put one of the two right.",
            ),
            (
                {"note_travel": "x" * 501},
                "note_travel",
                "Use 500 characters or fewer. This has 501.",
            ),
            (
                {"state_travel": "sometimes"},
                "state_travel",
                "Select a valid choice. sometimes is not one of the available choices.",
            ),
            ({"offered": "-1"}, "offered", "Ensure this value is greater than or equal to 0."),
        ],
    )
    def test_bad_input_is_said_at_the_field_and_nothing_is_lost(
        self,
        as_alice: Client,
        gathering: Gathering,
        changed: dict[str, str],
        field: str,
        message: str,
    ) -> None:
        data = typed_on(as_alice, gathering, state_food="planned", **changed)
        response = as_alice.post(page(gathering, "barriers/"), data)
        form = response.context["form"]
        assert dict(form.errors) == {field: [message]}
        assert form["state_food"].value() == "planned"
        assert answers(gathering) == {}

    def test_hostile_text_is_shown_as_text(self, as_alice: Client, gathering: Gathering) -> None:
        note = "<script>alert(1)</script> \u202etxet"
        as_alice.post(page(gathering, "barriers/"), typed_on(as_alice, gathering, note_bsl=note))
        assert "<script>alert" not in as_alice.get(page(gathering, "barriers/")).content.decode()


def test_saving_rolls_back_whole(
    gathering: Gathering, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no history")

    monkeypatch.setattr(saving, "record", fail)
    typed = TypedBarriers({}, TypedBursaries(1, 1, None, ""), None, {})
    with pytest.raises(RuntimeError):
        said(gathering, "travel", BarrierState.NO, by=alice)
    with pytest.raises(RuntimeError):
        saving.save_barriers(gathering=gathering, typed=typed, by=alice, now=timezone.now())
    counts = [model.objects.count() for model in (BarrierAnswer, Bursaries, ChecklistItem)]
    assert counts == [0, 0, 0]


@pytest.mark.parametrize(
    ("offered", "taken_up", "is_wrong"),
    [(5, 5, False), (5, 6, True), (0, 1, True), (0, 0, False), (None, 6, False), (5, None, False)],
)
def test_taken_up_never_over_offered(
    offered: int | None, taken_up: int | None, is_wrong: bool
) -> None:
    assert bool(what_is_wrong_with_bursaries(offered, taken_up)) is is_wrong


@pytest.mark.parametrize(
    ("whole", "stage", "wrong"),
    [
        ((YesNo.YES, YesNo.YES), (YesNo.YES, YesNo.NO), []),
        ((YesNo.NO, YesNo.NOT_KNOWN), (YesNo.YES, YesNo.NO), [Part.MAIN_STAGE]),
        ((YesNo.NOT_KNOWN, YesNo.YES), (YesNo.YES, YesNo.YES), []),
        ((YesNo.YES, YesNo.NO), (YesNo.NO, YesNo.YES), [Part.MAIN_STAGE]),
    ],
)
def test_a_part_is_never_more_than_its_whole(
    whole: tuple[YesNo, YesNo], stage: tuple[YesNo, YesNo], wrong: list[Part]
) -> None:
    parts = {Part.WHOLE: whole, Part.MAIN_STAGE: stage}
    assert list(what_is_wrong_with_lived(parts)) == wrong


class TestWhoMay:
    def test_members_without_the_role(self, as_bea: Client, gathering: Gathering) -> None:
        assert as_bea.get(page(gathering, "barriers/")).status_code == 403

    def test_strangers(self, as_chidi: Client, gathering: Gathering) -> None:
        assert as_chidi.get(page(gathering, "barriers/")).status_code == 404

    def test_anonymous(self, client: Client, gathering: Gathering) -> None:
        assert "/accounts/login/" in client.get(page(gathering, "barriers/"))["Location"]

    def test_the_wrong_method(self, as_alice: Client, gathering: Gathering) -> None:
        assert as_alice.delete(page(gathering, "barriers/")).status_code == 405


def test_members_see_numbers_and_no_notes(
    as_bea: Client, gathering: Gathering, theirs: Gathering, alice: User, chidi: User
) -> None:
    said(theirs, "food", BarrierState.NO, by=chidi, note="Northside note")
    said(gathering, "travel", BarrierState.IN_PLACE, by=alice, note="Private")
    said(gathering, "food", BarrierState.IN_PLACE, by=alice)
    summary = barriers_summary(gathering)
    assert [(state.label, state.number) for state in summary.states] == [
        ("In place", 2),
        ("Nothing chosen yet", 17),
    ]
    assert summary.states[0].lines == ("Travel paid up front", "Food for every diet and faith")
    assert (summary.total, summary.is_empty) == (19, False)
    text = as_bea.get(page(gathering)).text
    assert ("In place: 2 of 19" in text, "Private" in text, "Northside" in text) == (
        True,
        False,
        False,
    )


def test_members_see_totals(as_alice: Client, as_bea: Client, gathering: Gathering) -> None:
    data = typed_on(as_alice, gathering, offered="0", taken_up="0", invited_whole="yes")
    as_alice.post(page(gathering, "barriers/"), data)
    text = as_bea.get(page(gathering)).text
    assert "Free and cheaper places: 0 offered, 0 taken up." in text
    lived = "Speaking from lived experience, whole line-up. Invited: yes. Paid: not known."
    assert lived in text


@pytest.mark.parametrize("lines", [1, 3])
def test_the_page_costs_the_same(
    lines: int,
    as_alice: Client,
    alice: User,
    harbour: Organisation,
    gathering: Gathering,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    own_copy(harbour, alice)
    for item in ChecklistItemFactory.create_batch(lines, organisation=harbour):
        said(gathering, str(item.pk), BarrierState.PLANNED, by=alice)
    with django_assert_num_queries(8):  # session, person, membership, event, and four of its own
        as_alice.get(page(gathering, "barriers/"))
