"""What the events a leader took part in showed. Rules only.

Only what may be said of an event in public comes out of here: whether each measure was shown to
be met. That one was not met and that it is not known are never told apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from commitments.enums import Shown
from panels.audit import LineUp, MeasureAudit, Stamp, audit_line_up
from panels.enums import Verdict
from panels.thresholds import Thresholds


@dataclass(frozen=True)
class Showing:
    """Of each measure that was shown to be met, what that rests on; None of one that was not."""

    women: Stamp | None
    minoritised: Stamp | None

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        return tuple(stamp for stamp in (self.women, self.minoritised) if stamp)

    @property
    def shown(self) -> Shown:
        return (Shown.NOT_SHOWN, Shown.ONE, Shown.BOTH)[len(self.stamps)]


NOTHING_SHOWN = Showing(None, None)


def showing(line_up: LineUp, thresholds: Thresholds) -> Showing:
    audit = audit_line_up(line_up, thresholds)
    return Showing(_stamp_if_met(audit.women), _stamp_if_met(audit.minoritised))


def worst_showing(line_ups: Sequence[LineUp], thresholds: Thresholds) -> Showing:
    """Where one event was counted more than once, a measure is shown to be met only if every
    count shows it; it rests on the first of them."""
    found = [showing(line_up, thresholds) for line_up in line_ups]
    women = [one.women for one in found]
    minoritised = [one.minoritised for one in found]
    return Showing(women[0] if all(women) else None, minoritised[0] if all(minoritised) else None)


def _stamp_if_met(measure: MeasureAudit) -> Stamp | None:
    """Met overall and not shown on the main stage is a result of its own, and is not "met"."""
    is_shown = measure.verdict == Verdict.MET and not measure.is_not_shown_on_main_stage
    return measure.whole.stamp if measure.whole and is_shown else None
