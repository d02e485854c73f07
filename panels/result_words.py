"""The sentences of a result: what is missing, for the seats there are and for each seat added.

Of counts that the small-number rules let through. The two measures are never joined in one: nobody
is to be looked for as the one person who settles two numbers. Never fewer seats.
"""

from panels.audit import Count, shortfall, shortfall_for_extra_seat, verdict
from panels.enums import Definition, Verdict
from panels.thresholds import Threshold, next_rise, next_step

NOUNS = {
    Definition.WOMEN: ("woman", "women"),
    Definition.WOMEN_AND_NON_BINARY: ("woman or non-binary person", "women or non-binary people"),
    Definition.MINORITISED_SELF_DEFINED: (
        "person from a minoritised community",
        "people from minoritised communities",
    ),
}
OF_THEM = {
    Definition.WOMEN: ("a woman", "women"),
    Definition.WOMEN_AND_NON_BINARY: (
        "a woman or a non-binary person",
        "women or non-binary people",
    ),
    Definition.MINORITISED_SELF_DEFINED: (
        "from a minoritised community",
        "from minoritised communities",
    ),
}
SEAT_WORDS = {
    Definition.WOMEN: {"yes": "women", "no": "not women"},
    Definition.WOMEN_AND_NON_BINARY: {
        "yes": "women and non-binary people",
        "no": "neither women nor non-binary",
    },
    Definition.MINORITISED_SELF_DEFINED: {
        "yes": "from minoritised communities",
        "no": "not from minoritised communities",
    },
}
TITLES = {
    Definition.WOMEN: "Women",
    Definition.WOMEN_AND_NON_BINARY: "Women and non-binary people",
    Definition.MINORITISED_SELF_DEFINED: "People from minoritised communities",
}


def of_the_seats_there_are(definition: Definition, count: Count, threshold: Threshold) -> str:
    more = shortfall(count, threshold)
    noun = NOUNS[definition][more > 1]
    if not more:
        return ""
    if count.known == 0:
        return (
            f"At least {more} of these {count.n} would need to be {OF_THEM[definition][more > 1]}."
        )
    if verdict(count, threshold) == Verdict.NOT_KNOWN:
        people = "1 person is" if count.unknown == 1 else f"{count.unknown} people are"
        return f"{more} more {noun} would show it; {people} not known yet."
    return f"You need {more} more {noun} among these {count.n}."


def of_each_seat_added(definition: Definition, count: Count, threshold: Threshold) -> str:
    """Of every line-up with a result, so that nobody reads it as a way to fewer seats."""
    if verdict(count, threshold) == Verdict.NO_VERDICT:
        return ""
    step = next_step(count.n, threshold)
    needs = f"need {step.needed} {NOUNS[definition][step.needed > 1]}"
    needs += _more_than_known(count, threshold)
    if step.adds:
        return f"The {ordinal(step.seat)} seat adds one: with it you would {needs}."
    rise = ordinal(next_rise(count.n, threshold).seat)
    return f"With {an_ordinal(step.seat)} seat you would still {needs}. The {rise} seat adds one."


def _more_than_known(count: Count, threshold: Threshold) -> str:
    more = shortfall_for_extra_seat(count, threshold)
    return f", {more} more than are known now" if more and count.known else ""


def of_an_own_aim(definition: Definition, count: Count, aim: Threshold) -> str:
    """Beside the wording's threshold, never in its place."""
    more = shortfall(count, aim)
    if not more:
        return ""
    return f"{more} more {NOUNS[definition][more > 1]} would reach it."


def of_seats_and_people(people: Count, seats: Count, definition: Definition) -> str:
    words = SEAT_WORDS[definition]["yes"]
    return (
        f"The same few people hold many seats: {people.yes} of {people.n} people are {words}, "
        f"and {seats.yes} of {seats.n} seats are theirs."
    )


def those_beside(number: int) -> str:
    return "the chair" if number == 1 else f"the {number} who chair or moderate"


def an_ordinal(number: int) -> str:
    """A 6th, an 8th, an 11th, an 80th."""
    spoken_with_a_vowel = str(number).startswith("8") or number in (11, 18)
    return f"{'an' if spoken_with_a_vowel else 'a'} {ordinal(number)}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th … 11th, 12th, 13th … 21st."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
