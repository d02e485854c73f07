"""How figures are counted, told from the rules' own constants so that it cannot go stale."""

from dataclasses import dataclass

from panels import audit, chance, planner, suppression, thresholds
from panels.audit import Count
from panels.enums import Basis, Definition, GatheringKind, Measure, SeatRole, Verdict
from panels.results import listed

WOMEN_EXAMPLES = (
    Count(2, 1, 0), Count(1, 2, 0), Count(1, 1, 1), Count(2, 2, 0), Count(2, 3, 0),
    Count(2, 2, 1), Count(1, 1, 0),
)  # fmt: skip
MINORITISED_EXAMPLES = (
    Count(1, 4, 0), Count(1, 5, 0), Count(1, 4, 1), Count(2, 0, 8), Count(2, 9, 0),
    Count(8, 33, 0), Count(0, 0, 0),
)  # fmt: skip

CHANCE_SEATS = (4, 6, 10)


@dataclass(frozen=True)
class Example:
    """One line-up judged when the page is drawn."""

    count: Count
    needed: int
    verdict: Verdict


@dataclass(frozen=True)
class Method:
    """How one threshold is counted."""

    title: str
    threshold: str
    definition: str
    bases: tuple[str, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class ByLot:
    """In how many of a hundred draws so many seats would reach the threshold by chance."""

    seats: int
    needed: int
    of_a_hundred: int


@dataclass(frozen=True)
class CountingPage:
    rules_version: str
    minimum_counted: int
    methods: tuple[Method, ...]
    panel_counted: str
    panel_beside: str
    group_adds: str
    never_counted: str
    standing_groups: str
    members_minimum_people: int
    members_minimum_known: int
    public_women_minimum: int
    points_apart: int
    minoritised_by_lot: tuple[ByLot, ...]
    minoritised_threshold: str
    plan: planner.Plan
    women_too: str


def counting_page() -> CountingPage:
    on_panels = audit.counted_roles(GatheringKind.PANEL)
    on_boards = audit.counted_roles(GatheringKind.BOARD)
    return CountingPage(
        rules_version=audit.RULES_VERSION,
        minimum_counted=audit.MINIMUM_COUNTED,
        methods=(
            _method(Measure.WOMEN, thresholds.WOMEN, Definition.WOMEN, WOMEN_EXAMPLES),
            _method(
                Measure.MINORITISED,
                thresholds.MINORITISED,
                Definition.MINORITISED_SELF_DEFINED,
                MINORITISED_EXAMPLES,
            ),
        ),
        panel_counted=listed(on_panels),
        panel_beside=listed(audit.beside_roles(GatheringKind.PANEL)),
        group_adds=listed(on_boards - on_panels),
        never_counted=listed(set(SeatRole) - on_boards - audit.CHAIRING_ROLES),
        standing_groups=listed(audit.STANDING_GROUPS),
        members_minimum_people=suppression.MEMBERS_MINIMUM_PEOPLE,
        members_minimum_known=suppression.MEMBERS_MINIMUM_KNOWN,
        public_women_minimum=suppression.PUBLIC_WOMEN_MINIMUM_PEOPLE,
        points_apart=audit.POINTS_APART,
        minoritised_by_lot=tuple(_by_lot(seats, thresholds.MINORITISED) for seats in CHANCE_SEATS),
        minoritised_threshold=str(thresholds.MINORITISED),
        plan=planner.plan(planner.USUAL_SEATS, _wording()),
        women_too=str(Definition.WOMEN_AND_NON_BINARY.label).lower(),
    )


def _wording() -> thresholds.Thresholds:
    return thresholds.Thresholds(thresholds.WOMEN, thresholds.MINORITISED)


def _by_lot(seats: int, threshold: thresholds.Threshold) -> ByLot:
    reached = chance.chance_of_reaching(seats, threshold)
    return ByLot(seats, thresholds.needed(seats, threshold), chance.in_a_hundred(reached))


def rules_of_check() -> tuple[str, ...]:
    """Whatever the empty form of the public check says that follows from a rule."""
    return (
        str(thresholds.WOMEN),
        str(thresholds.MINORITISED),
        str(Definition.MINORITISED_SELF_DEFINED.label),
        listed(audit.beside_roles(GatheringKind.EVENT)),
        str(planner.USUAL_SEATS),
    )


def _method(
    measure: Measure,
    threshold: thresholds.Threshold,
    definition: Definition,
    examples: tuple[Count, ...],
) -> Method:
    return Method(
        title=str(measure.label),
        threshold=str(threshold),
        definition=str(definition.label),
        bases=tuple(str(basis.label) for basis in Basis if basis in audit.EVIDENCE[measure]),
        examples=tuple(
            Example(
                count,
                thresholds.needed(count.n, threshold),
                audit.verdict(count, threshold),
            )
            for count in examples
        ),
    )
