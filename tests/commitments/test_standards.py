"""What a leader had signed up to before: a few rows that work without a script."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.enums import StandardKind
from commitments.models import Pledge, Standard
from commitments.signing import Standing, problems_with_standing
from tests.commitments.making import seen

TODAY = date(2026, 5, 20)
EARLY = f"Enter a date from 1990 to {timezone.localdate().year}."
UNKNOWN = "Select a valid choice. made up is not one of the available choices."
ROW = {"kind": "", "name": "", "signed_up_on": "", "link": ""}


def rows(*given: dict[str, str], **more: str) -> dict[str, str]:
    sent = {"form-TOTAL_FORMS": str(len(given)), "form-INITIAL_FORMS": "0"} | more
    for number, row in enumerate(given):
        sent |= {f"form-{number}-{name}": value for name, value in (ROW | row).items()}
    return sent


@pytest.fixture
def address(draft: Pledge) -> str:
    return reverse("pledge_standards", args=[draft.pk])


def kept(pledge: Pledge) -> list[tuple[object, ...]]:
    found = pledge.signings.get().standards.order_by("position")
    return list(found.values_list("position", "kind", "name", "signed_up_on", "link"))


def test_what_was_filled_in_is_kept_and_shown(
    draft: Pledge, as_alice: Client, address: str
) -> None:
    given = rows(
        {"kind": "race_at_work", "signed_up_on": "2021-03-01", "link": "example.org/charter"},
        {},
        {"kind": "other", "name": "The Harbour Promise"},
    )
    response = as_alice.post(address, seen(draft) | given)
    assert response["Location"] == reverse("pledge_rhythm", args=[draft.pk])
    assert kept(draft) == [
        (1, "race_at_work", "", date(2021, 3, 1), "https://example.org/charter"),
        (2, "other", "The Harbour Promise", None, ""),
    ]
    page = as_alice.get(reverse("pledge_check", args=[draft.pk])).content.decode()
    assert 'href="https://example.org/charter" rel="nofollow ugc noopener"' in page
    assert "since March 2021" in page
    assert "<bdi>The Harbour Promise</bdi>" in page


def test_nothing_at_all_is_fine(draft: Pledge, as_alice: Client, address: str) -> None:
    assert as_alice.post(address, seen(draft) | rows({})).status_code == 302
    assert kept(draft) == []


def test_one_marked_to_go_goes(draft: Pledge, as_alice: Client, address: str) -> None:
    as_alice.post(address, seen(draft) | rows({"kind": "acevo"}, {"kind": "race_at_work"}))
    as_alice.post(
        address, seen(draft) | rows({"kind": "acevo", "DELETE": "on"}, {"kind": "race_at_work"})
    )
    assert kept(draft) == [(1, "race_at_work", "", None, "")]


def test_another_row_keeps_what_was_typed(draft: Pledge, as_alice: Client, address: str) -> None:
    typed = {"kind": "other", "link": "not a link", "signed_up_on": "some time"}
    response = as_alice.post(address, seen(draft) | rows(typed, {}, another="one"))
    formset = response.context["rows"]
    assert [form["link"].value() for form in formset] == ["not a link", None]
    assert formset.forms[0]["kind"].value() == "other"
    assert "error-summary" not in response.content.decode()
    assert kept(draft) == []


def test_there_are_ten_at_most(draft: Pledge, as_alice: Client, address: str) -> None:
    ten = [{"kind": "acevo"}] * 10
    response = as_alice.post(address, seen(draft) | rows(*ten, another="one"))
    assert len(response.context["rows"].forms) == 10
    assert "Add another" not in response.content.decode()
    assert as_alice.post(address, seen(draft) | rows(*ten)).status_code == 302
    response = as_alice.post(address, seen(draft) | rows(*ten, {"kind": "acevo"}))
    assert response.status_code == 200
    assert len(kept(draft)) == 10


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        ({"name": "A charter"}, "kind", "Choose what it is."),
        ({"kind": "other"}, "name", "Say what it is."),
        ({"kind": "acevo", "link": "ftp://x.example/"}, "link", "Enter a valid URL."),
        ({"kind": "acevo", "link": "javascript:alert(1)"}, "link", "Enter a valid URL."),
        ({"kind": "acevo", "signed_up_on": "1989-12-31"}, "signed_up_on", EARLY),
        (
            {"kind": "acevo", "name": "x" * 161},
            "name",
            "Use 160 characters or fewer. This has 161.",
        ),
        ({"kind": "made up"}, "kind", UNKNOWN),
    ],
)
def test_bad_input_is_said_at_its_field_and_kept(
    row: dict[str, str], field: str, message: str, draft: Pledge, as_alice: Client,
    address: str,
) -> None:  # fmt: skip
    response = as_alice.post(address, seen(draft) | rows(row))
    [form] = response.context["rows"].forms
    assert list(form.errors) == [field]
    assert form.errors[field] == [message]
    assert all(form[name].value() == value for name, value in row.items())
    assert "error-summary" in response.content.decode()


def test_a_broken_form_is_refused(as_alice: Client, address: str) -> None:
    response = as_alice.post(address, {"form-TOTAL_FORMS": "-1", "form-INITIAL_FORMS": "many"})
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("standing", "fields"),
    [
        (Standing(StandardKind.OTHER), ["name"]),
        (Standing(StandardKind.OTHER, name="A charter"), []),
        (Standing(StandardKind.ACEVO), []),
        (Standing(StandardKind.ACEVO, signed_up_on=TODAY), []),
        (Standing(StandardKind.ACEVO, signed_up_on=TODAY + timedelta(days=1)), ["signed_up_on"]),
        (Standing(StandardKind.ACEVO, signed_up_on=date(1990, 1, 1)), []),
        (Standing(StandardKind.ACEVO, signed_up_on=date(1989, 12, 31)), ["signed_up_on"]),
    ],
)
def test_what_is_wrong_with_one(standing: Standing, fields: list[str]) -> None:
    assert list(problems_with_standing(standing, today=TODAY)) == fields


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_any_rows(
    count: int,
    draft: Pledge,
    as_alice: Client,
    address: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    signing = draft.signings.get()
    for position in range(count):
        Standard.objects.create(signing=signing, position=position, kind=StandardKind.ACEVO)
    with django_assert_num_queries(5):
        page = as_alice.get(address).content.decode()
    assert page.count("<legend>Number") == count
