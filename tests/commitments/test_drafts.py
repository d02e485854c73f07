"""A draft without an account: who opens it, how it becomes somebody's, and when it goes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from commitments.actions import drafts as draft_actions
from commitments.actions.drafts import claim_drafts, drop_draft, forget_drafts
from commitments.actions.publishing import publish_pledge
from commitments.enums import PledgeState, PledgeVerb
from commitments.models import Pledge, Signing, Wording
from commitments.tasks import forget_stale_drafts
from history.models import Entry
from organisations.models import User
from tests.commitments.making import STEPS, WHO, seen, step
from tests.factories.commitments import PledgeFactory
from tests.journeys.visitor import code_in, newest_email_to

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
INES = "ines@quay.example"


@pytest.fixture(autouse=True)
def no_earlier_tries() -> None:
    cache.clear()


@pytest.fixture
def begun(client: Client, wording: Wording) -> Pledge:
    """By a browser without an account: the one of `client`."""
    client.post("/pledges/make/", WHO | {"check": "now"})
    return Pledge.objects.get()


def verbs() -> list[str]:
    told = Entry.objects.filter(verb__startswith="pledge").order_by("pk")
    return list(told.values_list("verb", flat=True))


def test_it_begins_without_an_account(client: Client, begun: Pledge) -> None:
    assert (begun.leader, begun.state) == (None, PledgeState.DRAFT)
    assert client.session["drafts"] == [str(begun.pk)]
    assert verbs() == []
    for name in STEPS:
        assert client.get(reverse(name, args=[begun.pk])).status_code == 200
    assert step("check", begun) in client.get("/pledges/make/").content.decode()


@pytest.mark.parametrize("name", STEPS)
def test_no_other_browser_opens_it(name: str, begun: Pledge, as_chidi: Client) -> None:
    for other in (Client(), as_chidi):
        assert other.get(reverse(name, args=[begun.pk])).status_code == 404
    assert step("check", begun) not in Client().get("/pledges/make/").content.decode()


def test_a_published_pledge_is_never_opened_by_a_browser(client: Client, pledge: Pledge) -> None:
    session = client.session
    session["drafts"] = [str(pledge.pk)]
    session.save()
    assert client.get(step("check", pledge)).status_code == 404


def test_the_session_lasts_as_long_as_the_draft(client: Client, begun: Pledge) -> None:
    assert client.session.get_expiry_age() == 30 * 24 * 3600


def test_a_change_keeps_it_longer(client: Client, begun: Pledge) -> None:
    later = timezone.localtime() + timedelta(days=20)
    with time_machine.travel(later, tick=False):
        client.post(step("rhythm", begun), {"check_in_every": "quarterly"})
    begun.refresh_from_db()
    assert begun.created_at == later
    assert begun.check_in_every == "quarterly"


def test_publishing_asks_for_an_address_and_nothing_else(client: Client, begun: Pledge) -> None:
    way = f"/accounts/signup/?next={step('check', begun).replace('/', '%2F')}"
    assert f'href="{way}"' in client.get(step("check", begun)).content.decode()
    assert client.post(step("publish", begun), seen(begun))["Location"] == way
    form = client.get(way).context["form"]
    assert list(form.fields) == ["display_name", "email"]
    assert form["display_name"].value() == WHO["leader_name"]


def test_signing_up_with_a_code_leads_back_to_publish(client: Client, begun: Pledge) -> None:
    way = client.post(step("publish", begun), seen(begun))["Location"]
    sent = {"display_name": "Ines", "email": INES, "next": step("check", begun)}
    response = client.post(way, sent)
    response = client.post(response["Location"], {"code": code_in(newest_email_to(INES))})
    assert response["Location"] == step("check", begun)
    begun.refresh_from_db()
    assert begun.leader == User.objects.get(email=INES)
    assert not begun.leader.has_usable_password()
    assert verbs() == [PledgeVerb.CLAIMED]
    assert {"drafts", "newcomer_name"} & set(client.session.keys()) == set()
    assert client.session.get_expiry_age() == 14 * 24 * 3600
    published = client.post(step("publish", begun), seen(begun))
    begun.refresh_from_db()
    assert published["Location"] == begun.get_absolute_url()
    assert verbs() == [PledgeVerb.CLAIMED, PledgeVerb.PUBLISHED]


def test_somebody_with_an_account_has_a_code_sent(client: Client, begun: Pledge, bea: User) -> None:
    EmailAddress.objects.create(user=bea, email=bea.email, verified=True, primary=True)
    way = client.post(step("publish", begun), seen(begun))["Location"]
    page = client.get(way).content.decode()
    assert way.replace("signup", "login/code") in page
    back = {"next": step("check", begun)}
    response = client.post("/accounts/login/code/", {"email": bea.email} | back)
    code = code_in(newest_email_to(bea.email))
    response = client.post(response["Location"], {"code": code} | back)
    assert response["Location"] == step("check", begun)
    begun.refresh_from_db()
    assert begun.leader == bea


def test_starting_again_loses_no_draft(client: Client, begun: Pledge, bea: User) -> None:
    """Somebody forgot that they have an account: the mail tells them how to go on."""
    EmailAddress.objects.create(user=bea, email=bea.email, verified=True, primary=True)
    client.post("/accounts/signup/", {"display_name": "Bea", "email": bea.email})
    mail = newest_email_to(bea.email)
    assert "Start again" in mail.text
    assert "/accounts/login/code/" in mail.text
    response = client.post("/accounts/logout/", {"next": "/accounts/login/"})
    assert response["Location"] == "/accounts/login/"
    assert client.get("/accounts/login/code/").status_code == 200
    assert client.session["drafts"] == [str(begun.pk)]
    assert client.get(step("check", begun)).status_code == 200


def test_signing_out_leaves_nothing_in_the_browser(client: Client, begun: Pledge) -> None:
    client.force_login(User.objects.create_user(INES, display_name="Ines"))
    client.post("/accounts/logout/")
    assert client.get(step("check", begun)).status_code == 404
    assert list(client.session.keys()) == []


def test_a_person_may_end_with_two(client: Client, begun: Pledge, alice: User) -> None:
    mine = PledgeFactory(leader=alice, draft=True, signing=begun.signings.get().wording)
    client.force_login(alice)
    page = client.get("/pledges/make/").content.decode()
    assert [step("check", each) in page for each in (mine, begun)] == [True, True]
    client.post(reverse("draft_drop", args=[begun.pk]))
    assert list(Pledge.objects.all()) == [mine]
    assert verbs() == [PledgeVerb.CLAIMED, PledgeVerb.DRAFT_DROPPED]


def test_only_drafts_without_a_leader_are_claimed(
    draft: Pledge, pledge: Pledge, foreign: Pledge, bea: User
) -> None:
    keys = [str(each.pk) for each in (draft, pledge, foreign)]
    claim_drafts(browser=keys, by=bea, now=NOW)
    assert bea.pledges.count() == 0
    assert verbs() == []


def test_a_draft_dropped_without_an_account_leaves_the_browser(
    client: Client, begun: Pledge
) -> None:
    client.post(reverse("draft_drop", args=[begun.pk]))
    assert client.session["drafts"] == []
    assert Pledge.objects.count() == Signing.objects.count() == 0


def test_what_is_published_is_not_dropped(pledge: Pledge, alice: User) -> None:
    drop_draft(pledge=pledge, by=alice, now=NOW)
    assert Pledge.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "left"),
    [(timedelta(days=30), 1), (timedelta(days=30, seconds=1), 0)],
)
def test_after_thirty_days_it_is_forgotten(
    days: timedelta, left: int, begun: Pledge, draft: Pledge
) -> None:
    Pledge.objects.update(created_at=NOW - days)
    assert forget_drafts(now=NOW) == 1 - left
    assert set(Pledge.objects.filter(leader=None)) == ({begun} if left else set())
    assert Pledge.objects.filter(pk=draft.pk).exists()


def test_the_daily_task_forgets_and_is_planned(begun: Pledge, settings: Settings) -> None:
    Pledge.objects.update(created_at=timezone.localtime() - timedelta(days=31))
    forget_stale_drafts()
    assert Pledge.objects.count() == 0
    planned = [each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()]
    assert forget_stale_drafts.name in planned


def test_a_flood_of_drafts_from_one_address_is_stopped(
    wording: Wording, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"start_pledge": "2/h/ip"}
    statuses = [Client().post("/pledges/make/", WHO).status_code for _ in range(3)]
    assert statuses == [302, 302, 429]
    assert Pledge.objects.count() == 2


def test_a_browser_keeps_its_newest_drafts(client: Client, wording: Wording) -> None:
    for _ in range(11):
        client.post("/pledges/make/", WHO)
    newest = Pledge.objects.order_by("created_at").values_list("pk", flat=True)
    assert client.session["drafts"] == [str(pk) for pk in newest][1:]


class TestWhoAsked:
    def test_a_link_from_a_page_is_remembered(self, client: Client, pledge: Pledge) -> None:
        client.get("/pledges/make/?after=alice-adeyemi")
        client.post("/pledges/make/", WHO)
        begun = Pledge.objects.get(leader=None)
        assert begun.asked_by == pledge
        assert begun.says_who_asked is False
        assert "asked_by" not in client.session
        page = client.get(step("shows", begun)).content.decode()
        assert "Say that Alice Adeyemi asked me" in page

    @pytest.mark.parametrize("says", [False, True])
    def test_it_is_kept_only_when_the_leader_says_so(
        self, says: bool, as_bea: Client, bea: User, pledge: Pledge
    ) -> None:
        as_bea.get("/pledges/make/?after=alice-adeyemi")
        as_bea.post("/pledges/make/", WHO)
        begun = bea.pledges.get()
        as_bea.post(
            step("shows", begun), {"is_listed": "on", **({"says_who_asked": "on"} if says else {})}
        )
        as_bea.post(step("publish", begun), seen(begun))
        begun.refresh_from_db()
        assert (begun.asked_by, begun.says_who_asked) == (pledge if says else None, says)

    @pytest.mark.parametrize("after", ["nobody", "", "%00", "x" * 500])
    def test_an_address_that_is_none_is_nothing(
        self, after: str, client: Client, wording: Wording
    ) -> None:
        response = client.get(f"/pledges/make/?after={after}")
        assert response.status_code == (400 if after == "%00" else 200)
        assert "sessionid" not in response.cookies

    def test_who_does_not_want_to_be_counted_is_not(self, client: Client, pledge: Pledge) -> None:
        Pledge.objects.update(counts_who_followed=False)
        client.get("/pledges/make/?after=alice-adeyemi")
        assert "asked_by" not in client.session

    def test_nobody_asks_themselves(self, client: Client, pledge: Pledge, alice: User) -> None:
        client.get("/pledges/make/?after=alice-adeyemi")
        client.post("/pledges/make/", WHO)
        client.force_login(alice)
        assert Pledge.objects.get(state=PledgeState.DRAFT).asked_by is None

    def test_nobody_who_is_signed_in_asks_themselves(
        self, as_alice: Client, pledge: Pledge, alice: User
    ) -> None:
        as_alice.get("/pledges/make/?after=alice-adeyemi")
        as_alice.post("/pledges/make/", WHO)
        begun = alice.pledges.get(state=PledgeState.DRAFT)
        assert (begun.asked_by, begun.says_who_asked) == (None, False)

    def test_nobody_publishes_as_asked_by_themselves(
        self, draft: Pledge, pledge: Pledge, alice: User
    ) -> None:
        Pledge.objects.filter(pk=draft.pk).update(asked_by=pledge, says_who_asked=True)
        published = publish_pledge(pledge=draft, by=alice, now=NOW)
        assert (published.asked_by, published.says_who_asked) == (None, False)

    def test_without_somebody_who_asked_nothing_is_said(
        self, draft: Pledge, as_bea: Client
    ) -> None:
        page = as_bea.get("/pledges/make/").content.decode()
        assert "says_who_asked" not in page


@pytest.mark.parametrize("name", ["claim_drafts", "drop_draft"])
def test_it_rolls_back_whole(
    name: str, begun: Pledge, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("history is away")

    monkeypatch.setattr(draft_actions, "record", refuse)
    do = {
        "claim_drafts": lambda: claim_drafts(browser=[str(begun.pk)], by=alice, now=NOW),
        "drop_draft": lambda: drop_draft(pledge=begun, by=alice, now=NOW),
    }
    before = list(Pledge.objects.values())
    with pytest.raises(RuntimeError, match="history is away"):
        do[name]()
    assert list(Pledge.objects.values()) == before
