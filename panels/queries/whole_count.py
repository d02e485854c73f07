"""What a reader may be told of the whole line-up's count beside its sessions."""

from organisations.models import User
from panels.audit import Count
from panels.enums import Audience, Counted, Measure, Part
from panels.models import Gathering
from panels.queries.counts import count_on_record
from panels.suppression import visible_measure


def women_of_the_whole(gathering: Gathering, *, reader: User) -> Count | None:
    """None where there is no count, or it may not be told this person."""
    found = count_on_record(gathering)
    if found is None:
        return None
    typed_it = found.was_typed_by(reader)
    seen = visible_measure(found.result.women, audience=Audience.MEMBER, typed_it=typed_it)
    return seen.whole.counted.exact if seen.whole else None


def people_counted(gathering: Gathering) -> int:
    """How many people the newest count is of, which any member may know; 0 without one."""
    found = count_on_record(gathering)
    tally = found and found.line_up.tally(Measure.WOMEN, Part.WHOLE, Counted.COUNTED)
    return tally.count.n if tally else 0
