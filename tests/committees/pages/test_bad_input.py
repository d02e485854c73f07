"""Whatever is sent to a form of groups, meetings, advice and decisions: words, never a crash."""

from typing import Any

import pytest
from django.forms.widgets import ChoiceWidget
from django.test import Client

from committees.enums import GroupKind
from committees.forms.groups import NOT_ON_OFFER
from committees.models import (
    Advice,
    AgendaItem,
    Apology,
    Decision,
    Group,
    GroupMember,
    Meeting,
    Opinion,
)
from history.models import Entry
from organisations.models import Organisation, User
from recommendations.models import Action, Recommendation
from tests.access.routes import ROUTES, address
from tests.access_world import World, build_world
from tests.factories.agenda import AgendaItemFactory
from tests.factories.committees import GroupFactory

TYPED = {
    "group_create": ["kind", "name", "meets_every_months", "contact_address"],
    "group_edit": ["name", "meets_every_months", "tolerance_days", "contact_address"],
    "group_member_add": ["user", "from_date", "to_date"],
    "meeting_plan": ["day", "starts_at", "place"],
    "meeting_edit": ["day", "starts_at", "place", "kind", "topic"],
    "meeting_record": ["state", "covered", "headcount", "changed", "note"],
    "agenda_edit": ["title", "recommendation", "action"],
    "agenda_item_edit": ["title", "recommendation", "action"],
    "apologies_edit": ["seats"],
    "advice_ask": ["group", "title", "recommendations", "question", "reply_by"],
    "advice_give": ["group", "title", "recommendations", "text"],
    "advice_reply": ["text"],
    "advice_answer": ["answer", "reason"],
    "closure_decide": ["meeting", "ruling", "reason"],
    "extension_decide": ["meeting", "ruling", "reason"],
    "date_move": ["new_date", "meeting", "reason"],
    "response_decide": ["meeting", "response", "reason"],
    "opinion_give": ["view", "note"],
    "network_opinion_give": ["group", "view", "note"],
}
READ = {
    "advice_detail", "advice_list", "decision_list", "group_calendar", "group_detail",
    "group_list", "meeting_detail", "pack_detail", "pack_export", "pack_list", "pack_minutes",
    "pack_paper", "pack_pdf", "pack_read", "pack_read_pdf",
}  # fmt: skip
BUTTONS = {
    "agenda_item_remove", "group_close", "group_member_end", "group_reopen", "pack_link_end"
}  # fmt: skip
CHOSEN = {
    "group_member_add": ["user"],
    "meeting_record": ["covered"],
    "agenda_edit": ["recommendation", "action"],
    "agenda_item_edit": ["recommendation", "action"],
    "apologies_edit": ["seats"],
    "advice_ask": ["group", "recommendations"],
    "advice_give": ["group", "recommendations"],
    "closure_decide": ["meeting"],
    "extension_decide": ["meeting"],
    "date_move": ["meeting"],
    "response_decide": ["meeting"],
    "network_opinion_give": ["group"],
}
FOREIGN: dict[Any, str] = {
    User: "memberships__organisation",
    Group: "organisation",
    GroupMember: "group__organisation",
    Meeting: "group__organisation",
    AgendaItem: "meeting__group__organisation",
    Recommendation: "organisation",
    Action: "recommendation__organisation",
}
OVER = {"revision": "1"}
WORDS = {"title": "T", "text": "T", "question": "T", "reason": "T", "note": "T", "view": "agree"}
WORDS_ALONE = {"advice_reply"}
"""Advice may be anything that is not too long."""
BAD = {
    "over-long": "x" * 9001,
    "another script": "\u202eمرحبا 👩🏾",
    "far": "9999-12-31",
    "early": "0001-01-01",
    "number": "9" * 30,
    "mark": "<script>alert(1)</script>",
}
ROWS = (Advice, AgendaItem, Apology, Decision, Entry, Group, GroupMember, Meeting, Opinion)
STOCK = ("Select a valid choice", "Ensure this value", "Enter a valid date")


@pytest.fixture
def world(harbour: Organisation, alice: User) -> World:
    GroupFactory(organisation=harbour, kind=GroupKind.STAFF_NETWORK, name="Network")
    return build_world(harbour, alice)


def rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in ROWS}


def test_every_form_is_here() -> None:
    theirs = {
        name
        for name, (_, pattern) in ROUTES.items()
        if pattern.callback.__module__.startswith("committees.views")
    }
    asks_nothing = {"agenda_item_move", "pack_freeze", "pack_link_make", "pack_paper_again"}
    assert set(TYPED) | asks_nothing | set(READ) | set(BUTTONS) >= theirs


@pytest.mark.parametrize("kind", BAD)
def test_what_makes_no_sense_is_said_at_its_field(
    kind: str, world: World, as_alice: Client
) -> None:
    value, before, wrong = BAD[kind], rows(), {}
    for name, fields in TYPED.items():
        if name in WORDS_ALONE and kind != "over-long":
            continue
        response = as_alice.post(address(name, world), dict.fromkeys(fields, value) | OVER)
        form = response.context["form"] if response.status_code == 200 else None
        if form is None or not form.errors:
            wrong[name] = response.status_code
            continue
        said = str(form.errors.as_data())
        if value in said or any(words in said for words in STOCK):
            wrong[name] = said
        if any(form[each].value() != value for each in form.fields if is_text(form, each)):
            wrong[name] = "not kept"
    assert (wrong, rows()) == ({}, before)


def is_text(form: Any, name: str) -> bool:
    return name in form.data.keys() - OVER.keys() and not isinstance(
        form.fields[name].widget, ChoiceWidget
    )


def test_nul_bytes_are_refused_before_any_form(world: World, as_alice: Client) -> None:
    before = rows()
    statuses = {
        as_alice.post(address(name, world), dict.fromkeys(fields, "a\x00b")).status_code
        for name, fields in TYPED.items()
    }
    assert (statuses, rows()) == ({400}, before)


def test_another_organisation_s_rows_are_no_choices(
    world: World, northside: Organisation, as_alice: Client, chidi: User
) -> None:
    theirs = build_world(northside, chidi)
    recorded = Meeting.objects.get(pk=world.arguments["meeting_record"]["pk"])
    AgendaItemFactory(meeting=recorded)
    ids = [
        str(model.objects.filter(**{path: northside}).values_list("pk", flat=True)[0])
        for model, path in FOREIGN.items()
    ]
    before, wrong = rows(), {}
    for name, fields in CHOSEN.items():
        for field in fields:
            for pk in ids:
                response = as_alice.post(address(name, world), WORDS | OVER | {field: pk})
                if response.status_code != 200 or field not in response.context["form"].errors:
                    wrong[name, field] = response.status_code
                assert theirs.canary not in response.content.decode()
    assert (wrong, rows()) == ({}, before)


def test_a_second_click_on_giving_a_seat_is_told_in_words(
    world: World, as_alice: Client, alice: User
) -> None:
    sent = {"user": str(alice.pk), "from_date": "2026-01-05"}
    there = address("group_member_add", world)
    assert as_alice.post(there, sent).status_code == 302
    assert as_alice.post(there, sent).context["form"].errors == {"user": [NOT_ON_OFFER]}


@pytest.mark.parametrize("months", ["0", "13", "-1", "40000"])
def test_how_often_a_group_meets(months: str, world: World, as_alice: Client) -> None:
    sent = {"kind": "board", "name": "New", "meets_every_months": months}
    form = as_alice.post(address("group_create", world), sent).context["form"]
    assert form.errors == {"meets_every_months": ["Enter a number from 1 to 12."]}
