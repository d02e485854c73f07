"""Recording the figures of one day."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from history.models import Entry
from organisations.models import User
from recommendations.actions import measuring
from recommendations.actions.measuring import record_readings
from recommendations.enums import RegisterVerb
from recommendations.measured import (
    MORE_THAN_EVERYBODY,
    MORE_THAN_OUT_OF,
    NOT_A_SHARE,
    NOTHING,
    ONLY_EVERYBODY,
    TOO_MANY,
    TWICE,
    Typed,
    why_not_record,
)
from recommendations.models import Indicator, Reading
from recommendations.refusals import DEFINITION_CHANGED, RecommendationRefused
from tests.factories.effect import figures

DAY = date(2026, 1, 31)
Row = tuple[str, str, str]


def sent(*rows: Row, **other: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "as_at": "2026-01-31",
        "source": "Survey",
        "page": str(uuid4()),
        "stamp": "1",
        "form-TOTAL_FORMS": str(len(rows)),
        "form-INITIAL_FORMS": "0",
    }
    for number, (category, part, whole) in enumerate(rows):
        prefix = f"form-{number}-"
        data |= {f"{prefix}category": category, f"{prefix}part": part, f"{prefix}whole": whole}
    return data | other


ALL, ASIAN, BLANK = ("", "30", "100"), ("Asian", "3", "8"), ("", "", "")


def test_it_works(as_alice: Client, here: str, indicator: Indicator, alice: User) -> None:
    response = as_alice.post(here + "figures/", sent(ALL, ASIAN, BLANK))
    assert response["Location"] == here
    rows = indicator.readings.order_by("category").values_list("category", "part", "whole", "by")
    assert list(rows) == [("", 30, 100, alice.pk), ("Asian", 3, 8, alice.pk)]
    [entry] = Entry.objects.about(indicator)
    assert (entry.verb, entry.details) == (RegisterVerb.INDICATOR_READ, {})


def test_sent_twice_makes_one_set(as_alice: Client, here: str, indicator: Indicator) -> None:
    data = sent(ALL, ASIAN)
    for _ in range(2):
        as_alice.post(here + "figures/", data)
    assert indicator.readings.count() == 2
    assert Entry.objects.about(indicator).count() == 1


def test_categories_of_last_time_are_suggested_and_never_their_figures(
    as_alice: Client, here: str, indicator: Indicator
) -> None:
    figures(indicator, DAY, everybody=(30, 100), **{"Black British": (41, 97)})
    page = as_alice.get(here + "figures/")
    names = [form["category"].value() for form in page.context["figures"].forms[1:]]
    assert names[0] == "Black British"
    assert [form["part"].value() for form in page.context["figures"].forms] == [None] * 4


def test_at_first_those_of_the_template(as_alice: Client, here: str) -> None:
    assert "Upper quarter" in as_alice.get(here + "figures/").content.decode()


def test_more_rows_keep_what_was_typed(as_alice: Client, here: str, indicator: Indicator) -> None:
    response = as_alice.post(here + "figures/", sent(ALL, ASIAN, more="1"))
    forms = response.context["figures"].forms
    assert len(forms) == 4
    assert forms[1]["part"].value() == "3"
    assert indicator.readings.count() == 0


@pytest.mark.parametrize(
    ("rows", "row", "field", "said"),
    [
        ([("", "x", "100")], 0, "part", "Enter a whole number of people."),
        ([("", "-1", "100")], 0, "part", "Enter 0 or more."),
        ([("", "1", "0")], 0, "whole", "Enter 1 or more."),
        ([("", "101", "100")], 0, "part", MORE_THAN_OUT_OF),
        ([("", "10", "")], 0, "whole", "Enter both numbers, or neither."),
        ([("", "", "10")], 0, "part", "Enter both numbers, or neither."),
        ([ALL, ("", "1", "2")], 1, "category", "Enter a category, or clear the figures."),
        ([ALL, ("Asian", "9", "8")], 1, "part", MORE_THAN_OUT_OF),
        ([ALL, ASIAN, ("asian ", "1", "2")], 2, "category", TWICE % "asian"),
        ([ALL, ("Asian", "31", "50")], 0, "whole", MORE_THAN_EVERYBODY),
        ([ALL, ("x" * 81, "1", "2")], 1, "category", None),
    ],
)
def test_bad_input_is_named_at_its_cell_and_kept(
    as_alice: Client,
    here: str,
    indicator: Indicator,
    rows: list[Row],
    row: int,
    field: str,
    said: str | None,
) -> None:
    response = as_alice.post(here + "figures/", sent(*rows))
    errors = response.context["figures"].forms[row].errors
    assert list(errors) == [field]
    assert said is None or errors[field] == [said]
    assert 'value="Survey"' in response.content.decode()
    assert indicator.readings.count() == 0


def test_nothing_at_all(as_alice: Client, here: str) -> None:
    response = as_alice.post(here + "figures/", sent(BLANK, ("Asian", "", "")))
    assert response.context["figures"].non_form_errors() == [NOTHING]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("", "Enter a date."),
        ("someday", "Enter a valid date."),
        ("1989-12-31", "Enter a date from 1990."),
        ("2126-01-01", "Enter a day that has come."),
    ],
)
def test_bad_days(as_alice: Client, here: str, day: str, said: str) -> None:
    response = as_alice.post(here + "figures/", sent(ALL, as_at=day))
    assert response.context["form"].errors["as_at"] == [said]


def test_a_definition_that_changed_meanwhile_is_shown_first(
    as_alice: Client, here: str, indicator: Indicator
) -> None:
    Indicator.objects.update(stamp=2)
    response = as_alice.post(here + "figures/", sent(ALL))
    form = response.context["form"]
    assert form.non_field_errors() == [DEFINITION_CHANGED]
    assert form["stamp"].value() == 2
    assert indicator.readings.count() == 0


def test_a_number(as_alice: Client, here: str, indicator: Indicator) -> None:
    Indicator.objects.update(is_share=False, unit="days")
    wrong = as_alice.post(here + "figures/", sent(value="soon"))
    assert list(wrong.context["figures"].errors) == ["value"]
    as_alice.post(here + "figures/", sent(value="12.5"))
    assert indicator.readings.get().value == Decimal("12.5")
    assert "12.5 days" in as_alice.get(here).content.decode()


def test_who_may_not(as_bea: Client, as_chidi: Client, client: Client, here: str) -> None:
    assert as_bea.post(here + "figures/", sent(ALL)).status_code == 403
    assert as_chidi.get(here + "figures/").status_code == 404
    assert client.get(here + "figures/").status_code == 302


@pytest.mark.parametrize(
    ("rows", "is_share", "why"),
    [
        ([], True, NOTHING),
        ([Typed("", 1, 2), Typed("", 1, 2)], True, TWICE % "Everybody"),
        ([Typed(str(n), 1, 2) for n in range(22)], True, TOO_MANY),
        ([Typed(str(n), 1, 2) for n in range(21)], True, ""),
        ([Typed("", value=Decimal(1))], True, NOT_A_SHARE),
        ([Typed("", 0, 0)], True, NOT_A_SHARE),
        ([Typed("", 3, 2)], True, MORE_THAN_OUT_OF),
        ([Typed("", 2, 9), Typed("a", 0, 8)], True, MORE_THAN_EVERYBODY),
        ([Typed("a", value=Decimal(1))], False, ONLY_EVERYBODY),
        ([Typed("", value=Decimal(1))], False, ""),
    ],
)
def test_the_rule(rows: list[Typed], is_share: bool, why: str) -> None:
    assert why_not_record(rows, is_share=is_share, as_at=DAY, today=DAY) == why


def record(indicator: Indicator, by: User, *rows: Typed) -> None:
    record_readings(
        indicator=indicator, as_at=DAY, rows=rows, source="", page=uuid4(),
        stamp=indicator.stamp, by=by, now=timezone.now(),
    )  # fmt: skip


def test_the_action_asks_again(indicator: Indicator, alice: User) -> None:
    with pytest.raises(RecommendationRefused, match="more than"):
        record(indicator, alice, Typed("", 3, 2))
    Indicator.objects.update(retired_at=timezone.now())
    with pytest.raises(RecommendationRefused, match="no longer measured"):
        record(indicator, alice, Typed("", 1, 2))


def test_it_rolls_back_whole(
    indicator: Indicator, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(measuring, "record", fail)
    with pytest.raises(RuntimeError):
        record(indicator, alice, Typed("", 1, 2))
    assert indicator.readings.count() == 0


def test_the_database_refuses_too(indicator: Indicator) -> None:
    for cell in ((3, 2), (0, 0)):
        with pytest.raises(IntegrityError, match="share_or_a_value"), transaction.atomic():
            figures(indicator, DAY, everybody=cell)
    figures(indicator, DAY, everybody=(1, 2))
    with pytest.raises(DatabaseError), transaction.atomic():
        Reading.objects.update(part=2)
    with pytest.raises(DatabaseError), transaction.atomic():
        Reading.objects.all().delete()


def test_there_is_no_place_for_a_team_or_a_person() -> None:
    """Who recorded it is all that a figure knows of people and places."""
    fields = {field.name for field in Reading._meta.get_fields()}
    assert fields == {
        "id", "indicator", "as_at", "category", "part", "whole", "value", "stamp", "source",
        "by", "recorded_at",
    }  # fmt: skip
    of_indicator = {field.name for field in Indicator._meta.get_fields()}
    assert of_indicator & {"team", "unit_of", "manager", "service_area", "person"} == set()
