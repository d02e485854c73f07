"""Anybody checks a line-up, plans seats and sends both on; whoever is on one looks without it."""

from playwright.sync_api import Request, expect

from organisations.models import Organisation, User
from tests.factories.panels import GatheringFactory, enter_count, numbers
from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor

TOLD = "Each person told you, and knew that it would be counted"


class Listener:
    """Whatever this visitor's browser sends, except the body of a form."""

    def __init__(self, visitor: Visitor) -> None:
        self.heard: list[str] = []
        visitor.page.on("request", self._hear)

    def _hear(self, request: Request) -> None:
        if request.is_navigation_request() or request.resource_type in {"xhr", "fetch"}:
            address = request.url.partition("#")[0]
            self.heard += [address, *request.all_headers().values()]

    def says(self, *numbers: str) -> bool:
        return any(number in said for said in self.heard for number in numbers)


def link_of(visitor: Visitor) -> str:
    return visitor.main.get_by_label("A link with these numbers").input_value()


def test_a_result_while_typing_and_at_the_top(visitor: Visitor) -> None:
    visitor.opens("/check/")
    visitor.types(people="5", women="2", not_women="3")
    so_far = visitor.main.get_by_role("complementary", name="Result so far")
    expect(so_far).to_contain_text("Not met")
    expect(so_far).to_contain_text("2 of 5")
    expect(visitor.main.locator("[name=not_women]")).to_be_focused()
    visitor.look()
    visitor.main.locator("[name=not_women]").press("Enter")
    visitor.is_at("What this line‑up shows")
    expect(visitor.main.locator("#result")).to_be_focused()
    visitor.sees("Women: not met, 2 of 5.", "You need 1 more woman among these 5.")
    text = visitor.main.get_by_label("The result in words")
    assert text.input_value().splitlines()[2] == "Women: not met, 2 of 5."


def test_a_mistake_keeps_the_preview_quiet(visitor: Visitor) -> None:
    visitor.opens("/check/")
    with visitor.page.expect_response("**/check/"):
        visitor.types(people="2", women="3")
    so_far = visitor.main.get_by_role("complementary", name="Result so far")
    expect(so_far).to_contain_text("What is asked for")
    visitor.presses("See the result")
    expect(visitor.main.locator("#error-summary")).to_be_focused()
    visitor.is_told("3 women, but there are 2 people in all.")


def test_a_link_keeps_the_numbers_from_the_server(visitor: Visitor, arrive: Arrive) -> None:
    visitor.opens("/check/")
    visitor.types(people="907", women="411", not_women="496")
    visitor.ticks(TOLD)
    visitor.types(minoritised="213")
    visitor.unfolds("Chair and moderators")
    visitor.types(beside_people="3")
    visitor.presses("See the result")
    address = link_of(visitor)
    assert address == (
        f"{visitor.server}/check/#people=907&women=411&not_women=496&told=on&minoritised=213"
        "&beside_people=3"
    )
    friend = arrive()
    listener = Listener(friend)
    friend.page.goto(address)
    friend.sees("Filled in from the link.", "411 of 907")
    expect(friend.main.locator("[name=women]")).to_have_value("411")
    expect(friend.main.get_by_label(TOLD)).to_be_checked()
    expect(friend.main.locator("[name=beside_people]")).to_be_visible()
    assert friend.page.url == f"{friend.server}/check/"
    friend.look()
    friend.presses("See the result")
    friend.sees("Women: not met, 411 of 907.")
    assert link_of(friend) == address
    assert listener.heard != []
    assert not listener.says("907", "411", "213")
    assert friend.context.cookies() == []


def test_a_link_fills_in_numbers_and_nothing_else(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.server}/check/#people=%3Cb%3E&women=99999999&told=yes&x=1")
    expect(visitor.main.locator("[name=people]")).to_have_value("")
    expect(visitor.main.locator("[name=women]")).to_have_value("")
    expect(visitor.main.get_by_label(TOLD)).not_to_be_checked()
    visitor.goes_to("/check/")
    visitor.page.evaluate("location.hash = '#people=4&women=2'")
    expect(visitor.main.locator("[name=people]")).to_have_value("4")
    assert visitor.page.url == f"{visitor.server}/check/"
    visitor.look()


def test_planning_seats_with_a_slider(visitor: Visitor) -> None:
    visitor.opens("/check/seats/")
    slider = visitor.main.get_by_role("slider", name="Seats, on a slider")
    expect(slider).to_have_value("5")
    slider.press("ArrowRight")
    expect(visitor.main.locator("[name=seats]")).to_have_value("6")
    visitor.sees("Of 6 seats, at least 2 from minoritised communities.")
    visitor.types(seats="11")
    expect(slider).to_have_value("11")
    visitor.sees("Of 11 seats, at least 6 women.")
    visitor.types(seats="1")
    visitor.sees("Enter a whole number from 2 to 1,000.")
    visitor.look()


def test_planning_seats_without_javascript(arrive: Arrive) -> None:
    reader = arrive(java_script_enabled=False)
    reader.opens("/check/")
    expect(reader.main.get_by_role("slider")).to_have_count(0)
    reader.types(seats="8")
    reader.presses("Show what they ask for")
    reader.is_at("Plan the seats")
    reader.sees("Of 8 seats, at least 4 women.", "The 9th seat adds one: 5 of 9.")


def test_without_oneself(visitor: Visitor, harbour: Organisation, alice: User, bea: User) -> None:
    event = GatheringFactory(organisation=harbour, title="Voices")
    enter_count(event, numbers(6, 3, 3, 2, 3), by=alice)
    visitor.is_signed_in_as(bea)
    visitor.opens(event.get_absolute_url())
    visitor.follows("If you stepped aside")
    visitor.presses("Show it without me")
    visitor.sees("Choose how you are counted in at least one of them.")
    visitor.ticks("As a woman")
    visitor.presses("Show it without me")
    visitor.sees("without you: 2 of 5", "Known for 5 of 5. With you: 3 of 6, met.")
    visitor.follows("Back")
    visitor.sees("3 of 6")
