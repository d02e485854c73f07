"""A leader makes a pledge, everybody can read it, and the record shows how it is kept."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Locator, expect

from commitments.actions import load_wording
from commitments.catalogue_file import load_catalogue
from organisations.models import User
from tests.factories.commitments import PledgeFactory
from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor


@pytest.fixture
def wording(transactional_db: None) -> None:
    for entry in load_catalogue():
        load_wording(entry=entry, now=timezone.now())


def promise(visitor: Visitor, title: str) -> Locator:
    return visitor.main.get_by_role("group", name=title, exact=True)


def makes_a_pledge(visitor: Visitor) -> None:
    visitor.follows("Make a pledge")
    visitor.is_at("Who are you?")
    visitor.types(leader_name="", role_title="Chief executive")
    visitor.presses("Save and carry on")
    visitor.is_told("Enter your name.")
    visitor.types(leader_name="Bea Brown")
    visitor.presses("Save and carry on")
    chooses_promises(visitor)
    visitor.is_at("How often will you look back?")
    visitor.main.get_by_label("Every three months").press("ArrowUp")
    expect(visitor.main.get_by_label("Every month")).to_be_checked()
    visitor.presses("Save and carry on")


def chooses_promises(visitor: Visitor) -> None:
    visitor.is_at("What do you promise?")
    panels = promise(visitor, "Speak on balanced panels")
    expect(panels.get_by_label("My words")).to_be_hidden()
    panels.get_by_label("In my own words").check()
    panels.get_by_label("My words").fill("")
    promise(visitor, "Ask others to make the same promises").get_by_label("Leave it out").check()
    visitor.types(own="I will publish who speaks at our own events.\n")
    visitor.presses("Save and carry on")
    visitor.is_told("Write it in your own words.")
    panels.get_by_label("My words").fill("I speak only where women and others are heard.")
    visitor.presses("Save and carry on")


def test_making_a_pledge(visitor: Visitor, arrive: Arrive, bea: User, wording: None) -> None:
    PledgeFactory(leader_name="Somebody Else", slug="somebody-else")
    visitor.is_signed_in_as(bea)
    visitor.opens("/")
    makes_a_pledge(visitor)
    visitor.is_at("Check your pledge")
    visitor.sees("Chief executive", "Every month", "I speak only where women and others are heard.")
    visitor.follows("Change role")
    visitor.types(role_title="Interim director")
    visitor.presses("Save and carry on")
    visitor.is_at("Check your pledge")
    visitor.presses("Sign and publish")
    visitor.is_at("Bea Brown")
    visitor.sees("Your pledge is public.", "Interim director", "No record yet")

    anybody = arrive()
    anybody.opens("/")
    anybody.chooses_from_menu("Pledges")
    anybody.sees("Somebody Else", "Bea Brown")
    anybody.types(q="brown")
    anybody.presses("Search")
    anybody.sees("1 found")
    anybody.does_not_see("Somebody Else")
    anybody.follows("Bea Brown")
    anybody.sees(
        "I speak only where women and others are heard.",
        "I will publish who speaks at our own events.",
        "Left out: I encourage other people to make these promises too.",
    )
    copies_the_text(anybody)
    assert anybody.context.cookies() == []


def copies_the_text(visitor: Visitor) -> None:
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.unfolds("Publish this text elsewhere")
    visitor.main.get_by_role("button", name="Copy").first.click()
    expect(visitor.main.get_by_role("status").first).to_have_text("Copied")
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied == visitor.main.get_by_label("Plain text").input_value()
    assert "I will publish who speaks at our own events." in copied
    assert visitor.page.url in copied


def test_keeping_a_pledge(visitor: Visitor, arrive: Arrive, bea: User, wording: None) -> None:
    pledge = PledgeFactory(leader=bea, slug="bea-brown")
    visitor.is_signed_in_as(bea)
    visitor.opens("/me/")
    visitor.follows("Chief executive")
    visitor.is_at("Your record")
    visitor.follows("Add an invitation")
    visitor.presses("Save")
    visitor.is_told("Enter an answer.")
    visitor.types(title="Spring conference", organiser="A funder")
    visitor.presses("Save")
    visitor.sees("Spring conference", "Not asked")
    notes_that_the_line_up_changed(visitor)
    visitor.sees("Line-up changed after asking", "of 1 line-up asked about")
    checks_in(visitor, bea, f"/me/pledges/{pledge.pk}/")

    anybody = arrive()
    anybody.opens("/pledges/bea-brown/")
    anybody.sees("In the last 12 months", "of 1 line-up asked about", "Last evidence this week")
    anybody.does_not_see("Spring conference", "A funder")


def notes_that_the_line_up_changed(visitor: Visitor) -> None:
    visitor.follows("Spring conference")
    visitor.ticks("Line-up changed")
    visitor.presses("Save")
    visitor.is_told("Say when you asked. A change counts only after asking.")
    visitor.types(asked_on=timezone.localdate().isoformat())
    visitor.presses("Save")
    visitor.is_at("Your record")
    visitor.follows("Spring conference")
    visitor.sees("Bea Brown noted: Line-up changed")
    visitor.follows("Your record")


def checks_in(visitor: Visitor, leader: User, record: str) -> None:
    """The first check-in opens when a whole month has passed; by then she signs in anew."""
    with time_machine.travel(timezone.now() + timedelta(days=70)):
        visitor.is_signed_in_as(leader)
        visitor.opens(record)
        visitor.follows("Check in")
        first = visitor.main.get_by_role("group").first
        expect(first.get_by_label("Nothing to report")).to_be_checked()
        expect(first.get_by_role("textbox")).to_be_hidden()
        first.get_by_label("Kept").check()
        first.get_by_role("textbox").fill("I asked twice, and it was worth it.")
        visitor.presses("Save this check-in")
        visitor.is_at("Your record")
        visitor.sees("Saved. That was your check-in for", "Checked in")
