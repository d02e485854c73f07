"""Asking somebody to make the pledge: by link, by email, and never twice."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from commitments.actions import encouraging as actions
from commitments.enums import Ending, PledgeState, PledgeVerb
from commitments.models import AddressRefusal, Encouragement, Pledge
from commitments.queries.encouraging import ByEmail, followers_of
from commitments.queries.refusals import address_digest, has_refused
from history.models import Entry
from organisations.models import User
from organisations.tokens import derived_token
from outbox.enums import Kind, State
from outbox.models import Email
from outbox.transport import OutboxMessage
from tests.conftest import signed_in_as
from tests.factories.commitments import PledgeFactory
from tests.factories.learning import EncouragementFactory, HelperFactory
from tests.factories.strangers import StrangerMailFactory, mailed, stop_of

ADDRESS = "friend@charity.example"


def page(pledge: Pledge) -> str:
    return reverse("encourage", args=[pledge.pk])


def link(asked: Encouragement, name: str = "encouraged") -> str:
    return reverse(name, args=[derived_token("encouragement", asked.pk)])


def ask(pledge: Pledge, address: str = ADDRESS, words: str = "", **given: Any) -> Encouragement:
    chosen = {"by": pledge.leader, "now": timezone.now()} | given
    return actions.encourage(pledge=pledge, address=address, words=words, **chosen)


def close(pledge: Pledge) -> None:
    pledge.state, pledge.closed_at = PledgeState.CLOSED, timezone.now()
    pledge.ending = Ending.ROLE_ENDED
    pledge.save()


def everything() -> list[list[Any]]:
    models = [Encouragement, AddressRefusal, Email, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]


# The leader's page


def test_it_offers_a_link_and_says_where_replies_go(
    pledge: Pledge, as_alice: Client, settings: Settings
) -> None:
    settings.SITE_URL = "https://att.example"
    response = as_alice.get(page(pledge))
    assert response.context["link"] == "https://att.example/pledges/make/?after=alice-adeyemi"
    assert "alice@harbour.example" in response.content.decode()
    assert "Nobody yet" in response.content.decode()


def test_who_may_open_it(
    pledge: Pledge,
    foreign: Pledge,
    draft_of_bea: Pledge,
    client: Client,
    as_alice: Client,
    as_bea: Client,
    as_chidi: Client,
) -> None:
    assert as_chidi.get(page(pledge)).status_code == 404
    assert as_bea.get(page(pledge)).status_code == 404
    assert as_alice.get(page(foreign)).status_code == 404
    assert as_bea.get(page(draft_of_bea)).status_code == 404
    assert client.get(page(pledge))["Location"].startswith("/accounts/login/")
    assert as_alice.put(page(pledge)).status_code == 405


def test_an_assistant_may_not_ask(pledge: Pledge, bea: User, as_bea: Client) -> None:
    HelperFactory(pledge=pledge, user=bea)
    assert as_bea.get(page(pledge)).status_code == 403
    assert as_bea.post(page(pledge), {"email": ADDRESS}).status_code == 403
    with pytest.raises(PermissionDenied):
        ask(pledge, by=bea)
    assert Encouragement.objects.count() == Email.objects.count() == 0


def test_a_closed_pledge_asks_nobody(pledge: Pledge, as_alice: Client) -> None:
    close(pledge)
    assert as_alice.get(page(pledge))["Location"] == reverse("my_pledge", args=[pledge.pk])
    with pytest.raises(actions.NotAsked):
        ask(pledge)


def test_asking_by_email(pledge: Pledge, as_alice: Client) -> None:
    typed = {"email": "Friend@Charity.example", "words": "We spoke about it on Monday."}
    assert as_alice.post(page(pledge), typed)["Location"] == page(pledge)
    asked, email = Encouragement.objects.get(), Email.objects.get()
    assert bytes(asked.address_digest) == address_digest(ADDRESS)
    assert "charity.example" not in str(Encouragement.objects.values())
    assert (email.kind, email.organisation, email.to_user) == (Kind.ENCOURAGEMENT, None, None)
    assert email.to_address == "Friend@Charity.example"
    assert email.not_after == asked.expires_at == asked.asked_at + timedelta(days=90)
    entry = Entry.objects.get(verb=PledgeVerb.ENCOURAGED)
    assert (entry.organisation, entry.details) == (None, {})
    assert "An email is on its way" in as_alice.get(page(pledge)).content.decode()
    shown = as_alice.get(page(pledge)).content.decode()
    assert "You have asked 1 person by email so far." in shown
    assert ADDRESS not in shown.lower()


def test_the_email_says_who_asks_and_how_to_get_no_more(pledge: Pledge, settings: Settings) -> None:
    settings.SITE_URL = "https://att.example"
    ask(pledge, words="It <b>matters</b>.\nTruly.")
    email = Email.objects.get()
    message = OutboxMessage(email).message()
    assert message["Reply-To"] == "Alice Adeyemi <alice@harbour.example>"
    assert message["Subject"] == ("Alice Adeyemi asks whether you would make an anti-racism pledge")
    stop = "https://att.example" + stop_of(Encouragement.objects.get().pk)
    assert message["List-Unsubscribe"] == f"<{stop}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for words in (email.text, email.html):
        assert "Alice Adeyemi, Chief executive, Harbour Minds" in words
        assert stop in words
        assert "https://att.example" + link(Encouragement.objects.get()) in words
    assert "It <b>matters</b>.\nTruly." in email.text
    assert "It &lt;b&gt;matters&lt;/b&gt;.<br>Truly." in email.html


def test_without_words_nothing_is_added(pledge: Pledge) -> None:
    ask(pledge)
    assert "adds" not in Email.objects.get().text + Email.objects.get().html


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"email": ""}, {"email": ["Enter their email address."]}),
        ({"email": "nobody"}, {"email": ["Enter a valid email address."]}),
        ({"email": "a@b.example\nBcc: c@d.example"}, {"email": ["Enter a valid email address."]}),
        ({"words": "x" * 301}, {"words": ["Use 300 characters or fewer. This has 301."]}),
        ({"words": "Look at evil.example"},
         {"words": ["Leave web and email addresses out. The email brings its own link."]}),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_its_field(
    typed: dict[str, str], errors: dict[str, list[str]], pledge: Pledge, as_alice: Client
) -> None:
    sent = {"email": ADDRESS, "words": "Would you?"} | typed
    response = as_alice.post(page(pledge), sent)
    assert response.context["form"].errors == errors
    assert {name: response.context["form"][name].value() for name in sent} == sent
    assert Email.objects.count() == 0


def test_hostile_input_breaks_nothing(pledge: Pledge, as_alice: Client) -> None:
    assert as_alice.post(page(pledge), {"email": "a\x00@b.example"}).status_code == 400
    assert as_alice.post(page(pledge), {"email": f"{'a' * 10_000}@b.example"}).status_code == 200
    assert Email.objects.count() == 0
    as_alice.post(page(pledge), {"email": ADDRESS, "words": "\u202eturned <script>"})
    assert "turned <script>" in Email.objects.get().text
    assert "\u202e" not in Email.objects.get().text


def test_a_name_that_leads_elsewhere_is_not_sent(pledge: Pledge) -> None:
    Pledge.objects.filter(pk=pledge.pk).update(leader_name="Claim it at www.evil.example")
    with pytest.raises(actions.NotAsked):
        ask(pledge)
    assert Email.objects.count() == 0


# Limits


def test_a_double_click_sends_one_email(pledge: Pledge, as_alice: Client) -> None:
    for _ in range(2):
        assert as_alice.post(page(pledge), {"email": ADDRESS}).status_code == 302
    assert Encouragement.objects.count() == Email.objects.count() == 1
    assert Entry.objects.filter(verb=PledgeVerb.ENCOURAGED).count() == 1


def test_an_address_is_asked_once_for_a_pledge(pledge: Pledge, as_alice: Client) -> None:
    long_ago = timezone.now() - timedelta(days=400)
    EncouragementFactory(pledge=pledge, address=ADDRESS, asked_at=long_ago)
    response = as_alice.post(page(pledge), {"email": "FRIEND@charity.example"})
    assert response.context["form"].errors == {"email": ["You have asked this address already."]}


def test_20_a_day(pledge: Pledge, alice: User) -> None:
    """Whatever it was that was asked."""
    now = timezone.now()
    StrangerMailFactory.create_batch(20, by=alice, sent_at=now - timedelta(hours=23))
    with pytest.raises(actions.NotAsked):
        ask(pledge)
    ask(pledge, now=now + timedelta(hours=2))
    assert Email.objects.count() == 1


def test_an_address_is_asked_once_an_hour_by_anybody(pledge: Pledge, foreign: Pledge) -> None:
    now = timezone.now()
    ask(foreign, now=now)
    with pytest.raises(actions.NotAsked):
        ask(pledge, now=now + timedelta(minutes=59))
    ask(pledge, now=now + timedelta(minutes=61))
    assert Email.objects.count() == 2


def test_it_rolls_back_whole(pledge: Pledge, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "record", breaks)
    before = everything()
    with pytest.raises(RuntimeError):
        ask(pledge)
    assert everything() == before


# Whoever was asked


def test_they_see_who_asks_and_can_go_on(pledge: Pledge, client: Client) -> None:
    response = client.get(link(EncouragementFactory(pledge=pledge)))
    shown = response.content.decode()
    assert response.context["make_url"] == "/pledges/make/?after=alice-adeyemi"
    assert pledge.get_absolute_url() in shown
    assert "Alice Adeyemi" in shown
    assert "noindex" in shown
    assert "alice@harbour.example" not in shown
    assert client.cookies.get("sessionid") is None


def test_looking_changes_nothing(pledge: Pledge, client: Client) -> None:
    asked = EncouragementFactory(pledge=pledge)
    mailed(asked, ADDRESS, by=pledge.leader, at=asked.asked_at)
    before = everything()
    for address in (link(asked), stop_of(asked.pk)):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
    assert everything() == before


def test_a_link_that_is_over(pledge: Pledge, client: Client) -> None:
    asked = EncouragementFactory(pledge=pledge)
    Encouragement.objects.update(expires_at=timezone.now())
    assert client.get(link(asked)).status_code == 410
    assert "This link no longer works" in client.get(link(asked)).content.decode()
    Encouragement.objects.update(expires_at=timezone.now() + timedelta(seconds=60))
    assert client.get(link(asked)).status_code == 200
    close(pledge)
    assert client.get(link(asked)).status_code == 410
    assert "Alice" not in client.get(link(asked)).content.decode()


def test_an_unknown_link(client: Client, db: None) -> None:
    for name in ("encouraged", "mail_stop"):
        assert client.get(reverse(name, args=["x" * 43])).status_code == 404
    assert client.post(reverse("encouraged", args=["x" * 43])).status_code == 405
    assert client.post(reverse("mail_stop", args=["x" * 43])).status_code == 404


def test_no_more_to_this_address_from_anybody(
    pledge: Pledge, foreign: Pledge, as_chidi: Client
) -> None:
    """Also when it is over, in one click of a mail program, which has no cookie and no token."""
    past = timezone.now() - timedelta(days=100)
    asked = EncouragementFactory(pledge=pledge, address=ADDRESS, asked_at=past)
    mailed(asked, ADDRESS, by=pledge.leader, at=past)
    mail_program = Client(enforce_csrf_checks=True)
    for _ in range(2):
        response = mail_program.post(stop_of(asked.pk), {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
    assert AddressRefusal.objects.count() == 1
    assert has_refused("FRIEND@Charity.Example ")
    refused = as_chidi.post(page(foreign), {"email": ADDRESS})
    assert refused.context["form"].errors == {
        "email": ["Whoever reads this address asked not to get these emails. Talk to them instead."]
    }
    assert Email.objects.count() == 0
    assert not re.search("friend|charity", str(AddressRefusal.objects.values()))


# Who followed


def test_followers_are_counted_when_both_agree(pledge: Pledge) -> None:
    PledgeFactory(asked_by=pledge, says_who_asked=True)
    PledgeFactory(asked_by=pledge)
    PledgeFactory(asked_by=pledge, says_who_asked=True, draft=True)
    PledgeFactory(says_who_asked=True)
    assert followers_of(pledge) == 1
    PledgeFactory(asked_by=pledge, says_who_asked=True, leader=pledge.leader)
    assert followers_of(pledge) == 1
    both = PledgeFactory(asked_by=pledge, says_who_asked=True)
    PledgeFactory(asked_by=pledge, says_who_asked=True, leader=both.leader)
    assert followers_of(pledge) == 2
    pledge.counts_who_followed = False
    assert followers_of(pledge) is None


def test_the_page_says_how_many(pledge: Pledge, as_alice: Client) -> None:
    def shown() -> str:
        return " ".join(as_alice.get(page(pledge)).content.decode().split())

    PledgeFactory(asked_by=pledge, says_who_asked=True)
    assert "<strong>1 person</strong> made the pledge after you asked, and says so" in shown()
    PledgeFactory(asked_by=pledge, says_who_asked=True)
    assert "<strong>2 people</strong> made the pledge after you asked, and say so" in shown()
    Pledge.objects.filter(pk=pledge.pk).update(counts_who_followed=False)
    assert "You have not said that people who make the pledge" in shown()


def test_the_page_says_what_could_not_be_delivered(
    pledge: Pledge, foreign: Pledge, as_alice: Client
) -> None:
    for number, state in enumerate([State.FAILED, State.SUPPRESSED, State.QUEUED]):
        ask(pledge, f"a{number}@b.example")
        Email.objects.filter(to_address=f"a{number}@b.example").update(state=state)
    ask(foreign, "other@b.example")
    Email.objects.filter(to_address="other@b.example").update(state=State.FAILED)
    shown = as_alice.get(page(pledge))
    assert shown.context["by_email"] == ByEmail(asked=3, undelivered=2)
    assert "2 of these emails could not be delivered." in shown.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_with_any_rows(
    rows: int, pledge: Pledge, alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        EncouragementFactory(pledge=pledge)
        PledgeFactory(asked_by=pledge, says_who_asked=True)
    client = signed_in_as(alice)
    with django_assert_num_queries(6):  # session, person, pledge, followers, asked, undelivered
        client.get(page(pledge))
