"""The public page of a pledge that has ended."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from commitments.enums import Ending, PledgeState
from commitments.models import Pledge, Wording
from tests.commitments.public_page import PAGE, body, change, reflect
from tests.factories.commitments import PledgeFactory


def close(pledge: Pledge, ending: Ending, **values: Any) -> None:
    change(pledge, state=PledgeState.CLOSED, closed_at=timezone.now(), ending=ending, **values)


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        (Ending.ROLE_ENDED, "The role it was made in ended on"),
        (Ending.WITHDRAWN, "It was withdrawn on"),
        (Ending.HANDED_OVER, "Handed on, and not taken on yet. The role ended on"),
    ],
)
def test_how_a_pledge_ended_is_said_beside_what_was_promised(
    ending: Ending, said: str, client: Client, pledge: Pledge
) -> None:
    close(pledge, ending, ended_on=date(2026, 5, 1))
    page = body(client)
    assert said in page
    assert "1 May 2026" in page
    assert "I will speak on panels where women are half or more" in page
    assert "Publish this text elsewhere" not in page
    assert "Ended on" in body(client, f"{PAGE}embed/")


def test_a_pledge_handed_over_leads_to_the_next_one(
    client: Client, pledge: Pledge, wording: Wording
) -> None:
    close(pledge, Ending.HANDED_OVER)
    PledgeFactory(follows=pledge, leader_name="Next", draft=True)
    assert "Handed on, and not taken on yet. The role ended on" in body(client)
    PledgeFactory(follows=pledge, leader_name="Bea Next", slug="bea-next", signing=wording)
    assert 'Handed to <a href="/pledges/bea-next/"><bdi>Bea Next</bdi></a> on' in body(client)
    Pledge.objects.filter(slug="bea-next").update(is_listed=False)
    page = body(client)
    assert "Somebody else has taken it on. The role ended on" in page
    assert [name in page for name in ("bea-next", "Bea Next")] == [False] * 2


@pytest.mark.parametrize("address", ["", "card.png", "embed/", "reflections/"])
def test_a_pledge_in_a_false_name_is_gone_and_nothing_of_it_shows(
    address: str, client: Client, pledge: Pledge
) -> None:
    reflect(pledge, "An event", why="Words.")
    close(pledge, Ending.NOT_THEIRS)
    page = body(client, PAGE + address, 410)
    assert "taken down" in page
    for text in ("Alice", "Adeyemi", "Chief executive", "Harbour", "panels", "Words."):
        assert text not in page
    assert names_on_the_list(client) == []


def names_on_the_list(client: Client) -> list[str]:
    return [row[1] for row in client.get("/pledges/").context["page"]]


def test_who_erased_their_account_has_no_name(client: Client, pledge: Pledge) -> None:
    reflect(pledge, "An event", why="Words.")
    close(pledge, Ending.ERASED, erased_at=timezone.now())
    for address in ("", "embed/", "reflections/"):
        page = body(client, PAGE + address)
        assert "Name removed" in page
        assert "Alice" not in page.replace("/alice-adeyemi/", "")
        assert "Words." not in page
    assert "This pledge was erased." in body(client)
