"""What stands around the text of a public pledge, and what never does."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.enums import (
    Confirmation,
    Ending,
    InvitationState,
    PledgeState,
    StandardKind,
)
from commitments.models import Assistant, Pledge, Reflection, Wording
from commitments.queries.public import signed_lines_of, signed_standards_of
from organisations.models import User
from tests.factories.commitments import CheckInFactory, InvitationFactory, PledgeFactory
from tests.factories.replies import ReflectionFactory
from tests.factories.sharing import RepublicationFactory, sign_again

PAGE = "/pledges/alice-adeyemi/"


def body(client: Client, address: str = PAGE, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def change(pledge: Pledge, **values: Any) -> None:
    Pledge.objects.filter(pk=pledge.pk).update(**values)


def close(pledge: Pledge, ending: Ending, **values: Any) -> None:
    change(pledge, state=PledgeState.CLOSED, closed_at=timezone.now(), ending=ending, **values)


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


# The chain


def follower(pledge: Pledge, name: str, **values: Any) -> Pledge:
    given = {"says_who_asked": True} | values
    return PledgeFactory(
        asked_by=pledge,
        leader_name=name,
        slug=name.lower(),
        signing=pledge.signings.get().wording,
        **given,
    )


def test_nobody_followed_says_nothing(client: Client, pledge: Pledge) -> None:
    follower(pledge, "Silent", says_who_asked=False)
    follower(pledge, "Drafting", draft=True)
    assert "made the pledge after" not in body(client)


def test_who_followed_is_counted_with_both_consents(client: Client, pledge: Pledge) -> None:
    follower(pledge, "Chidi")
    follower(pledge, "Silent", says_who_asked=False)
    page = body(client)
    assert "1 person made the pledge after Alice Adeyemi asked" in page
    assert '<a href="/pledges/chidi/"><bdi>Chidi</bdi></a>' in page
    follower(pledge, "Unlisted", is_listed=False)
    page = body(client)
    assert "2 people made the pledge after Alice Adeyemi asked" in page
    assert "and 1 more" in page
    for name in ("Unlisted", "Silent"):
        assert name not in page
    change(pledge, counts_who_followed=False)
    assert "made the pledge after" not in body(client)


def test_one_person_follows_once_and_nobody_themselves(client: Client, pledge: Pledge) -> None:
    chidi = follower(pledge, "Chidi")
    later = timezone.now() + timedelta(minutes=1)
    follower(pledge, "Chidi-again", leader=chidi.leader, published_at=later)
    follower(pledge, "Alice-again", leader=pledge.leader)
    page = body(client)
    assert "1 person made the pledge after Alice Adeyemi asked" in page
    assert '<a href="/pledges/chidi-again/"><bdi>Chidi-again</bdi></a>' in page
    assert [word in page for word in ('"/pledges/chidi/"', "Alice-again", "more</li>")] == [
        False
    ] * 3
    assert "Made after" not in body(client, "/pledges/alice-again/")


def test_unlisted_followers_alone_are_a_number(client: Client, pledge: Pledge) -> None:
    follower(pledge, "Unlisted", is_listed=False)
    page = body(client)
    assert "1 person made the pledge after <bdi>Alice Adeyemi</bdi> asked." in page
    assert "Unlisted" not in page


def test_twelve_are_named_and_the_rest_counted(client: Client, pledge: Pledge) -> None:
    for number in range(13):
        follower(pledge, f"Number-{number}")
    page = body(client)
    assert "13 people made the pledge after" in page
    assert page.count("<bdi>Number-") == 12
    assert "and 1 more" in page


def test_a_page_says_who_asked(client: Client, pledge: Pledge) -> None:
    follower(pledge, "Chidi")
    asked = f'Made after <a href="{PAGE}"><bdi>Alice Adeyemi</bdi></a> asked'
    assert asked in body(client, "/pledges/chidi/")


@pytest.mark.parametrize(
    ("of_asker", "of_follower"),
    [
        ({}, {"says_who_asked": False}),
        ({"counts_who_followed": False}, {}),
        ({"is_listed": False}, {}),
        ({"state": PledgeState.DRAFT, "published_at": None}, {}),
        ({"erased_at": timezone.now()}, {}),
        (
            {
                "ending": Ending.NOT_THEIRS,
                "state": PledgeState.CLOSED,
                "closed_at": timezone.now(),
            },
            {},
        ),
    ],
)
def test_a_page_does_not_say_who_asked(
    of_asker: dict[str, Any], of_follower: dict[str, Any], client: Client, pledge: Pledge
) -> None:
    follower(pledge, "Chidi", **of_follower)
    change(pledge, **of_asker) if of_asker else None
    page = body(client, "/pledges/chidi/")
    assert "Made after" not in page
    assert "Alice Adeyemi" not in page


def test_make_this_pledge_too_keeps_the_chain(client: Client, pledge: Pledge) -> None:
    assert 'href="/pledges/make/?after=alice-adeyemi"' in body(client)


# Looking back, and elsewhere


def reflect(pledge: Pledge, title: str, *, published: bool = True, **words: str) -> Reflection:
    return ReflectionFactory(
        invitation=InvitationFactory(
            pledge=pledge,
            title=title,
            organiser="Private organiser",
            held_on=date(2026, 3, 4),
            state=InvitationState.TOOK_PART,
        ),
        published_at=timezone.now() if published else None,
        **{"what_happened": "", "what_we_asked": "", "why": "", "will_try": ""} | words,
    )


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


# How it ended


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
        expires_at=timezone.now() + timedelta(days=1),
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
