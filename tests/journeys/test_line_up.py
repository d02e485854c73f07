"""An organiser counts who is on a panel; anybody checks a line-up without an account."""

from playwright.sync_api import expect

from organisations.models import User
from panels.models import Tally
from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor

PANEL = {"people": "4", "women": "1", "not_women": "3", "minoritised": "0", "not_minoritised": "3"}
WOMEN_SHORT = "You need 1 more woman among these 4."
NOT_KNOWN_YET = (
    "1 more person from a minoritised community would show it; 1 person is not known yet."
)


def sees_drawn(visitor: Visitor, label: str, *words: str) -> None:
    """The table, with its picture told in words."""
    drawing = visitor.main.get_by_role("img", name=label)
    expect(drawing).to_be_visible()
    told = drawing.evaluate("one => one.getAttribute('aria-label') ?? one.textContent")
    assert [word for word in words if word not in told] == [], told


def test_counting_a_panel(visitor: Visitor, arrive: Arrive, alice: User, bea: User) -> None:
    visitor.is_signed_in_as(alice)
    visitor.opens("/o/harbour-minds/")
    visitor.chooses_from_menu("Events and groups")
    visitor.follows("Add an event or group")
    visitor.presses("Save")
    visitor.is_told("Enter the name.")
    visitor.types(title="Spring panel", held_on="2027-03-12")
    visitor.presses("Save")
    visitor.is_at("Spring panel")
    visitor.sees("“Not known” is where everybody starts.")
    expect(visitor.main.get_by_label("Message")).to_be_visible()
    address = visitor.page.url

    visitor.follows("Count who is on it")
    visitor.types(**PANEL)
    visitor.presses("Save and see the result")
    visitor.is_told("Tick this if it is so.", "Say where these numbers come from.")
    visitor.main.locator("[name=women_basis]").select_option("The organiser told us")
    visitor.ticks("Each person told us, and knows that it is counted")
    visitor.presses("Save and see the result")
    visitor.is_at("Spring panel")
    visitor.sees("Not met", WOMEN_SHORT, "Not known", NOT_KNOWN_YET)
    visitor.sees("Known for 4 of 4", "Known for 3 of 4")
    sees_drawn(visitor, "Women: whole line-up", "1 women", "3 not women", "1 more")

    visitor.follows("Correct the count")
    expect(visitor.main.locator("[name=women]")).to_have_value("1")
    visitor.types(women="2", not_women="2")
    visitor.presses("Save and see the result")
    visitor.sees("Met", "2 of 4", "This count was corrected once")
    visitor.does_not_see(WOMEN_SHORT)

    member = arrive()
    member.is_signed_in_as(bea)
    member.opens(address)
    member.sees(
        "Shown to meet", "Not shown to meet", "Exact numbers, if there are any, are not shown"
    )
    member.does_not_see("2 women", "not women", "Known for", NOT_KNOWN_YET, "Not known")
    drawing = member.main.get_by_role("img", name="Women: whole line-up")
    expect(drawing).to_have_accessible_name("Women: whole line-up 4 seats.")
    member.opens("/o/harbour-minds/events/")
    member.sees("Spring panel", "Shown to meet")


def test_checking_a_line_up_leaves_nothing_behind(visitor: Visitor) -> None:
    asked_for: list[str] = []
    visitor.page.on("request", lambda request: asked_for.append(request.url))
    visitor.opens("/")
    visitor.follows("Check a line-up")
    visitor.presses("See the result")
    visitor.is_told("Enter how many people speak.")
    visitor.types(**PANEL)
    visitor.presses("See the result")
    visitor.sees(WOMEN_SHORT, "Counted as not known")
    visitor.does_not_see("1 person is not known yet")
    visitor.ticks("Each person told you, and knew that it would be counted")
    visitor.main.locator("[name=people]").press("Enter")
    visitor.sees("Not met", WOMEN_SHORT, "Not known", NOT_KNOWN_YET)
    sees_drawn(visitor, "Women: whole line-up", "1 women", "3 not women", "1 more")
    visitor.look()
    assert visitor.context.cookies() == []
    assert {address.partition("?")[1] for address in asked_for} == {""}
    assert kept_by_browser(visitor) <= {"/", "/check/"}
    assert not Tally.objects.exists()


def kept_by_browser(visitor: Visitor) -> set[str]:
    """htmx notes the path of the page for its history; nothing that was typed."""
    kept = "[...Object.values(localStorage), ...Object.values(sessionStorage)]"
    return set(visitor.page.evaluate(kept))
