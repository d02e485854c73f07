"""What everybody sees: one pledge, and the list of them."""

from datetime import date, timedelta
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.enums import InvitationState, PledgeState
from commitments.models import Pledge, Wording
from commitments.queries import public_pledges
from organisations.models import User
from tests.factories.commitments import CheckInFactory, InvitationFactory, PledgeFactory
from ui.paging import KeyPaginator

LOADED = 6  # signing, wording, promises, standards, record, what stands around it


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_it_reads_as_a_statement(client: Client, pledge: Pledge) -> None:
    page = body(client, "/pledges/alice-adeyemi/")
    assert "<h1><bdi>Alice Adeyemi</bdi></h1>" in page
    assert "I will speak on panels where women are half or more" in page
    assert "No record yet" in page
    assert "Not confirmed by the organisation" in page
    assert "Make this pledge too" in page
    assert page.count("<textarea") == 4
    assert 'rel="canonical" href="http://127.0.0.1:8000/pledges/alice-adeyemi/"' in page
    assert "Association of Mental Health Providers" in page
    assert "In the last 12 months" not in page
    assert "worked example" not in page


def test_what_was_left_out_is_shown_as_left_out(client: Client, wording: Wording) -> None:
    PledgeFactory(
        slug="some",
        signing=wording,
        signing__left_out=("balanced_panels",),
        signing__own=("I <ask>.",),
        signing__statement="Because **now**. <script>x</script>",
    )
    page = body(client, "/pledges/some/")
    assert page.count('<span class="left-out-word">Left out:</span>') == 1
    assert "I &lt;ask&gt;." in page
    assert "<strong>now</strong>" in page
    assert "<script>x" not in page


def test_figures_are_counts_of_the_leaders_own_record(client: Client, pledge: Pledge) -> None:
    today = timezone.localdate()
    for changed in (True, False):
        InvitationFactory(
            pledge=pledge, asked_on=today, state=InvitationState.ASKED, lineup_changed=changed
        )
    page = body(client, "/pledges/alice-adeyemi/")
    assert "Last evidence this week" in page
    assert "of 2 line-ups asked about" in page
    assert "of 2 invitations" in page
    assert "Event 1" not in page


def test_confirmed_example_and_closed_are_said(
    client: Client, pledge: Pledge, bea: User, wording: Wording
) -> None:
    now = timezone.now()
    Pledge.objects.filter(pk=pledge.pk).update(
        confirmed_at=now, is_worked_example=True, state=PledgeState.CLOSED, closed_at=now
    )
    page = body(client, "/pledges/alice-adeyemi/")
    assert "Confirmed by <bdi>Harbour Minds</bdi>" in page
    assert "A worked example: this person and this pledge are invented" in page
    assert "This pledge is closed." in page


def test_without_an_organisation_nobody_can_confirm(client: Client, wording: Wording) -> None:
    PledgeFactory(slug="alone", signing=wording)
    assert "Name and role not confirmed" in body(client, "/pledges/alone/")


def test_the_leader_finds_the_way_to_the_record(as_alice: Client, pledge: Pledge) -> None:
    page = body(as_alice, "/pledges/alice-adeyemi/")
    assert f"/me/pledges/{pledge.pk}/" in page
    assert "Make this pledge too" not in page


def test_a_draft_is_not_there(client: Client, as_bea: Client, draft: Pledge) -> None:
    assert client.get(f"/pledges/{draft.slug}/").status_code == 404
    assert as_bea.get(f"/pledges/{draft.slug}/").status_code == 404


@pytest.mark.parametrize("slug", ["nobody", "🌻", "a" * 10_000, "x%27--", "..%2f"])
def test_an_unknown_address_is_not_there(slug: str, client: Client, db: None) -> None:
    assert client.get(f"/pledges/{slug}/").status_code == 404


def test_an_address_may_be_in_any_script(client: Client, wording: Wording) -> None:
    pledge = PledgeFactory(slug="ọlá-ní", signing=wording)
    assert pledge.get_absolute_url() == f"/pledges/{quote('ọlá-ní')}/"
    assert client.get(pledge.get_absolute_url()).status_code == 200
    decomposed = quote("ọlá-ní")
    assert client.get(f"/pledges/{decomposed}/").status_code == 200


@pytest.mark.parametrize("address", ["/pledges/", "/pledges/alice-adeyemi/"])
def test_public_pages_are_only_read(address: str, client: Client, pledge: Pledge) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_a_pledge_costs_the_same_with_any_record(
    rows: int,
    client: Client,
    pledge: Pledge,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for month in range(1, rows + 1):
        InvitationFactory(pledge=pledge, asked_on=timezone.localdate())
        CheckInFactory(pledge=pledge, period=date(2025, month, 1))
    with django_assert_num_queries(LOADED):
        client.get("/pledges/alice-adeyemi/")


@pytest.mark.parametrize("search", ["", "harb"])
def test_the_pages_together_are_the_list(search: str, wording: Wording, db: None) -> None:
    at = timezone.now()
    for _ in range(7):
        PledgeFactory(signing=wording, organisation_name="Harbour", published_at=at)
    PledgeFactory(organisation_name="Harbour", draft=True)
    pages = KeyPaginator(public_pledges(search=search), 3)
    shown = [row[0] for page in pages for row in page]
    assert shown == [row[0] for row in public_pledges(search=search)]
    assert [len(page) for page in pages] == [3, 3, 1]


def names(client: Client, address: str) -> list[str]:
    return [row[0] for row in client.get(address).context["page"]]


def test_the_list_is_newest_first_and_paged(
    client: Client, wording: Wording, draft: Pledge
) -> None:
    now = timezone.now()
    for age in range(27):
        PledgeFactory(slug=f"n{age}", signing=wording, created_at=now - timedelta(days=age))
    assert names(client, "/pledges/") == [f"n{age}" for age in range(25)]
    assert names(client, "/pledges/?page=2") == ["n25", "n26"]
    assert names(client, "/pledges/?page=nonsense") == [f"n{age}" for age in range(25)]
    assert names(client, "/pledges/?page=99") == ["n25", "n26"]


def test_a_search_keeps_what_was_typed(client: Client, pledge: Pledge) -> None:
    assert names(client, "/pledges/?q=ade") == ["alice-adeyemi"]
    page = body(client, '/pledges/?q="<zz')
    assert "Nobody found" in page
    assert 'value="&quot;&lt;zz"' in page


def test_too_long_a_search_is_refused_at_its_field(client: Client, pledge: Pledge) -> None:
    response = client.get("/pledges/", {"q": "x" * 10_000})
    assert list(response.context["form"].errors) == ["q"]
    assert "x" * 10_000 in response.content.decode()


def test_an_empty_list_says_what_to_do(client: Client, db: None) -> None:
    assert "Yours could be the first" in body(client, "/pledges/")


def test_who_is_counted_is_defined_on_the_page_and_before_one_begins(
    client: Client, pledge: Pledge, wording: Wording
) -> None:
    for address in (pledge.get_absolute_url(), "/pledges/make/"):
        page = unescape(client.get(address).content.decode())
        assert wording.women_definition in page
        assert wording.minoritised_definition in page


def test_a_shared_link_says_what_stands_behind_the_name(client: Client, pledge: Pledge) -> None:
    said = "Name and role not confirmed."
    assert client.get(pledge.get_absolute_url()).content.decode().count(said) == 3
    Pledge.objects.filter(pk=pledge.pk).update(
        confirmed_at=timezone.now(), confirmation="coordinator"
    )
    assert said not in client.get(pledge.get_absolute_url()).content.decode()
