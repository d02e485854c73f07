"""Where else a pledge was published: noted by the leader, read by everybody."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.actions import sharing
from commitments.enums import PledgeState, PledgeVerb
from commitments.models import Assistant, Pledge, Republication
from commitments.sharing import MOST_REPUBLICATIONS
from history.models import Entry
from organisations.models import User
from tests.factories.sharing import RepublicationFactory

TODAY = timezone.localdate


def address(pledge: Pledge) -> str:
    return f"/me/pledges/{pledge.pk}/published-at/"


def remove_address(place: Republication) -> str:
    return f"{address(place.pledge)}{place.pk}/remove/"


def typed(**values: str) -> dict[str, str]:
    given = {
        "link": "https://news.example/pledge",
        "title": "Our news",
        "published_on": TODAY().isoformat(),
    }
    return given | values


def verbs(pledge: Pledge) -> list[str]:
    entries = Entry.objects.filter(subject_id=pledge.pk, organisation=None).order_by("pk")
    return [entry.verb for entry in entries]


def assist(pledge: Pledge, user: User) -> None:
    now = timezone.now()
    Assistant.objects.create(
        pledge=pledge, email=user.email, user=user, token_sha256=b"a" * 32, invited_at=now,
        accepted_at=now, expires_at=now,
    )  # fmt: skip


def test_a_page_is_noted_and_shows(as_alice: Client, client: Client, pledge: Pledge) -> None:
    assert "Nothing noted yet" in as_alice.get(address(pledge)).content.decode()
    response = as_alice.post(address(pledge), typed())
    assert (response.status_code, response["Location"]) == (302, address(pledge))
    noted = pledge.republications.get()
    assert (noted.link, noted.title, noted.published_on) == (
        "https://news.example/pledge",
        "Our news",
        TODAY(),
    )
    assert verbs(pledge) == [PledgeVerb.REPUBLISHED]
    assert "Our news" in client.get(pledge.get_absolute_url()).content.decode()


def test_a_double_click_notes_one(as_alice: Client, pledge: Pledge) -> None:
    for _ in range(2):
        assert as_alice.post(address(pledge), typed()).status_code == 302
    assert pledge.republications.count() == 1
    assert verbs(pledge) == [PledgeVerb.REPUBLISHED]


def test_a_page_is_removed_once(as_alice: Client, pledge: Pledge) -> None:
    place = RepublicationFactory(pledge=pledge)
    kept = RepublicationFactory(pledge=pledge)
    for _ in range(2):
        response = as_alice.post(remove_address(place))
        assert (response.status_code, response["Location"]) == (302, address(pledge))
    assert list(pledge.republications.all()) == [kept]
    assert verbs(pledge) == [PledgeVerb.REPUBLICATION_REMOVED]


def test_another_pledges_page_stays(as_alice: Client, pledge: Pledge, foreign: Pledge) -> None:
    theirs = RepublicationFactory(pledge=foreign)
    assert as_alice.post(f"{address(pledge)}{theirs.pk}/remove/").status_code == 302
    assert as_alice.post(remove_address(theirs)).status_code == 404
    assert list(foreign.republications.all()) == [theirs]


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"link": ""}, "link", "Enter the address of the page."),
        ({"link": "nonsense here"}, "link", "Enter the address of a page"),
        ({"link": "ftp://files.example/x"}, "link", "Enter the address of a page"),
        ({"link": "javascript:alert(1)"}, "link", "Enter the address of a page"),
        ({"link": "data:text/html,x"}, "link", "Enter the address of a page"),
        ({"link": "https://x.example/" + "x" * 400}, "link", "Use 400 characters or fewer"),
        ({"link": "https://news.example/noted"}, "link", "This address is on the list already"),
        ({"title": "x" * 10_000}, "title", "Use 160 characters or fewer"),
        ({"published_on": ""}, "published_on", "Enter a date."),
        ({"published_on": "tomorrow"}, "published_on", "Enter a valid date."),
        (
            {"published_on": (TODAY() + timedelta(days=1)).isoformat()},
            "published_on",
            "Choose a day that has passed",
        ),
        ({"published_on": "1999-01-01"}, "published_on", "within the last ten years"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_kept(
    values: dict[str, str], field: str, said: str, as_alice: Client, pledge: Pledge
) -> None:
    RepublicationFactory(pledge=pledge, link="https://news.example/noted")
    response = as_alice.post(address(pledge), typed(**values))
    assert response.status_code == 200
    [problem] = response.context["form"].errors[field]
    assert said in problem
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"][field].value() == (values[field] or "")
    assert pledge.republications.count() == 1


def test_an_address_without_its_beginning_is_completed(as_alice: Client, pledge: Pledge) -> None:
    as_alice.post(address(pledge), typed(link="news.example/us"))
    assert pledge.republications.get().link == "https://news.example/us"


def test_nul_is_refused(as_alice: Client, pledge: Pledge) -> None:
    assert as_alice.post(address(pledge), typed(title="a\x00b")).status_code == 400


def test_there_is_an_end_to_them(as_alice: Client, pledge: Pledge) -> None:
    RepublicationFactory.create_batch(MOST_REPUBLICATIONS, pledge=pledge)
    response = as_alice.post(address(pledge), typed())
    assert response.context["form"].errors == {"link": ["There are 30 already. Remove one first."]}


def test_a_closed_pledge_takes_none_and_lets_go(as_alice: Client, pledge: Pledge) -> None:
    place = RepublicationFactory(pledge=pledge)
    Pledge.objects.filter(pk=pledge.pk).update(state=PledgeState.CLOSED, closed_at=timezone.now())
    assert "Note a page" not in as_alice.get(address(pledge)).content.decode()
    response = as_alice.post(address(pledge), typed())
    assert response.context["form"].errors == {"link": ["This pledge is closed."]}
    as_alice.post(remove_address(place))
    assert pledge.republications.count() == 0


def test_the_leader_alone(
    as_alice: Client, as_bea: Client, as_chidi: Client, client: Client, pledge: Pledge, bea: User
) -> None:
    place = RepublicationFactory(pledge=pledge)
    assist(pledge, bea)
    for path in (address(pledge), remove_address(place)):
        assert as_bea.post(path, typed()).status_code == 403
        assert as_chidi.post(path, typed()).status_code == 404
        assert client.post(path, typed())["Location"].startswith("/accounts/login/")
    assert as_bea.get(address(pledge)).status_code == 403
    assert as_alice.get(remove_address(place)).status_code == 405
    assert as_alice.put(address(pledge)).status_code == 405
    assert list(pledge.republications.all()) == [place]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_with_any_rows(
    rows: int,
    as_alice: Client,
    pledge: Pledge,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    RepublicationFactory.create_batch(rows, pledge=pledge)
    with django_assert_num_queries(4):
        page = as_alice.get(address(pledge)).content
    assert page.count(b'class="pledge-row"') == rows


def test_without_its_history_nothing_is_kept(pledge: Pledge, alice: User) -> None:
    place = RepublicationFactory(pledge=pledge)
    now = timezone.now()
    given: dict[str, Any] = {"link": "https://x.example/", "title": "", "published_on": TODAY()}
    with patch("commitments.actions.sharing.record", side_effect=RuntimeError):
        with pytest.raises(RuntimeError):
            sharing.note_republication(pledge=pledge, **given, by=alice, now=now)
        with pytest.raises(RuntimeError):
            sharing.remove_republication(republication=place, by=alice, now=now)
    assert list(pledge.republications.all()) == [place]


def test_only_the_leader_notes_and_removes(pledge: Pledge, bea: User) -> None:
    noted = RepublicationFactory(pledge=pledge)
    with pytest.raises(PermissionDenied):
        sharing.note_republication(
            pledge=pledge, link="https://a.example/", title="", published_on=TODAY(),
            by=bea, now=timezone.now(),
        )  # fmt: skip
    with pytest.raises(PermissionDenied):
        sharing.remove_republication(republication=noted, by=bea, now=timezone.now())
    assert list(pledge.republications.all()) == [noted]
