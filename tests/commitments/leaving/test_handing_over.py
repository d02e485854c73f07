"""Handing one's pledge to the next leader."""

from contextlib import nullcontext
from datetime import date, timedelta
from email.utils import parseaddr

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.actions.leaving import (
    LeavingRefused,
    ask_next_leader,
    close_pledge,
    hand_over,
    revoke_handover,
)
from commitments.actions.refusals import refuse_mail
from commitments.enums import Ending, PledgeState
from commitments.models import Assistant, Handover, Pledge
from commitments.queries.refusals import address_digest
from organisations.models import User
from organisations.tokens import digest
from outbox.enums import Kind
from outbox.models import Email
from tests.commitments.leaving.conftest import NEXT, NOW, OPEN, TODAY, end_of, standing, typed
from tests.factories.organisations import ConfirmedAddressFactory
from tests.factories.strangers import StrangerMailFactory
from tests.factories.trusting import HandoverFactory, close_as, token_of

HANDED_OVER = (PledgeState.CLOSED, "handed_over", TODAY)


class TestHandingOver:
    def test_the_next_leader_is_asked_by_email(self, old: Pledge, as_alice: Client) -> None:
        answers = typed("handed_over", ended_on="2026-05-01", email="Next@Harbour.example")
        check = as_alice.post(end_of(old), answers)
        assert "not taken on yet" in check.content.decode()
        as_alice.post(end_of(old), answers | {"step": "close"})
        assert standing(old) == (PledgeState.CLOSED, "handed_over", date(2026, 5, 1))
        handover = Handover.objects.get()
        assert (handover.email, handover.expires_at) == (NEXT, NOW + timedelta(days=60))
        [email] = Email.objects.all()
        assert (email.kind, email.to_address, email.organisation) == (Kind.HANDOVER, NEXT, None)
        assert f"/r/{token_of(handover)}/next/" in email.text
        assert email.not_after == handover.expires_at

    def test_a_name_cannot_start_a_header(self, old: Pledge, alice: User) -> None:
        Pledge.objects.filter(pk=old.pk).update(leader_name="Al\r\nBcc: x@y.example")
        with pytest.raises(LeavingRefused, match="web address"):
            hand_over(pledge=old, ended_on=TODAY, email=NEXT, by=alice, now=NOW)
        Pledge.objects.filter(pk=old.pk).update(leader_name="Al\r\nBcc: somebody")
        hand_over(pledge=old, ended_on=TODAY, email=NEXT, by=alice, now=NOW)
        email = Email.objects.get()
        assert "\n" not in email.subject
        assert parseaddr(email.headers["From"]) == parseaddr(settings.DEFAULT_FROM_EMAIL)

    @pytest.mark.parametrize("own", ["alice@harbour.example", "ALICE@work.example"])
    def test_not_to_oneself(self, own: str, old: Pledge, alice: User, as_alice: Client) -> None:
        ConfirmedAddressFactory(user=alice, email="alice@work.example")
        answers = typed("handed_over", ended_on="2026-05-01", email=own, step="close")
        response = as_alice.post(end_of(old), answers)
        assert "That is your own address" in str(response.context["form"].errors["email"])
        assert response.context["checking"] is False
        assert standing(old) == OPEN

    def test_not_to_who_wants_no_mail(self, old: Pledge, alice: User) -> None:
        refuse_mail(address_digest=address_digest(NEXT), now=NOW)
        with pytest.raises(LeavingRefused, match="asked not to get these emails"):
            hand_over(pledge=old, ended_on=TODAY, email=NEXT, by=alice, now=NOW)
        assert standing(old) == OPEN

    @pytest.mark.parametrize(("minutes", "refused"), [(59, True), (60, False)])
    def test_one_mail_an_hour_to_an_address(
        self, minutes: int, refused: bool, old: Pledge, foreign: Pledge, alice: User
    ) -> None:
        StrangerMailFactory(
            by=foreign.leader, address=NEXT.upper(), sent_at=NOW - timedelta(minutes=minutes)
        )
        refusal = pytest.raises(LeavingRefused, match="less than an hour ago")
        with refusal if refused else nullcontext():
            hand_over(pledge=old, ended_on=TODAY, email=NEXT, by=alice, now=NOW)
        assert standing(old) == (OPEN if refused else HANDED_OVER)

    @pytest.mark.parametrize(("before", "refused"), [(19, False), (20, True)])
    def test_twenty_mails_a_day(self, before: int, refused: bool, old: Pledge, alice: User) -> None:
        StrangerMailFactory.create_batch(before, by=alice, sent_at=NOW - timedelta(hours=2))
        refusal = pytest.raises(LeavingRefused, match="20 people in a day")
        with refusal if refused else nullcontext():
            hand_over(pledge=old, ended_on=TODAY, email=NEXT, by=alice, now=NOW)
        assert standing(old) == (OPEN if refused else HANDED_OVER)

    def test_a_double_click_asks_once(self, old: Pledge, alice: User) -> None:
        first, second = (
            hand_over(pledge=old, ended_on=TODAY, email=NEXT, by=alice, now=NOW) for _ in range(2)
        )
        assert first == second
        assert Email.objects.count() == 1

    def test_another_one_is_asked_once_the_first_was_taken_back(
        self, asked: Handover, old: Pledge, as_alice: Client
    ) -> None:
        page = reverse("handover", args=[old.pk])
        assert page in as_alice.get(reverse("my_pledge", args=[old.pk])).content.decode()
        shown = as_alice.get(page)
        assert (shown.context["may_ask"], NEXT in shown.content.decode()) == (
            False, True,
        )  # fmt: skip
        refused = as_alice.post(page, {"email": "other@harbour.example"})
        assert "asked already" in str(refused.context["form"].errors["email"])
        back = as_alice.post(reverse("handover_revoke", args=[old.pk]))
        assert back["Location"] == page
        assert standing(old)[1] == Ending.ROLE_ENDED
        assert as_alice.post(page, {"email": "other@harbour.example"})["Location"] == page
        assert standing(old)[1] == Ending.HANDED_OVER
        assert [row.email for row in old.handovers.filter(revoked_at=None)] == [
            "other@harbour.example"
        ]

    def test_one_whose_role_ended_may_hand_on_later(self, old: Pledge, alice: User) -> None:
        close_pledge(pledge=old, ending=Ending.ROLE_ENDED, ended_on=TODAY, by=alice, now=NOW)
        ask_next_leader(pledge=old, email=NEXT, by=alice, now=NOW)
        assert standing(old) == (PledgeState.CLOSED, "handed_over", TODAY)

    @pytest.mark.parametrize("ending", ["", "withdrawn", "not_theirs"])
    def test_nothing_else_is_handed_on(
        self, ending: str, old: Pledge, alice: User, as_alice: Client
    ) -> None:
        if ending:
            old.state, old.closed_at, old.ending = PledgeState.CLOSED, NOW, ending
            old.save()
        away = as_alice.get(reverse("handover", args=[old.pk]))
        assert away["Location"] == reverse("my_pledge", args=[old.pk])
        with pytest.raises(LeavingRefused):
            ask_next_leader(pledge=old, email=NEXT, by=alice, now=NOW)

    def test_an_old_link_makes_room(self, old: Pledge, alice: User, as_alice: Client) -> None:
        late = HandoverFactory(pledge=old, asked_at=NOW - timedelta(days=60))
        close_as(late, now=NOW)
        page = as_alice.get(reverse("handover", args=[old.pk]))
        assert "too old" in page.content.decode()
        ask_next_leader(pledge=old, email=NEXT, by=alice, now=NOW)
        late.refresh_from_db()
        assert late.revoked_at == NOW

    def test_nothing_to_take_back(self, old: Pledge, alice: User, as_alice: Client) -> None:
        close_pledge(pledge=old, ending=Ending.ROLE_ENDED, ended_on=TODAY, by=alice, now=NOW)
        response = as_alice.post(reverse("handover_revoke", args=[old.pk]), follow=True)
        assert "nothing to take back" in response.content.decode()

    def test_who_may_not(
        self, asked: Handover, old: Pledge, bea: User, as_bea: Client, as_chidi: Client,
        as_alice: Client, client: Client,
    ) -> None:  # fmt: skip
        page, revoke = (reverse(name, args=[old.pk]) for name in ("handover", "handover_revoke"))
        assert (as_bea.get(page).status_code, as_chidi.get(page).status_code) == (404, 404)
        assert as_chidi.post(revoke).status_code == 404
        assert client.post(revoke)["Location"].startswith("/accounts/login/")
        assert as_alice.get(revoke).status_code == 405
        Assistant.objects.create(
            pledge=old, email=bea.email, user=bea, token_sha256=digest("t"),
            invited_at=NOW, accepted_at=NOW, expires_at=NOW,
        )  # fmt: skip
        assert (as_bea.get(page).status_code, as_bea.post(revoke).status_code) == (403, 403)
        with pytest.raises(PermissionDenied):
            revoke_handover(handover=asked, by=bea, now=NOW)


def test_pages_cost_the_same_whatever_was_promised(
    old: Pledge, alice: User, as_alice: Client, client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    with django_assert_num_queries(4):  # session, person, pledge, an unsigned version
        as_alice.get(end_of(old))
    asked = HandoverFactory(pledge=old)
    close_as(asked, now=timezone.now())
    with django_assert_num_queries(5):  # session, person, pledge, handover, successor
        as_alice.get(reverse("handover", args=[old.pk]))
