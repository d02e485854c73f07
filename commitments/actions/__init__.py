"""Every write of pledges and their record."""

from commitments.actions.catalogue import WordingChangedError, load_wording
from commitments.actions.keeping import (
    NotDueError,
    PledgeClosedError,
    add_invitation,
    move_invitation,
    record_check_in,
)
from commitments.actions.making import (
    AlreadySignedError,
    change_who,
    choose_cadence,
    choose_promises,
    confirm_pledge,
    publish_pledge,
    start_pledge,
)

__all__ = [
    "AlreadySignedError",
    "NotDueError",
    "PledgeClosedError",
    "WordingChangedError",
    "add_invitation",
    "change_who",
    "choose_cadence",
    "choose_promises",
    "confirm_pledge",
    "load_wording",
    "move_invitation",
    "publish_pledge",
    "record_check_in",
    "start_pledge",
]
