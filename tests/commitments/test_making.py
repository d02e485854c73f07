"""The guided path, from the first page to a public pledge."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commitments.enums import Cadence, Choice, PledgeState
from commitments.models import Pledge, Wording
from commitments.signing import KEEP_ONE
from organisations.models import Organisation, User
from tests.commitments.making import NO_STANDARDS, STEPS, WHO, promises_post, seen, shown, step
from tests.factories.commitments import PledgeFactory

ONLY_POST = ["pledge_publish", "draft_drop", "preview_make", "preview_close"]


def test_a_visitor_sees_the_promises_and_the_first_step(client: Client, wording: Wording) -> None:
    response = client.get("/pledges/make/")
    assert response.status_code == 200
    body = response.content.decode()
    texts = [line.text for line in wording.promises.all()]
    assert ([text in body for text in texts], len(texts)) == ([True] * 8, 8)
    assert 'name="leader_name"' in body
    assert 'href="/accounts/login/?next=/pledges/make/"' in body
    assert "sessionid" not in response.cookies


def test_the_whole_path(as_alice: Client, harbour: Organisation, wording: Wording) -> None:
    response = as_alice.post("/pledges/make/", WHO | {"organisation": harbour.pk})
    pledge = Pledge.objects.get()
    assert response["Location"] == step("promises", pledge)
    assert pledge.organisation_name == "Harbour Minds"
    sent = promises_post(
        wording,
        choice_balanced_panels="adapted",
        text_balanced_panels="I ask first.",
        choice_keep_asking="left_out",
    )
    walked = [
        (sent, "own"),
        ({"own": "- I learn.\n\nI listen.", "statement": "Because **now**."}, "standards"),
        (NO_STANDARDS, "rhythm"),
        ({"check_in_every": "quarterly"}, "shows"),
        ({"is_listed": "on", "counts_who_followed": "on"}, "check"),
    ]
    for data, following in walked:
        response = as_alice.post(response["Location"], seen(pledge) | data)
        assert response["Location"] == step(following, pledge)
    body = as_alice.get(response["Location"]).content.decode()
    assert "I ask first." in body
    assert "Left out:" in body
    assert "<strong>now</strong>" in body
    response = as_alice.post(step("publish", pledge), seen(pledge))
    pledge.refresh_from_db()
    assert response["Location"] == pledge.get_absolute_url()
    assert pledge.slug == "ọláńrewájú-nguyễn"
    assert pledge.state == PledgeState.PUBLISHED
    assert pledge.check_in_every == Cadence.QUARTERLY
    shown = (pledge.is_listed, pledge.shows_record, pledge.counts_who_followed)
    assert shown == (True, False, True)
    choices = pledge.signings.get().promises.order_by("position").values_list("choice", flat=True)
    assert list(choices) == [
        Choice.ADOPTED,
        Choice.ADAPTED,
        Choice.ADOPTED,
        Choice.LEFT_OUT,
        *[Choice.ADOPTED] * 4,
        Choice.OWN,
        Choice.OWN,
    ]


def test_in_a_hurry_two_clicks_lead_to_the_answers(as_alice: Client, wording: Wording) -> None:
    response = as_alice.post("/pledges/make/", WHO | {"check": "now"})
    pledge = Pledge.objects.get()
    assert response["Location"] == step("check", pledge)
    assert pledge.check_in_every == Cadence.MONTHLY
    as_alice.post(step("publish", pledge), seen(pledge))
    assert pledge.signings.get().promises.filter(choice=Choice.ADOPTED).count() == 8
    pledge.refresh_from_db()
    assert pledge.counts_who_followed is False


def test_the_box_to_count_who_followed_is_not_ticked(draft: Pledge, as_alice: Client) -> None:
    page = as_alice.get(step("shows", draft))
    assert "Count people who make the pledge after I asked" in page.content.decode()
    assert page.context["form"]["counts_who_followed"].value() is False


def test_the_button_says_that_the_email_comes_first(
    client: Client, draft: Pledge, as_alice: Client
) -> None:
    """For whoever has no account yet."""
    client.post("/pledges/make/", WHO | {"check": "now"})
    begun = Pledge.objects.get(leader=None)
    first, signs = "Confirm your email, then publish", "Sign and publish"
    page = client.get(step("check", begun)).content.decode()
    assert (first in page, signs in page) == (True, False)
    page = as_alice.get(step("check", draft)).content.decode()
    assert (first in page, signs in page) == (False, True)


def test_a_page_sent_twice_makes_one_draft(as_alice: Client, wording: Wording) -> None:
    key = as_alice.get("/pledges/make/").context["form"].fields["key"].initial
    both = [as_alice.post("/pledges/make/", WHO | {"key": key})["Location"] for _ in range(2)]
    assert both == [step("promises", Pledge.objects.get())] * 2


@pytest.mark.parametrize("key", ["", "x", "b7a1f4d2-0000-4000-8000-000000000000:forged"])
def test_a_number_that_is_not_ours_is_ignored(
    key: str, as_alice: Client, draft: Pledge, wording: Wording
) -> None:
    as_alice.post("/pledges/make/", WHO | {"key": key.replace("b7a1", str(draft.pk)[:4])})
    assert Pledge.objects.count() == 2


def test_drafts_stay_in_reach_on_the_first_page(as_alice: Client, draft: Pledge) -> None:
    as_alice.post("/pledges/make/", WHO)
    body = as_alice.get("/pledges/make/").content.decode()
    for each in Pledge.objects.all():
        assert step("check", each) in body
    assert Pledge.objects.count() == 2


def test_a_draft_is_not_called_secret(draft: Pledge, as_alice: Client) -> None:
    """Somebody may have been given the link to it."""
    for address in ("/pledges/make/", "/me/", step("check", draft)):
        page = shown(as_alice.get(address)).lower()
        assert "not public yet." in page
        assert "only you can see" not in page


def test_a_change_link_leads_back_to_the_answers(as_alice: Client, draft: Pledge) -> None:
    response = as_alice.post(f"{step('who', draft)}?from=check", WHO)
    assert response["Location"] == step("check", draft)
    draft.refresh_from_db()
    assert draft.leader_name == WHO["leader_name"]
    assert draft.organisation is None


def test_each_page_says_where_it_stands(as_alice: Client, draft: Pledge) -> None:
    for number, name in enumerate(STEPS, 1):
        page = as_alice.get(reverse(name, args=[draft.pk])).content.decode()
        assert f"Your pledge: step {number} of 7" in page


def test_somebody_without_an_organisation_is_not_offered_one(
    client: Client, wording: Wording, db: None
) -> None:
    lonely = User.objects.create_user("lonely@example.org", display_name="Lonely")
    client.force_login(lonely)
    body = client.get("/pledges/make/").content.decode()
    assert 'name="organisation"' not in body
    assert 'value="Lonely"' in body


def test_an_organisation_of_others_is_refused(
    as_alice: Client, northside: Organisation, wording: Wording
) -> None:
    response = as_alice.post("/pledges/make/", WHO | {"organisation": northside.pk})
    assert list(response.context["form"].errors) == ["organisation"]
    assert "Northside" not in response.content.decode()


@pytest.mark.parametrize("name", STEPS)
def test_a_draft_is_its_leaders_alone(
    name: str, draft: Pledge, as_alice: Client, as_bea: Client, as_chidi: Client, client: Client
) -> None:
    address = reverse(name, args=[draft.pk])
    assert as_alice.get(address).status_code == 200
    assert as_alice.delete(address).status_code == 405
    for other in (as_bea, as_chidi, client):
        assert other.get(address).status_code == 404
        assert other.post(address, WHO).status_code == (405 if name == "pledge_check" else 404)


@pytest.mark.parametrize("name", ONLY_POST)
def test_what_changes_a_draft_is_its_leaders_alone(
    name: str, draft: Pledge, as_alice: Client, as_bea: Client, client: Client
) -> None:
    address = reverse(name, args=[draft.pk])
    assert as_alice.get(address).status_code == 405
    assert as_bea.post(address).status_code == 404
    assert client.post(address).status_code == 404
    draft.refresh_from_db()
    assert draft.state == PledgeState.DRAFT


@pytest.mark.parametrize("name", STEPS)
def test_a_published_pledge_cannot_be_edited(name: str, pledge: Pledge, as_alice: Client) -> None:
    response = as_alice.get(reverse(name, args=[pledge.pk]))
    assert response["Location"] == reverse("my_pledge", args=[pledge.pk])


def test_a_second_publish_click_lands_where_the_first_did(draft: Pledge, as_alice: Client) -> None:
    address, sent = step("publish", draft), seen(draft)
    first = as_alice.post(address, sent)
    draft.refresh_from_db()
    made = draft.published_at
    assert as_alice.post(address, sent)["Location"] == first["Location"] == draft.get_absolute_url()
    draft.refresh_from_db()
    assert draft.published_at == made
    assert draft.signings.count() == 1


def test_nothing_promised_cannot_be_signed(
    draft: Pledge, wording: Wording, as_alice: Client
) -> None:
    nothing = {f"choice_{line.key}": "left_out" for line in wording.promises.all()}
    as_alice.post(step("promises", draft), seen(draft) | promises_post(wording, **nothing))
    own = as_alice.post(
        step("own", draft), seen(draft) | {"own": " ", "statement": "Kept as typed"}
    )
    assert own.context["form"].errors == {"own": [KEEP_ONE]}
    assert "Kept as typed" in own.content.decode()
    assert "Sign and publish" not in as_alice.get(step("check", draft)).content.decode()
    response = as_alice.post(step("publish", draft), seen(draft), follow=True)
    assert KEEP_ONE in response.content.decode()
    draft.refresh_from_db()
    assert draft.state == PledgeState.DRAFT
    as_alice.post(step("own", draft), seen(draft) | {"own": "I ask.", "statement": ""})
    assert "Sign and publish" in as_alice.get(step("check", draft)).content.decode()


def test_a_draft_is_dropped_by_its_leader(draft: Pledge, as_alice: Client) -> None:
    response = as_alice.post(reverse("draft_drop", args=[draft.pk]))
    assert response["Location"] == "/pledges/make/"
    assert Pledge.objects.count() == 0
    assert as_alice.post(reverse("draft_drop", args=[draft.pk])).status_code == 404


@pytest.mark.parametrize("drafts", [1, 3])
def test_the_first_page_costs_the_same_with_any_drafts(
    drafts: int,
    alice: User,
    as_alice: Client,
    wording: Wording,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(drafts):
        PledgeFactory(leader=alice, draft=True, signing=wording, slug=f"draft-{number}")
    with django_assert_num_queries(8):
        as_alice.get("/pledges/make/")


def test_the_answers_cost_few_queries(
    draft: Pledge, as_alice: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(7):
        as_alice.get(step("check", draft))
