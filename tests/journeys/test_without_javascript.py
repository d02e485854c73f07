"""Everything that matters works where no script runs, or before it has arrived."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from organisations.models import Organisation, User
from tests.factories.commitments import PledgeFactory
from tests.factories.panels import GatheringFactory
from tests.factories.recommendations import led_recommendation
from tests.journeys.conftest import Arrive
from tests.journeys.test_line_up_declared import declares_a_line_up
from tests.journeys.test_people import PASSWORD, has_a_password
from tests.journeys.test_pledge import makes_a_pledge, signs_up_and_publishes, wording
from tests.journeys.test_trusted_record import EVENT, NOTE, ORGANISER, adds_an_invitation
from tests.journeys.visitor import PlainVisitor

__all__ = ["wording"]


@pytest.fixture
def reader(arrive: Arrive) -> PlainVisitor:
    found = arrive(java_script_enabled=False)
    assert isinstance(found, PlainVisitor)
    return found


def test_checking_a_line_up(reader: PlainVisitor) -> None:
    reader.opens("/")
    reader.sees("Who isn’t at the table")
    reader.follows("Check a line-up")
    reader.types(people="4", women="1", not_women="3")
    reader.presses("See the result")
    reader.sees("You need 1 more woman among these 4.")
    reader.unfolds("What this rests on")
    reader.sees("What was typed here")


def test_a_line_up_that_people_count_themselves(
    reader: PlainVisitor, arrive: Arrive, harbour: Organisation, alice: User
) -> None:
    reader.is_signed_in_as(alice)
    declares_a_line_up(reader, lambda: arrive(java_script_enabled=False))


def test_working_on_a_line_up(reader: PlainVisitor, harbour: Organisation, alice: User) -> None:
    """Sessions, barriers and the three questions, each with a page and a button of its own."""
    event = GatheringFactory(organisation=harbour, title="Voices", kind="conference")
    reader.is_signed_in_as(alice)
    reader.opens(f"{event.get_absolute_url()}line-up/")
    reader.follows("Add a session")
    reader.types(**{"title": "Opening", "form-0-name": "Ada Marlowe"})
    reader.main.locator("[name=form-0-role]").select_option("Keynote speaker")
    reader.presses("Save")
    reader.follows("Change Opening")
    reader.types(title="Opening plenary")
    reader.presses("Save")
    reader.sees("Opening plenary", "Ada Marlowe")
    reader.opens(f"{event.get_absolute_url()}barriers/")
    reader.main.get_by_role("combobox", name="Live captions").select_option("Planned")
    reader.presses("Save all")
    reader.sees("Saved.", "1 of 19 answered")


def test_reading_a_pledge(reader: PlainVisitor, transactional_db: None) -> None:
    PledgeFactory(leader_name="Somebody Else", slug="somebody-else")
    PledgeFactory(leader_name="Bea Brown", slug="bea-brown")
    reader.opens("/")
    reader.chooses_from_menu("Pledges")
    reader.types(q="brown")
    reader.presses("Search")
    reader.does_not_see("Somebody Else")
    reader.follows("Bea Brown")
    reader.sees("I promise to ask.")
    reader.unfolds("Publish this text elsewhere")
    expect(reader.main.get_by_label("Plain text")).to_be_visible()
    expect(reader.main.get_by_role("button", name="Copy")).to_have_count(0)


def test_making_and_keeping_a_pledge(reader: PlainVisitor, arrive: Arrive, wording: None) -> None:
    reader.opens("/")
    makes_a_pledge(reader)
    reader.is_at("Check your pledge")
    signs_up_and_publishes(reader)
    adds_an_invitation(reader, held_on=timezone.localdate() + timedelta(days=30))
    entry = reader.page.url
    link = asks_back(reader)
    organiser = arrive(java_script_enabled=False)
    organiser.opens(link)
    organiser.types(people="8", women="4", not_women="4", note=NOTE)
    organiser.presses("Send the answer")
    organiser.is_at("Thank you")
    organiser.sees("What your numbers show", "Met", "4 of 8")
    reader.opens(entry)
    reader.sees("The organiser’s answer", "4 of 8", NOTE)
    reader.main.get_by_label("Put forward others").check()
    reader.types(number="2")
    reader.presses("Save")
    reader.sees("Put forward 2 others")


def asks_back(reader: PlainVisitor) -> str:
    reader.presses("Ask back now")
    letter = reader.main.get_by_label("Your letter")
    assert letter.input_value().startswith(f"Dear {ORGANISER},")
    expect(reader.main.get_by_role("button", name="Copy")).to_have_count(0)
    link = reader.main.get_by_role("textbox", name="Link").input_value()
    reader.presses("I have sent it myself")
    reader.is_at(EVENT)
    return link


def test_signing_in_and_filtering(reader: PlainVisitor, harbour: Organisation, bea: User) -> None:
    led_recommendation(lead=bea, organisation=harbour, title="Be open about pay")
    led_recommendation(lead=None, organisation=harbour, title="Meet with the staff network")
    has_a_password(bea)
    reader.opens("/o/harbour-minds/recommendations/")
    reader.is_at("Sign in")
    reader.types(login=bea.email, password=PASSWORD)
    reader.presses("Sign in")
    reader.is_at("Recommendations")
    reader.sees("Showing 2 of 2")
    reader.main.get_by_label("Lead or sponsor").select_option("Bea Brown")
    reader.presses("Show")
    reader.sees("Showing 1 of 2 (filtered)", "Be open about pay")
    titles = reader.main.get_by_role("rowheader").get_by_role("link")
    expect(titles).to_have_text(["Be open about pay"])
    reader.follows("Be open about pay")
    reader.follows("Post an update")
    reader.ticks("On track")
    reader.types(text="The first figures are out.")
    reader.presses("Post update")
    reader.sees("Your update is saved.", "Bea Brown posted an update: On track")
    reader.signs_out()
    reader.is_at("Who isn’t at the table, and who should be?")
