"""Whoever was asked takes a pledge on."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.actions.leaving import (
    LeavingRefused,
    NotTheirAddressError,
    ask_next_leader,
    take_on,
)
from commitments.enums import PledgeState
from commitments.models import Handover, Pledge, Wording
from commitments.queries.leaving import taken_on_by
from organisations.models import Organisation, User
from organisations.tokens import new_token
from tests.commitments.leaving.conftest import NEXT, NOW
from tests.conftest import signed_in_as
from tests.factories.commitments import InvitationFactory, PledgeFactory, WordingFactory
from tests.factories.organisations import ConfirmedAddressFactory, MembershipFactory, UserFactory
from tests.factories.strangers import stop_of
from tests.factories.trusting import HandoverFactory, close_as, token_of


class TestTakingOn:
    def link(self, asked: Handover) -> str:
        return f"/r/{token_of(asked)}/next/"

    def test_everybody_with_the_link_reads_and_nobody_else_takes(
        self, asked: Handover, client: Client, as_bea: Client
    ) -> None:
        for visitor in (client, as_bea):
            page = visitor.get(self.link(asked))
            assert page.status_code == 200
            assert "I will publish who speaks." in page.content.decode()
            assert NEXT not in page.content.decode()
            assert visitor.post(self.link(asked)).status_code == 200
            assert visitor.head(self.link(asked)).status_code == 200
        assert not Pledge.objects.filter(state=PledgeState.DRAFT).exists()
        asked.refresh_from_db()
        assert asked.accepted_at is None

    def test_the_next_leader_gets_a_draft_of_their_own(
        self, asked: Handover, old: Pledge, nkechi: User, harbour: Organisation
    ) -> None:
        MembershipFactory(user=nkechi, organisation=harbour)
        InvitationFactory(pledge=old)
        visitor = signed_in_as(nkechi)
        assert "Take it on as a draft" in visitor.get(self.link(asked)).content.decode()
        response = visitor.post(self.link(asked))
        draft = Pledge.objects.get(state=PledgeState.DRAFT)
        assert response["Location"] == reverse("pledge_check", args=[draft.pk])
        assert (draft.leader, draft.follows, draft.leader_name) == (nkechi, old, "Nkechi Obi")
        assert (draft.role_title, draft.organisation) == ("Chief executive", harbour)
        text, signed = draft.signings.get(), old.signings.get()
        assert (text.statement, text.wording, text.signed_at) == ("", signed.wording, None)
        assert rows(text.promises) == rows(signed.promises)
        assert rows(text.standards) == rows(signed.standards)
        assert draft.invitations.count() == 0
        asked.refresh_from_db()
        assert (asked.accepted_by, asked.email) == (nkechi, "")

    def test_a_stranger_to_the_organisation_keeps_its_name_alone(
        self, asked: Handover, nkechi: User
    ) -> None:
        draft = take_on(handover=asked, by=nkechi, now=NOW)
        assert (draft.organisation, draft.organisation_name) == (None, "Harbour Minds")

    def test_a_double_click_makes_one_draft(self, asked: Handover, nkechi: User) -> None:
        visitor = signed_in_as(nkechi)
        places = {visitor.post(self.link(asked))["Location"] for _ in range(2)}
        assert len(places) == 1
        assert Pledge.objects.filter(leader=nkechi).count() == 1
        assert visitor.get(self.link(asked)).status_code == 200

    def test_somebody_with_a_draft_gets_another(
        self, asked: Handover, nkechi: User, wording: Wording
    ) -> None:
        own = PledgeFactory(leader=nkechi, draft=True, signing=wording)
        assert take_on(handover=asked, by=nkechi, now=NOW) != own

    def test_the_old_page_names_who_took_it_on_once_it_is_public(
        self, asked: Handover, old: Pledge, nkechi: User
    ) -> None:
        draft = take_on(handover=asked, by=nkechi, now=NOW)
        old.refresh_from_db()
        assert taken_on_by(old) is None
        draft.state, draft.published_at, draft.slug = PledgeState.PUBLISHED, NOW, "nkechi-obi"
        draft.save()
        assert taken_on_by(old) == draft

    @pytest.mark.parametrize("case", ["revoked", "expired", "used", "erased"])
    def test_a_dead_link_says_so(
        self, case: str, asked: Handover, old: Pledge, bea: User, nkechi: User
    ) -> None:
        changes = {
            "revoked": {"revoked_at": NOW},
            "expired": {"expires_at": NOW},
            "used": {"accepted_at": NOW, "accepted_by": bea, "email": ""},
        }
        if case == "erased":
            Pledge.objects.filter(pk=old.pk).update(erased_at=NOW)
        Handover.objects.filter(pk=asked.pk).update(**changes.get(case, {}))
        visitor = signed_in_as(nkechi)
        for response in (visitor.get(self.link(asked)), visitor.post(self.link(asked))):
            assert response.status_code == 410
            assert "no longer works" in response.content.decode()
        if case != "erased":
            with pytest.raises(LeavingRefused):
                take_on(handover=asked, by=nkechi, now=NOW)
        assert not Pledge.objects.filter(leader=nkechi).exists()

    @pytest.mark.parametrize(
        ("token", "status"),
        [("x", 404), ("%00", 400), (new_token(), 404), ("é" * 300, 404)],
        ids=["short", "nul", "unknown", "long"],
    )
    def test_a_link_nobody_made(self, token: str, status: int, client: Client) -> None:
        for end in ("next/", "stop/"):
            assert client.get(f"/r/{token}/{end}").status_code == status
            assert client.post(f"/r/{token}/{end}").status_code == status

    def test_only_a_confirmed_address_takes_it(self, asked: Handover, bea: User) -> None:
        ConfirmedAddressFactory(user=bea, email=NEXT, verified=False)
        with pytest.raises(NotTheirAddressError):
            take_on(handover=asked, by=bea, now=NOW)

    def test_no_more_mail(self, asked: Handover, client: Client) -> None:
        stop = stop_of(asked.pk)
        assert client.get(stop).status_code == 200
        assert client.put(stop).status_code == 405
        assert client.post(stop).status_code == 200
        other = PledgeFactory(state="closed", closed_at=NOW, ending="role_ended")
        with pytest.raises(LeavingRefused, match="asked not to get these emails"):
            ask_next_leader(pledge=other, email=NEXT, by=other.leader, now=NOW)

    def test_wrong_methods(self, asked: Handover, client: Client) -> None:
        assert client.put(self.link(asked)).status_code == 405


def rows(related: object) -> list[dict[str, object]]:
    found = [dict(row) for row in related.order_by("position").values()]
    for row in found:
        del row["id"], row["signing_id"]
    return found


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_draft() -> None:
    nkechi = UserFactory(email=NEXT)
    ConfirmedAddressFactory(user=nkechi)
    asked = HandoverFactory(pledge=PledgeFactory(signing=WordingFactory()))
    close_as(asked, now=NOW)
    start, made = threading.Barrier(2), []

    def run() -> None:
        start.wait()
        made.append(take_on(handover=asked, by=nkechi, now=timezone.now()))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made[0] == made[1]
    assert Pledge.objects.filter(leader=nkechi).count() == 1
