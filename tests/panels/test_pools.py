"""Pooled figures: what is let out, what waits, and what can be worked out from it."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panels import pools
from panels.audit import Count, LineUp, MeasureAudit, Tally, audit_line_up
from panels.enums import Audience, Basis, Counted, Definition, GatheringKind, Measure, Part
from panels.pools import FEWER, NEARLY_EVERYBODY, Candidate, Pooled, candidate, release
from panels.thresholds import Thresholds
from tests.panels.pool_attacker import found_out

DEFINITIONS = {
    Measure.WOMEN: Definition.WOMEN,
    Measure.MINORITISED: Definition.MINORITISED_SELF_DEFINED,
}


def judged(
    whole: Count,
    *,
    measure: Measure = Measure.MINORITISED,
    basis: Basis = Basis.SELF_DECLARED,
    main_stage: Count | None = None,
) -> MeasureAudit:
    def tally(part: Part, count: Count) -> Tally:
        return Tally(part, Counted.COUNTED, measure, count, basis, DEFINITIONS[measure])

    tallies = [tally(Part.WHOLE, whole)]
    if main_stage:
        rest = Count(
            whole.yes - main_stage.yes,
            whole.no - main_stage.no,
            whole.unknown - main_stage.unknown,
        )
        tallies += [tally(Part.MAIN_STAGE, main_stage), tally(Part.REST, rest)]
    audit = audit_line_up(LineUp(GatheringKind.PANEL, tuple(tallies)), Thresholds())
    return audit.women if measure == Measure.WOMEN else audit.minoritised


def waiting(*counts: tuple[int, int, int]) -> list[Candidate]:
    found = [candidate(str(place), judged(Count(*count))) for place, count in enumerate(counts)]
    return [one for one in found if one]


def figures_of(*counts: tuple[int, int, int]) -> Pooled | None:
    found = release(waiting(*counts))
    return found.figures if found else None


# What is let out


def test_twenty_known_people_of_three_events_are_enough() -> None:
    assert figures_of((2, 5, 2), (2, 5, 2), (2, 5, 2)) == Pooled(
        gatherings=3, people=25, known=20, yes=5, share=25
    )


@pytest.mark.parametrize(
    "counts",
    [
        [(2, 5, 2), (2, 5, 2), (2, 3, 4)],
        [(5, 10, 3), (5, 10, 3)],
        [],
    ],
)
def test_fewer_people_or_events_wait(counts: list[tuple[int, int, int]]) -> None:
    assert release(waiting(*counts)) is None


@pytest.mark.parametrize("yes", [(0, 0, 0), (1, 0, 0)])
def test_fewer_than_five_is_never_said_more_exactly_and_nought_looks_the_same(
    yes: tuple[int, ...],
) -> None:
    """Women as they said it themselves."""
    audits = [judged(Count(few, 7 - few, 0), measure=Measure.WOMEN) for few in yes]
    found = release([one for audit in audits if (one := candidate("a", audit))])
    assert found is not None
    assert found.figures == Pooled(gatherings=3, people=20, known=20, yes=FEWER, share=None)


def test_nought_of_many_is_fewer_than_five() -> None:
    figures = figures_of((0, 18, 4), (0, 18, 4), (0, 18, 5))
    assert figures == Pooled(gatherings=3, people=65, known=55, yes=FEWER, share=None)


def test_all_of_them_is_nearly_everybody_and_so_is_all_but_one() -> None:
    everybody = figures_of((10, 0, 3), (10, 0, 3), (10, 0, 4))
    all_but_one = figures_of((10, 0, 3), (10, 0, 3), (9, 1, 4))
    assert everybody is not None
    assert everybody == all_but_one
    assert everybody.yes == NEARLY_EVERYBODY


def test_an_event_of_which_nothing_is_known_is_in_no_pool() -> None:
    assert candidate("a", judged(Count(0, 0, 6), basis=Basis.NOT_KNOWN)) is None
    assert candidate("a", judged(Count(0, 0, 6))) is None
    assert candidate("a", judged(Count(1, 0, 0))) is None


def test_a_pool_whose_figures_could_stand_alone_waits() -> None:
    """Five events of ten, none shown to meet: 5 would mean that each had exactly one."""
    assert figures_of(*[(1, 6, 3)] * 5) != Pooled(5, 50, 35, 5, 15)


def test_the_oldest_go_first_where_not_all_may_go_together() -> None:
    found = release(waiting(*[(1, 6, 3)] * 5))
    assert found is not None
    assert [one.key for one in found.pool] == ["0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(1, 40, 5), (1, 41, 0), (5, 20, 25), (20, 55, 35), (8, 41, 20)]
)
def test_shares_are_to_the_nearest_five_points(part: int, whole: int, share: int) -> None:
    assert pools.nearest_share(part, whole) == share


def test_the_words_hold_the_released_figures_alone() -> None:
    found = Pooled(gatherings=4, people=60, known=40, yes=15, share=40)
    assert pools.in_words(found, Measure.WOMEN) == (
        "About 15 of about 40 people were women, about 40%: known for about 40 of about 60."
    )
    few = Pooled(4, 60, 40, FEWER, None)
    assert pools.in_words(few, Measure.MINORITISED) == (
        "Fewer than 5 of about 40 people were from minoritised communities:"
        " known for about 40 of about 60."
    )
    all_of_them = Pooled(4, 60, 40, NEARLY_EVERYBODY, None)
    assert pools.in_words(all_of_them, Measure.WOMEN).startswith("Nearly all of about 40 people")
    assert pools.from_facts(found.as_facts()) == found


# What can be worked out


@dataclass
class Years:
    """Gatherings that are added, counted, corrected and removed, and what is frozen meanwhile."""

    counted: dict[int, MeasureAudit] = field(default_factory=dict)
    pooled: set[int] = field(default_factory=set)
    frozen: list[tuple[list[Candidate], Pooled]] = field(default_factory=list)

    def quarter_ends(self) -> None:
        pool = [
            one
            for key, audit in self.counted.items()
            if key not in self.pooled and (one := candidate(str(key), audit))
        ]
        found = release(pool)
        if found:
            self.frozen.append((list(found.pool), found.figures))
            self.pooled |= {int(one.key) for one in found.pool}


@st.composite
def counts(draw: st.DrawFn, measure: Measure) -> MeasureAudit:
    bases = [Basis.SELF_DECLARED, Basis.SELF_DECLARED, Basis.SELF_DECLARED]
    if measure == Measure.WOMEN:
        bases += [Basis.ORGANISER_STATED, Basis.PUBLICLY_STATED]
    whole = Count(
        draw(st.integers(0, 7)), draw(st.integers(0, 9)), draw(st.sampled_from([0, 0, 1, 2, 5]))
    )
    main_stage = None
    if whole.n and draw(st.booleans()):
        main_stage = Count(
            draw(st.integers(0, whole.yes)),
            draw(st.integers(0, whole.no)),
            draw(st.integers(0, whole.unknown)),
        )
        if main_stage.n in (0, whole.n):
            main_stage = None
    return judged(whole, measure=measure, basis=draw(st.sampled_from(bases)), main_stage=main_stage)


def steps(measure: Measure) -> st.SearchStrategy[list[tuple]]:
    counted = st.tuples(st.just("count"), st.integers(0, 9), counts(measure))
    removed = st.tuples(st.just("remove"), st.integers(0, 9), st.none())
    ended = st.tuples(st.just("quarter"), st.none(), st.none())
    return st.lists(st.one_of(counted, counted, counted, removed, ended), min_size=10, max_size=24)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(Measure).flatmap(steps))
def test_no_count_below_twenty_people_follows_from_what_is_released(
    steps: list[tuple[str, int | None, MeasureAudit | None]],
) -> None:
    """Counting again is correcting, and after a release it changes nothing that was frozen.

    Pools share no event, so two releases say together what each says by itself: each is attacked
    beside all that is said of its own events.
    """
    years = Years()
    for what, key, audit in [*steps, ("quarter", None, None)]:
        if what == "count" and key is not None and audit is not None:
            years.counted[key] = audit
        elif what == "remove" and key not in years.pooled:
            years.counted.pop(key, None)
        elif what == "quarter":
            years.quarter_ends()
    keys = [one.key for pool, _ in years.frozen for one in pool]
    assert len(keys) == len(set(keys))
    for pool, figures in years.frozen:
        for audience in Audience:
            assert list(found_out(pool, figures, audience)) == []


@st.composite
def pools_near_the_edge(draw: st.DrawFn) -> list[MeasureAudit]:
    """Three to five events, hardly anybody unknown, mostly far from or just at the threshold."""
    measure = draw(st.sampled_from(Measure))
    found = []
    for _ in range(draw(st.integers(3, 5))):
        n = draw(st.integers(2, 12))
        yes = draw(st.sampled_from(sorted({0, 1, n // 5, n // 2, (n + 1) // 2, n - 1, n})))
        unknown = draw(st.integers(0, min(2, n - yes)))
        found.append(judged(Count(yes, n - yes - unknown, unknown), measure=measure))
    return found


@settings(max_examples=600, deadline=None)
@given(pools_near_the_edge())
def test_nor_from_a_pool_near_the_edge_of_what_is_possible(audits: list[MeasureAudit]) -> None:
    pool = [one for place, audit in enumerate(audits) if (one := candidate(str(place), audit))]
    found = release(pool)
    if found:
        for audience in Audience:
            assert list(found_out(found.pool, found.figures, audience)) == []


def test_the_attacker_finds_what_an_unguarded_pool_would_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pools, "_could_tell", lambda told: False)
    pool = waiting(*[(1, 6, 3)] * 5)
    found = release(pool)
    assert found is not None
    assert (("0",), "yes") in list(found_out(found.pool, found.figures, Audience.PUBLIC))
