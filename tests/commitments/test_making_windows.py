"""Two windows on one draft lose nothing."""

import re
from typing import Any

import pytest
from django.test import Client

from commitments.enums import Choice, PledgeState
from commitments.models import Pledge, Wording
from tests.commitments.making import NO_STANDARDS, promises_post, seen, shown, step


def hidden(response: Any) -> list[str]:
    return re.findall(r'<input type="hidden" name="revision" value="(\d+)"', shown(response))


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
