"""Asking people how they are counted: who may be asked, until when, and what their answers make.

Nobody's answer is kept: it is a yes, a no or nothing said, added to a counter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from panels.asking import QUESTIONS
from panels.audit import STANDING_GROUPS, Count, LineUp, Tally
from panels.enums import Basis, Counted, Definition, GatheringKind, Measure, Part
from ui.dates import in_full

LEAST_PEOPLE = 5
MOST_REMINDERS = 3
LONGEST_DAYS = 28
MOST_ASKED_A_DAY = 1_000
"""Of one organisation, reminders with them: large line-ups fit, a list of strangers does not."""
AGAIN_AFTER_DAYS = 90
"""A standing group that was counted is asked anew no sooner."""
CODE_GROUP = 7
YES, NO, UNSAID = "yes", "no", "unsaid"
BOTH = (Part.MAIN_STAGE, Part.REST)


@dataclass(frozen=True)
class People:
    """Everybody who counts: on the line-up, on the main stage, elsewhere. Some may be on both."""

    whole: int
    main_stage: int = 0
    rest: int = 0

    @property
    def counts_parts(self) -> bool:
        return min(self.main_stage, self.rest) >= LEAST_PEOPLE

    def of(self, part: Part) -> int:
        return {Part.MAIN_STAGE: self.main_stage, Part.REST: self.rest}.get(part, self.whole)


@dataclass(frozen=True)
class Said:
    """One person's answers, as they are added to the counters."""

    women: str = UNSAID
    minoritised: str = UNSAID


def said(describes: str, minoritised: str, *, definition: Definition) -> Said:
    """From the answers of `asking.QUESTIONS`, either of which may be blank.

    Somebody who is non-binary counts as a yes only where that is whom the round counts.
    """
    with_non_binary = definition == Definition.WOMEN_AND_NON_BINARY
    women = {
        "Woman": YES,
        "Man": NO,
        "Non-binary": YES if with_non_binary else NO,
        "In another way": NO,
    }
    return Said(
        women=women.get(describes, UNSAID),
        minoritised={"Yes": YES, "No": NO}.get(minoritised, UNSAID),
    )


def answers_to(measure: Measure) -> tuple[str, ...]:
    return next(question.answers for question in QUESTIONS if question.measure == measure)


@dataclass(frozen=True)
class Earlier:
    """The newest round of this gathering that was counted, if any; too few answers count for
    nothing, so after them people may be asked again."""

    counted_as_at: date | None = None


def refusal_to_open(
    people: People, *, kind: GatheringKind, earlier: Earlier, today: date, last_day: date
) -> str:
    """Why people cannot be asked; empty where they can."""
    if people.whole < LEAST_PEOPLE:
        return (
            f"A round needs at least {LEAST_PEOPLE} people who count, so that no answer points at"
            f" anybody. This line-up has {people.whole}."
        )
    if earlier.counted_as_at is None:
        too_late = latest_close(kind, today=today, last_day=last_day) <= today
        return TOO_LATE if too_late else ""
    if kind not in STANDING_GROUPS:
        return COUNTED_ALREADY
    again = earlier.counted_as_at + timedelta(days=AGAIN_AFTER_DAYS)
    return "" if today >= again else f"{COUNTED_LATELY} Ask again from {in_full(again)}."


TOO_LATE = f"People are asked until {LONGEST_DAYS} days after an event: its names go soon after."
COUNTED_ALREADY = (
    "These people have been asked and counted. Asked once more, the difference between two counts"
    " would give away whoever answered late."
)
COUNTED_LATELY = (
    "This group was counted a short while ago. The difference between two counts would give away"
    " whoever is new."
)


def latest_close(kind: GatheringKind, *, today: date, last_day: date) -> date:
    """The last day on which answers are taken; `last_day` is that of the event."""
    latest = today + timedelta(days=LONGEST_DAYS)
    if kind in STANDING_GROUPS:
        return latest
    return min(latest, last_day + timedelta(days=LONGEST_DAYS))


