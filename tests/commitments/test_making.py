"""The guided path, from the first page to a public pledge."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commitments.enums import Cadence, Choice, PledgeState
from commitments.models import Pledge, Wording
from commitments.queries.making import text_in_hand
from commitments.signing import KEEP_ONE, LONGEST_PROMISE
from organisations.models import Organisation, User
from tests.factories.commitments import PledgeFactory

WHO = {"leader_name": "Ọláńrewájú Nguyễn", "role_title": "Chief executive", "organisation_name": ""}
STEPS = [
    "pledge_who",
    "pledge_promises",
    "pledge_own",
    "pledge_standards",
    "pledge_rhythm",
    "pledge_shows",
    "pledge_check",
]
ONLY_POST = ["pledge_publish", "draft_drop", "preview_make", "preview_close"]
NO_STANDARDS = {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}


def promises_post(wording: Wording, **changes: str) -> dict[str, str]:
    """What the page sends when nothing is changed."""
    sent = {}
    for line in wording.promises.all():
        sent[f"choice_{line.key}"] = "adopted"
        sent[f"text_{line.key}"] = line.text
    return sent | changes


def step(name: str, pledge: Pledge) -> str:
    return reverse(f"pledge_{name}", args=[pledge.pk])


def seen(pledge: Pledge) -> dict[str, str]:
    """What a page says of the text that it was opened on."""
    text = text_in_hand(pledge)
    return {"revision": str(text.revision)} if text else {}


def test_a_visitor_sees_the_promises_and_the_first_step(client: Client, wording: Wording) -> None:
    response = client.get("/pledges/make/")
    assert response.status_code == 200
    body = response.content.decode()
    assert body.count("<li>") >= 8
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


# Two windows


def hidden(response: Any) -> list[str]:
    return re.findall(r'<input type="hidden" name="revision" value="(\d+)"', shown(response))


def shown(response: Any) -> str:
    return " ".join(response.content.decode().split())


def saved(pledge: Pledge) -> list[object]:
    text = pledge.signings.get()
    lines = list(text.promises.order_by("position").values_list("choice", "text"))
    return [text.statement, lines, list(text.standards.values_list("kind", "name"))]


def test_two_windows_lose_no_promise(draft: Pledge, wording: Wording, as_alice: Client) -> None:
    opened = seen(draft)
    assert hidden(as_alice.get(step("promises", draft))) == ["1"]
    first = promises_post(wording, choice_keep_asking="adapted", text_keep_asking="I ask twice.")
    as_alice.post(step("promises", draft), opened | first)
    before = saved(draft)
    second = promises_post(wording, choice_keep_asking="left_out", text_keep_asking="Mine.")
    response = as_alice.post(step("promises", draft), opened | second)
    assert "This was saved while you were writing" in shown(response)
    assert [words in shown(response) for words in ("I ask twice.", "Mine.")] == [True] * 2
    assert saved(draft) == before
    assert response.context["theirs"] == [("Keep asking who is being heard", "I ask twice.")]
    response = as_alice.post(step("promises", draft), {"revision": "2"} | second)
    assert response["Location"] == step("own", draft)
    assert draft.signings.get().promises.filter(choice=Choice.LEFT_OUT).count() == 1


def test_two_windows_lose_no_words(draft: Pledge, as_alice: Client) -> None:
    opened = seen(draft)
    as_alice.post(step("own", draft), opened | {"own": "I ask.", "statement": "Because."})
    before = saved(draft)
    second = {"own": "I learn.\nI listen.", "statement": "So that."}
    response = as_alice.post(step("own", draft), opened | second)
    assert response.context["theirs"] == [
        ("Promises of my own", "I ask."),
        ("Why I make this pledge", "Because."),
    ]
    for words in ("I ask.", "Because.", "I listen.", "So that.", "Another window of yours"):
        assert words in shown(response)
    assert saved(draft) == before
    assert as_alice.post(step("own", draft), {"revision": "2"} | second).status_code == 302
    assert draft.signings.get().statement == "So that."


def test_two_windows_lose_no_standard(draft: Pledge, as_alice: Client) -> None:
    opened = seen(draft)
    row = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-kind": "other"}
    first = row | {"form-0-name": "Ours", "form-0-signed_up_on": "2021-03-01"}
    as_alice.post(step("standards", draft), opened | first)
    before = saved(draft)
    response = as_alice.post(step("standards", draft), opened | row | {"form-0-name": "Theirs"})
    assert response.context["theirs"] == [("Number 1", "Ours, since 1 March 2021")]
    assert "Theirs" in shown(response)
    assert hidden(response) == ["2"]
    assert saved(draft) == before
    as_alice.post(step("standards", draft), row | {"revision": "2", "form-0-name": "Theirs"})
    assert draft.signings.get().standards.get().name == "Theirs"


def test_another_row_is_still_on_the_text_that_was_opened(draft: Pledge, as_alice: Client) -> None:
    opened = seen(draft)
    as_alice.post(step("own", draft), opened | {"own": "I ask.", "statement": ""})
    response = as_alice.post(step("standards", draft), opened | NO_STANDARDS | {"another": "one"})
    assert hidden(response) == ["1"]


@pytest.mark.parametrize("name", ["promises", "own", "standards"])
def test_a_double_click_saves_once(
    name: str, draft: Pledge, wording: Wording, as_alice: Client
) -> None:
    sent = {
        "promises": promises_post(wording, choice_keep_asking="left_out"),
        "own": {"own": "I ask.", "statement": "Because."},
        "standards": {
            "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-kind": "acevo",
        },
    }[name] | seen(draft)  # fmt: skip
    both = [as_alice.post(step(name, draft), sent) for _ in range(2)]
    assert both[0]["Location"] == both[1]["Location"]
    assert draft.signings.get().revision == 2


@pytest.mark.parametrize("revision", [None, "", "0", "x", "2", "9" * 30])
def test_what_was_not_checked_is_not_published(
    revision: str | None, draft: Pledge, as_alice: Client
) -> None:
    sent = {} if revision is None else {"revision": revision}
    response = as_alice.post(step("publish", draft), sent, follow=True)
    assert response.redirect_chain == [(step("check", draft), 302)]
    assert "Nothing was published." in shown(response)
    draft.refresh_from_db()
    assert draft.state == PledgeState.DRAFT


def test_the_text_is_published_as_it_was_checked(draft: Pledge, as_alice: Client) -> None:
    opened = seen(draft)
    assert hidden(as_alice.get(step("check", draft))) == ["1"]
    as_alice.post(step("own", draft), opened | {"own": "I ask.", "statement": ""})
    response = as_alice.post(step("publish", draft), opened, follow=True)
    assert "changed in another window" in shown(response)
    assert "I ask." in shown(response)
    as_alice.post(step("publish", draft), {"revision": hidden(response)[0]})
    draft.refresh_from_db()
    assert draft.state == PledgeState.PUBLISHED


def test_own_words_need_words(draft: Pledge, wording: Wording, as_alice: Client) -> None:
    sent = promises_post(wording, choice_keep_asking="adapted", text_keep_asking="  ")
    form = as_alice.post(step("promises", draft), seen(draft) | sent).context["form"]
    assert form.errors == {"text_keep_asking": ["Write it in your own words."]}


def test_promises_of_ones_own_stay_when_the_others_change(
    draft: Pledge, wording: Wording, as_alice: Client
) -> None:
    as_alice.post(step("own", draft), seen(draft) | {"own": "I ask.\nI learn.", "statement": "Why"})
    as_alice.post(
        step("promises", draft), seen(draft) | promises_post(wording, choice_keep_asking="left_out")
    )
    form = as_alice.get(step("own", draft)).context["form"]
    assert form.initial == {"own": "I ask.\nI learn.", "statement": "Why", "revision": 3}


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("x" * (LONGEST_PROMISE + 1), "One of them has more than 1000 characters."),
        ("a\n" * 11, "That is more than 10. Keep the ones that matter most."),
    ],
)
def test_own_promises_have_bounds(own: str, message: str, draft: Pledge, as_alice: Client) -> None:
    response = as_alice.post(step("own", draft), seen(draft) | {"own": own, "statement": ""})
    assert response.context["form"].errors == {"own": [message]}
    assert own in response.content.decode()


def test_the_reasons_have_a_bound_and_are_sanitised(draft: Pledge, as_alice: Client) -> None:
    form = as_alice.post(
        step("own", draft), seen(draft) | {"own": "", "statement": "x" * 5001}
    ).context["form"]
    assert list(form.errors) == ["statement"]
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) ![p](https://x.example/p.png)"
    as_alice.post(step("own", draft), seen(draft) | {"own": "", "statement": hostile})
    page = as_alice.get(step("check", draft)).content.decode()
    sheet = page[page.index('<div class="pledge-why">') : page.index("</blockquote>")]
    assert [word in sheet for word in ("<script", 'href="javascript', "<img")] == [False] * 3


def test_missing_fields_get_messages_not_errors(draft: Pledge, as_alice: Client) -> None:
    response = as_alice.post(step("promises", draft), seen(draft) | {"sent": "1"})
    assert response.status_code == 200
    assert len(response.context["form"].errors) == 8
    form = as_alice.post(step("rhythm", draft), {"sent": "1"}).context["form"]
    assert form.errors == {"check_in_every": ["Choose one."]}


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
    as_alice.post(step("publish", pledge), seen(pledge))
    pledge.refresh_from_db()
    assert pledge.leader_name == name
    response = as_alice.get(pledge.get_absolute_url())
    assert response.status_code == 200
    shown = name.replace("<", "&lt;").replace(">", "&gt;")
    assert f"<bdi>{shown}</bdi>" in response.content.decode()


def test_without_a_wording_there_is_nothing_to_sign(client: Client, db: None) -> None:
    assert client.get("/pledges/make/").status_code == 404


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
