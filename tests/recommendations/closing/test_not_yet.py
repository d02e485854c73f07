"""Saying why an action is late: who may, when, for how long, and where it shows."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from organisations.erasing import erase_account
from organisations.models import User
from recommendations import not_yet as rules
from recommendations.actions.not_yet import say_not_yet
from recommendations.actions.owning import set_owners
from recommendations.assignment import Assignment, Keep
from recommendations.enums import Response, State
from recommendations.models import Action, NotYet, Recommendation
from recommendations.not_yet import Late
from recommendations.refusals import CLOSED, RecommendationRefused
from tests.factories.closing import taken_on
from tests.factories.deciding import closed_by_decision, moved_by_decision
from tests.recommendations.actions.conftest import fail, verbs

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
DAY = timedelta(days=1)
WHY = "The supplier went out of business."


@pytest.fixture
def action(recommendation: Recommendation, lead: User) -> Action:
    """Due yesterday."""
    return taken_on(recommendation, lead, TODAY - DAY)


@pytest.fixture
def address(here: str, action: Action) -> str:
    return f"{here}actions/{action.pk}/not-yet/"


def say(action: Action, by: User, reason: str = WHY, now: datetime = NOW) -> NotYet:
    return say_not_yet(action=action, reason=reason, by=by, now=now)


class TestRules:
    @pytest.mark.parametrize(
        ("late", "why_not"),
        [
            (Late(is_late=True), ""),
            (Late(is_late=False), rules.NOT_LATE),
            (Late(is_late=True, until=date(2026, 3, 10)), ""),
            (
                Late(is_late=True, until=date(2026, 3, 11)),
                "Somebody has said why already. It holds until 11 March 2026.",
            ),
        ],
    )
    def test_when(self, late: Late, why_not: str) -> None:
        today = date(2026, 3, 10)
        assert rules.why_not_now(late, today=today) == why_not
        assert rules.why_not_say(late, reason=WHY, today=today) == why_not

    @pytest.mark.parametrize(
        ("reason", "why_not"),
        [
            ("", rules.REASON_OWED),
            (" \n", rules.REASON_OWED),
            ("x" * 500, ""),
            (" " + "x" * 500 + " ", ""),
            ("x" * 501, rules.TOO_LONG),
        ],
    )
    def test_the_reason(self, reason: str, why_not: str) -> None:
        assert rules.why_not_say(Late(is_late=True), reason=reason, today=TODAY) == why_not

    def test_it_holds_for_thirty_days(self) -> None:
        assert rules.until_of(date(2026, 11, 21)) == date(2026, 12, 21)


class TestAction:
    @pytest.mark.parametrize("who", ["lead", "sponsor"])
    def test_it_works(self, action: Action, lead: User, sponsor: User, who: str) -> None:
        by = {"lead": lead, "sponsor": sponsor}[who]
        said = say(action, by, reason=f" {WHY} ")
        assert (said.by, said.reason, said.due_date) == (by, WHY, TODAY - DAY)
        assert said.until == TODAY + timedelta(days=30)
        assert verbs(action.recommendation) == ["recommendation.not_yet_said"]

    def test_nobody_else(self, action: Action, member: User, alice: User, chidi: User) -> None:
        for person in (member, alice, chidi):
            with pytest.raises(PermissionDenied):
                say(action, person)

    @pytest.mark.parametrize("day", [TODAY, TODAY + DAY])
    def test_not_before_it_is_late(
        self, recommendation: Recommendation, lead: User, day: date
    ) -> None:
        with pytest.raises(RecommendationRefused, match="not late"):
            say(taken_on(recommendation, lead, day), lead)

    def test_not_what_is_shown(self, action: Action, lead: User) -> None:
        Action.objects.update(proven_on=TODAY)
        with pytest.raises(RecommendationRefused, match="not late"):
            say(action, lead)

    @pytest.mark.parametrize(
        "change",
        [
            {"state": State.PROPOSED_FOR_CLOSURE},
            {"response": Response.NOT_ACCEPTED, "response_reason": "Why."},
        ],
    )
    def test_not_what_asks_for_no_more_work(
        self, action: Action, lead: User, change: dict[str, str]
    ) -> None:
        Recommendation.objects.update(**change)
        with pytest.raises(RecommendationRefused, match="not late"):
            say(action, lead)

    def test_not_what_is_closed(self, action: Action, lead: User) -> None:
        closed_by_decision(action.recommendation)
        with pytest.raises(RecommendationRefused, match=CLOSED):
            say(action, lead)

    def test_once_until_it_is_over(self, action: Action, lead: User, sponsor: User) -> None:
        say(action, lead)
        with pytest.raises(RecommendationRefused, match="said why already"):
            say(action, sponsor, now=NOW + timedelta(days=29))
        again = say(action, sponsor, now=NOW + timedelta(days=30))
        assert again.until == TODAY + timedelta(days=60)

    def test_again_once_the_date_has_moved_and_passed(self, action: Action, lead: User) -> None:
        say(action, lead)
        moved = moved_by_decision(action, TODAY + DAY)
        said = say(moved, lead, now=NOW + timedelta(days=2))
        assert (said.due_date, NotYet.objects.count()) == (TODAY + DAY, 2)

    def test_a_reason_is_owed(self, action: Action, lead: User) -> None:
        with pytest.raises(RecommendationRefused, match=rules.REASON_OWED):
            say(action, lead, reason=" ")

    def test_it_rolls_back_whole(
        self, action: Action, lead: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("recommendations.actions.not_yet.record_step", fail)
        with pytest.raises(DatabaseError):
            say(action, lead)
        assert NotYet.objects.count() == 0

    def test_what_was_said_stands_but_for_its_words(self, action: Action, lead: User) -> None:
        said = say(action, lead)
        for change in ({"until": TODAY}, {"reason": "Another."}):
            with pytest.raises(DatabaseError), transaction.atomic():
                NotYet.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            said.delete()
        erase_account(person=lead, now=NOW)
        assert list(NotYet.objects.values_list("reason", "until")) == [("", said.until)]


class TestPage:
    def test_it_works(self, as_lead: Client, address: str, here: str) -> None:
        assert as_lead.get(address).status_code == 200
        assert as_lead.post(address, {"reason": WHY})["Location"] == here
        assert NotYet.objects.get().reason == WHY

    @pytest.mark.parametrize(
        ("reason", "error"),
        [
            ("  ", rules.REASON_OWED),
            ("x" * 501, "Use 500 characters or fewer. This has 501."),
        ],
    )
    def test_bad_input_is_told_at_its_field(
        self, as_sponsor: Client, address: str, reason: str, error: str
    ) -> None:
        page = as_sponsor.post(address, {"reason": reason})
        assert page.context["form"].errors["reason"] == [error]
        assert page.context["form"]["reason"].value() == reason
        assert NotYet.objects.count() == 0

    def test_when_no_reason_is_needed(
        self, as_lead: Client, address: str, action: Action, sponsor: User
    ) -> None:
        say(action, sponsor)
        page = as_lead.get(address).content.decode()
        assert "No reason is needed now" in page
        assert "<textarea" not in page
        page = as_lead.post(address, {"reason": WHY})
        assert "said why already" in page.context["form"].non_field_errors()[0]

    def test_who_else(
        self, client: Client, as_alice: Client, as_chidi: Client, as_lead: Client, address: str
    ) -> None:
        assert as_alice.get(address).status_code == 403
        assert as_alice.post(address).status_code == 403
        assert as_chidi.get(address).status_code == 404
        assert as_lead.put(address).status_code == 405
        assert client.get(address)["Location"].startswith("/accounts/login/")


class TestWhereItShows:
    def test_every_member_reads_it_on_the_action(
        self, as_member: Client, here: str, action: Action, lead: User
    ) -> None:
        say(action, lead)
        [row] = as_member.get(here).context["actions"]
        assert (row.not_yet.reason, row.not_yet.who) == (WHY, "Dilys Evans")
        assert row.is_overdue
        page = as_member.get(here).content.decode()
        assert "Not yet, because" in page
        assert WHY in page

    def test_not_once_it_is_over_or_the_date_has_moved(
        self, as_member: Client, here: str, action: Action, lead: User
    ) -> None:
        NotYet.objects.create(
            action=action, by=lead, reason=WHY, due_date=TODAY - DAY, said_at=NOW, until=TODAY
        )
        NotYet.objects.create(
            action=action, by=lead, reason=WHY, due_date=TODAY - 2 * DAY, said_at=NOW,
            until=TODAY + DAY,
        )  # fmt: skip
        assert WHY not in as_member.get(here).content.decode()

    def test_who_is_led_to_it(
        self,
        as_lead: Client,
        as_sponsor: Client,
        as_member: Client,
        here: str,
        address: str,
        action: Action,
        lead: User,
    ) -> None:
        pages = [client.get(here).content.decode() for client in (as_lead, as_sponsor, as_member)]
        assert [address in page for page in pages] == [True, True, False]
        say(action, lead)
        assert address not in as_lead.get(here).content.decode()

    def test_my_work_leads_to_it_until_it_is_said(
        self, as_lead: Client, address: str, action: Action, lead: User
    ) -> None:
        [task] = as_lead.get("/me/").context["tasks"]
        assert task.why_late_url == address
        assert f'href="{address}"' in as_lead.get("/me/").content.decode()
        until = say(action, lead).until
        [task] = as_lead.get("/me/").context["tasks"]
        assert task.why_late_url == ""
        assert f"Not yet, until {until.day} {until:%B %Y}" in task.detail

    def test_nothing_of_the_kind_for_what_is_not_late(
        self, as_lead: Client, recommendation: Recommendation, lead: User
    ) -> None:
        taken_on(recommendation, lead, TODAY)
        [task] = as_lead.get("/me/").context["tasks"]
        assert task.why_late_url == ""

    def test_a_new_lead_finds_what_was_said(
        self, action: Action, lead: User, bea: User, as_bea: Client, here: str
    ) -> None:
        say(action, lead)
        set_owners(
            recommendation=action.recommendation,
            sponsor=Keep.AS_IT_IS,
            assignments=[Assignment(action.pk, lead=bea.pk)],
            by=lead,
            now=NOW,
        )
        assert WHY in as_bea.get(here).content.decode()
