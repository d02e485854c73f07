"""Facts of a made-up ledger."""

from datetime import date

from commitments.enums import InvitationKind, InvitationState
from commitments.facts import LedgerFact, StepFact
from commitments.record import year_to
from commitments.verdicts import Showing
from panels.audit import Stamp
from panels.enums import Basis, Definition

TODAY = date(2026, 5, 20)
S = InvitationState
WOMEN = Stamp(Definition.WOMEN, Basis.ORGANISER_STATED, 5, 5)
MINORITISED = Stamp(Definition.MINORITISED_SELF_DEFINED, Basis.SELF_DECLARED, 5, 5)
BOTH, ONE = Showing(WOMEN, MINORITISED), Showing(WOMEN, None)


def fact(
    *states: S,
    received_on: date = TODAY,
    on: date = TODAY,
    kind: InvitationKind = InvitationKind.INVITED,
    held_on: date | None = None,
    showing: Showing | None = None,
    **days: date,
) -> LedgerFact:
    """Steps on `on`, or on a day of their own: `asked=date(…)`."""
    steps = {state: StepFact(on) for state in states}
    steps |= {S(name): StepFact(day) for name, day in days.items()}
    return LedgerFact(received_on, steps, kind, held_on, showing)


def counts(*facts: LedgerFact, last: date = TODAY) -> dict[str, tuple[int, int]]:
    return {f.key: (f.count, f.out_of) for f in year_to(last, facts).every_figure}
