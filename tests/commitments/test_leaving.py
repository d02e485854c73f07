"""Ending one's pledge, and handing it to the next leader."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.actions import leaving
from commitments.actions.leaving import (
    LeavingRefused,
    NotTheirAddressError,
    ask_next_leader,
    close_pledge,
    hand_over,
    revoke_handover,
    take_on,
)
from commitments.actions.ledger import PledgeClosedError, add_invitation
from commitments.actions.refusals import refuse_mail
from commitments.enums import Choice, Ending, InvitationKind, PledgeState, PledgeVerb, StandardKind
from commitments.models import (
    AskLetter,
    Assistant,
    Handover,
    Pledge,
    Promise,
    Signing,
    Standard,
    Wording,
)
from commitments.queries import check_ins_due
from commitments.queries.leaving import taken_on_by
from commitments.queries.refusals import address_digest
from history.models import Entry
from organisations.models import Organisation, User
from organisations.tokens import digest, new_token
from outbox.enums import Kind
from outbox.models import Email
from tests.conftest import signed_in_as
from tests.factories.commitments import InvitationFactory, PledgeFactory, WordingFactory
from tests.factories.organisations import ConfirmedAddressFactory, MembershipFactory, UserFactory
from tests.factories.strangers import StrangerMailFactory, stop_of
from tests.factories.trusting import HandoverFactory, close_as, token_of

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
TODAY, MAY_DAY = date(2026, 5, 20), date(2026, 5, 1)
NEXT = "next@harbour.example"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def old(alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    """Alice's, published in January 2026, with words and standards of its own."""
    made = PledgeFactory(
        leader=alice, organisation=harbour, signing=wording, slug="alice-adeyemi", draft=True,
        published_at=None, created_at=datetime(2026, 1, 5, tzinfo=UTC), leader_name="Alice Adeyemi",
        signing__own=("I will publish who speaks.",), signing__left_out=("ask",),
        signing__statement="Why **I** do this",
    )  # fmt: skip
    text = made.signings.get()
    Standard.objects.create(signing=text, position=1, kind=StandardKind.RACE_AT_WORK)
    Standard.objects.create(
        signing=text, position=2, kind=StandardKind.OTHER, name="Our plan",
        signed_up_on=date(2024, 2, 1), link="https://harbour.example/plan",
    )  # fmt: skip
    text.signed_at = made.published_at = made.created_at
    text.save()
    made.state, made.slug = PledgeState.PUBLISHED, "alice-adeyemi"
    made.save()
    return made


@pytest.fixture
def nkechi(db: None) -> User:
    """The next leader, at the address that is asked."""
    user = UserFactory(email=NEXT, display_name="Nkechi Obi")
    ConfirmedAddressFactory(user=user)
    return user


@pytest.fixture
def asked(old: Pledge, alice: User) -> Handover:
    return hand_over(pledge=old, ended_on=TODAY, email=NEXT, by=alice, now=timezone.now())


def end_of(pledge: Pledge) -> str:
    return reverse("pledge_end", args=[pledge.pk])


def typed(ending: str, **more: str) -> dict[str, str]:
    return {"ending": ending, "ended_on": "", "email": ""} | more


def standing(pledge: Pledge) -> tuple[object, ...]:
    pledge.refresh_from_db()
    return (pledge.state, pledge.ending, pledge.ended_on)


OPEN = (PledgeState.PUBLISHED, "", None)


