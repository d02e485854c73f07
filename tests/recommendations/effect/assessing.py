"""An assessment of Harbour Minds, and what its forms send."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from history.models import Entry
from recommendations.models import Assessment

LIST = "/o/harbour-minds/assessments/"


def typed(**other: Any) -> dict[str, Any]:
    return {
        "subject": "Leave policy",
        "stage": "findings",
        "consulted": "The staff network",
        "findings": "Three days is too short.",
        "search": "",
        "revision": "1",
        "page": str(uuid4()),
    } | other


def told(assessment: Assessment) -> list[tuple[str, Any]]:
    return [(each.verb, each.details) for each in Entry.objects.about(assessment)]


def in_days(days: int) -> str:
    return str(timezone.localdate() + timedelta(days=days))
