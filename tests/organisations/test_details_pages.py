"""The page of what an organisation says of itself."""

from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from history.models import Entry
from organisations.actions import change_details
from organisations.enums import OrganisationVerb
from organisations.models import Organisation, User

URL = "/o/harbour-minds/details/"
TYPED = {"name": "Harbour and Quay", "nation": "SCT", "contact_email": "hello@harbour.example"}


def told() -> int:
    return Entry.objects.filter(verb=OrganisationVerb.DETAILS_CHANGED).count()


def test_it_shows_what_is_known_and_saves(as_alice: Client, harbour: Organisation) -> None:
    form = as_alice.get(URL).context["form"]
    assert (form["name"].value(), form["nation"].value()) == ("Harbour Minds", "ENG")
    response = as_alice.post(URL, TYPED)
    assert (response.status_code, response["Location"]) == (302, "/o/harbour-minds/people/")
    harbour.refresh_from_db()
    assert {field: getattr(harbour, field) for field in TYPED} == TYPED
    assert harbour.slug == "harbour-minds"
    assert told() == 1


def test_saved_as_it_was_it_is_no_change(as_alice: Client, harbour: Organisation) -> None:
    as_alice.post(URL, {"name": harbour.name, "nation": harbour.nation, "contact_email": ""})
    assert told() == 0


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("name", "", "Enter the name of your organisation."),
        ("contact_email", "hello", "Enter a valid email address."),
        ("contact_email", "a@b.example\nBcc: c@d.example", None),
        ("nation", "FRA", None),
    ],
)
def test_bad_input_is_said_at_its_field_and_kept(
    field: str, typed: str, message: str | None, as_alice: Client, harbour: Organisation
) -> None:
    page = as_alice.post(URL, TYPED | {field: typed})
    form = page.context["form"]
    assert (page.status_code, list(form.errors)) == (200, [field])
    assert message is None or form.errors[field] == [message]
    assert {each: form[each].value() for each in TYPED} == TYPED | {field: typed}
    # The header still says what is saved.
    assert page.context["organisation"].name == "Harbour Minds"
    harbour.refresh_from_db()
    assert (harbour.name, harbour.contact_email, told()) == ("Harbour Minds", "", 0)


def test_for_coordinators_alone(as_bea: Client, as_chidi: Client, harbour: Organisation) -> None:
    for client, status in ((as_bea, 403), (as_chidi, 404), (Client(), 302)):
        assert client.get(URL).status_code == status
        assert client.post(URL, TYPED).status_code == status
    assert told() == 0


def test_other_methods(as_alice: Client) -> None:
    assert as_alice.delete(URL).status_code == 405


def test_it_rolls_back_whole(harbour: Organisation, alice: User) -> None:
    named: dict[str, Any] = TYPED | {"organisation": harbour, "by": alice, "now": timezone.now()}
    with (
        patch("organisations.actions.record", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        change_details(**named)
    harbour.refresh_from_db()
    assert harbour.contact_email == ""


def test_it_is_found_from_the_people(as_alice: Client, as_bea: Client) -> None:
    assert URL in as_alice.get("/o/harbour-minds/people/").content.decode()
    assert URL not in as_bea.get("/o/harbour-minds/people/").content.decode()
