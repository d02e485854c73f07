"""Naming who leads an action, and by when."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import User
from recommendations.models import Action, Recommendation
from recommendations.refusals import CLOSED
from tests.factories.deciding import closed_by_decision
from tests.recommendations.pages.conftest import take_on


class TestOwnersForm:
    def test_it_works(
        self, as_alice: Client, here: str, recommendation: Recommendation, lead: User, bea: User
    ) -> None:
        day = timezone.localdate() + timedelta(days=90)
        data = {"sponsor": str(bea.pk), "lead_1": str(bea.pk), "date_1": day.isoformat()}
        assert as_alice.post(here + "owners/", data).headers["Location"] == here
        recommendation.refresh_from_db()
        action = recommendation.actions.get()
        assert recommendation.accountable_owner == bea
        assert (action.responsible_owner, action.target_date) == (bea, day)

    def test_two_at_once_do_not_undo_each_other(
        self, as_alice: Client, here: str, recommendation: Recommendation, lead: User, bea: User
    ) -> None:
        """Both opened the same page; the second to save touched the date alone."""
        soup = as_alice.get(here + "owners/").content.decode()
        shown = dict(
            re.findall(r'name="(initial-[a-z_0-9]+)" value="([^"]*)"', soup),
            **{"initial-sponsor": ""},
        )
        action = recommendation.actions.get()
        assert shown == {
            "initial-sponsor": "",
            "initial-lead_1": str(lead.pk),
            "initial-date_1": action.target_date.isoformat(),
        }
        Action.objects.update(responsible_owner=bea)
        Recommendation.objects.update(accountable_owner=bea)
        day = timezone.localdate() + timedelta(days=90)
        data = {"sponsor": "", "lead_1": str(lead.pk), "date_1": day.isoformat()}
        as_alice.post(here + "owners/", shown | data)
        action.refresh_from_db()
        recommendation.refresh_from_db()
        assert (action.responsible_owner, action.target_date) == (bea, day)
        assert recommendation.accountable_owner == bea

    def test_it_offers_members_alone(
        self, as_alice: Client, here: str, lead: User, chidi: User
    ) -> None:
        page = as_alice.get(here + "owners/").content.decode()
        assert "Dilys Evans" in page
        assert "Chidi Nwosu" not in page

    def test_a_stranger_cannot_be_named(
        self, as_alice: Client, here: str, lead: User, chidi: User
    ) -> None:
        data = {"sponsor": str(chidi.pk), "lead_1": str(chidi.pk), "date_1": ""}
        form = as_alice.post(here + "owners/", data).context["form"]
        assert list(form.errors) == ["sponsor", "lead_1"]

    @pytest.mark.parametrize("day", ["2020-01-01", "9999-12-31", "soon"])
    def test_a_bad_date_is_named_and_kept(
        self, as_alice: Client, here: str, lead: User, day: str
    ) -> None:
        response = as_alice.post(here + "owners/", {"lead_1": str(lead.pk), "date_1": day})
        assert list(response.context["form"].errors) == ["date_1"]
        assert f'value="{day}"' in response.content.decode()

    def test_an_accepted_date_is_not_asked_for(
        self, as_alice: Client, here: str, recommendation: Recommendation, lead: User
    ) -> None:
        action = recommendation.actions.get()
        take_on(action, lead)
        form = as_alice.get(here + "owners/").context["form"]
        assert list(form.fields) == ["sponsor", "lead_1"]
        as_alice.post(here + "owners/", {"lead_1": str(lead.pk), "date_1": "2099-01-01"})
        assert recommendation.actions.get().target_date == action.target_date

    def test_a_closed_one_is_refused_in_words(
        self, as_alice: Client, here: str, lead: User
    ) -> None:
        closed_by_decision(Recommendation.objects.get())
        page = as_alice.post(here + "owners/", {"lead_1": "", "date_1": ""})
        assert CLOSED in page.content.decode()
