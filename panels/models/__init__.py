"""Events and groups, who sits where, and what is counted. Never who is what."""

from panels.models.barriers import (
    BarrierAnswer,
    Bursaries,
    ChecklistItem,
    LivedExperience,
    ThreeAnswers,
)
from panels.models.choices import CountingChoices
from panels.models.declaring import (
    AskingRefusal,
    DeclarationRound,
    DeclarationToken,
    SealedClose,
    SealedCounter,
)
from panels.models.gathering import Gathering, GatheringQuerySet, Standing
from panels.models.importing import Upload
from panels.models.line_up import Participant, Seat, Session, Snapshot
from panels.models.over_time import PooledGathering, PooledRelease
from panels.models.statements import Statement
from panels.models.tally import SessionCount, Tally

__all__ = [
    "AskingRefusal",
    "BarrierAnswer",
    "Bursaries",
    "ChecklistItem",
    "CountingChoices",
    "DeclarationRound",
    "DeclarationToken",
    "Gathering",
    "GatheringQuerySet",
    "LivedExperience",
    "Participant",
    "PooledGathering",
    "PooledRelease",
    "SealedClose",
    "SealedCounter",
    "Seat",
    "Session",
    "SessionCount",
    "Snapshot",
    "Standing",
    "Statement",
    "Tally",
    "ThreeAnswers",
    "Upload",
]