class TestEnding:
    @pytest.mark.parametrize(
        ("answers", "ending", "day", "words"),
        [
            (
                typed("role_ended", ended_on="2026-05-01"),
                "role_ended",
                date(2026, 5, 1),
                "ended on",
            ),
            (typed("withdrawn"), "withdrawn", TODAY, "was withdrawn on"),
        ],
    )
    def test_it_is_read_again_before_it_is_done(
        self, answers: dict[str, str], ending: str, day: date, words: str, old: Pledge,
        as_alice: Client,
    ) -> None:  # fmt: skip
        assert as_alice.get(end_of(old)).context["checking"] is False
        check = as_alice.post(end_of(old), answers)
        assert check.context["checking"] is True
        assert words in check.content.decode()
        assert standing(old) == OPEN
        done = as_alice.post(end_of(old), answers | {"step": "close"})
        assert done["Location"] == reverse("my_pledge", args=[old.pk])
        assert standing(old) == (PledgeState.CLOSED, ending, day)
        assert old.closed_at == NOW
        [entry] = Entry.objects.filter(verb=PledgeVerb.CLOSED)
        assert entry.details == {"ending": ending}

    def test_the_check_page_sends_what_was_typed(self, old: Pledge, as_alice: Client) -> None:
        answers = typed("role_ended", ended_on="2026-05-01")
        page = as_alice.post(end_of(old), answers).content.decode()
        assert 'type="hidden" name="ending" value="role_ended"' in page
        assert 'type="hidden" name="ended_on" value="2026-05-01"' in page
        back = as_alice.post(end_of(old), answers | {"step": "change"})
        assert back.context["checking"] is False
        assert 'value="2026-05-01"' in back.content.decode()
        assert standing(old) == OPEN

    @pytest.mark.parametrize(
        ("answers", "field"),
        [
            (typed(""), "ending"),
            (typed("erased"), "ending"),
            (typed("not_theirs"), "ending"),
            (typed("role_ended"), "ended_on"),
            (typed("role_ended", ended_on="yesterday"), "ended_on"),
            (typed("role_ended", ended_on="2026-05-21"), "ended_on"),
            (typed("role_ended", ended_on="2026-01-04"), "ended_on"),
            (typed("handed_over", ended_on="2026-05-01"), "email"),
            (typed("handed_over", ended_on="2026-05-01", email="next@"), "email"),
            (typed("handed_over", ended_on="2026-05-01", email="a@b.example\nBcc: c@d"), "email"),
            (typed("handed_over", ended_on="2026-05-01", email=f"{'x' * 10_000}@b.cd"), "email"),
        ],
    )
    @pytest.mark.parametrize("step", ["", "close"])
    def test_what_is_wrong_is_said_at_its_field(
        self, step: str, answers: dict[str, str], field: str, old: Pledge, as_alice: Client
    ) -> None:
        response = as_alice.post(end_of(old), answers | {"step": step})
        assert response.status_code == 200
        assert response.context["checking"] is False
        assert list(response.context["form"].errors) == [field]
        assert response.context["form"]["email"].value() == answers["email"]
        assert standing(old) == OPEN
        assert not Email.objects.exists()

    @pytest.mark.parametrize("day", ["2026-01-05", "2026-05-20"])
    def test_the_first_and_the_last_day(self, day: str, old: Pledge, as_alice: Client) -> None:
        as_alice.post(end_of(old), typed("role_ended", ended_on=day, step="close"))
        assert standing(old) == (PledgeState.CLOSED, "role_ended", date.fromisoformat(day))

    def test_a_second_click_changes_nothing(self, old: Pledge, as_alice: Client) -> None:
        as_alice.post(end_of(old), typed("withdrawn", step="close"))
        again = as_alice.post(end_of(old), typed("role_ended", ended_on="2026-05-01", step="close"))
        assert again.status_code == 302
        assert standing(old) == (PledgeState.CLOSED, "withdrawn", TODAY)
        assert Entry.objects.filter(verb=PledgeVerb.CLOSED).count() == 1

    def test_what_ends_with_it(self, old: Pledge, alice: User, wording: Wording) -> None:
        newer = Signing.objects.create(pledge=old, number=2, wording=wording)
        Promise.objects.create(
            signing=newer, position=1, group="own", choice=Choice.OWN, text="Never signed"
        )
        entry = InvitationFactory(pledge=old)
        letter = AskLetter.objects.create(
            invitation=entry, text="Dear", token_sha256=digest("x"), written_by=alice,
            created_at=NOW, expires_at=NOW + timedelta(days=9),
        )  # fmt: skip
        assert list(check_ins_due(TODAY)) == [old]
        close_pledge(pledge=old, ending=Ending.ROLE_ENDED, ended_on=TODAY, by=alice, now=NOW)
        letter.refresh_from_db()
        assert letter.revoked_at == NOW
        assert letter.text == "Dear"
        assert [text.number for text in old.signings.all()] == [1]
        assert list(check_ins_due(TODAY)) == []

    def test_nobody_writes_in_it_any_more(self, old: Pledge, alice: User, bea: User) -> None:
        Assistant.objects.create(
            pledge=old, email=bea.email, user=bea, token_sha256=digest("t"),
            invited_at=NOW, accepted_at=NOW, expires_at=NOW,
        )  # fmt: skip
        close_pledge(pledge=old, ending=Ending.ROLE_ENDED, ended_on=TODAY, by=alice, now=NOW)
        assert signed_in_as(bea).get(reverse("my_pledge", args=[old.pk])).status_code == 200
        for by in (alice, bea):
            with pytest.raises(PledgeClosedError):
                add_invitation(
                    pledge=old, kind=InvitationKind.INVITED, title="X", organiser="", held_on=None,
                    received_on=TODAY, asked_on=None, by=by, now=NOW,
                )  # fmt: skip

    def test_the_page_stays_and_says_so(self, old: Pledge, alice: User, client: Client) -> None:
        close_pledge(pledge=old, ending=Ending.WITHDRAWN, ended_on=None, by=alice, now=NOW)
        page = client.get(old.get_absolute_url())
        assert page.status_code == 200
        assert "withdrawn" in page.content.decode()
        assert "I will publish who speaks." in page.content.decode()

    def test_who_may_not(
        self, old: Pledge, draft: Pledge, bea: User, as_alice: Client, as_bea: Client,
        as_chidi: Client, client: Client,
    ) -> None:  # fmt: skip
        assert as_chidi.get(end_of(old)).status_code == 404
        assert as_bea.get(end_of(old)).status_code == 404
        assert as_alice.get(end_of(draft)).status_code == 404
        assert client.get(end_of(old))["Location"].startswith("/accounts/login/")
        assert as_alice.put(end_of(old)).status_code == 405
        Assistant.objects.create(
            pledge=old, email=bea.email, user=bea, token_sha256=digest("t"),
            invited_at=NOW, accepted_at=NOW, expires_at=NOW,
        )  # fmt: skip
        assert as_bea.post(end_of(old), typed("withdrawn", step="close")).status_code == 403
        with pytest.raises(PermissionDenied):
            close_pledge(pledge=old, ending=Ending.WITHDRAWN, ended_on=None, by=bea, now=NOW)
        assert standing(old) == OPEN


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
        assert parseaddr(email.headers["From"])[1]

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
        if not refused:
            hand_over(pledge=old, ended_on=TODAY, email=NEXT, by=alice, now=NOW)
            return
        with pytest.raises(LeavingRefused, match="less than an hour ago"):
            hand_over(pledge=old, ended_on=TODAY, email=NEXT, by=alice, now=NOW)
        assert standing(old) == OPEN

    @pytest.mark.parametrize(("before", "refused"), [(19, False), (20, True)])
    def test_twenty_mails_a_day(self, before: int, refused: bool, old: Pledge, alice: User) -> None:
        StrangerMailFactory.create_batch(before, by=alice, sent_at=NOW - timedelta(hours=2))
        if not refused:
            hand_over(pledge=old, ended_on=TODAY, email=NEXT, by=alice, now=NOW)
            return
        with pytest.raises(LeavingRefused, match="20 people in a day"):
            hand_over(pledge=old, ended_on=TODAY, email=NEXT, by=alice, now=NOW)

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
        assert as_alice.get(reverse("handover", args=[old.pk])).status_code == 302
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

    @pytest.mark.parametrize("token", ["x", "%00", new_token(), "é" * 300])
    def test_a_link_nobody_made(self, token: str, client: Client) -> None:
        for end in ("next/", "stop/"):
            assert client.get(f"/r/{token}/{end}").status_code in {400, 404}
            assert client.post(f"/r/{token}/{end}").status_code in {400, 404}

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


