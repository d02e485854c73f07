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
from tests.journeys.test_people import types_code
from tests.journeys.visitor import Visitor


@pytest.fixture
def wording(transactional_db: None) -> None:
    for entry in load_catalogue():
        load_wording(entry=entry, now=timezone.now())


def promise(visitor: Visitor, title: str) -> Locator:
    return visitor.main.get_by_role("group", name=title, exact=True)


def makes_a_pledge(visitor: Visitor) -> None:
    visitor.follows("Make a pledge")
    visitor.is_at("Make a pledge")
    visitor.types(role_title="Chief executive")
    visitor.presses("Save and carry on")
    visitor.is_told("Enter your name.")
    visitor.types(leader_name="Ines Okafor")
    visitor.presses("Save and carry on")
    chooses_promises(visitor)
    writes_own_words(visitor)
    adds_standards(visitor)
    visitor.is_at("How often will you look back?")
    visitor.main.get_by_label("Every three months").press("ArrowUp")
    expect(visitor.main.get_by_label("Every month")).to_be_checked()
    visitor.presses("Save and carry on")
    visitor.is_at("What is public?")
    visitor.main.get_by_label("My record is on its page").uncheck()
    visitor.presses("Save and carry on")


def chooses_promises(visitor: Visitor) -> None:
    visitor.is_at("What do you promise?")
    panels = promise(visitor, "Speak on balanced panels")
    expect(panels.get_by_label("My words")).to_be_hidden()
    panels.get_by_label("In my own words").check()
    panels.get_by_label("My words").fill("")
    promise(visitor, "Ask others to make the same promises").get_by_label("Leave it out").check()
    visitor.presses("Save and carry on")
    visitor.is_told("Write it in your own words.")
    panels.get_by_label("My words").fill("I speak only where women and others are heard.")
    visitor.presses("Save and carry on")


def writes_own_words(visitor: Visitor) -> None:
    visitor.is_at("In your own words")
    visitor.types(
        own="I will publish who speaks at our own events.\n", statement="I did **not** look."
    )
    visitor.presses("Save and carry on")


def adds_standards(visitor: Visitor) -> None:
    visitor.is_at("What have you signed up to already?")
    kinds = visitor.main.get_by_label("What is it?")
    kinds.first.select_option("Race at Work Charter")
    expect(visitor.main.get_by_label("Its name")).to_be_hidden()
    visitor.presses("Add another")
    kinds.nth(1).select_option("Something else")
    visitor.presses("Save and carry on")
    visitor.is_told("Say what it is.")
    visitor.main.get_by_label("Its name").nth(1).fill("The Harbour Promise")
    visitor.presses("Save and carry on")


def shows_it_to_somebody(visitor: Visitor, chair: Visitor) -> None:
    visitor.presses("Make a private link")
    link = visitor.main.get_by_label("Link to the draft").input_value()
    chair.opens(link)
    chair.is_at("Ines Okafor")
    chair.sees("This is a draft.", "I did not look.", "The Harbour Promise")
    visitor.presses("Close the link")
    chair.opens(link, status=410)
    chair.is_at("This link no longer works")


def signs_up_and_publishes(visitor: Visitor) -> None:
    visitor.follows("Confirm your email, then publish")
    visitor.is_at("Create an account")
    expect(visitor.main.get_by_label("Your name")).to_have_value("Ines Okafor")
    visitor.types(email="ines@quay.example")
    visitor.presses("Send me a code")
    types_code(visitor, "ines@quay.example")
    visitor.is_at("Check your pledge")
    visitor.look()
    visitor.presses("Sign and publish")


def test_making_a_pledge(visitor: Visitor, arrive: Arrive, wording: None) -> None:
    """Without an account, until it is to be published."""
    PledgeFactory(leader_name="Somebody Else", slug="somebody-else")
    visitor.opens("/")
    makes_a_pledge(visitor)
    visitor.is_at("Check your pledge")
    visitor.sees("Chief executive", "Every month", "I speak only where women and others are heard.")
    visitor.follows("Change role")
    visitor.types(role_title="Interim director")
    visitor.presses("Save")
    visitor.is_at("Check your pledge")
    shows_it_to_somebody(visitor, arrive())
    signs_up_and_publishes(visitor)
    visitor.is_at("Ines Okafor")
    visitor.sees("Your pledge is public.", "Interim director", "The Harbour Promise")

    anybody = arrive()
    anybody.opens("/")
    anybody.chooses_from_menu("Pledges")
    anybody.sees("Somebody Else", "Ines Okafor")
    anybody.types(q="okafor")
    anybody.presses("Search")
    anybody.sees("1 found")
    anybody.does_not_see("Somebody Else")
    anybody.follows("Ines Okafor")
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
    visitor.is_at("Spring conference")
    asks_back(visitor)
    notes_that_the_line_up_changed(visitor)
    visitor.sees("Line-ups that changed after we asked", "of 1 line-up asked about")
    checks_in(visitor, bea, f"/me/pledges/{pledge.pk}/")

    anybody = arrive()
    anybody.opens("/pledges/bea-brown/")
    anybody.sees("Line-ups that changed after we asked", "of 1 line-up asked about")
    anybody.sees("Last evidence this week")
    anybody.does_not_see("Spring conference", "A funder")


def asks_back(visitor: Visitor) -> None:
    visitor.presses("Ask back now")
    visitor.is_at("Your letter")
    letter = visitor.main.get_by_label("Your letter")
    assert letter.input_value().startswith("Dear A funder,")
    assert visitor.main.get_by_role("textbox", name="Link").input_value() in letter.input_value()
    visitor.presses("I have sent it myself")
    visitor.is_at("Spring conference")


def notes_that_the_line_up_changed(visitor: Visitor) -> None:
    expect(visitor.main.get_by_label("How many people?")).to_be_hidden()
    visitor.ticks("Put forward others")
    visitor.presses("Save")
    visitor.is_told("Enter a number from 1 to 99.")
    visitor.types(number="2")
    visitor.presses("Save")
    visitor.main.get_by_label("Line-up changed").check()
    visitor.presses("Save")
    visitor.sees("Put forward 2 others", "Line-up changed", "Take back “Line-up changed”")
    visitor.follows("Your record")


def checks_in(visitor: Visitor, leader: User, record: str) -> None:
    """The first check-in opens when a whole month has passed; by then she signs in anew."""
    with time_machine.travel(timezone.localtime() + timedelta(days=70)):
        visitor.is_signed_in_as(leader)
        visitor.opens(record)
        visitor.follows("Check-in for")
        first = visitor.main.get_by_role("group").first
        expect(first.get_by_label("Nothing to report")).to_be_checked()
        expect(first.get_by_role("textbox")).to_be_hidden()
        first.get_by_label("Kept").check()
        first.get_by_role("textbox").fill("I asked twice, and it was worth it.")
        visitor.presses("Save this check-in")
        visitor.is_at("Your record")
        visitor.sees("Saved. That was your check-in for", "Checked in")
