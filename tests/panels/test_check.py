"""The public check: no account, no cookie, nothing kept."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

CHECK = "/check/"
FIVE = {"people": "5", "women": "2", "not_women": "3"}
TOLD = {"told": "on", "minoritised": "1", "not_minoritised": "3"}

pytestmark = pytest.mark.django_db


def kinds(response: Any) -> list[str]:
    return [measure.tag.kind for measure in response.context["result"].measures]


def test_anyone_sees_the_empty_form(client: Client) -> None:
    response = client.get(CHECK)
    assert (response.status_code, response.context["result"]) == (200, None)


def test_it_judges_what_was_typed(client: Client) -> None:
    response = client.post(CHECK, FIVE | TOLD)
    assert (response.status_code, kinds(response)) == (200, ["not_met", "met"])
    body = response.content.decode()
    assert "You need 1 more woman among these 5." in body
    assert "Known for 4 of 5" in body
    assert 'value="5"' in body


def test_one_number_is_enough(client: Client) -> None:
    assert kinds(client.post(CHECK, {"people": "5"})) == ["not_known", "not_known"]


def test_the_typist_sees_their_own_small_numbers(client: Client) -> None:
    response = client.post(CHECK, {"people": "2", "women": "1", "not_women": "1"})
    assert response.context["result"].measures[0].whole.figure == "1 of 2"


def test_ethnicity_nobody_told_is_not_known(client: Client) -> None:
    response = client.post(CHECK, FIVE | {"minoritised": "5"})
    assert kinds(response) == ["not_met", "not_known"]
    assert "Counted as not known" in response.content.decode()


def test_the_chair_is_shown_beside(client: Client) -> None:
    response = client.post(CHECK, FIVE | {"beside_people": "1", "beside_women": "1"})
    assert "With the chair counted: 3 of 6, met." in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({}, "people", "Enter how many people speak."),
        ({"people": "five"}, "people", "Enter how many people speak: a whole number, such as 4."),
        (
            {"people": "2", "women": "3"},
            "women",
            "3 women, but there are 2 people in all.",
        ),
    ],
)
def test_bad_input_is_said_at_its_field_and_kept(
    client: Client, typed: dict[str, str], field: str, message: str
) -> None:
    response = client.post(CHECK, typed)
    form = response.context["form"]
    assert (response.status_code, dict(form.errors)) == (200, {field: [message]})
    assert {name: form[name].value() for name in typed} == typed
    assert response.context["result"] is None


@pytest.mark.parametrize("typed", [FIVE | TOLD, {}])
def test_nothing_is_set_kept_or_asked_of_the_database(typed: dict[str, str]) -> None:
    """A strict client: a token would be demanded here if the page needed one."""
    client = Client(enforce_csrf_checks=True)
    with CaptureQueriesContext(connection) as queries:
        answers = [client.get(CHECK), client.post(CHECK, typed)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert ["Set-Cookie" in answer.headers for answer in answers] == [False, False]
    assert [dict(answer.cookies) for answer in answers] == [{}, {}]
    assert len(queries) == 0


def test_what_somebody_typed_is_on_nobody_elses_page(client: Client) -> None:
    """The empty form is drawn once and kept; a filled-in one never is."""
    before = Client().get(CHECK).content
    client.post(CHECK, FIVE | TOLD)
    client.post(CHECK, {"people": "2", "women": "3"})
    assert Client().get(CHECK).content == before
    assert b"value=" not in before


def test_an_answer_is_never_cached(client: Client) -> None:
    for answer in (client.get(CHECK), client.post(CHECK, FIVE)):
        assert "no-store" in answer.headers["Cache-Control"]


def test_numbers_in_an_address_are_not_read(client: Client) -> None:
    response = client.get(CHECK, FIVE)
    assert response.context["result"] is None
    assert 'value="5"' not in response.content.decode()


def test_the_form_posts_to_a_bare_address(client: Client) -> None:
    body = " ".join(client.get(CHECK).content.decode().split())
    assert '<form class="counts-form" method="post" action="/check/"' in body
    assert "csrfmiddlewaretoken" not in body


def test_numbers_reach_no_log(
    client: Client, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        client.post(CHECK, {"people": "7919", "women": "3571", "not_women": "4348"})
    written = caplog.text + "".join(capfd.readouterr())
    assert [number for number in ("7919", "3571", "4348") if number in written] == []


def test_other_methods_are_405(client: Client) -> None:
    assert [client.put(CHECK).status_code, client.delete(CHECK).status_code] == [405, 405]


def test_head_is_answered(client: Client) -> None:
    assert client.head(CHECK).status_code == 200
