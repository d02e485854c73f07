"""Pledges: the wording they are made from, what was signed, and the record of keeping them."""

from commitments.models.bodies import BodyLink
from commitments.models.check_in import (
    CheckIn,
    CheckInDraft,
    CheckInLine,
    CheckInRemark,
    Reflection,
)
from commitments.models.learning import LearningItem, LearningNote, WorkshopDate
from commitments.models.ledger import AskLetter, Invitation, Step
from commitments.models.pledge import CadenceChange, Pledge
from commitments.models.reply import Reply, ReplyBarrier, ReplyTally
from commitments.models.sharing import (
    AddressRefusal,
    Assistant,
    Encouragement,
    Handover,
    ImpersonationReport,
    PreviewLink,
    Republication,
    StrangerMail,
)
from commitments.models.signing import Promise, Signing, Standard
from commitments.models.wording import Wording, WordingPromise

__all__ = [
    "AddressRefusal",
    "AskLetter",
    "Assistant",
    "BodyLink",
    "CadenceChange",
    "CheckIn",
    "CheckInDraft",
    "CheckInLine",
    "CheckInRemark",
    "Encouragement",
    "Handover",
    "ImpersonationReport",
    "Invitation",
    "LearningItem",
    "LearningNote",
    "Pledge",
    "PreviewLink",
    "Promise",
    "Reflection",
    "Reply",
    "ReplyBarrier",
    "ReplyTally",
    "Republication",
    "Signing",
    "Standard",
    "Step",
    "StrangerMail",
    "Wording",
    "WordingPromise",
    "WorkshopDate",
]
