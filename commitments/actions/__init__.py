"""Every write of pledges and their record."""

from commitments.actions.catalogue import WordingChangedError, load_wording
from commitments.actions.check_in import CheckInRefused, record_check_in
from commitments.actions.ledger import PledgeClosedError, add_invitation, take_step
from commitments.actions.making import (
    AlreadySignedError,
    change_who,
    choose_cadence,
    choose_promises,
    choose_standards,
    start_pledge,
    write_own,
)
from commitments.actions.publishing import publish_pledge
from commitments.actions.trusting import confirm_pledge

__all__ = [
    "AlreadySignedError",
    "CheckInRefused",
    "PledgeClosedError",
    "WordingChangedError",
    "add_invitation",
    "change_who",
    "choose_cadence",
    "choose_promises",
    "choose_standards",
    "confirm_pledge",
    "load_wording",
    "publish_pledge",
    "record_check_in",
    "start_pledge",
    "take_step",
    "write_own",
]
