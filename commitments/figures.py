"""One figure of a record: a count, what it is out of, and what it rests on. Rules only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from commitments.facts import StepFact
from commitments.verdicts import Showing
from panels.audit import RULES_VERSION as COUNTING_VERSION

RULES_VERSION = "record-2"
"""Raise it whenever a rule of the record changes a figure."""


class OfWhat(NamedTuple):
    """What a denominator counts; where nothing joins it to a number, only words."""

    one: str
    many: str
    joined: str = "of"


INVITATIONS = OfWhat("invitation", "invitations")
ASKED_ABOUT = OfWhat("line-up asked about", "line-ups asked about")
TAKEN_PART_IN = OfWhat("taken part in", "taken part in")
LINE_UPS = OfWhat("line-up", "line-ups", "for")
OWN_PLEDGES = OfWhat("", "as their own pledges say", "")

OWN_RECORD = "The leader’s own record"
ANSWERS = "Answers"


class Kind(NamedTuple):
    """What a figure counts, in words."""

    key: str
    label: str
    of_what: OfWhat
    definition: str


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "changed", "Line-ups that changed after we asked", ASKED_ABOUT,
            "The line-up changed on or after the day of asking, and no later than the event.",
        ),
        Kind(
            "invitations", "Invitations", INVITATIONS,
            "Invitations received in these 12 months, since the pledge was made, with events run "
            "and seats held. A talk with an organiser is a line-up asked about, and no invitation.",
        ),
        Kind(
            "asked", "Asked who is at the table", INVITATIONS,
            "The organiser was asked who else is on the line-up.",
        ),
        Kind(
            "answered", "Organiser answered", ASKED_ABOUT,
            "The organiser answered on or after the day of asking.",
        ),
        Kind("took_part", "Took part", INVITATIONS, "Took part, whatever was said before."),
        Kind(
            "met_both", "Shown to meet both", TAKEN_PART_IN,
            "Both measures were shown to be met, and neither was missing from the main stage.",
        ),
        Kind(
            "met_one", "Shown to meet one", TAKEN_PART_IN,
            "One measure was shown to be met, and was not missing from the main stage.",
        ),
        Kind(
            "not_shown", "Not shown to meet", TAKEN_PART_IN,
            "Neither measure was shown to be met: not met, not known, or never counted.",
        ),
        Kind(
            "stepped_aside", "Stepped aside for somebody", INVITATIONS,
            "The place was given up for somebody else, and that is how it ended.",
        ),
        Kind(
            "stepped_back", "Stepped back and stayed", INVITATIONS,
            "Stayed, and gave up the chair, the keynote or speaking time.",
        ),
        Kind(
            "put_forward", "People put forward", LINE_UPS,
            "How many people were suggested; one where nobody said how many.",
        ),
        Kind("declined", "Declined", INVITATIONS, "Said no, and that is how it ended."),
        Kind(
            "followed", "Made the pledge after being asked", OWN_PLEDGES,
            "People who say on their own pledge, with both sides’ leave, who asked them.",
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Stamp:
    """What a figure rests on. `bases` says how much of it comes from where, `by_mail` how many
    of the answers came through a link that only an email held; `known` of how many it could be
    told at all."""

    definitions: tuple[str, ...]
    bases: tuple[tuple[str, int], ...]
    rules: tuple[str, ...]
    known: tuple[int, int] | None = None
    by_mail: int = 0

    @property
    def sources(self) -> str:
        return "; ".join(self._source(name, number) for name, number in self.bases if number)

    def _source(self, name: str, number: int) -> str:
        return self.answers if name == ANSWERS else f"{name}: {number}"

    @property
    def answers(self) -> str:
        """How many came through a link, and how many of them by one that only an email held."""
        number = dict(self.bases).get(ANSWERS, 0)
        said = f"{ANSWERS}: {number}"
        by_mail = self.by_mail or "none"
        return f"{said}, of which {by_mail} came by a link emailed from here" if number else said

    @property
    def known_share(self) -> str:
        return f"Counted at {self.known[0]} of {self.known[1]}" if self.known else ""

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        rows = (
            ("What is counted", " ".join(self.definitions)),
            ("Where it comes from", self.sources),
            ("Known share", self.known_share),
            ("Rules", ", ".join(self.rules)),
        )
        return tuple(row for row in rows if row[1])

    @property
    def words(self) -> str:
        return ". ".join(f"{term}: {said.rstrip('.')}" for term, said in self.rows)


@dataclass(frozen=True)
class Figure:
    """`count` out of `out_of`. Of people put forward, `out_of` says for how many line-ups."""

    key: str
    count: int
    out_of: int
    stamp: Stamp

    @property
    def label(self) -> str:
        return KINDS[self.key].label

    @property
    def is_a_part(self) -> bool:
        """A part of those taken part in: read under that figure."""
        return KINDS[self.key].of_what == TAKEN_PART_IN

    @property
    def denominator(self) -> str:
        what = KINDS[self.key].of_what
        if not what.joined:
            return what.many
        noun = what.one if self.out_of == 1 else what.many
        return noun if self.is_of_itself else f"{what.joined} {self.out_of} {noun}"

    @property
    def is_of_itself(self) -> bool:
        """Invitations are what others are out of; "14 of 14 invitations" would say nothing."""
        return self.key == "invitations"

    @property
    def in_short(self) -> str:
        if self.is_of_itself:
            return str(self.count)
        return f"{self.count} {KINDS[self.key].of_what.joined} {self.out_of}"

    def may_share_a_trend_with(self, other: "Figure") -> bool:
        """Only like with like: the same definitions, the same rules and the same sources."""
        one, two = self.stamp, other.stamp
        if (self.key, one.definitions, one.rules) != (other.key, two.definitions, two.rules):
            return False
        sources = [{name for name, n in stamp.bases if n} for stamp in (one, two)]
        return not all(sources) or sources[0] == sources[1]


def of_steps(key: str, steps: Sequence[StepFact], *, out_of: int) -> Figure:
    """How many took that step."""
    return Figure(key, len(steps), out_of, _of_ledger(key, steps))


def of_people(key: str, steps: Sequence[StepFact]) -> Figure:
    people = sum(step.number or 1 for step in steps)
    return Figure(key, people, len(steps), _of_ledger(key, steps))


def of_results(key: str, found: Sequence[Showing], *, counted: int, out_of: int) -> Figure:
    """Sources are said only of what was shown: of the rest they would part not met from not
    known."""
    stamps = [stamp for showing in found for stamp in showing.stamps]
    bases = Counter(f"{stamp.definition.label} ({_lower(stamp.basis.label)})" for stamp in stamps)
    stamp = Stamp(
        definitions=(KINDS[key].definition,),
        bases=tuple(sorted(bases.items())),
        rules=(RULES_VERSION, f"counts-{COUNTING_VERSION}"),
        known=(counted, out_of),
    )
    return Figure(key, len(found), out_of, stamp)


def of_pledges(count: int) -> Figure:
    kind = KINDS["followed"]
    stamp = Stamp((kind.definition,), (("Their own pledges", count),), (RULES_VERSION,))
    return Figure(kind.key, count, count, stamp)


def _of_ledger(key: str, steps: Sequence[StepFact]) -> Stamp:
    theirs = sum(step.by_organiser for step in steps)
    bases = ((OWN_RECORD, len(steps) - theirs), (ANSWERS, theirs))
    by_mail = sum(step.by_mail for step in steps)
    return Stamp((KINDS[key].definition,), bases, (RULES_VERSION,), by_mail=by_mail)


def _lower(label: object) -> str:
    words = str(label)
    return words[:1].lower() + words[1:]
