"""How many women have a seat in one session, as stated. A correction is a new version."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from history.actions import record
from organisations.models import User
from organisations.refusals import Refused
from panels import audit
from panels.actions.counting import CountMovedOn
from panels.actions.line_up import lock
from panels.consistency import check_session
from panels.enums import Basis, Definition, Measure, PanelVerb
from panels.models import Session, SessionCount
from panels.queries.line_up import counted_seats


@dataclass(frozen=True)
class StatedWomen:
    """Whoever is in neither number is not known."""

    women: int
    not_women: int
    basis: Basis
    definition: Definition


@transaction.atomic
def count_session(
    *, session: Session, stated: StatedWomen, typed_over: int, by: User, now: datetime
) -> bool:
    """Add a new version; `typed_over` is the one that was on the page, 0 for none.

    False when this person's newest says the same. Raises Refused for more people than seats or
    without a basis, LockedError, and CountMovedOn when there is a newer one than that.
    """
    locked = lock(session.gathering)
    seats = counted_seats(locked).get(session.pk)
    if seats is None:
        raise Refused("This session was taken off the programme.")
    _refuse_impossible(session, stated, seats)
    newest = session.counts.order_by("-version").first()
    made = _row(session, stated, seats)
    if newest and newest.entered_by_id == by.pk and _told(newest) == _told(made):
        return False
    version = newest.version if newest else 0
    if version != typed_over:
        raise CountMovedOn
    made.version, made.entered_by, made.entered_at = version + 1, by, now
    made.save()
    record(
        PanelVerb.SESSION_COUNTED,
        subject=locked,
        organisation=locked.organisation,
        by=by,
        now=now,
        session=session.pk,
        version=made.version,
    )
    return True


def _refuse_impossible(session: Session, stated: StatedWomen, seats: int) -> None:
    problem = check_session(session.title, stated.women, stated.not_women, seats)
    if problem:
        raise Refused(problem)
    says_something = stated.women or stated.not_women
    if says_something and stated.basis not in audit.EVIDENCE[Measure.WOMEN]:
        raise Refused("Say where these numbers come from.")


def _row(session: Session, stated: StatedWomen, seats: int) -> SessionCount:
    return SessionCount(
        session=session,
        yes=stated.women,
        no=stated.not_women,
        unknown=seats - stated.women - stated.not_women,
        basis=stated.basis,
        definition=stated.definition,
        rules_version=audit.RULES_VERSION,
    )


def _told(row: SessionCount) -> tuple[object, ...]:
    return (row.yes, row.no, row.unknown, str(row.basis), str(row.definition))
