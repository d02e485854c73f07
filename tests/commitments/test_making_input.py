"""What is typed on the guided path: its bounds, and how it is kept."""

import pytest
from django.test import Client

from commitments.models import Pledge, Wording
from commitments.signing import LONGEST_PROMISE
from tests.commitments.making import WHO, promises_post, seen, step


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
