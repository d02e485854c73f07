"""Addresses of an import, and what is sent to them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from organisations.models import Organisation, User
from panels.models import Gathering, Upload
from tests.factories.importing import begun
from tests.factories.panels import GatheringFactory
from tests.panels.pages import EVENTS

MAPPING = {
    "column-0": "session",
    "column-1": "stage",
    "column-2": "role",
    "column-3": "name",
    "column-4": "room",
    "column-5": "",
}


@pytest.fixture
def conference(harbour: Organisation) -> Gathering:
    return GatheringFactory(organisation=harbour, kind="conference", title="Voices 2026")


@pytest.fixture
def uploaded(conference: Gathering, alice: User) -> Upload:
    """A table whose columns are to be mapped."""
    return begun(conference, alice)


def start(gathering: Gathering) -> str:
    return f"{EVENTS}{gathering.pk}/import/"


def step(upload: Upload, name: str) -> str:
    return f"{EVENTS}{upload.gathering_id}/import/{upload.pk}/{name}/"


def sent(content: bytes, name: str = "line-up.csv") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content), "text": ""}
