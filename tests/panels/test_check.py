"""The public check: no account, no cookie, nothing kept."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

CHECK = "/check/"
FIVE = {"people": "5", "women": "2", "not_women": "3"}
TOLL = {"people": "7919", "women": "3571", "not_women": "4348"}
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


def test_the_result_is_first_and_has_the_focus(client: Client) -> None:
    body = client.post(CHECK, FIVE | TOLD).content.decode()
    assert 0 < body.index('id="result" tabindex="-1" autofocus') < body.index("<form")
    assert "<li>Women: not met, 2 of 5.</li>" in body
    assert "<li>Minoritised communities: met, 1 of 5.</li>" in body


def test_it_is_there_to_be_sent_on(client: Client) -> None:
    response = client.post(CHECK, FIVE | TOLD)
    text = response.context["as_text"]
    assert text.splitlines()[2] == "Women: not met, 2 of 5."
    assert "Counted at http://testserver/check/, rules version 1." in text
    assert "You need 1 more woman among these 5." in text


def test_a_preview_is_judged_here_too(client: Client) -> None:
    response = client.post(CHECK, FIVE, headers={"HX-Request": "true"})
    body = response.content.decode()
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert "<html" not in body
    assert ["Not met" in body, "2 of 5" in body, "You need 1 more woman" in body] == [True] * 3


@pytest.mark.parametrize("typed", [{}, {"people": "2", "women": "3"}, {"people": "x"}])
def test_a_preview_says_nothing_of_half_typed_numbers(
    client: Client, typed: dict[str, str]
) -> None:
    body = client.post(CHECK, typed, headers={"HX-Request": "true"}).content.decode()
    assert ["What is asked for" in body, "problem" in body] == [True, False]


def test_the_main_stage_is_judged_apart(client: Client) -> None:
    stage = {"main_people": "2", "main_women": "0", "main_not_women": "2"}
    response = client.post(CHECK, {"people": "6", "women": "3", "not_women": "3"} | stage)
    [women, _] = response.context["result"].measures
    assert [part.tag.kind for part in women.parts] == ["not_met", "met"]
    assert [tag.label for tag in women.warnings] == ["Met overall, not shown on the main stage"]


def test_no_colour_of_failure(client: Client) -> None:
    """Not known and not met are neutral; red is for what was mistyped."""
    body = client.post(CHECK, FIVE).content.decode()
    assert ["status-overdue" in body, "status-at-risk" in body] == [False, False]
    assert body.count("status-not-started") == 2


@pytest.mark.parametrize("typed", ["<script>", "\u202e5", "9" * 10_000, "1e3", "-1", "٣٣x"])
def test_hostile_numbers_are_said_at_their_field(client: Client, typed: str) -> None:
    response = client.post(CHECK, {"people": typed})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["people"]
    assert "<script>" not in response.content.decode()


def test_a_nul_is_refused(client: Client) -> None:
    assert client.post(CHECK, {"people": "5\x00"}).status_code in (200, 400)


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
    form, _, planner = before.partition(b'action="/check/seats/"')
    assert b"value=" not in form
    assert planner.count(b'value="5"') == 2


def test_an_answer_is_never_cached(client: Client) -> None:
    for answer in (client.get(CHECK), client.post(CHECK, FIVE)):
        assert "no-store" in answer.headers["Cache-Control"]


def test_numbers_in_an_address_are_not_read(client: Client) -> None:
    response = client.get(CHECK, FIVE)
    assert response.context["result"] is None
    assert 'value="2"' not in response.content.decode()


def test_the_form_posts_to_a_bare_address(client: Client) -> None:
    body = " ".join(client.get(CHECK).content.decode().split())
    assert '<form class="counts-form" method="post" action="/check/"' in body
    assert "csrfmiddlewaretoken" not in body


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
@pytest.mark.parametrize("typed", [TOLL, TOLL | {"women": "9973"}, TOLL | {"women": "9973x"}])
def test_numbers_reach_no_log(
    client: Client,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    typed: dict[str, str],
    headers: dict[str, str],
) -> None:
    with caplog.at_level("DEBUG"):
        assert client.post(CHECK, typed, headers=headers).status_code == 200
    written = caplog.text + "".join(capfd.readouterr())
    assert [number for number in typed.values() if number in written] == []


@pytest.mark.parametrize("broken", ["panels.audit.audit_line_up", "panels.entry.problems"])
def test_not_even_where_the_page_breaks(
    client: Client,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
) -> None:
    monkeypatch.setattr(broken, None)
    client.raise_request_exception = False
    with caplog.at_level("DEBUG"):
        response = client.post(CHECK, TOLL)
    assert (response.status_code, dict(response.cookies)) == (500, {})
    written = caplog.text + "".join(capfd.readouterr()) + response.content.decode()
    assert "NoneType" in written
    assert [number for number in TOLL.values() if number in written] == []


def test_other_methods_are_405(client: Client) -> None:
    assert [client.put(CHECK).status_code, client.delete(CHECK).status_code] == [405, 405]


def test_head_is_answered(client: Client) -> None:
    assert client.head(CHECK).status_code == 200
