"""The check-in: by the leader, in its period, and nobody else's business."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments import queries
from commitments.enums import Cadence, Kept, PledgeVerb
from commitments.forms.check_in import NOTHING_AT_ALL
from commitments.models import Pledge
from commitments.rhythm import open_period
from history.models import Entry
from organisations.models import User
from tests.commitments.check_in.conftest import answers, due, everything, said, url
from ui.forms import error_links

# Who may


def test_it_is_the_leaders_and_the_assistants(
    old: Pledge,
    as_alice: Client,
    as_adaeze: Client,
    as_another_assistant: Client,
    as_bea: Client,
    as_chidi: Client,
    client: Client,
) -> None:
    address, before = url(old), everything()
    sent, draft = answers(old, kept_1="kept"), answers(old, kept_1="kept", draft="yes")
    assert as_alice.get(address).status_code == 200
    assert as_alice.delete(address).status_code == 405
    assert as_adaeze.get(address).status_code == 200
    assert as_adaeze.post(address, sent).status_code == 403
    for stranger in (as_another_assistant, as_bea, as_chidi):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, sent).status_code == 404
        assert stranger.post(address, draft).status_code == 404
    assert client.get(address)["Location"].startswith("/accounts/login/")
    assert as_alice.get(reverse("check_in", args=[uuid4()])).status_code == 404
    assert everything() == before


def test_whoever_no_longer_assists_finds_nothing(
    old: Pledge, as_adaeze: Client, adaeze: User
) -> None:
    adaeze.assistances.update(ended_at=timezone.now())
    assert as_adaeze.get(url(old)).status_code == 404
    assert as_adaeze.post(url(old), answers(old, draft="yes")).status_code == 404


# Checking in


def test_checking_in_once(old: Pledge, as_alice: Client) -> None:
    assert as_alice.get(url(old)).content.decode().count('value="nothing" ') == 8
    sent = answers(old, kept_2="partly", reflection_2="Half of it <b>")
    response = as_alice.post(url(old), sent)
    assert response["Location"] == reverse("my_pledge", args=[old.pk])
    after = everything()
    assert as_alice.post(url(old), sent)["Location"] == reverse("my_pledge", args=[old.pk])
    assert everything() == after
    assert said(old) == [(2, Kept.PARTLY, "Half of it <b>")]
    assert Entry.objects.filter(verb=PledgeVerb.CHECKED_IN).count() == 1


def test_the_page_says_which_period_it_asks_about(old: Pledge, as_alice: Client) -> None:
    page = as_alice.get(url(old)).content.decode()
    assert f'name="period" value="{answers(old)["period"]}"' in page


@pytest.mark.parametrize("asked_about", ["earlier", "", "9999-12-31", "soon"])
def test_a_check_in_that_comes_too_late_says_so(
    asked_about: str, old: Pledge, as_alice: Client
) -> None:
    earlier = open_period(due(old).first, Cadence.MONTHLY)
    period = earlier.first.isoformat() if asked_about == "earlier" else asked_about
    sent = answers(old, period=period, kept_1="kept", reflection_1="Kept words")
    page = as_alice.post(url(old), sent).content.decode()
    assert f"the check-in for {due(old).words} is open now. Nothing was saved." in page
    assert f"<h1>{(earlier if asked_about == 'earlier' else due(old)).words}</h1>" in page
    assert "Kept words" in page
    assert old.check_ins.count() == 0


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("reflection_1", "x" * 10_000),
        ("kept_2", "perfect"),
        ("kept_2", ""),
        ("kept_2", "\u202e"),
    ],
)
def test_a_wrong_check_in_is_refused_and_kept(
    field: str, typed: str, old: Pledge, as_alice: Client
) -> None:
    sent = answers(old, kept_1="kept", reflection_1="Mine") | {field: typed}
    response = as_alice.post(url(old), sent)
    assert list(response.context["form"].errors) == [field]
    kept = {name: response.context["form"][name].value() for name in (field, "reflection_1")}
    assert kept == {name: sent[name] for name in kept}
    assert old.check_ins.count() == 0


def test_each_mistake_is_told_by_its_promise(old: Pledge, as_alice: Client) -> None:
    response = as_alice.post(url(old), answers(old, kept_1="", kept_2=""))
    assert [link.text for link in error_links(response.context["form"])] == [
        "Sit in groups that work at including people: Choose one.",
        "Speak on balanced panels: Choose one.",
    ]


def test_nothing_at_all_is_said_and_not_slipped_past(old: Pledge, as_alice: Client) -> None:
    refused = as_alice.post(url(old), answers(old))
    assert refused.context["form"].errors == {"nothing_at_all": [NOTHING_AT_ALL]}
    assert old.check_ins.count() == 0
    as_alice.post(url(old), answers(old, nothing_at_all="on"))
    assert old.check_ins.get().lines.count() == 8
    assert said(old) == []


def test_a_young_pledge_says_when_its_check_in_opens(pledge: Pledge, as_alice: Client) -> None:
    response = as_alice.get(url(pledge), follow=True)
    assert "The next check-in opens on" in response.content.decode()


def test_a_closed_pledge_has_no_check_in(old: Pledge, as_alice: Client, as_adaeze: Client) -> None:
    Pledge.objects.filter(pk=old.pk).update(state="closed", closed_at=timezone.now())
    response = as_alice.get(url(old), follow=True)
    assert "This pledge is closed." in response.content.decode()
    assert as_adaeze.post(url(old), answers(old, draft="yes")).status_code == 302
    assert everything()[:4] == [[], [], [], []]


def test_a_closed_pledge_owes_none_from_the_day_it_ended(old: Pledge) -> None:
    made = datetime(2026, 1, 5, tzinfo=UTC)
    Pledge.objects.filter(pk=old.pk).update(
        created_at=made, published_at=made, state="closed", closed_at=timezone.now(),
        ended_on=date(2026, 4, 1),
    )  # fmt: skip
    found = queries.look_backs(Pledge.objects.get(pk=old.pk), today=date(2026, 6, 20))
    assert [(each.passed.missed, each.passed.period.opens_on) for each in found] == [
        (True, date(2026, month, 1)) for month in (3, 2)
    ]
