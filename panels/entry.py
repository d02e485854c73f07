"""From the numbers somebody typed to a line-up that can be judged, or to what is wrong with them.

Whoever is in neither of two numbers is not known. Everywhere else is the whole line-up less
its main stage, so nobody types it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from panels.audit import Count, LineUp, Tally
from panels.consistency import check_parts
from panels.enums import Basis, Counted, Definition, GatheringKind, Measure, Part

YES_AND_NO = {
    Measure.WOMEN: ("women", "not_women"),
    Measure.MINORITISED: ("minoritised", "not_minoritised"),
}
WORDS = {
    "women": "women",
    "not_women": "not women",
    "minoritised": "from a minoritised community",
    "not_minoritised": "not",
}
STAGED = frozenset({GatheringKind.EVENT, GatheringKind.CONFERENCE})
"""Where a main stage is given separately."""
WITH_NON_BINARY = {"women": "women and non-binary people", "not_women": "neither"}


@dataclass(frozen=True)
class TypedPart:
    """The five numbers of one part as typed; None where left blank."""

    people: int | None = None
    women: int | None = None
    not_women: int | None = None
    minoritised: int | None = None
    not_minoritised: int | None = None

    def numbers(self, measure: Measure) -> dict[str, int]:
        """The yes and the no that were typed, by name; a blank is left out."""
        typed = {name: getattr(self, name) for name in YES_AND_NO[measure]}
        return {name: number for name, number in typed.items() if number is not None}

    def count(self, measure: Measure) -> Count:
        numbers = self.numbers(measure)
        yes, no = (numbers.get(name, 0) for name in YES_AND_NO[measure])
        return Count(yes, no, (self.people or 0) - yes - no)


@dataclass(frozen=True)
class Typed:
    """`told`: each person said it themselves, knowing that it is counted.

    `women_definition`: whom the women's numbers count, as the organisation chose.
    """

    kind: GatheringKind
    whole: TypedPart
    main_stage: TypedPart = TypedPart()
    beside: TypedPart = TypedPart()
    women_basis: Basis = Basis.NOT_KNOWN
    told: bool = False
    women_definition: Definition = Definition.WOMEN

    @property
    def parts(self) -> dict[str, TypedPart]:
        return {"whole": self.whole, "main_stage": self.main_stage, "beside": self.beside}

    @property
    def is_blank(self) -> bool:
        """Not one number, of no part."""
        return all(part == TypedPart() for part in self.parts.values())

    @property
    def words(self) -> dict[str, str]:
        """What each number is called in a message."""
        is_wider = self.women_definition == Definition.WOMEN_AND_NON_BINARY
        return WORDS | WITH_NON_BINARY if is_wider else WORDS

    def definition(self, measure: Measure) -> Definition:
        if measure == Measure.WOMEN:
            return self.women_definition
        return Definition.MINORITISED_SELF_DEFINED

    def basis(self, measure: Measure) -> Basis:
        if not any(any(part.numbers(measure).values()) for part in self.parts.values()):
            return Basis.NOT_KNOWN
        if measure == Measure.WOMEN:
            return self.women_basis
        return Basis.SELF_DECLARED if self.told else Basis.NOT_KNOWN

    def count(self, part: TypedPart, measure: Measure) -> Count:
        if self.basis(measure) == Basis.NOT_KNOWN:
            return Count(unknown=part.people or 0)
        return part.count(measure)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one number, in words for whoever typed it."""

    part: str
    field: str
    message: str


def problems(typed: Typed) -> tuple[Problem, ...]:
    """The first problem of each number; a main stage is compared once its own numbers add up."""
    found = list(_within_parts(typed)) or list(_between_parts(typed))
    first = {(problem.part, problem.field): problem for problem in reversed(found)}
    return tuple(problem for problem in found if first[problem.part, problem.field] is problem)


def _within_parts(typed: Typed) -> Iterator[Problem]:
    for name, part in typed.parts.items():
        for measure in Measure:
            numbers = part.numbers(measure)
            if part.people is None and any(numbers.values()):
                yield Problem(name, "people", "Say how many people this is of.")
            elif sum(numbers.values()) > (part.people or 0):
                called = {typed.words[name]: number for name, number in numbers.items()}
                yield Problem(name, list(numbers)[-1], _too_many(called, part.people or 0))


