"""What a link opens to whoever holds it, and typing a printed code."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from organisations.models import User
from organisations.tokens import derived_code
from panels.actions import answering
from panels.actions.declaring import close_round
from panels.asking import QUESTIONS
from panels.declaring import in_groups
from panels.models import AskingRefusal, DeclarationRound, Gathering
from panels.queries.declaring import code_of
from tests.factories.declaring import opened, seat_people, unused, upcoming
from tests.panels.asking import rows
from tests.panels.pages import errors

WORDS = {"describes": "Woman", "minoritised": "No"}


@pytest.fixture
def asked(gathering: Gathering, alice: User) -> DeclarationRound:
    seat_people(upcoming(gathering), 6, 2)
    return opened(gathering, by=alice)


@pytest.fixture
def code(asked: DeclarationRound) -> str:
    return code_of(asked.tokens.filter(is_mailed=True)[0])


@pytest.fixture
def printed(asked: DeclarationRound) -> str:
    return code_of(asked.tokens.filter(is_mailed=False)[0])


def link(code: str, name: str = "answer") -> str:
    return f"/r/{code}/{name}/"


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


class TestWhatEveryLinkKeeps:
    @pytest.mark.parametrize("name", ["answer", "object"])
    def test_looking_uses_nothing_up(
        self, name: str, client: Client, code: str, asked: DeclarationRound
    ) -> None:
        """Mail scanners follow links."""
        for _ in range(3):
            assert client.get(link(code, name)).status_code == 200
            assert client.head(link(code, name)).status_code == 200
            assert client.options(link(code, name)).status_code == 405
        assert len(unused(asked)) == 8

    @pytest.mark.parametrize("name", ["answer", "object"])
    def test_no_cookie_no_copy_no_trace(
        self, name: str, client: Client, as_alice: Client, code: str
    ) -> None:
        as_alice.cookies.pop("csrftoken", None)
        for visitor in (client, as_alice):
            for response in (visitor.get(link(code, name)), visitor.get(link("X" * 28, name))):
                assert not response.cookies
                assert "no-store" in response["Cache-Control"]
                assert response["Referrer-Policy"] == "no-referrer"
                assert response["X-Robots-Tag"] == "noindex, nofollow"
                assert "Alice" not in response.content.decode()

    @pytest.mark.parametrize("name", ["answer", "object"])
    @pytest.mark.parametrize("guess", ["x", "X" * 28, "é" * 10, "<script>", "A" * 5000])
    def test_a_guess_opens_nothing(self, guess: str, name: str, client: Client, db: None) -> None:
        address = reverse(f"declaration_{name}", args=[guess])
        assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]

    @pytest.mark.parametrize("name", ["answer", "object"])
    def test_after_the_last_day_it_says_so(self, name: str, client: Client, code: str) -> None:
        with travel(timezone.localtime() + timedelta(days=15), tick=False):
            for response in (client.get(link(code, name)), client.post(link(code, name), WORDS)):
                assert response.status_code == 410
                assert "This round has closed" in text(response)

    def test_after_the_close_it_opens_nothing(
        self, client: Client, code: str, asked: DeclarationRound
    ) -> None:
        close_round(round_id=asked.pk, by=None, now=timezone.now())
        response = client.post(link(code), WORDS)
        assert (response.status_code, "its links are deleted" in text(response)) == (404, True)

    def test_the_rows_key_alone_opens_nothing(
        self, client: Client, asked: DeclarationRound
    ) -> None:
        token = unused(asked)[0]
        assert client.get(link(str(token.pk))).status_code == 404
        assert client.get(link(derived_code("statement", token.pk))).status_code == 404


class TestAnswering:
    def test_it_says_who_asks_why_and_what_becomes_of_it(self, client: Client, code: str) -> None:
        page = text(client.get(link(code)))
        for said in (
            "Harbour Minds",
            "Voices",
            "only add to a count",
            "cannot be taken out again",
            "Say no to being asked",
            *(question.text for question in QUESTIONS),
        ):
            assert said in page, said

    @pytest.mark.parametrize(
        "typed", [WORDS, {}, {"describes": "Non-binary"}, {"minoritised": "Prefer not to say"}]
    )
    def test_anything_may_be_left_out(
        self, typed: dict[str, str], client: Client, code: str, asked: DeclarationRound
    ) -> None:
        response = client.post(link(code), typed)
        assert (response.status_code, "Thank you" in text(response)) == (200, True)
        assert len(unused(asked)) == 7
        for answer in typed.values():
            assert f">{answer}<" not in text(response)

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_the_second_time_it_is_used(self, method: str, client: Client, code: str) -> None:
        client.post(link(code), WORDS)
        response = getattr(client, method)(link(code), WORDS)
        assert (response.status_code, "This link has been used" in text(response)) == (410, True)

    def test_what_is_no_answer_is_said_at_the_question(
        self, client: Client, code: str, asked: DeclarationRound
    ) -> None:
        response = client.post(link(code), {"describes": "<script>", "minoritised": "Yes"})
        assert errors(response) == {"describes": ["Choose one of these, or none."]}
        assert response.context["form"]["minoritised"].value() == "Yes"
        assert len(unused(asked)) == 8

    def test_where_adding_fails_they_are_asked_to_send_again(
        self, client: Client, code: str, asked: DeclarationRound, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*args: object) -> bool:
            raise DatabaseError

        monkeypatch.setattr(answering, "_add", broken)
        response = client.post(link(code), WORDS)
        assert "Send it once more" in text(response)
        assert response.context["form"]["describes"].value() == "Woman"
        assert len(unused(asked)) == 8

    def test_a_close_in_between_is_told(
        self, client: Client, code: str, asked: DeclarationRound, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        add = answering._add

        def closes_first(*given: Any) -> bool:
            close_round(round_id=asked.pk, by=None, now=timezone.now())
            return add(*given)

        monkeypatch.setattr(answering, "_add", closes_first)
        response = client.post(link(code), WORDS)
        assert (response.status_code, "nothing was added" in text(response)) == (410, True)
        assert rows(asked.gathering) == []

    def test_whoever_is_signed_in_is_not_looked_at(
        self, as_alice: Client, code: str, asked: DeclarationRound
    ) -> None:
        assert "Alice" not in text(as_alice.post(link(code), WORDS))
        assert len(unused(asked)) == 7


class TestObjecting:
    def test_it_is_asked_first_then_done(
        self, client: Client, code: str, asked: DeclarationRound
    ) -> None:
        assert "never asks this address again" in text(client.get(link(code, "object")))
        assert "You are not counted" in text(client.post(link(code, "object")))
        assert (AskingRefusal.objects.count(), len(unused(asked))) == (1, 7)
        assert client.post(link(code)).status_code == 410
        assert client.post(link(code, "object")).status_code == 410

    def test_a_printed_code_says_what_it_cannot_do(self, client: Client, printed: str) -> None:
        assert "does not tell us who you are" in text(client.get(link(printed, "object")))
        client.post(link(printed, "object"))
        assert AskingRefusal.objects.count() == 0


class TestTypingACode:
    @pytest.fixture(autouse=True)
    def _counted_anew(self) -> None:
        cache.clear()

    def test_it_leads_to_the_questions(self, client: Client, printed: str) -> None:
        assert client.get("/code/").status_code == 200
        response = client.post("/code/", {"code": in_groups(printed).lower()})
        assert (response.status_code, response["Location"]) == (302, link(printed))
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies

    @pytest.mark.parametrize("typed", ["ABCDEFG", "<script>", "é" * 20, " "])
    def test_what_opens_nothing_is_said_and_kept(
        self, typed: str, client: Client, printed: str
    ) -> None:
        response = client.post("/code/", {"code": typed})
        assert list(errors(response)) == ["code"]
        assert response.context["form"]["code"].value() == typed

    def test_hostile_input_is_refused(self, client: Client, db: None) -> None:
        assert client.post("/code/", {"code": "A\x00B"}).status_code == 400
        assert list(errors(client.post("/code/", {"code": "A" * 10_000}))) == ["code"]
        assert client.delete("/code/").status_code == 405

    def test_guessing_ends_and_a_full_room_does_not(self, client: Client, printed: str) -> None:
        for _ in range(40):
            assert client.post("/code/", {"code": printed}).status_code == 302
        statuses = [client.post("/code/", {"code": "WRONG"}).status_code for _ in range(31)]
        assert statuses == [200] * 30 + [429]
        assert client.post("/code/", {"code": printed}).status_code == 429
