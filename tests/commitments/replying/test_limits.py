"""How many answers are taken."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from commitments.actions.replying import AnswerRefused
from commitments.answering import ENOUGH, MOST_ANSWERS
from commitments.models import AskLetter, Invitation, Reply
from tests.commitments.replying.conftest import address, text
from tests.factories.replies import AskLetterFactory, answered


def test_so_many_answers_an_hour_from_one_address(
    invitation: Invitation, client: Client, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"answer_letter": "2/h/ip"}
    first, second = AskLetterFactory(invitation=invitation), AskLetterFactory()
    for letter, status in ((first, 200), (second, 200), (first, 429)):
        assert client.get(address(letter)).status_code == 200
        assert client.post(address(letter), {}).status_code == 200
        sent = client.post(address(letter), {"note": f"Word {status}"})
        assert sent.status_code == status
    assert Reply.objects.count() == 2


def test_ten_answers_and_no_more(letter: AskLetter, client: Client) -> None:
    for number in range(MOST_ANSWERS):
        answered(letter, note=f"Word {number}")
    assert ENOUGH in text(client, letter)
    response = client.post(address(letter), {"note": "One more"})
    assert response.context["form"].non_field_errors() == [ENOUGH]
    assert "One more" in response.content.decode()
    assert Reply.objects.count() == MOST_ANSWERS
    with pytest.raises(AnswerRefused):
        answered(letter, note="One more")


def test_the_last_answer_again_is_no_eleventh(letter: AskLetter, client: Client) -> None:
    for number in range(MOST_ANSWERS):
        answered(letter, note=f"Word {number}")
    page = client.post(address(letter), {"note": f"Word {MOST_ANSWERS - 1}"}).content.decode()
    assert "Thank you" in page
