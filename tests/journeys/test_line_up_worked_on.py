"""One panel on one screen; a session changed in its row; barriers and the three questions."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from organisations.models import Organisation, User
from panels.enums import Stage
from tests.factories.declaring import seat_people, session_of
from tests.factories.panels import GatheringFactory
from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor


def test_adding_and_counting_a_panel_on_one_screen(
    visitor: Visitor, harbour: Organisation, alice: User
) -> None:
    visitor.is_signed_in_as(alice)
    visitor.opens("/o/harbour-minds/events/")
    visitor.follows("Add a panel and count it")
    visitor.types(title="Tea and talk", people="6", women="4")
    visitor.presses("Save and see the result")
    visitor.is_told("Enter a date.")
    expect(visitor.main.locator("[name=women]")).to_have_value("4")
    visitor.types(held_on=timezone.localdate().isoformat(), not_women="2")
    visitor.main.locator("[name=women_basis]").select_option("The organiser told us")
    visitor.presses("Save and see the result")
    visitor.is_at("Tea and talk")
    visitor.sees("4 of 6", "Not known")


def test_changing_a_session_in_its_row(
    visitor: Visitor, harbour: Organisation, alice: User
) -> None:
    event = GatheringFactory(organisation=harbour, title="Voices", kind="conference")
    seat_people(event, 2)
    named, other = session_of(event).title, session_of(event, Stage.MAIN).title
    visitor.is_signed_in_as(alice)
    visitor.opens(f"{event.get_absolute_url()}line-up/")
    visitor.main.get_by_role("link", name=f"Change {named}").click()
    title = visitor.main.locator("[name=title]")
    expect(title).to_have_count(1)
    visitor.look()
    title.fill("Carers speak")
    visitor.main.locator("[name=form-2-name]").fill("Bo Lindqvist")
    visitor.main.locator("[name=form-2-role]").select_option("Presenter")
    visitor.main.get_by_role("button", name="Save").click()
    expect(title).to_have_count(0)
    visitor.sees("Carers speak", "Bo Lindqvist", other)
    expect(visitor.main.get_by_role("link", name="Change Carers speak")).to_be_focused()
    visitor.look()
    visitor.page.reload()
    visitor.sees("Carers speak", "Bo Lindqvist")


def test_barriers_are_saved_as_one_goes(
    visitor: Visitor, harbour: Organisation, alice: User
) -> None:
    event = GatheringFactory(organisation=harbour, title="Voices")
    visitor.is_signed_in_as(alice)
    visitor.opens(event.get_absolute_url())
    visitor.follows("Barriers")
    line = visitor.main.get_by_role("group", name="Live captions")
    line.get_by_label("Live captions").select_option("In place")
    expect(line.get_by_role("status")).to_contain_text("Saved")
    visitor.look()
    visitor.page.reload()
    expect(line.get_by_label("Live captions")).to_have_value("in_place")
    visitor.opens(event.get_absolute_url())
    visitor.sees("1 of 19 answered")


def test_three_questions_are_answered_and_looked_at_again(
    visitor: Visitor, arrive: Arrive, harbour: Organisation, alice: User, bea: User
) -> None:
    event = GatheringFactory(organisation=harbour, title="Voices")
    again = timezone.localdate() + timedelta(days=60)
    visitor.is_signed_in_as(alice)
    visitor.opens(event.get_absolute_url())
    visitor.follows("The three questions")
    visitor.presses("Save these answers")
    visitor.is_told("Answer at least one of the three.")
    visitor.types(who_is_not="People who rent.", how="Ask tenants.")
    visitor.types(look_again_on=again.isoformat())
    visitor.presses("Save these answers")
    visitor.sees("People who rent.", "to look at again on")
    visitor.types(who_should_be="Two tenants.")
    visitor.presses("Save these answers")
    expect(visitor.main.get_by_role("article")).to_have_count(2)

    member = arrive()
    member.is_signed_in_as(bea)
    member.opens(event.get_absolute_url())
    member.follows("The three questions")
    member.sees("People who rent.", "Two tenants.")
    expect(member.main.get_by_role("textbox")).to_have_count(0)
