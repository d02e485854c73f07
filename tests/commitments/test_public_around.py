"""What stands around the text of a public pledge, and what never does."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.enums import Confirmation, InvitationState, StandardKind
from commitments.models import Assistant, Pledge
from commitments.queries.public import signed_lines_of, signed_standards_of
from organisations.models import User
from tests.commitments.public_page import PAGE, body, change, reflect
from tests.factories.commitments import CheckInFactory, InvitationFactory, PledgeFactory
from tests.factories.replies import ReflectionFactory
from tests.factories.sharing import RepublicationFactory, sign_again

# What was signed


def test_the_newest_version_shows_and_leads_to_the_others(client: Client, pledge: Pledge) -> None:
    assert "versions/" not in body(client)
    sign_again(pledge, own=("I publish who speaks.",))
    page = body(client)
    assert "I publish who speaks." in page
    assert f'<a href="{PAGE}versions/">Version 2: what changed</a>' in page


def test_standards_show_with_date_and_link(client: Client, pledge: Pledge) -> None:
    sign_again(
        pledge,
        {"kind": StandardKind.RACE_AT_WORK, "signed_up_on": date(2021, 5, 3)},
        {"name": "A <local> charter", "link": "https://charter.example/us?a=1&b=2"},
    )
    page = body(client)
    assert "<li><bdi>Race at Work Charter</bdi>, since May 2021</li>" in page
    assert (
        '<a href="https://charter.example/us?a=1&amp;b=2" rel="nofollow ugc noopener">'
        "<bdi>A &lt;local&gt; charter</bdi></a>" in page
    )
    assert page.count("Race at Work Charter, since May 2021") == 3


def test_without_standards_nothing_is_said_of_them(client: Client, pledge: Pledge) -> None:
    assert "Signed up to already" not in body(client)


def test_what_was_read_once_is_read_again_after_erasing(pledge: Pledge) -> None:
    signing = sign_again(pledge, {"name": "A charter"}, own=("Mine.",))
    assert signed_lines_of(signing.pk)[-1].text == "Mine."
    assert [line.name for line in signed_standards_of(signing.pk)] == ["A charter"]
    signing.promises.filter(text="Mine.").update(text="")
    assert signed_lines_of(signing.pk)[-1].text == "Mine."
    assert signed_lines_of(signing.pk, timezone.now())[-1].text == ""


# What was counted


def test_the_record_shows_only_if_the_leader_says_so(client: Client, pledge: Pledge) -> None:
    InvitationFactory(pledge=pledge, asked_on=timezone.localdate(), state=InvitationState.ASKED)
    assert 'aria-labelledby="record"' in body(client)
    change(pledge, shows_record=False)
    page = body(client)
    assert 'aria-labelledby="record"' not in page
    assert "Last evidence this week" in page


def test_what_an_assistant_wrote_does_not_count_before_it_is_confirmed(
    client: Client, pledge: Pledge, bea: User
) -> None:
    InvitationFactory(
        pledge=pledge, asked_on=timezone.localdate(), written_by=bea, confirmed_at=None
    )
    page = body(client)
    assert "In the last 12 months" not in page
    assert "No record yet" in page


# Who stands behind the name


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Not confirmed by the organisation"),
        ({"confirmation": Confirmation.COORDINATOR}, "Confirmed by <bdi>Harbour Minds</bdi>"),
        (
            {"confirmation": Confirmation.WORK_ADDRESS, "confirmed_domain": "harbour.example"},
            "Writes from an address at <bdi>harbour.example</bdi>",
        ),
    ],
)
def test_what_is_confirmed_is_said_in_its_own_words(
    values: dict[str, str], said: str, client: Client, pledge: Pledge
) -> None:
    if values:
        change(pledge, confirmed_at=timezone.now(), **values)
    for address in (PAGE, f"{PAGE}embed/"):
        page = body(client, address)
        assert said in page
        assert ("Not confirmed" in page) == (not values)


def test_an_unlisted_pledge_is_kept_out_of_search_engines(client: Client, pledge: Pledge) -> None:
    assert "noindex" not in body(client)
    change(pledge, is_listed=False)
    assert '<meta name="robots" content="noindex">' in body(client)


def test_published_reflections_are_the_leaders_words(client: Client, pledge: Pledge) -> None:
    reflect(pledge, "A <b>forum</b>", what_happened="We **asked**. <script>x()</script>")
    page = body(client)
    assert "<bdi>A &lt;b&gt;forum&lt;/b&gt;</bdi>" in page
    assert "<p>We <strong>asked</strong>. &lt;script&gt;x()&lt;/script&gt;</p>" in page
    assert "4 March 2026" in page
    assert "Private organiser" not in page
    assert "All reflections" not in page


def test_three_show_and_the_rest_stand_on_their_own_page(client: Client, pledge: Pledge) -> None:
    for number in range(12):
        reflect(pledge, f"Event-{number}", why="So it was.")
    reflect(pledge, "Event-private", why="Never.", published=False)
    page = body(client)
    assert [f"Event-{number}" in page for number in (11, 10, 9, 8)] == [True, True, True, False]
    assert f'<a href="{PAGE}reflections/">All reflections</a>' in page
    first, second = (body(client, f"{PAGE}reflections/?page={page}") for page in (1, 2))
    assert [first.count("So it was."), second.count("So it was.")] == [10, 2]
    assert "Event-private" not in first + second
    assert "Never." not in first + second


@pytest.mark.parametrize("rows", [1, 3])
def test_reflections_cost_the_same_with_any_rows(
    rows: int, client: Client, pledge: Pledge, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        reflect(pledge, f"Event-{number}", why="So it was.")
    with django_assert_num_queries(4):
        assert body(client, f"{PAGE}reflections/").count('class="reflection"') == rows


def test_without_reflections_the_page_says_so(client: Client, pledge: Pledge) -> None:
    assert "No reflection published" in body(client, f"{PAGE}reflections/")


def test_places_elsewhere_are_linked_and_not_vouched_for(client: Client, pledge: Pledge) -> None:
    RepublicationFactory(pledge=pledge, link="https://a.example/x?<y>", title="On our <site>")
    RepublicationFactory(pledge=pledge, link="https://b.example/post")
    page = body(client)
    assert (
        '<a href="https://a.example/x?&lt;y&gt;" rel="nofollow ugc noopener">'
        "On our &lt;site&gt;</a>" in page
    )
    assert '<a href="https://b.example/post" rel="nofollow ugc noopener">b.example</a>' in page


# What never shows, and what it costs

SECRETS = {
    "organiser": "CANARY-organiser",
    "title": "CANARY-title",
    "note": "CANARY-note",
}


def test_nothing_of_the_ledger_shows_but_what_was_published(
    client: Client, as_bea: Client, pledge: Pledge, alice: User, bea: User
) -> None:
    User.objects.filter(pk=bea.pk).update(display_name="CANARY-assistant")
    Assistant.objects.create(
        pledge=pledge, email="canary@help.example", user=bea, token_sha256=b"c" * 32,
        invited_at=timezone.now(), accepted_at=timezone.now(),
        expires_at=timezone.localtime() + timedelta(days=1),
    )  # fmt: skip
    for state in InvitationState:
        InvitationFactory(
            pledge=pledge, state=state, asked_on=timezone.localdate(), written_by=bea, **SECRETS
        )
    secret = InvitationFactory(pledge=pledge, **SECRETS)
    ReflectionFactory(invitation=secret, why="CANARY-why", written_by=bea, published_at=None)
    shown = InvitationFactory(pledge=pledge, **SECRETS | {"title": "Shown"})
    ReflectionFactory(invitation=shown, why="Told.", written_by=bea, published_at=timezone.now())
    CheckInFactory(pledge=pledge, lines={1: ("kept", "CANARY-remark")})
    for address in (PAGE, f"{PAGE}embed/", f"{PAGE}reflections/", f"{PAGE}card.png", "/pledges/"):
        for reader in (client, as_bea):
            response = reader.get(address)
            assert response.status_code == 200
            said = response.content + str(response.headers).encode()
            for secret_text in (b"CANARY", b"canary@", alice.email.encode(), bea.email.encode()):
                assert secret_text not in said
    assert "Told." in body(client)


@pytest.mark.parametrize("rows", [1, 3, 40])
def test_the_page_costs_the_same_whatever_stands_on_it(
    rows: int,
    client: Client,
    pledge: Pledge,
    foreign: Pledge,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    change(pledge, asked_by=foreign, says_who_asked=True)
    sign_again(pledge, {"name": "A charter"})
    for number in range(rows):
        reflect(pledge, f"Event-{number}", why="So it was.")
        RepublicationFactory(pledge=pledge)
        PledgeFactory(asked_by=pledge, says_who_asked=True)
    # Signing, wording, promises, standards, record (nobody counted), what stands around it.
    with django_assert_num_queries(6):
        page = body(client)
    assert page.count('class="reflection"') == min(rows, 3)
    assert page.count("https://news.example/") == rows
