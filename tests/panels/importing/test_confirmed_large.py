"""What waits for the worker after it was confirmed: the programme alone, no table."""

from unittest.mock import Mock

import pytest
from django.utils import timezone

from organisations.models import User
from panels import importing
from panels.actions import importing as actions
from panels.enums import UploadState
from panels.models import Gathering
from tests.factories.importing import UploadFactory, programme


def test_the_table_goes_with_the_confirmation(
    gathering: Gathering, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its rows hold names and addresses, and the worker may be long in coming."""
    monkeypatch.setattr(actions, "_ring", Mock())
    upload = UploadFactory(
        gathering=gathering,
        by=alice,
        columns=[["Name", "name"], ["Email", "email"]],
        rows=[[2, "Ada Obi", "ada@stage.example"]],
        programme=programme().to_json(),
        total=importing.AT_ONCE + 1,
    )
    actions.confirm_upload(upload=upload, main_stage=(), now=timezone.now())
    upload.refresh_from_db()
    assert upload.state == UploadState.CONFIRMED
    assert (upload.columns, upload.rows) == ([], [])
    assert upload.programme is not None
