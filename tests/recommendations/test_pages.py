"""One recommendation: its page and the four forms that change it."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation, User
from recommendations.assignment import DATE_CHANGED
from recommendations.enums import Rating, State
from recommendations.models import Action, Recommendation
from recommendations.ownership import accept_action
from recommendations.refusals import CLOSED, REASON_NEEDED
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.recommendations import (
    ActionFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
)

FORMS = ("update", "owners", "response")


@pytest.fixture
def recommendation(harbour: Organisation) -> Recommendation:
    found: Recommendation = RecommendationFactory(organisation=harbour, title="Meet quarterly")
    return found


@pytest.fixture
def lead(harbour: Organisation, recommendation: Recommendation) -> User:
    """A member of staff who leads its one action, due in 40 days."""
    user: User = UserFactory(display_name="Dilys Evans")
    MembershipFactory(user=user, organisation=harbour)
    ActionFactory(
        recommendation=recommendation,
        position=1,
        responsible_owner=user,
        target_date=timezone.localdate() + timedelta(days=40),
    )
    return user


@pytest.fixture
def as_lead(lead: User) -> Client:
    client = Client()
    client.force_login(lead)
    return client


@pytest.fixture
def here(recommendation: Recommendation) -> str:
    return f"/o/harbour-minds/recommendations/{recommendation.pk}/"


@pytest.fixture
def accept_url(here: str, lead: User, recommendation: Recommendation) -> str:
    return f"{here}actions/{recommendation.actions.get().pk}/accept/"


def take_on(action: Action, by: User) -> None:
    accept_action(action=action, shown_date=action.target_date, by=by, now=timezone.now())


class TestAccess:
    @pytest.mark.parametrize("page", ["", "update/", "owners/", "response/"])
    def test_a_stranger_gets_404(self, as_chidi: Client, here: str, lead: User, page: str) -> None:
        assert as_chidi.get(here + page).status_code == 404
        assert (
            as_chidi.get((here + page).replace("harbour-minds", "northside-trust")).status_code
            == 404
        )

    @pytest.mark.parametrize("page", ["", "update/", "owners/", "response/"])
    def test_nobody_is_asked_to_sign_in(self, client: Client, here: str, page: str) -> None:
        assert client.get(here + page).headers["Location"].startswith("/accounts/login/")

    @pytest.mark.parametrize("page", ["update/", "owners/", "response/"])
    def test_a_member_without_the_part_gets_403(
        self, as_bea: Client, here: str, lead: User, page: str
    ) -> None:
        assert as_bea.get(here + page).status_code == 403
        assert as_bea.post(here + page).status_code == 403

    @pytest.mark.parametrize("page", ["update/", "owners/", "response/"])
    def test_the_forms_refuse_put(self, as_alice: Client, here: str, page: str) -> None:
        assert as_alice.put(here + page).status_code == 405

    def test_the_page_rejects_post(self, as_alice: Client, here: str) -> None:
        assert as_alice.post(here).status_code == 405

    def test_a_coordinator_does_not_report_for_the_lead(
        self, as_alice: Client, here: str, lead: User
    ) -> None:
        assert as_alice.get(here + "update/").status_code == 403

    def test_an_unknown_one_is_404(self, as_alice: Client) -> None:
        address = "/o/harbour-minds/recommendations/00000000-0000-0000-0000-000000000000/"
        pages = ["", "update/", "owners/", "response/"]
        assert [as_alice.get(address + page).status_code for page in pages] == [404] * 4


class TestPage:
    def test_it_tells_the_whole_story(
        self, as_bea: Client, here: str, lead: User, recommendation: Recommendation
    ) -> None:
        ProgressUpdateFactory(recommendation=recommendation, by=lead, text="A first draft exists.")
        page = as_bea.get(here).content.decode()
        for text in (
            "Meet quarterly",
            recommendation.text,
            recommendation.source.title,
            "No response yet",
            "Dilys Evans",
            "At least one piece of evidence: a file, a link or a dated note.",
            "A draft until the lead accepts it",
            "A first draft exists.",
            "0 of 1 shown to be done",
        ):
            assert text in page

    def test_staff_see_no_buttons(self, as_bea: Client, here: str, lead: User) -> None:
        page = as_bea.get(here).content.decode()
        for form in (*FORMS, "accept"):
            assert f"{form}/" not in page

    def test_the_lead_sees_theirs(
        self, as_lead: Client, here: str, recommendation: Recommendation
    ) -> None:
        page = as_lead.get(here).content.decode()
        assert [f"{here}{form}/" in page for form in FORMS] == [True, False, False]
        assert "Take this on" in page

    def test_the_coordinator_sees_theirs(self, as_alice: Client, here: str, lead: User) -> None:
        page = as_alice.get(here).content.decode()
        assert [f"{here}{form}/" in page for form in FORMS] == [False, True, True]
        assert "Take this on" not in page

    def test_a_closed_one_offers_nothing_to_its_lead(
        self, as_lead: Client, here: str, recommendation: Recommendation
    ) -> None:
        Recommendation.objects.update(
            state=State.CLOSED_NOT_IMPLEMENTED,
            state_reason="The service closed.",
            closed_on=date(2026, 1, 5),
        )
        page = as_lead.get(here).content.decode()
        assert "The service closed." in page
        assert "5 January 2026" in page
        assert f"{here}update/" not in page
        assert "Take this on" not in page

    def test_a_lead_who_has_left_is_said_to_have_left(
        self, as_bea: Client, here: str, lead: User
    ) -> None:
        assert "has left" not in as_bea.get(here).content.decode()
        lead.memberships.update(ended_at=timezone.now())
        assert "has left" in as_bea.get(here).content.decode()

    def test_a_moved_date_shows_both(
        self, as_bea: Client, here: str, lead: User, recommendation: Recommendation
    ) -> None:
        take_on(recommendation.actions.get(), lead)
        Action.objects.update(target_date=timezone.localdate() + timedelta(days=54))
        page = as_bea.get(here).content.decode()
        assert "Moved from" in page
        assert "14 days later" in page

    def test_text_in_any_script_is_shown_as_typed(
        self, as_bea: Client, here: str, lead: User, recommendation: Recommendation
    ) -> None:
        text = "مرحبا <script>alert(1)</script> 🪑 Ẹ kú iṣẹ́"
        ProgressUpdateFactory(recommendation=recommendation, by=lead, text=text)
        page = as_bea.get(here).content.decode()
        assert "مرحبا &lt;script&gt;alert(1)&lt;/script&gt; 🪑 Ẹ kú iṣẹ́" in page

    @pytest.mark.parametrize("rows", [1, 3])
    def test_its_cost_does_not_grow(
        self,
        rows: int,
        as_bea: Client,
        here: str,
        recommendation: Recommendation,
        alice: User,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        ActionFactory.create_batch(rows, recommendation=recommendation, responsible_owner=alice)
        ProgressUpdateFactory.create_batch(rows, recommendation=recommendation, by=alice)
        with django_assert_num_queries(8):
            assert as_bea.get(here).status_code == 200


class TestUpdateForm:
    def test_it_works(
        self, as_lead: Client, here: str, recommendation: Recommendation, lead: User
    ) -> None:
        response = as_lead.post(here + "update/", {"rating": "on_track", "text": "All set."})
        assert response.headers["Location"] == here
        update = recommendation.updates.get()
        assert (update.by, update.rating, update.text) == (lead, Rating.ON_TRACK, "All set.")
        recommendation.refresh_from_db()
        assert recommendation.state == State.IN_PROGRESS

    def test_it_opens(self, as_lead: Client, here: str) -> None:
        assert as_lead.get(here + "update/").status_code == 200

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            ({"text": "Kept words"}, "rating"),
            ({"rating": "splendid", "text": "Kept words"}, "rating"),
            ({"rating": "on_track", "text": ""}, "text"),
            ({"rating": "on_track", "text": "x" * 10_000}, "text"),
        ],
    )
    def test_bad_input_is_named_and_kept(
        self, as_lead: Client, here: str, data: dict[str, str], field: str
    ) -> None:
        response = as_lead.post(here + "update/", data)
        assert response.status_code == 200
        assert list(response.context["form"].errors) == [field]
        assert data["text"] in response.content.decode()

    def test_a_closed_one_is_refused_in_words(
        self, as_lead: Client, here: str, recommendation: Recommendation
    ) -> None:
        Recommendation.objects.update(state=State.CLOSED_SUPERSEDED, closed_on=timezone.localdate())
        response = as_lead.post(here + "update/", {"rating": "on_track", "text": "Kept words"})
        page = response.content.decode()
        assert CLOSED in page
        assert "Kept words" in page
        assert recommendation.updates.count() == 0


class TestResponseForm:
    def test_it_works(self, as_alice: Client, here: str, recommendation: Recommendation) -> None:
        data = {"response": "not_accepted", "reason": "Done already."}
        assert as_alice.post(here + "response/", data).headers["Location"] == here
        recommendation.refresh_from_db()
        assert (recommendation.response, recommendation.response_reason) == (
            "not_accepted",
            "Done already.",
        )

    def test_it_shows_what_stands(self, as_alice: Client, here: str) -> None:
        Recommendation.objects.update(response="not_accepted", response_reason="Done already.")
        assert "Done already." in as_alice.get(here + "response/").content.decode()

    @pytest.mark.parametrize("response", ["accepted_in_part", "not_accepted"])
    def test_a_reason_is_asked_for(self, as_alice: Client, here: str, response: str) -> None:
        page = as_alice.post(here + "response/", {"response": response, "reason": " "})
        assert page.context["form"].errors == {"reason": [REASON_NEEDED]}

    def test_a_closed_one_is_refused_in_words(self, as_alice: Client, here: str) -> None:
        Recommendation.objects.update(state=State.CLOSED_SUPERSEDED, closed_on=timezone.localdate())
        assert f"{here}response/" not in as_alice.get(here).content.decode()
        data = {"response": "not_accepted", "reason": "Kept words"}
        page = as_alice.post(here + "response/", data).content.decode()
        assert CLOSED in page
        assert "Kept words" in page

    @pytest.mark.parametrize("response", ["", "none_yet", "perhaps"])
    def test_a_response_is_one_of_three(self, as_alice: Client, here: str, response: str) -> None:
        page = as_alice.post(here + "response/", {"response": response, "reason": "Kept words"})
        assert list(page.context["form"].errors) == ["response"]
        assert "Kept words" in page.content.decode()

    def test_too_long_a_reason_is_named_once(self, as_alice: Client, here: str) -> None:
        data = {"response": "not_accepted", "reason": "x" * 10_000}
        page = as_alice.post(here + "response/", data)
        assert [len(errors) for errors in page.context["form"].errors.values()] == [1]


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
        Recommendation.objects.update(state=State.CLOSED_SUPERSEDED, closed_on=timezone.localdate())
        page = as_alice.post(here + "owners/", {"lead_1": "", "date_1": ""})
        assert CLOSED in page.content.decode()


class TestAccept:
    def test_it_works(
        self, as_lead: Client, accept_url: str, here: str, recommendation: Recommendation
    ) -> None:
        action = recommendation.actions.get()
        shown = {"target_date": action.target_date.isoformat()}
        assert f'value="{shown["target_date"]}"' in as_lead.get(here).content.decode()
        assert as_lead.post(accept_url, shown).headers["Location"] == here
        action.refresh_from_db()
        assert action.original_date == action.target_date

    def test_it_rejects_get(self, as_lead: Client, accept_url: str) -> None:
        assert as_lead.get(accept_url).status_code == 405

    def test_everybody_else_gets_403(
        self, as_alice: Client, as_bea: Client, accept_url: str
    ) -> None:
        assert [c.post(accept_url).status_code for c in (as_alice, as_bea)] == [403, 403]
        assert Action.objects.get().accepted_at is None

    def test_a_stranger_gets_404(self, as_chidi: Client, accept_url: str) -> None:
        assert as_chidi.post(accept_url).status_code == 404

    def test_nobody_is_asked_to_sign_in(self, client: Client, accept_url: str) -> None:
        assert client.post(accept_url).headers["Location"].startswith("/accounts/login/")

    def test_another_recommendation_s_action_is_404(
        self,
        as_lead: Client,
        accept_url: str,
        recommendation: Recommendation,
        harbour: Organisation,
    ) -> None:
        other = RecommendationFactory(organisation=harbour)
        address = accept_url.replace(str(recommendation.pk), str(other.pk))
        assert as_lead.post(address).status_code == 404

    @pytest.mark.parametrize("shown", ["2030-01-31", "", "soon"])
    def test_another_date_than_the_one_shown_is_refused(
        self, as_lead: Client, accept_url: str, recommendation: Recommendation, shown: str
    ) -> None:
        page = as_lead.post(accept_url, {"target_date": shown}, follow=True)
        assert DATE_CHANGED in page.content.decode()
        assert recommendation.actions.get().accepted_at is None

    def test_a_new_lead_is_asked(
        self, as_bea: Client, here: str, recommendation: Recommendation, lead: User, bea: User
    ) -> None:
        take_on(recommendation.actions.get(), lead)
        Action.objects.update(responsible_owner=bea, accepted_by=None)
        page = as_bea.get(here).content.decode()
        assert "Stands, and waits for the yes of a new lead" in page
        assert "Take this on" in page

    def test_without_a_date_it_says_why(self, as_lead: Client, accept_url: str, here: str) -> None:
        Action.objects.update(target_date=None)
        page = as_lead.post(accept_url, follow=True).content.decode()
        assert "This action has no date yet." in page
