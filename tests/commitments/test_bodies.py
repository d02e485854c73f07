"""A membership body asks, a coordinator of the member agrees, and it sees two things alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.actions import bodies as actions
from commitments.enums import BodyVerb, Ending, PledgeState
from commitments.models import AddressRefusal, BodyLink, Pledge
from commitments.queries.bodies import LinkState
from history.models import Entry
from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from organisations.tokens import derived_token
from outbox.enums import Kind
from outbox.models import Email
from tests.factories.commitments import PledgeFactory
from tests.factories.learning import BodyLinkFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.strangers import StrangerMailFactory, mailed, stop_of

MEMBERS = "/o/harbour-minds/member-organisations/"
SEEN_BY = "/o/northside-trust/who-sees-our-pledges/"
TYPED = {"member_name": "Northside", "email": "office@northside.example"}
MARCH = datetime(2025, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def asked(harbour: Organisation, alice: User) -> BodyLink:
    """Harbour Minds asks Northside Trust; nobody has answered."""
    return BodyLinkFactory(body=harbour, asked_by=alice, member_name="Northside")


@pytest.fixture
def agreed(harbour: Organisation, northside: Organisation, alice: User) -> BodyLink:
    return BodyLinkFactory(body=harbour, asked_by=alice, member=northside, member_name="Northside")


@pytest.fixture
def erin(northside: Organisation) -> User:
    """Coordinates nothing: staff of Northside Trust."""
    return MembershipFactory(organisation=northside, roles=[Role.STAFF]).user


def link(row: BodyLink, name: str = "body_consent") -> str:
    return reverse(name, args=[derived_token("body", row.pk)])


def end(row: BodyLink, name: str = "body_end", organisation: str = "harbour-minds") -> str:
    return reverse(name, args=[organisation, row.pk])


def seen(client: Client) -> list[tuple[LinkState, Any]]:
    return [(row.state, row.pledged_on) for row in client.get(MEMBERS).context["rows"]]


def everything() -> list[list[Any]]:
    models = [BodyLink, AddressRefusal, Email, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]


# Asking


def test_asking(harbour: Organisation, alice: User, as_alice: Client) -> None:
    assert as_alice.post(f"{MEMBERS}ask/", TYPED)["Location"] == MEMBERS
    row, email = BodyLink.objects.get(), Email.objects.get()
    assert (row.body, row.member, row.asked_by) == (harbour, None, alice)
    assert row.expires_at == email.not_after == row.asked_at + timedelta(days=90)
    assert (email.kind, email.organisation, email.to_user) == (Kind.BODY_ASK, harbour, None)
    assert email.subject == "Harbour Minds asks whether it may see if Northside has made the pledge"
    for words in (email.text, email.html):
        assert link(row) in words
        assert stop_of(row.pk) in words
        assert "Alice Adeyemi" in words
    assert email.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    entry = Entry.objects.get()
    assert (entry.verb, entry.organisation, entry.details) == (BodyVerb.ASKED, harbour, {})
    assert seen(as_alice) == [(LinkState.WAITING, None)]


def test_a_double_click_sends_one_email(as_alice: Client) -> None:
    for _ in range(2):
        assert as_alice.post(f"{MEMBERS}ask/", TYPED).status_code == 302
    assert BodyLink.objects.count() == Email.objects.count() == Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"member_name": ""}, {"member_name": ["Enter the name of the member organisation."]}),
        ({"member_name": "x" * 161},
         {"member_name": ["Use 160 characters or fewer. This has 161."]}),
        ({"member_name": "See evil.example"},
         {"member_name": ["Leave the web address out of the name."]}),
        ({"member_name": "A\nBcc: b@c.example"}, {"member_name": ["A name stands on one line."]}),
        ({"email": "office"}, {"email": ["Enter a valid email address."]}),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, {"email": ["Enter a valid email address."]}),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_its_field(
    typed: dict[str, str], errors: dict[str, list[str]], as_alice: Client
) -> None:
    response = as_alice.post(f"{MEMBERS}ask/", TYPED | typed)
    assert response.context["form"].errors == errors
    kept = "email" if "member_name" in typed else "member_name"
    assert response.context["form"][kept].value() == TYPED[kept]
    assert Email.objects.count() == 0
    assert as_alice.post(f"{MEMBERS}ask/", TYPED | {"email": "a\x00@b.example"}).status_code == 400


def told(client: Client) -> dict[str, list[str]]:
    found = client.post(f"{MEMBERS}ask/", TYPED).context["form"].errors
    return {name: list(errors) for name, errors in found.items()}


def test_limits(harbour: Organisation, alice: User, as_alice: Client) -> None:
    now, email = timezone.now(), TYPED["email"]
    earlier = BodyLinkFactory(body=harbour, email=email, asked_at=now - timedelta(days=89))
    assert told(as_alice) == {"email": ["You have asked this address already."]}
    BodyLink.objects.filter(pk=earlier.pk).update(expires_at=now)
    elsewhere = StrangerMailFactory(address=email.upper(), sent_at=now - timedelta(minutes=59))
    assert told(as_alice) == {
        "email": ["This address was asked less than an hour ago. Wait a little."]
    }
    elsewhere.delete()
    StrangerMailFactory.create_batch(20, by=alice, sent_at=now - timedelta(hours=23))
    assert told(as_alice) == {"email": ["You have asked 20 people in a day. Ask more tomorrow."]}


def test_no_more_to_an_address_that_refuses(
    asked: BodyLink, as_alice: Client, client: Client
) -> None:
    BodyLink.objects.update(email=TYPED["email"], ended_at=timezone.now())
    yesterday = timezone.now() - timedelta(days=1)
    BodyLink.objects.update(asked_at=yesterday)
    mailed(asked, TYPED["email"], by=asked.asked_by, at=yesterday)
    assert client.get(stop_of(asked.pk)).status_code == 200
    assert AddressRefusal.objects.count() == 0
    mail_program = Client(enforce_csrf_checks=True)
    assert mail_program.post(stop_of(asked.pk)).status_code == 200
    assert told(as_alice) == {
        "email": ["Whoever reads this address asked not to get these emails. Talk to them instead."]
    }


# Agreeing


def test_anybody_with_the_link_reads_what_would_be_seen(asked: BodyLink, client: Client) -> None:
    before = everything()
    for response in (client.get(link(asked)), client.post(link(asked), {"member": "x"})):
        shown = response.content.decode()
        assert response.status_code == 200
        assert "Alice Adeyemi" in shown
        assert "They see nothing else here" in shown
        assert "Sign in" in shown
        assert asked.email not in shown
        assert "noindex" in shown
    assert client.head(link(asked)).status_code == 200
    assert client.put(link(asked)).status_code == 405
    assert everything() == before


def test_a_coordinator_agrees(
    asked: BodyLink, northside: Organisation, chidi: User, as_chidi: Client, as_alice: Client
) -> None:
    """Whoever the email was sent to: it is the coordinator who answers for the organisation."""
    page = as_chidi.get(link(asked))
    assert page.context["form"]["member"].initial == northside.pk
    for _ in range(2):
        response = as_chidi.post(link(asked), {"member": str(northside.pk)})
        assert response["Location"] == SEEN_BY
    asked.refresh_from_db()
    assert (asked.member, asked.consented_by) == (northside, chidi)
    entry = Entry.objects.get()
    assert (entry.verb, entry.organisation, entry.actor) == (BodyVerb.CONSENTED, northside, chidi)
    assert seen(as_alice) == [(LinkState.AGREED, None)]
    assert as_chidi.get(link(asked))["Location"] == SEEN_BY
    assert as_alice.get(link(asked)).status_code == 410


def test_who_may_not_agree(
    asked: BodyLink,
    harbour: Organisation,
    northside: Organisation,
    erin: User,
    alice: User,
    as_alice: Client,
) -> None:
    """Staff cannot; the body cannot answer itself; nobody answers for an organisation of others."""
    before = everything()
    for by, member in ((erin, northside), (alice, northside), (alice, harbour)):
        with pytest.raises(PermissionDenied):
            actions.consent(link=asked, member=member, by=by, now=timezone.now())
    page = as_alice.post(link(asked), {"member": str(northside.pk)})
    assert "you are not a coordinator of another organisation" in page.content.decode()
    own = OrganisationFactory()
    MembershipFactory(organisation=own, user=alice, roles=[Role.COORDINATOR])
    refused = as_alice.post(link(asked), {"member": str(northside.pk)})
    assert list(refused.context["form"].errors) == ["member"]
    assert as_alice.post(link(asked), {"member": ""}).context["form"].errors == {
        "member": ["Choose one."]
    }
    assert everything() == before


def test_who_was_a_coordinator_may_not_agree(
    asked: BodyLink, northside: Organisation, chidi: User
) -> None:
    Membership.objects.filter(user=chidi).update(ended_at=timezone.now())
    with pytest.raises(PermissionDenied):
        actions.consent(link=asked, member=northside, by=chidi, now=timezone.now())


def test_a_pair_has_one_open_link(
    asked: BodyLink, agreed: BodyLink, northside: Organisation, as_chidi: Client
) -> None:
    response = as_chidi.post(link(asked), {"member": str(northside.pk)})
    assert response.context["form"].errors == {
        "member": ["Harbour Minds sees this of Northside Trust already."]
    }
    as_chidi.post(end(agreed, "bodies_end", "northside-trust"))
    assert as_chidi.post(link(asked), {"member": str(northside.pk)})["Location"] == SEEN_BY


def test_a_link_that_is_over(asked: BodyLink, northside: Organisation, chidi: User) -> None:
    client = Client()
    BodyLink.objects.update(expires_at=timezone.now())
    assert client.get(link(asked)).status_code == 410
    with pytest.raises(actions.LinkRefused):
        actions.consent(link=asked, member=northside, by=chidi, now=timezone.now())
    BodyLink.objects.update(expires_at=timezone.now() + timedelta(days=1), ended_at=timezone.now())
    assert client.post(link(asked)).status_code == 410
    with pytest.raises(actions.LinkRefused):
        actions.consent(link=asked, member=northside, by=chidi, now=timezone.now())
    for name in ("body_consent", "mail_stop"):
        assert client.get(reverse(name, args=["x" * 43])).status_code == 404
        assert client.post(reverse(name, args=["x" * 43])).status_code == 404


# What the body sees


def test_pledged_or_not_and_since_when(
    agreed: BodyLink, northside: Organisation, as_alice: Client
) -> None:
    assert seen(as_alice) == [(LinkState.AGREED, None)]
    assert "Not pledged" in as_alice.get(MEMBERS).content.decode()
    PledgeFactory(organisation=northside, draft=True)
    assert seen(as_alice) == [(LinkState.AGREED, None)]
    for made in (MARCH + timedelta(days=90), MARCH):
        first = PledgeFactory(organisation=northside, created_at=made)
    assert seen(as_alice) == [(LinkState.AGREED, MARCH.date())]
    Pledge.objects.filter(pk=first.pk).update(
        state=PledgeState.CLOSED, closed_at=timezone.now(), ending=Ending.WITHDRAWN
    )
    assert seen(as_alice) == [(LinkState.AGREED, (MARCH + timedelta(days=90)).date())]


def test_nothing_without_consent_and_nothing_after_it(
    asked: BodyLink, northside: Organisation, as_alice: Client, as_chidi: Client
) -> None:
    PledgeFactory(organisation=northside, created_at=MARCH)
    assert seen(as_alice) == [(LinkState.WAITING, None)]
    as_chidi.post(link(asked), {"member": str(northside.pk)})
    assert seen(as_alice) == [(LinkState.AGREED, MARCH.date())]
    as_chidi.post(end(asked, "bodies_end", "northside-trust"))
    assert seen(as_alice) == [(LinkState.ENDED, None)]
    assert "4 March 2025" not in as_alice.get(MEMBERS).content.decode()
    BodyLink.objects.update(ended_at=None, consented_at=None, consented_by=None, member=None)
    BodyLink.objects.update(expires_at=timezone.now())
    assert seen(as_alice) == [(LinkState.EXPIRED, None)]


def test_nothing_else_of_the_member_is_there(
    agreed: BodyLink, northside: Organisation, chidi: User, as_alice: Client
) -> None:
    Organisation.objects.filter(pk=northside.pk).update(name="CANARY organisation")
    type(chidi).objects.filter(pk=agreed.consented_by_id).update(display_name="CANARY person")
    PledgeFactory(organisation=northside, leader_name="CANARY", role_title="CANARY", slug="canary")
    shown = as_alice.get(MEMBERS).content.decode()
    assert "CANARY" not in shown
    assert "canary" not in shown
    assert northside.slug not in shown
    assert str(northside.pk) not in shown
    [row] = as_alice.get(MEMBERS).context["rows"]
    assert set(vars(row)) == {"pk", "name", "email", "asked_on", "state", "pledged_on"}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_cost_the_same_with_any_rows(
    rows: int,
    harbour: Organisation,
    northside: Organisation,
    as_alice: Client,
    as_chidi: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(rows):
        PledgeFactory(organisation=BodyLinkFactory(
            body=harbour, member=OrganisationFactory()
        ).member)  # fmt: skip
        BodyLinkFactory(member=northside)
    # Session, person, membership, a count and a page.
    with django_assert_num_queries(5):
        assert len(as_alice.get(MEMBERS).context["rows"]) == rows
    with django_assert_num_queries(5):
        assert len(as_chidi.get(SEEN_BY).context["page"]) == rows


def test_empty_lists_say_so(as_alice: Client, as_chidi: Client) -> None:
    assert "Nobody asked yet" in as_alice.get(MEMBERS).content.decode()
    assert "Nobody does" in as_chidi.get(SEEN_BY).content.decode()


# Ending


def test_the_body_takes_back_or_ends(
    asked: BodyLink, harbour: Organisation, alice: User, as_alice: Client, client: Client
) -> None:
    for _ in range(2):
        assert as_alice.post(end(asked))["Location"] == MEMBERS
    assert client.get(link(asked)).status_code == 410
    entry = Entry.objects.get()
    assert (entry.verb, entry.organisation, entry.actor) == (BodyVerb.ENDED, harbour, alice)


def test_the_member_ends_at_any_time(
    agreed: BodyLink, northside: Organisation, as_chidi: Client
) -> None:
    assert [row.pk for row in as_chidi.get(SEEN_BY).context["page"]] == [agreed.pk]
    path = end(agreed, "bodies_end", "northside-trust")
    assert as_chidi.get(path).status_code == 405
    assert as_chidi.post(path)["Location"] == SEEN_BY
    assert "Ended on" in as_chidi.get(SEEN_BY).content.decode()
    assert Entry.objects.get().organisation == northside


def test_a_third_party_ends_nothing(
    agreed: BodyLink, asked: BodyLink, alice: User, as_alice: Client, as_chidi: Client
) -> None:
    before = everything()
    assert as_chidi.post(end(agreed, "body_end", "northside-trust")).status_code == 404
    assert as_alice.post(end(agreed, "bodies_end")).status_code == 404
    assert as_chidi.post(end(asked, "bodies_end", "northside-trust")).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.end_link(
            link=agreed, organisation=OrganisationFactory(), by=alice, now=timezone.now()
        )
    assert everything() == before


def test_who_may_open_what(
    agreed: BodyLink, client: Client, as_alice: Client, as_bea: Client, as_chidi: Client
) -> None:
    for path in (MEMBERS, f"{MEMBERS}ask/", "/o/harbour-minds/who-sees-our-pledges/"):
        assert as_alice.get(path).status_code == 200
        assert as_bea.get(path).status_code == 403
        assert as_chidi.get(path).status_code == 404
        assert client.get(path)["Location"].startswith("/accounts/login/")
        assert as_alice.put(path).status_code == 405
    for name in ("body_end", "bodies_end"):
        assert as_bea.post(end(agreed, name)).status_code == 403
        assert as_chidi.post(end(agreed, name)).status_code == 404
        assert as_alice.get(end(agreed, name)).status_code == 405


# Actions leave nothing behind when they fail


def test_actions_roll_back_whole(
    asked: BodyLink,
    agreed: BodyLink,
    harbour: Organisation,
    northside: Organisation,
    alice: User,
    chidi: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def breaks(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "record", breaks)
    now = timezone.now()
    BodyLink.objects.filter(pk=agreed.pk).update(ended_at=now - timedelta(days=1))
    before = everything()
    for work in (
        lambda: actions.ask_member(body=harbour, **TYPED, by=alice, now=now),
        lambda: actions.consent(link=asked, member=northside, by=chidi, now=now),
        lambda: actions.end_link(link=asked, organisation=harbour, by=alice, now=now),
    ):
        with pytest.raises(RuntimeError):
            work()
        assert everything() == before
