"""A review is taken up, its work gets a lead and a date, and the dashboard shows how it goes."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from organisations.models import User
from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor

TITLE = "Lead together, to one plan"
TASK = "Agree one leadership plan for race equality, with a name beside every task"
HOME = "/o/harbour-minds/recommendations/"


def test_following_a_review(visitor: Visitor, arrive: Arrive, alice: User, bea: User) -> None:
    visitor.is_signed_in_as(alice)
    visitor.opens("/o/harbour-minds/")
    visitor.unfolds("Add this review")
    visitor.presses("Yes, add it")
    visitor.sees("0 of 22", "No response yet")
    answers_and_assigns(visitor)

    lead = arrive()
    lead.is_signed_in_as(bea)
    lead.opens("/me/")
    lead.follows(TASK)
    takes_it_on(lead)

    visitor.chooses_from_menu("Recommendations")
    row = visitor.main.get_by_role("row").filter(
        has=visitor.page.get_by_role("rowheader").get_by_role("link", name=TITLE, exact=True)
    )
    for shown in ("1.1", "In progress", "Bea Brown", "At risk", "today"):
        expect(row).to_contain_text(shown)
    filters_the_dashboard(visitor)
    filters_without_javascript(arrive(java_script_enabled=False), alice)


def answers_and_assigns(visitor: Visitor) -> None:
    visitor.follows(TITLE)
    visitor.is_at(TITLE)
    visitor.follows("Record the response")
    visitor.ticks("Accepted in part")
    visitor.presses("Save the response")
    visitor.is_told("Say why")
    visitor.ticks("Accepted")
    visitor.presses("Save the response")
    visitor.follows("Name leads and dates")
    visitor.main.locator("[name=sponsor]").select_option("Alice Adeyemi")
    visitor.main.locator("[name=lead_1]").select_option("Bea Brown")
    visitor.types(date_1="2020-01-31")
    visitor.presses("Save")
    visitor.is_told("This date has passed. Choose one still to come.")
    visitor.types(date_1=(timezone.localdate() + timedelta(days=60)).isoformat())
    visitor.presses("Save")
    visitor.sees("Leads and dates are saved.", "A draft until the lead accepts it")


def takes_it_on(lead: Visitor) -> None:
    lead.unfolds("Take this on")
    lead.look()
    lead.presses("Yes, I take it on")
    lead.sees("This action is yours, and its date stands.", "Accepted, and stands")
    lead.follows("Post an update")
    lead.presses("Post update")
    lead.is_told("Choose one of the three.", "Say what has happened, in a sentence or two.")
    lead.ticks("At risk")
    lead.types(text="The draft waits for the board.")
    lead.presses("Post update")
    lead.sees("Your update is saved.", "At risk", "The draft waits for the board.")
    lead.sees(
        "Alice Adeyemi added this recommendation",
        "Alice Adeyemi recorded the response: Accepted",
        "Alice Adeyemi named the executive sponsor",
        "Alice Adeyemi named the lead for action 1",
        "Alice Adeyemi proposed a date for action 1",
        "Bea Brown took on action 1 and its date",
        "With that, Bea Brown started this",
        "Bea Brown posted an update: At risk",
    )


def filters_the_dashboard(visitor: Visitor) -> None:
    visitor.sees("Showing 27 of 27")
    visitor.main.get_by_label("Lead or sponsor").select_option("Bea Brown")
    visitor.sees("Showing 1 of 27 (filtered)", TITLE)
    assert "owner=" in visitor.page.url
    visitor.main.get_by_label("State", exact=True).select_option("Not started")
    visitor.sees("Nothing fits this filter")
    visitor.look()
    visitor.page.go_back()
    visitor.sees("Showing 1 of 27 (filtered)")
    expect(visitor.page.get_by_role("banner")).to_have_count(1)
    visitor.follows("Show all")
    visitor.sees("Showing 27 of 27")


def filters_without_javascript(visitor: Visitor, coordinator: User) -> None:
    visitor.is_signed_in_as(coordinator)
    visitor.opens(HOME)
    visitor.main.get_by_label("Lead or sponsor").select_option("Bea Brown")
    visitor.presses("Show")
    visitor.sees("Showing 1 of 27 (filtered)", TITLE)
    visitor.follows("Show all")
    visitor.sees("Showing 27 of 27")
