"""A number of people: one below ten is shown nowhere, and nothing gives it away."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from organisations.models import Organisation
from recommendations.effect import (
    Movement,
    Reached,
    Recorded,
    Terms,
    figures,
    flat_in_words,
    standing,
    standing_in_words,
)
from recommendations.effect_chart import drawing, export, sheet
from recommendations.enums import Better
from recommendations.forms.indicators import COUNTS_PEOPLE, FEW_AT_FIRST
from recommendations.measured import WHOLE_PEOPLE, Typed, why_not_record
from recommendations.models import Indicator, Reading
from recommendations.refusals import COUNTS_PEOPLE as STAYS
from tests.factories.effect import IndicatorFactory
from tests.factories.effect import figures as record
from tests.factories.recommendations import RecommendationFactory

LIST = "/o/harbour-minds/effect/"
DAYS = [date(2026, month, 28) for month in range(1, 9)]
NOW = datetime(2026, 8, 30, 9, tzinfo=UTC)
STAFF = Terms(
    is_share=False, counts_people=True, unit="staff", better=Better.HIGHER, stamp=1,
    target=Decimal(20),
)  # fmt: skip


def recorded(values: list[int]) -> list[Recorded]:
    return [
        Recorded(day, "", None, None, Decimal(value), 1, "", NOW + timedelta(minutes=place))
        for place, (day, value) in enumerate(zip(DAYS, values, strict=False))
    ]


def all_that_is_told(values: list[int], terms: Terms) -> list[object]:
    """Every way in which a page, a file or a pack tells of it."""
    shown = figures(recorded(values), terms)
    found = standing(shown, terms)
    hidden = terms.hidden_in_words
    return [
        shown,
        found,
        standing_in_words(found, terms),
        flat_in_words("Senior staff", found, terms),
        drawing("Senior staff", shown, found, terms),
        sheet(shown, terms.unit, hidden=hidden),
        export(shown, terms.unit, is_share=False, hidden=hidden),
    ]


few = st.integers(0, 9)
counts = st.lists(st.one_of(few, st.integers(10, 40)), min_size=1, max_size=8)


@settings(max_examples=100, deadline=None)
@given(counts, st.lists(few, min_size=8, max_size=8), st.sampled_from(Better))
def test_nobody_can_tell_one_number_below_ten_from_another(
    values: list[int], others: list[int], better: Better
) -> None:
    terms = Terms(**{**vars(STAFF), "better": better})
    swapped = [other if value < 10 else value for value, other in zip(values, others, strict=False)]
    assert all_that_is_told(values, terms) == all_that_is_told(swapped, terms)


@settings(max_examples=50, deadline=None)
@given(counts, few, few)
def test_nor_the_baseline_or_the_target(values: list[int], one: int, other: int) -> None:
    told = [
        all_that_is_told(
            values,
            Terms(**{**vars(STAFF), "baseline": Decimal(n), "baseline_on": DAYS[0],
                     "target": Decimal(n)}),
        )
        for n in (one, other)
    ]  # fmt: skip
    assert told[0][2:] == told[1][2:]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "Fewer than 10 staff on 28 January 2026."),
        (9, "Fewer than 10 staff on 28 January 2026."),
        (10, "10 staff on 28 January 2026. Not at the target yet."),
        (20, "20 staff on 28 January 2026. At the target."),
    ],
)
def test_from_ten_on_it_is_shown(value: int, said: str) -> None:
    found = standing(figures(recorded([value]), STAFF), STAFF)
    assert standing_in_words(found, STAFF) == said


def test_a_newest_below_ten_is_not_told_by_an_older_one() -> None:
    found = standing(figures(recorded([30, 5]), STAFF), STAFF)
    assert (found.newest, found.few_on) == (None, DAYS[1])
    assert (found.movement, found.reached) == (Movement.NOT_KNOWN, Reached.NOT_KNOWN)


def test_the_line_has_a_gap_and_the_table_says_why() -> None:
    shown = figures(recorded([30, 5, 12]), STAFF)
    drawn = drawing("Senior staff", shown, standing(shown, STAFF), STAFF)
    [(_, points)] = drawn.lines
    assert [number for _, number in points] == [30.0, None, 12.0]
    rows = sheet(shown, "staff", hidden=STAFF.hidden_in_words).rows
    assert [row[1] for row in rows] == ["12 staff", "Fewer than 10", "30 staff"]


def test_a_target_below_ten_is_not_drawn() -> None:
    low = Terms(**{**vars(STAFF), "target": Decimal(9)})
    shown = figures(recorded([30]), low)
    drawn = drawing("Senior staff", shown, standing(shown, low), low)
    assert (drawn.target, drawn.target_words) == (None, "fewer than 10 staff")


@pytest.mark.parametrize(
    ("value", "why"), [("12", ""), ("0", ""), ("12.5", WHOLE_PEOPLE), ("-1", WHOLE_PEOPLE)]
)
def test_people_are_whole(value: str, why: str) -> None:
    rows = [Typed("", value=Decimal(value))]
    said = why_not_record(rows, is_share=False, counts_people=True, as_at=DAYS[0], today=DAYS[0])
    assert said == why


# Pages


@pytest.fixture
def people(harbour: Organisation) -> Indicator:
    found: Indicator = IndicatorFactory(
        organisation=harbour, is_share=False, counts_people=True, unit="staff", name="Leaders"
    )
    return found


def test_every_page_and_file(
    as_alice: Client, as_bea: Client, people: Indicator, harbour: Organisation
) -> None:
    linked = RecommendationFactory(organisation=harbour)
    people.recommendations.add(linked)
    record(people, DAYS[0], everybody=8.0)
    here = people.get_absolute_url()
    few = "Fewer than 10 staff on 28 January 2026."
    for client in (as_alice, as_bea):
        for address in (here, LIST, linked.get_absolute_url()):
            page = client.get(address).content.decode()
            assert few in page
            assert "8 staff" not in page
    assert "A number of fewer than 10 people is never shown." in as_bea.get(here).content.decode()
    [_, row] = as_bea.get(here + "export/").content.decode().strip().splitlines()
    assert row.startswith('"2026-01-28","Everybody","","","Fewer than 10","staff"')


def test_the_form_offers_all_three(
    as_alice: Client, harbour: Organisation, typed: dict[str, Any]
) -> None:
    page = as_alice.get(f"{LIST}new/?template=own").content.decode()
    for choice in ("A share of people (n out of N)", "A number of people", "Something else ("):
        assert choice in page
    as_alice.post(f"{LIST}new/", typed | {"measured_as": "people"})
    made = harbour.indicators.get()
    assert (made.is_share, made.counts_people, made.unit) == (False, True, "people")
    form = as_alice.get(made.get_absolute_url() + "edit/").context["form"]
    assert form["measured_as"].value() == "people"


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"measured_as": "number", "unit": " Staff "}, "measured_as", COUNTS_PEOPLE),
        ({"measured_as": "number", "unit": "service  users"}, "measured_as", COUNTS_PEOPLE),
        ({"measured_as": "people", "baseline": "9"}, "baseline", FEW_AT_FIRST),
        ({"measured_as": "people", "target": "12.5"}, "target", WHOLE_PEOPLE),
        ({"measured_as": "people", "target": "-1"}, "target", WHOLE_PEOPLE),
    ],
)
def test_what_the_form_refuses(
    as_alice: Client, harbour: Organisation, typed: dict[str, Any], wrong: Any, field: str,
    said: str,
) -> None:  # fmt: skip
    response = as_alice.post(f"{LIST}new/", typed | wrong)
    assert response.context["form"].errors == {field: [said]}
    assert harbour.indicators.count() == 0


@pytest.mark.parametrize("allowed", [{"baseline": "10"}, {"baseline": "", "baseline_on": ""}])
def test_what_the_form_takes(
    as_alice: Client, harbour: Organisation, typed: dict[str, Any], allowed: Any
) -> None:
    as_alice.post(f"{LIST}new/", typed | {"measured_as": "people", "target": "0"} | allowed)
    assert harbour.indicators.count() == 1


def test_recording(as_alice: Client, people: Indicator) -> None:
    here = people.get_absolute_url() + "figures/"
    form = as_alice.get(here).context["form"]
    sent = {name: form[name].value() for name in ("page", "stamp")} | {"as_at": "2026-01-28"}
    page = as_alice.post(here, sent | {"value": "8.5", "source": ""})
    assert page.context["figures"].errors == {"value": [WHOLE_PEOPLE]}
    assert "A number below 10 is kept, and shown to nobody." in page.content.decode()
    as_alice.post(here, sent | {"value": "8", "source": ""})
    assert [reading.value for reading in Reading.objects.all()] == [8]


@pytest.mark.parametrize("other", ["share", "number"])
def test_once_recorded_it_stays_a_number_of_people(
    as_alice: Client, people: Indicator, typed: dict[str, Any], other: str
) -> None:
    """As something else, or as a share first and then something else, it would be shown."""
    change = typed | {"measured_as": other, "unit": "days", "revision": "1"}
    edit = people.get_absolute_url() + "edit/"
    record(people, DAYS[0], everybody=8.0)
    assert as_alice.post(edit, change).context["form"].non_field_errors() == [STAYS]
    people.refresh_from_db()
    assert people.counts_people is True


def test_before_anything_is_recorded_it_may_change(
    as_alice: Client, people: Indicator, typed: dict[str, Any]
) -> None:
    change = typed | {"measured_as": "number", "unit": "days", "revision": "1"}
    as_alice.post(people.get_absolute_url() + "edit/", change)
    people.refresh_from_db()
    assert (people.counts_people, people.unit) == (False, "days")


def test_a_share_counts_no_people_besides(people: Indicator) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.filter(pk=people.pk).update(is_share=True)
