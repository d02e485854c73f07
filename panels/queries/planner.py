"""Where a plan of seats begins."""

from panels.enums import Counted, Measure, Part
from panels.models import Gathering
from panels.queries.counts import count_on_record
from panels.queries.line_up import totals_of_one


def people_so_far(gathering: Gathering) -> int:
    """How many are counted, or else how many the line-up holds. Of nobody is it said who."""
    count = count_on_record(gathering)
    whole = count.line_up.tally(Measure.WOMEN, Part.WHOLE, Counted.COUNTED) if count else None
    return whole.count.n if whole else totals_of_one(gathering).whole.people
