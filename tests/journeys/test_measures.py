"""What is measured, on its page and where its figures are typed."""

from datetime import date

from organisations.models import Organisation, User
from tests.factories.effect import IndicatorFactory, figures
from tests.journeys.visitor import Visitor

MARKED_AS_OPTIONAL = """() => [...document.querySelectorAll(".form-label")]
  .filter((label) => getComputedStyle(label, "::after").content.includes("optional"))
  .map((label) => label.innerText)"""


def test_a_number_of_people_and_the_cells_of_a_share(
    visitor: Visitor, harbour: Organisation, alice: User
) -> None:
    """The table lies beside the drawing, folded, and scrolls by itself on a phone."""
    people = IndicatorFactory(
        organisation=harbour, is_share=False, counts_people=True, unit="staff", target=30
    )
    for month, value in ((1, 12.0), (5, 7.0), (9, 21.0)):
        figures(people, date(2026, month, 28), everybody=value)
    visitor.is_signed_in_as(alice)
    visitor.opens(people.get_absolute_url())
    visitor.sees("A number of fewer than 10 people is never shown. The line has a gap there.")
    visitor.unfolds("The same numbers as a table")
    visitor.sees("Fewer than 10")
    share = IndicatorFactory(organisation=harbour)
    visitor.opens(f"{share.get_absolute_url()}figures/")
    visitor.sees("Any box may be left empty where nothing was counted.")
    assert visitor.page.evaluate(MARKED_AS_OPTIONAL) == ["Where the figures come from"]
