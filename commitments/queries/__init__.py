"""Reading pledges. What is not published is reached through its leader alone."""

from commitments.queries.check_ins import (
    IS_CLOSED,
    check_ins_due,
    due_check_in,
    kept_promises_of,
    look_backs,
)
from commitments.queries.making import (
    current_promises,
    current_signing,
    current_wording,
    kept_pledges_of,
    organisations_of,
    pledges_of,
)
from commitments.queries.organisation import pledges_in
from commitments.queries.public import (
    made_on,
    public_pledges,
    signed_lines_of,
    signed_text,
    statement_from,
)
from commitments.queries.record import record_of

__all__ = [
    "IS_CLOSED",
    "check_ins_due",
    "current_promises",
    "current_signing",
    "current_wording",
    "due_check_in",
    "kept_pledges_of",
    "kept_promises_of",
    "look_backs",
    "made_on",
    "organisations_of",
    "pledges_in",
    "pledges_of",
    "public_pledges",
    "record_of",
    "signed_lines_of",
    "signed_text",
    "statement_from",
]
