"""A shelf is filled from a spreadsheet, and a note on it stays one's own."""

from organisations.models import User
from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor

ROWS = "kind\ttitle\tby\n"
GOOD = "Kind\tTitle\tCreator\nbook\tA “quoted” title\tỌlá\nfilm\tRocks\t\nfilm\tROCKS\t\n"


def test_filling_the_shelf(visitor: Visitor, arrive: Arrive, alice: User, bea: User) -> None:
    visitor.is_signed_in_as(bea)
    visitor.opens("/o/harbour-minds/learning/")
    visitor.sees("The shelf is empty")
    visitor.follows("Add many at once")
    visitor.types(text=ROWS)
    visitor.presses("Show me what would be added")
    visitor.is_told("We do not know a column called by.")
    visitor.types(text=f"{GOOD}video\tOne\t\n")
    visitor.presses("Show me what would be added")
    visitor.sees("Row 5, kind: “video” is not one of")
    visitor.types(text=GOOD)
    visitor.presses("Show me what would be added")
    visitor.is_at("Check what would be added")
    visitor.sees("2 new, 1 there already", "Same as row 3")
    visitor.presses("Put them on the shelf")
    visitor.sees("2 added to the shelf.", "Suggested by Bea Brown")
    visitor.follows("A “quoted” title")
    visitor.types(text="Lend it to nobody.")
    visitor.presses("Save note")
    visitor.sees("Saved, for you alone.")

    coordinator = arrive()
    coordinator.is_signed_in_as(alice)
    coordinator.opens(visitor.page.url)
    coordinator.does_not_see("Lend it to nobody.")
    coordinator.follows("Learning")
    coordinator.does_not_see("You have a private note")
