"""A leader's own record: theirs alone."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.enums import InvitationState, Kept
from commitments.ledger import ASK_FIRST
from commitments.models import Invitation, Pledge, Wording
from commitments.rhythm import open_period
from organisations.models import Organisation, User
from tests.factories.commitments import CheckInFactory, InvitationFactory, PledgeFactory

OF_A_PLEDGE = ["my_pledge", "invitation_add", "check_in"]
RECORD = 12


@pytest.fixture
def old(alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    """Published 100 days ago, so that a check-in is open."""
    made = timezone.now() - timedelta(days=100)
    return PledgeFactory(leader=alice, organisation=harbour, signing=wording, created_at=made)


@pytest.mark.parametrize("name", OF_A_PLEDGE)
def test_a_record_is_its_leaders_alone(
    name: str, old: Pledge, as_alice: Client, as_bea: Client, as_chidi: Client, client: Client
) -> None:
    address = reverse(name, args=[old.pk])
    assert as_alice.get(address).status_code == 200
    assert as_alice.delete(address).status_code == 405
    assert as_bea.get(address).status_code == 404
    assert as_chidi.get(address).status_code == 404
    assert client.get(address)["Location"].startswith("/accounts/login/")
    assert as_alice.get(reverse(name, args=[uuid4()])).status_code == 404


def test_an_invitation_is_its_leaders_alone(
    invitation: Invitation, as_alice: Client, as_bea: Client, as_chidi: Client, client: Client
) -> None:
    address = reverse("invitation_move", args=[invitation.pk])
    assert as_alice.get(address).status_code == 200
    assert as_alice.delete(address).status_code == 405
    assert as_bea.post(address, {"state": "declined"}).status_code == 404
    assert as_chidi.get(address).status_code == 404
    assert client.get(address)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", OF_A_PLEDGE)
def test_a_draft_has_no_record_yet(name: str, draft: Pledge, as_alice: Client) -> None:
    response = as_alice.get(reverse(name, args=[draft.pk]))
    if name == "my_pledge":
        assert response["Location"] == reverse("pledge_check", args=[draft.pk])
    else:
        assert response.status_code == 404


def test_missed_check_ins_show_as_missed(old: Pledge, as_alice: Client) -> None:
    latest = open_period(timezone.localdate(), old.check_in_every)
    earlier = open_period(latest.first, old.check_in_every)
    CheckInFactory(pledge=old, period=earlier.first, lines={1: (Kept.PARTLY, "Asked once")})
    page = as_alice.get(reverse("my_pledge", args=[old.pk])).content.decode()
    assert page.count("Checked in") == 1
    assert page.count("Missed") >= 1
    assert "Asked once" in page
    assert f"Your check-in for {latest.words} is open." in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_record_costs_the_same_with_any_rows(
    rows: int, old: Pledge, as_alice: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for month in range(1, rows + 1):
        InvitationFactory(pledge=old)
        CheckInFactory(
            pledge=old,
            period=datetime(2025, month, 1, tzinfo=UTC).date(),
            lines={1: (Kept.KEPT, "x")},
        )
    with django_assert_num_queries(RECORD):
        as_alice.get(reverse("my_pledge", args=[old.pk]))


def test_an_empty_record_says_what_to_do(pledge: Pledge, as_alice: Client) -> None:
    page = as_alice.get(reverse("my_pledge", args=[pledge.pk])).content.decode()
    assert "No invitation yet" in page
    assert "Your next check-in opens on" in page


def test_adding_an_invitation(pledge: Pledge, as_alice: Client) -> None:
    today = timezone.localdate().isoformat()
    response = as_alice.post(
        reverse("invitation_add", args=[pledge.pk]),
        {"title": "صوت 🌻", "organiser": "", "received_on": today, "asked_on": today},
    )
    assert response["Location"] == reverse("my_pledge", args=[pledge.pk])
    added = pledge.invitations.get()
    assert (added.title, added.state) == ("صوت 🌻", InvitationState.ASKED)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", "x" * 10_000),
        ("title", ""),
        ("organiser", "x" * 10_000),
        ("held_on", "tomorrow"),
        ("held_on", "9999-12-31"),
        ("received_on", "0001-01-01"),
        ("received_on", "2999-01-01"),
        ("received_on", ""),
        ("asked_on", "2001-01-01"),
    ],
)
def test_a_wrong_invitation_is_refused_and_kept(
    field: str, typed: str, pledge: Pledge, as_alice: Client
) -> None:
    sent = {"title": "Voices", "received_on": timezone.localdate().isoformat()} | {field: typed}
    response = as_alice.post(reverse("invitation_add", args=[pledge.pk]), sent)
    assert list(response.context["form"].errors) == [field]
    assert typed in response.content.decode()
    assert pledge.invitations.count() == 0


def test_moving_an_invitation(invitation: Invitation, as_alice: Client) -> None:
    address = reverse("invitation_move", args=[invitation.pk])
    today = timezone.localdate().isoformat()
    response = as_alice.post(
        address, {"state": "took_part", "asked_on": today, "lineup_changed": "on"}
    )
    assert response["Location"] == reverse("my_pledge", args=[invitation.pledge_id])
    invitation.refresh_from_db()
    assert invitation.lineup_changed
    assert "Alice Adeyemi noted: Took part" in as_alice.get(address).content.decode()


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"state": "changed"}, {"asked_on": [ASK_FIRST]}),
        ({"state": "took_part", "lineup_changed": "on"}, {"asked_on": [ASK_FIRST]}),
        ({"state": "received", "asked_on": "nonsense"}, {"asked_on": ["Enter a valid date."]}),
    ],
)
def test_a_wrong_move_is_refused_and_kept(
    sent: dict[str, str], errors: dict[str, list[str]], invitation: Invitation, as_alice: Client
) -> None:
    response = as_alice.post(reverse("invitation_move", args=[invitation.pk]), sent)
    assert response.context["form"].errors == errors
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.RECEIVED


def test_an_unknown_state_is_refused(invitation: Invitation, as_alice: Client) -> None:
    response = as_alice.post(reverse("invitation_move", args=[invitation.pk]), {"state": "won"})
    assert list(response.context["form"].errors) == ["state"]


def answers(pledge: Pledge, **changes: str) -> dict[str, str]:
    sent = {"period": open_period(timezone.localdate(), pledge.check_in_every).first.isoformat()}
    for position in range(1, 9):
        sent[f"kept_{position}"] = "nothing"
        sent[f"reflection_{position}"] = ""
    return sent | changes


def test_checking_in_once(old: Pledge, as_alice: Client) -> None:
    address = reverse("check_in", args=[old.pk])
    assert as_alice.get(address).content.decode().count('value="nothing" ') == 8
    sent = answers(old, kept_2="partly", reflection_2="Half of it")
    response = as_alice.post(address, sent)
    assert response["Location"] == reverse("my_pledge", args=[old.pk])
    as_alice.post(address, sent)
    line = old.check_ins.get().lines.exclude(kept=Kept.NOTHING).get()
    assert (line.kept, line.reflection) == (Kept.PARTLY, "Half of it")
    assert as_alice.get(address).status_code == 302


def test_the_page_says_which_period_it_asks_about(old: Pledge, as_alice: Client) -> None:
    page = as_alice.get(reverse("check_in", args=[old.pk])).content.decode()
    assert f'name="period" value="{answers(old)["period"]}"' in page


@pytest.mark.parametrize("asked_about", ["earlier", "", "9999-12-31", "soon"])
def test_a_check_in_that_comes_too_late_says_so(
    asked_about: str, old: Pledge, as_alice: Client
) -> None:
    now_open = open_period(timezone.localdate(), old.check_in_every)
    earlier = open_period(now_open.first, old.check_in_every)
    period = earlier.first.isoformat() if asked_about == "earlier" else asked_about
    sent = answers(old, period=period, kept_1="kept", reflection_1="Kept words")
    page = as_alice.post(reverse("check_in", args=[old.pk]), sent).content.decode()
    assert f"the check-in for {now_open.words} is open now. Nothing was saved." in page
    assert f"<h1>{(earlier if asked_about == 'earlier' else now_open).words}</h1>" in page
    assert "Kept words" in page
    assert old.check_ins.count() == 0


def test_a_wrong_check_in_is_refused_and_kept(old: Pledge, as_alice: Client) -> None:
    sent = answers(old, kept_1="kept", reflection_1="x" * 10_000, kept_2="perfect")
    response = as_alice.post(reverse("check_in", args=[old.pk]), sent)
    assert sorted(response.context["form"].errors) == ["kept_2", "reflection_1"]
    assert "x" * 10_000 in response.content.decode()
    assert old.check_ins.count() == 0


def test_a_young_pledge_says_when_its_check_in_opens(pledge: Pledge, as_alice: Client) -> None:
    response = as_alice.get(reverse("check_in", args=[pledge.pk]), follow=True)
    assert "Your next check-in opens on" in response.content.decode()


def test_a_closed_pledge_has_no_check_in(old: Pledge, as_alice: Client) -> None:
    Pledge.objects.filter(pk=old.pk).update(state="closed", closed_at=timezone.now())
    response = as_alice.get(reverse("check_in", args=[old.pk]), follow=True)
    assert "This pledge is closed." in response.content.decode()


def test_a_closed_pledge_takes_no_invitation(old: Pledge, as_alice: Client) -> None:
    invitation = InvitationFactory(pledge=old)
    Pledge.objects.filter(pk=old.pk).update(state="closed", closed_at=timezone.now())
    today = timezone.localdate().isoformat()
    for name, pk, sent in (
        ("invitation_add", old.pk, {"title": "Late", "received_on": today}),
        ("invitation_move", invitation.pk, {"state": "declined"}),
    ):
        address = reverse(name, args=[pk])
        for response in (as_alice.get(address), as_alice.post(address, sent)):
            assert response["Location"] == reverse("my_pledge", args=[old.pk])
    record = as_alice.get(reverse("my_pledge", args=[old.pk])).content.decode()
    assert "This pledge is closed." in record
    assert reverse("invitation_move", args=[invitation.pk]) not in record
    assert list(old.invitations.values_list("pk", "state")) == [(invitation.pk, "received")]


def test_in_ones_own_list_it_is_i_who_asked(old: Pledge, as_alice: Client) -> None:
    today = timezone.localdate()
    for state in (InvitationState.ASKED, InvitationState.ANSWERED):
        InvitationFactory(pledge=old, state=state, asked_on=today)
    record = as_alice.get(reverse("my_pledge", args=[old.pk])).content.decode()
    assert "I asked" in record
    assert "They answered" in record
    assert "We asked" not in record