def _too_many(numbers: dict[str, int], people: int) -> str:
    """`numbers` by what they are called."""
    told = " and ".join(f"{number} {called}" for called, number in numbers.items())
    makes = f" make {sum(numbers.values())}" if len(numbers) > 1 else ""
    return f"{told}{makes}, but there {_people(people)} in all."


def _people(number: int) -> str:
    return "is 1 person" if number == 1 else f"are {number} people"


def _between_parts(typed: Typed) -> Iterator[Problem]:
    if not typed.main_stage.people:
        return
    for measure, (yes, no) in YES_AND_NO.items():
        whole = typed.count(typed.whole, measure)
        stage = typed.count(typed.main_stage, measure)
        fields = {"yes": yes, "no": no, "n": "people"}
        wrong = check_parts(whole, stage, None)
        for problem in wrong:
            yield Problem("main_stage", fields[problem.field], problem.message)
        if not wrong and stage.unknown > whole.unknown:
            yield Problem("main_stage", yes, _less_known(stage.unknown, whole.unknown))


def _less_known(stage: int, whole: int) -> str:
    return (
        f"{Part.MAIN_STAGE.label} leaves {stage} not known, but the {Part.WHOLE.label.lower()}"
        f" leaves {whole}. Say it here too, or leave all of the main stage blank."
    )


def without_basis(typed: Typed) -> tuple[Measure, ...]:
    """The measures with numbers that nothing supports: they would count as not known."""
    return tuple(
        measure
        for measure in Measure
        if typed.basis(measure) == Basis.NOT_KNOWN
        and any(any(part.numbers(measure).values()) for part in typed.parts.values())
    )


def line_up(typed: Typed) -> LineUp:
    """Only for numbers without problems."""
    return LineUp(typed.kind, tuple(tally for m in Measure for tally in _tallies(typed, m)))


def _tallies(typed: Typed, measure: Measure) -> Iterator[Tally]:
    def tally(part: Part, counted: Counted, count: Count) -> Tally:
        return Tally(part, counted, measure, count, typed.basis(measure), typed.definition(measure))

    whole = typed.count(typed.whole, measure)
    yield tally(Part.WHOLE, Counted.COUNTED, whole)
    if typed.main_stage.people:
        stage = typed.count(typed.main_stage, measure)
        yield tally(Part.MAIN_STAGE, Counted.COUNTED, stage)
        rest = Count(whole.yes - stage.yes, whole.no - stage.no, whole.unknown - stage.unknown)
        if rest.n:
            yield tally(Part.REST, Counted.COUNTED, rest)
    if typed.beside.people:
        yield tally(Part.WHOLE, Counted.BESIDE, typed.count(typed.beside, measure))


def typed_again(found: LineUp) -> Typed:
    """The numbers that make this line-up, for whoever typed it to correct."""

    def part(which: Part, counted: Counted) -> TypedPart:
        numbers: dict[str, int] = {}
        for measure, (yes, no) in YES_AND_NO.items():
            tally = found.tally(measure, which, counted)
            if tally:
                numbers["people"] = tally.count.n
            if tally and tally.basis != Basis.NOT_KNOWN:
                numbers |= {yes: tally.count.yes, no: tally.count.no}
        return TypedPart(**numbers)

    women = found.tally(Measure.WOMEN, Part.WHOLE, Counted.COUNTED)
    minoritised = found.tally(Measure.MINORITISED, Part.WHOLE, Counted.COUNTED)
    return Typed(
        kind=found.kind,
        whole=part(Part.WHOLE, Counted.COUNTED),
        main_stage=part(Part.MAIN_STAGE, Counted.COUNTED),
        beside=part(Part.WHOLE, Counted.BESIDE),
        women_basis=women.basis if women else Basis.NOT_KNOWN,
        told=bool(minoritised and minoritised.basis == Basis.SELF_DECLARED),
        women_definition=women.definition if women else Definition.WOMEN,
    )
