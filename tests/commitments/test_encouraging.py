"""Asking somebody to make the pledge: by link, by email, and never twice."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from commitments.actions import encouraging as actions
from commitments.enums import PledgeVerb
from commitments.models import Encouragement, Pledge
from commitments.queries.refusals import address_digest
from history.models import Entry
from organisations.models import User
from outbox.enums import Kind
from outbox.models import Email
from outbox.transport import OutboxMessage
from tests.commitments.encouraging import ADDRESS, ask, close, everything, link, page
from tests.factories.learning import EncouragementFactory, HelperFactory
from tests.factories.strangers import StrangerMailFactory, stop_of

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
    with pytest.raises(actions.EncouragementRefused):
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
    assert "> It <b>matters</b>.\n> Truly." in email.text
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
    with pytest.raises(actions.EncouragementRefused):
        ask(pledge)
    assert Email.objects.count() == 0


# Limits


def test_a_double_click_sends_one_email(pledge: Pledge, as_alice: Client) -> None:
    for _ in range(2):
        assert as_alice.post(page(pledge), {"email": ADDRESS}).status_code == 302
    assert Encouragement.objects.count() == Email.objects.count() == 1
    assert Entry.objects.filter(verb=PledgeVerb.ENCOURAGED).count() == 1


def test_an_address_is_asked_once_for_a_pledge(pledge: Pledge, as_alice: Client) -> None:
    long_ago = timezone.localtime() - timedelta(days=400)
    EncouragementFactory(pledge=pledge, address=ADDRESS, asked_at=long_ago)
    response = as_alice.post(page(pledge), {"email": "FRIEND@charity.example"})
    assert response.context["form"].errors == {"email": ["You have asked this address already."]}


def test_20_a_day(pledge: Pledge, alice: User) -> None:
    """Whatever it was that was asked."""
    now = timezone.now()
    StrangerMailFactory.create_batch(20, by=alice, sent_at=now - timedelta(hours=23))
    with pytest.raises(actions.EncouragementRefused):
        ask(pledge)
    ask(pledge, now=now + timedelta(hours=2))
    assert Email.objects.count() == 1


def test_an_address_is_asked_once_an_hour_by_anybody(pledge: Pledge, foreign: Pledge) -> None:
    now = timezone.now()
    ask(foreign, now=now)
    with pytest.raises(actions.EncouragementRefused):
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
