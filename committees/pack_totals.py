"""The figures at the head of a pack. Rules only."""

from collections.abc import Iterable
from typing import Any

from committees.pack_facts import Work
from recommendations.enums import State


def totals(work: Iterable[Work]) -> list[dict[str, Any]]:
    """Always with what each is out of. Activity alone is never counted as an outcome."""
    every = list(work)
    main = [each for each in every if not each.is_finding]
    findings = [each for each in every if each.is_finding]
    wanted = [each for each in main if each.needs_work]
    steps = [step for each in main for step in each.steps]
    told = [
        _total("Implemented, with an outcome", map(has_outcome, main)),
        _total("Implemented, activity only so far", (each.is_activity_only for each in main)),
        _total("Closed without being implemented", map(is_otherwise_closed, main)),
        _total("Proposed for closure", (e.state == State.PROPOSED_FOR_CLOSURE for e in main)),
        _total("Overdue", (each.is_overdue for each in wanted), "open recommendations"),
        _total("Silent", (each.is_silent for each in wanted), "open recommendations"),
        _total("Shown to be done", (step.is_proven for step in steps), "actions"),
    ]
    if findings:
        told.append(_total("Findings implemented, with an outcome", map(has_outcome, findings), ""))
    return told


def has_outcome(work: Work) -> bool:
    return work.state == State.CLOSED_IMPLEMENTED and not work.is_activity_only


def is_otherwise_closed(work: Work) -> bool:
    return work.state in State.closed() and work.state != State.CLOSED_IMPLEMENTED


def _total(label: str, marks: Iterable[bool], of: str = "recommendations") -> dict[str, Any]:
    counted = list(marks)
    figure = f"{sum(counted)} of {len(counted)} {of}".rstrip()
    return {"label": label, "value": sum(counted), "of": len(counted), "figure": figure}