WORKS = {
    "close": lambda old, asked, alice, nkechi: close_pledge(
        pledge=old, ending=Ending.WITHDRAWN, ended_on=None, by=alice, now=NOW
    ),
    "hand over": lambda old, asked, alice, nkechi: hand_over(
        pledge=old, ended_on=TODAY, email=NEXT, by=alice, now=NOW
    ),
    "revoke": lambda old, asked, alice, nkechi: revoke_handover(handover=asked, by=alice, now=NOW),
    "take on": lambda old, asked, alice, nkechi: take_on(handover=asked, by=nkechi, now=NOW),
}


@pytest.mark.parametrize("work", WORKS)
def test_what_fails_leaves_nothing_behind(
    work: str, old: Pledge, alice: User, nkechi: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = HandoverFactory(pledge=old, email=NEXT)
    if work in {"close", "hand over"}:
        asked.delete()
    else:
        close_as(asked, now=NOW)

    def everything() -> list[list[object]]:
        models = [Pledge, Handover, Signing, Promise, Entry, Email]
        return [list(model.objects.order_by("pk").values()) for model in models]

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    before = everything()
    monkeypatch.setattr(leaving, "record", fail)
    with pytest.raises(RuntimeError):
        WORKS[work](old, asked, alice, nkechi)
    assert everything() == before


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
