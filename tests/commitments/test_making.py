"""The guided path, from the first page to a public pledge."""

import pytest
from django.test import Client
from django.urls import reverse

from commitments.enums import Cadence, Choice, PledgeState
from commitments.models import Pledge, Wording
from commitments.signing import KEEP_ONE, LONGEST_PROMISE
from organisations.models import Organisation, User

WHO = {"leader_name": "Ọláńrewájú Nguyễn", "role_title": "Chief executive", "organisation_name": ""}
STEPS = ["pledge_who", "pledge_promises", "pledge_rhythm", "pledge_check"]


def promises_post(wording: Wording, **changes: str) -> dict[str, str]:
    """What the page sends when nothing is changed."""
    sent = {"own": "", "statement": ""}
    for line in wording.promises.all():
        sent[f"choice_{line.key}"] = "adopted"
        sent[f"text_{line.key}"] = line.text
    return sent | changes


def test_a_visitor_sees_the_promises_and_comes_back_after_signing_in(
    client: Client, wording: Wording
) -> None:
    response = client.get("/pledges/make/")
    assert response.status_code == 200
    body = response.content.decode()
    assert "/accounts/login/?next=%2Fpledges%2Fmake%2F" in body
    assert "/accounts/signup/?next=%2Fpledges%2Fmake%2F" in body
    assert body.count("<li>") >= 8


def test_a_visitor_who_posts_is_sent_to_sign_in(client: Client, wording: Wording) -> None:
    response = client.post("/pledges/make/", WHO)
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=%2Fpledges%2Fmake%2F"
    assert Pledge.objects.count() == 0


def test_the_whole_path(as_alice: Client, harbour: Organisation, wording: Wording) -> None:
    assert as_alice.get("/pledges/make/").status_code == 200
    response = as_alice.post("/pledges/make/", WHO | {"organisation": harbour.pk})
    pledge = Pledge.objects.get()
    assert response["Location"] == reverse("pledge_promises", args=[pledge.pk])
    assert pledge.organisation_name == "Harbour Minds"
    sent = promises_post(
        wording,
        choice_balanced_panels="adapted",
        text_balanced_panels="I ask first.",
        choice_keep_asking="left_out",
        own="- I learn.\n\nI listen.",
        statement="Because **now**.",
    )
    response = as_alice.post(reverse("pledge_promises", args=[pledge.pk]), sent)
    assert response["Location"] == reverse("pledge_rhythm", args=[pledge.pk])
    response = as_alice.post(
        reverse("pledge_rhythm", args=[pledge.pk]), {"check_in_every": "quarterly"}
    )
    assert response["Location"] == reverse("pledge_check", args=[pledge.pk])
    body = as_alice.get(response["Location"]).content.decode()
    assert "I ask first." in body
    assert "Left out:" in body
    response = as_alice.post(reverse("pledge_publish", args=[pledge.pk]))
    pledge.refresh_from_db()
    assert response["Location"] == pledge.get_absolute_url()
    page = as_alice.get(response["Location"]).content.decode()
    assert '<a href="#share">take its text to publish elsewhere</a>' in page
    assert '<details class="disclosure" id="share" open>' in page
    assert pledge.slug == "ọláńrewájú-nguyễn"
    assert pledge.state == PledgeState.PUBLISHED
    assert pledge.check_in_every == Cadence.QUARTERLY
    texts = list(
        pledge.signings.get().promises.order_by("position").values_list("choice", flat=True)
    )
    assert texts == [
        Choice.ADOPTED,
        Choice.ADAPTED,
        Choice.ADOPTED,
        Choice.LEFT_OUT,
        *[Choice.ADOPTED] * 4,
        Choice.OWN,
        Choice.OWN,
    ]


def test_coming_back_leads_to_the_answers(as_alice: Client, draft: Pledge) -> None:
    response = as_alice.get("/pledges/make/")
    assert response["Location"] == reverse("pledge_check", args=[draft.pk])


def test_a_change_link_leads_back_to_the_answers(as_alice: Client, draft: Pledge) -> None:
    address = reverse("pledge_who", args=[draft.pk])
    response = as_alice.post(f"{address}?from=check", WHO)
    assert response["Location"] == reverse("pledge_check", args=[draft.pk])
    draft.refresh_from_db()
    assert draft.leader_name == WHO["leader_name"]
    assert draft.organisation is None


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
    assert response.status_code == 200
    assert "organisation" in response.context["form"].errors
    assert "Northside" not in response.content.decode()