def what_is_wrong_with_close(day: date, *, today: date, latest: date) -> str:
    if day <= today:
        return "Choose a day after today, so that people have time."
    if day > latest:
        return f"Choose {in_full(latest)} or a day before it."
    return ""


def refusal_to_remind(sent: int, *, last_on: date | None, today: date) -> str:
    if sent >= MOST_REMINDERS:
        return f"{MOST_REMINDERS} reminders have gone out, which is the most there may be."
    if last_on == today:
        return "A reminder went out today. Wait until tomorrow before the next."
    return ""


def refusal_to_mail(people: int, *, asked_today: int) -> str:
    """Why no email leaves to `people` more; empty where it may.

    asked_today: everybody in the rounds that wrote to people today, whoever of them got an email,
    so that what is left of the day tells nobody who has answered or objected.
    """
    if people + asked_today <= MOST_ASKED_A_DAY:
        return ""
    most = f"At most {MOST_ASKED_A_DAY:,} people a day are asked by email for one organisation."
    if people > MOST_ASKED_A_DAY:
        return f"{most} Take some addresses out, and give those people a printed code instead."
    return f"{most} Ask these tomorrow."


Counters = Mapping[tuple[Part, Measure], tuple[int, int]]
"""How many said yes and no. A part is there only where its counters were opened."""


def line_up(
    kind: GatheringKind,
    people: People,
    counters: Counters,
    *,
    definition: Definition,
    some_on_both: bool = False,
) -> LineUp:
    """Whoever did not answer, or left a question out, is not known.

    People may have left since they answered; then there are as many as did. `some_on_both`:
    when they were asked, somebody was on both stages. Where the line-up looks otherwise by now,
    the stages stay not known: less the whole, they would be those people's answers alone.
    """
    if some_on_both and any(_look_apart(people, counters, measure) for measure in Measure):
        counters = {key: said for key, said in counters.items() if key[0] == Part.WHOLE}
    definitions = {
        Measure.WOMEN: definition,
        Measure.MINORITISED: Definition.MINORITISED_SELF_DEFINED,
    }

    def tally(part: Part, measure: Measure) -> Tally:
        yes, no = counters.get((_counted_as(part, people), measure), (0, 0))
        count = Count(yes, no, max(0, people.of(part) - yes - no))
        basis = Basis.SELF_DECLARED if yes + no else Basis.NOT_KNOWN
        return Tally(part, Counted.COUNTED, measure, count, basis, definitions[measure])

    parts = [Part.WHOLE, *(part for part in BOTH if people.main_stage and people.of(part))]
    return LineUp(kind, tuple(tally(part, measure) for measure in Measure for part in parts))


def _look_apart(people: People, counters: Counters, measure: Measure) -> bool:
    """Whether both stages hold as many as the whole, as if nobody were on both."""
    whole, *parts = (
        max(people.of(part), sum(counters.get((part, measure), (0, 0))))
        for part in (Part.WHOLE, *BOTH)
    )
    return sum(parts) == whole


def _counted_as(part: Part, people: People) -> Part:
    """Where everybody is on the main stage, it is the whole line-up."""
    return Part.WHOLE if part == Part.MAIN_STAGE and not people.rest else part


def in_groups(code: str) -> str:
    """As it is printed: ABCDEFG HIJKLMN OPQRSTU VWXYZ23."""
    return " ".join(code[at : at + CODE_GROUP] for at in range(0, len(code), CODE_GROUP))


LOOKS_LIKE = str.maketrans("018", "OIB")
BETWEEN = re.compile(r"[\s\u2010-\u2015_.-]+")


def code_typed(text: str) -> str:
    """The code that somebody typed from paper: case, gaps and digits that it never has are
    forgiven."""
    return BETWEEN.sub("", text).upper().translate(LOOKS_LIKE)
