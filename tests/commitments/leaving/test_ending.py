"""Ending one's pledge."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from commitments.actions.leaving import close_pledge
from commitments.actions.ledger import PledgeClosedError, add_invitation
from commitments.enums import Choice, Ending, InvitationKind, PledgeState, PledgeVerb
from commitments.models import AskLetter, Assistant, Pledge, Promise, Signing, Wording
from commitments.queries import check_ins_due
from history.models import Entry
from organisations.models import User
from organisations.tokens import digest
from outbox.models import Email
from tests.commitments.leaving.conftest import NOW, OPEN, TODAY, end_of, standing, typed
from tests.conftest import signed_in_as
from tests.factories.commitments import InvitationFactory


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
