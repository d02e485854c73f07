"""A leader's year as rows for a spreadsheet. Results of events are words, never counts."""

from collections.abc import Iterator

from commitments.enums import InvitationState, Shown
from commitments.queries.own_record import OwnEntry, OwnRecord

DATED = [state for state in InvitationState if state != InvitationState.RECEIVED]
ENTRY_HEADINGS = (
    "Received", "Kind", "Invitation", "Organiser", "Event on", "Where it stands",
    *(f"{state.label} on" for state in DATED),
    "People put forward", "Changed after asking", "Shown", "Waits to be confirmed",
)  # fmt: skip
FIGURE_HEADINGS = (
    "From", "To", "Figure", "Count", "Out of", "In words", "What is counted",
    "Where it comes from", "Known share", "Rules",
)  # fmt: skip
RESULTS = {Shown.BOTH: "Both", Shown.ONE: "One", Shown.NOT_SHOWN: "Not shown"}


def entry_rows(own: OwnRecord) -> Iterator[tuple[object, ...]]:
    """Entries received in the year, with the days of their confirmed steps."""
    yield ENTRY_HEADINGS
    for entry in own.of_the_year:
        yield _entry_row(entry, own)


def figure_rows(own: OwnRecord) -> Iterator[tuple[object, ...]]:
    yield FIGURE_HEADINGS
    for figure in own.record.figures:
        stamp = dict(figure.stamp.rows)
        yield (
            own.year.first.isoformat(), own.year.last.isoformat(), figure.label, figure.count,
            figure.out_of, figure.denominator,
            *(stamp.get(term, "") for term in FIGURE_HEADINGS[6:]),
        )  # fmt: skip


def _entry_row(entry: OwnEntry, own: OwnRecord) -> tuple[object, ...]:
    fact, shown = entry.fact, entry.shown(own.today)
    counts = entry.is_confirmed
    days = (fact.steps[state].on if state in fact.steps else None for state in DATED)
    forward = fact.steps.get(InvitationState.PUT_FORWARD)
    return (
        entry.received_on, entry.kind.label, entry.title, entry.organiser, entry.held_on,
        entry.state_words, *days,
        (forward.number or 1) if forward and counts else "",
        "Yes" if counts and fact.changed(today=own.today) else "",
        RESULTS[shown] if shown else "",
        "Yes" if entry.waits_for_the_leader else "",
    )  # fmt: skip
