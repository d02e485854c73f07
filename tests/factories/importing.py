from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from organisations.models import User
from panels.actions.importing import begin_upload
from panels.enums import ImportFormat, UploadState
from panels.models import Gathering, Upload
from panels.programme import Programme, ProgrammeSeat, ProgrammeSession
from panels.reading import read
from tests.factories.organisations import UserFactory
from tests.factories.panels import GatheringFactory

TABLE = b"""session,stage,role,name,gender,room,Comment
Opening,main,keynote,Ada Obi,woman,Main hall,Nice
Opening,main,chair,Bo Li,man,Main hall,
Care,other,presenter,Cam Roy,non-binary,Room 2,Late
Care,other,presenter,Ada Obi,woman,Room 2,
"""
PASTED = b"First panel:\nAda Obi, chair\nBo Li\n\nCare:\nCam Roy\nAda Obi\n"


class UploadFactory(DjangoModelFactory[Upload]):
    """Of a small programme that waits to be confirmed."""

    class Meta:
        model = Upload

    gathering = factory.SubFactory(GatheringFactory)
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)
    format = ImportFormat.PASTED
    state = UploadState.TO_CONFIRM
    programme = factory.LazyFunction(lambda: programme().to_json())
    total = 5


def begun(gathering: Gathering, by: User, content: bytes = TABLE, **more: Any) -> Upload:
    """As the page for choosing a file begins one; `now` among `more`."""
    now = more.get("now") or timezone.now()
    return begin_upload(gathering=gathering, reading=read(content), by=by, now=now)


def programme(*, sessions: int = 2, seats: int = 2, hint: bool = False) -> Programme:
    """Person 0 sits in every session, everybody else in one."""
    return Programme(
        tuple(
            ProgrammeSession(
                source_key=f"talk:{number}",
                title=f"Session {number}",
                room=f"Room {number % 3}",
                main_stage_hint=hint,
                seats=tuple(
                    ProgrammeSeat(f"code:{who}", f"Person {who}")
                    for who in [0, *(number * 1000 + n for n in range(1, seats))]
                ),
            )
            for number in range(sessions)
        )
    )
