"""What was recommended, who owns it, what shows that it is done and what came of it."""

from recommendations.models.action import Action, Handover, NotYet, Objection
from recommendations.models.closing import ClosureProposal, Extension, ExtensionEnd, Recheck
from recommendations.models.evidence import Evidence, EvidenceVersion, StoredFile
from recommendations.models.indicators import Indicator, Reading
from recommendations.models.progress import ProgressUpdate
from recommendations.models.proof import CoverageCount, CoverageUnit, EmbeddingCheck, Occurrence
from recommendations.models.recommendation import Dependency, Recommendation
from recommendations.models.registers import Assessment, Partner
from recommendations.models.source import Source, Theme

__all__ = [
    "Action",
    "Assessment",
    "ClosureProposal",
    "CoverageCount",
    "CoverageUnit",
    "Dependency",
    "EmbeddingCheck",
    "Evidence",
    "EvidenceVersion",
    "Extension",
    "ExtensionEnd",
    "Handover",
    "Indicator",
    "NotYet",
    "Objection",
    "Occurrence",
    "Partner",
    "ProgressUpdate",
    "Reading",
    "Recheck",
    "Recommendation",
    "Source",
    "StoredFile",
    "Theme",
]
