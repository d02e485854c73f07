"""An answer with a mistake is said at its field, and nothing typed is lost."""

import pytest
from django.test import Client

from commitments.answering import NOTHING_YET
from commitments.models import AskLetter, Reply
from outbox.models import Email
from tests.commitments.replying.conftest import address, everything, text


@pytest.mark.parametrize("typed", [{}, {"name": "Femi"}, {"told": "on"}, {"note": "   "}])
def test_an_empty_answer_is_refused(
    typed: dict[str, str], letter: AskLetter, client: Client
) -> None:
    before = everything()
    response = client.post(address(letter), typed)
    assert response.context["form"].non_field_errors() == [NOTHING_YET]
    assert typed.get("name", "") in response.content.decode()
    assert everything() == before


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"people": "many"}, "people"),
        ({"people": "0"}, "people"),
        ({"people": "9" * 10_000}, "people"),
        ({"people": "3", "women": "2", "not_women": "2"}, "not_women"),
        ({"women": "2"}, "people"),
        ({"beside_people": "1"}, "people"),
        ({"main_people": "2"}, "people"),
        ({"people": "3", "main_people": "4"}, "main_people"),
        ({"barrier_travel": "asked"}, "barrier_travel"),
        ({"note": "x" * 2001}, "note"),
        ({"name": "x" * 10_000, "note": "y"}, "name"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_all_is_kept(
    typed: dict[str, str], field: str, letter: AskLetter, client: Client
) -> None:
    before = everything()
    response = client.post(address(letter), {"food": "x", "barrier_food": "no"} | typed)
    assert field in response.context["form"].errors
    assert response.context["form"]["barrier_food"].value() == "no"
    for name, value in typed.items():
        assert response.context["form"][name].value() == value
    assert everything() == before


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "\u202eوصلت الرسالة", "🌻" * 100, "Subject: x\r\nBcc: y"]
)
def test_strange_words_are_only_words(words: str, letter: AskLetter, client: Client) -> None:
    assert client.post(address(letter), {"note": words, "name": "Ọlá"}).status_code == 200
    assert "<script>alert" not in text(client, letter)
    assert Email.objects.get().subject == "An organiser answered you"


def test_a_character_that_no_text_has_is_refused(letter: AskLetter, client: Client) -> None:
    assert client.post(address(letter), {"note": "a\x00b"}).status_code == 400
    assert client.get("/r/%00/").status_code == 400
    assert not Reply.objects.exists()