@pytest.mark.parametrize("step", STEPS)
def test_a_draft_is_its_leaders_alone(
    step: str, draft: Pledge, as_bea: Client, as_chidi: Client, client: Client
) -> None:
    address = reverse(step, args=[draft.pk])
    assert as_bea.get(address).status_code == 404
    assert as_chidi.get(address).status_code == 404
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("step", STEPS)
def test_a_published_pledge_cannot_be_edited(step: str, pledge: Pledge, as_alice: Client) -> None:
    response = as_alice.get(reverse(step, args=[pledge.pk]))
    assert response["Location"] == reverse("my_pledge", args=[pledge.pk])


@pytest.mark.parametrize("step", STEPS)
def test_each_step_shows(step: str, draft: Pledge, as_alice: Client) -> None:
    assert as_alice.get(reverse(step, args=[draft.pk])).status_code == 200


@pytest.mark.parametrize("step", [*STEPS, "pledge_publish"])
def test_wrong_methods_are_refused(step: str, draft: Pledge, as_alice: Client) -> None:
    assert as_alice.delete(reverse(step, args=[draft.pk])).status_code == 405


def test_publishing_needs_a_post(draft: Pledge, as_alice: Client) -> None:
    assert as_alice.get(reverse("pledge_publish", args=[draft.pk])).status_code == 405
    draft.refresh_from_db()
    assert draft.state == PledgeState.DRAFT


def test_a_second_publish_click_publishes_nothing_twice(draft: Pledge, as_alice: Client) -> None:
    address = reverse("pledge_publish", args=[draft.pk])
    as_alice.post(address)
    draft.refresh_from_db()
    first = draft.published_at
    response = as_alice.post(address)
    assert response["Location"] == reverse("my_pledge", args=[draft.pk])
    draft.refresh_from_db()
    assert draft.published_at == first
    assert draft.signings.count() == 1


def test_somebody_else_cannot_publish(draft: Pledge, as_chidi: Client) -> None:
    assert as_chidi.post(reverse("pledge_publish", args=[draft.pk])).status_code == 404


def test_leaving_everything_out_is_refused_and_kept(
    draft: Pledge, wording: Wording, as_alice: Client
) -> None:
    nothing = {f"choice_{line.key}": "left_out" for line in wording.promises.all()}
    address = reverse("pledge_promises", args=[draft.pk])
    sent = promises_post(wording, statement="Kept as typed", **nothing)
    response = as_alice.post(address, sent)
    assert response.context["form"].non_field_errors() == [KEEP_ONE]
    assert "Kept as typed" in response.content.decode()


def test_own_words_need_words(draft: Pledge, wording: Wording, as_alice: Client) -> None:
    address = reverse("pledge_promises", args=[draft.pk])
    sent = promises_post(wording, choice_keep_asking="adapted", text_keep_asking="  ")
    form = as_alice.post(address, sent).context["form"]
    assert form.errors == {"text_keep_asking": ["Write it in your own words."]}


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("x" * (LONGEST_PROMISE + 1), "One of them has more than 1000 characters."),
        ("a\n" * 11, "That is more than 10. Keep the ones that matter most."),
    ],
)
def test_own_promises_have_bounds(
    own: str, message: str, draft: Pledge, wording: Wording, as_alice: Client
) -> None:
    address = reverse("pledge_promises", args=[draft.pk])
    form = as_alice.post(address, promises_post(wording, own=own)).context["form"]
    assert form.errors == {"own": [message]}


def test_missing_fields_get_messages_not_errors(draft: Pledge, as_alice: Client) -> None:
    response = as_alice.post(reverse("pledge_promises", args=[draft.pk]), {"sent": "1"})
    assert response.status_code == 200
    assert len(response.context["form"].errors) == 8


@pytest.mark.parametrize("name", ["leader_name", "role_title", "organisation_name"])
def test_too_long_a_name_is_refused_and_kept(name: str, as_alice: Client, wording: Wording) -> None:
    response = as_alice.post("/pledges/make/", WHO | {name: "é" * 10_000})
    assert list(response.context["form"].errors) == [name]
    assert "é" * 10_000 in response.content.decode()


@pytest.mark.parametrize("name", ["🌻🌻", "שרה كريم", "தமிழ் செல்வி", "<b>Bo</b>", "O’Brien {{x}}"])
def test_any_name_is_stored_and_shown_as_typed(
    name: str, as_alice: Client, wording: Wording
) -> None:
    as_alice.post("/pledges/make/", WHO | {"leader_name": name})
    pledge = Pledge.objects.get()
    as_alice.post(reverse("pledge_publish", args=[pledge.pk]))
    pledge.refresh_from_db()
    assert pledge.leader_name == name
    response = as_alice.get(pledge.get_absolute_url())
    assert response.status_code == 200
    shown = name.replace("<", "&lt;").replace(">", "&gt;")
    assert f"<bdi>{shown}</bdi>" in response.content.decode()


def test_without_a_wording_there_is_nothing_to_sign(client: Client, db: None) -> None:
    assert client.get("/pledges/make/").status_code == 404
