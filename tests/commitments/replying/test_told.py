"""Ethnicity counts only where each person told it: asked once, then taken as not known."""

from django.test import Client

from commitments.forms.replying import WERE_THEY_TOLD
from commitments.models import AskLetter, Reply
from panels.enums import Basis, Measure
from tests.commitments.replying.conftest import NUMBERS, address, everything, text

UNTOLD = {"people": "5", "women": "3", "minoritised": "4", "note": "Printed", "name": "Femi"}
ASKED = {"told_was_asked": "on"}


def ethnicity() -> tuple[int, int, int, str]:
    kept = Reply.objects.get().tallies.get(measure=Measure.MINORITISED)
    return kept.yes, kept.no, kept.unknown, kept.basis


def test_whoever_forgot_the_tick_is_asked_and_loses_nothing(
    letter: AskLetter, client: Client
) -> None:
    before = everything()
    response = client.post(address(letter), UNTOLD)
    form = response.context["form"]
    assert (response.status_code, dict(form.errors)) == (200, {"told": [WERE_THEY_TOLD]})
    assert {name: form[name].value() for name in UNTOLD} == UNTOLD
    page = response.content.decode()
    assert '<input type="hidden" name="told_was_asked" value="on"' in page
    assert everything() == before


def test_ticked_then_the_numbers_count(letter: AskLetter, client: Client) -> None:
    thanks = client.post(address(letter), UNTOLD | ASKED | {"told": "on"}).content.decode()
    assert "Counted as not known" not in thanks
    assert ethnicity() == (4, 0, 1, Basis.SELF_DECLARED)


def test_ethnicity_that_nobody_told_is_not_known(letter: AskLetter, client: Client) -> None:
    """Sent again as it is."""
    client.post(address(letter), UNTOLD)
    thanks = client.post(address(letter), UNTOLD | ASKED).content.decode()
    assert "Counted as not known" in thanks
    assert ethnicity() == (0, 0, 5, Basis.NOT_KNOWN)


def test_they_are_asked_once_whatever_else_is_wrong(letter: AskLetter, client: Client) -> None:
    wrong = {"women": "9"}
    first = client.post(address(letter), UNTOLD | wrong).context["form"]
    assert (list(first.errors), first["told_was_asked"].value()) == (["women"], None)
    asked = client.post(address(letter), UNTOLD).context["form"]
    assert (list(asked.errors), asked["told_was_asked"].value()) == (["told"], "on")
    again = client.post(address(letter), UNTOLD | ASKED | wrong).context["form"]
    assert (list(again.errors), again["told_was_asked"].value()) == (["women"], "on")


def test_nobody_else_is_asked(letter: AskLetter, client: Client) -> None:
    """Who ticked it, or gave no such number: the page is as it was."""
    assert 'name="told_was_asked" value' not in text(client, letter)
    for typed in (NUMBERS, {"people": "5", "women": "3"}, {"people": "5", "minoritised": "0"}):
        assert "Thank you" in client.post(address(letter), typed).content.decode()
