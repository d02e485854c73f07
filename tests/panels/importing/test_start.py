from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import User
from panels.enums import UploadState
from panels.forms.importing import EITHER, MOST_PASTED, NOT_BOTH, TOO_LARGE, TOO_LONG
from panels.models import Gathering, Session, Upload
from tests.factories.importing import PASTED, TABLE, begun
from tests.panels.importing.conftest import sent, start, step
from tests.panels.pages import errors


def test_it_works(as_alice: Client, conference: Gathering) -> None:
    page = as_alice.get(start(conference)).content.decode()
    assert "up to 5 MB" in page
    assert "The file itself is not kept." in page


def test_a_table_goes_on_to_its_columns(
    as_alice: Client, alice: User, conference: Gathering
) -> None:
    response = as_alice.post(start(conference), sent(TABLE))
    upload = Upload.objects.get()
    assert response["Location"] == step(upload, "columns")
    assert (upload.by, upload.gathering, upload.state) == (alice, conference, UploadState.TO_MAP)
    assert upload.columns == [
        ["session", "session"],
        ["stage", "stage"],
        ["role", "role"],
        ["name", "name"],
        ["room", "room"],
        ["Comment", ""],
    ]
    assert upload.rows[1] == [3, "Opening", "main", "chair", "Bo Li", "Main hall", ""]
    assert Session.objects.count() == 0


def test_a_list_goes_on_to_be_confirmed(as_alice: Client, conference: Gathering) -> None:
    response = as_alice.post(start(conference), {"text": PASTED.decode()})
    upload = Upload.objects.get()
    assert response["Location"] == step(upload, "confirm")
    assert (upload.state, upload.total) == (UploadState.TO_CONFIRM, 6)
    assert upload.rows == []


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"text": ""}, "file", EITHER),
        ({"text": " \n "}, "file", EITHER),
        (sent(TABLE) | {"text": "Ada Obi"}, "file", NOT_BOTH),
        (sent(b""), "file", "This file is empty."),
        (sent(b"%PDF-1.7"), "file", "This is a PDF. Copy the line-up out of it and paste it here."),
        ({"text": "a\n" * (MOST_PASTED // 2 + 1)}, "text", TOO_LONG),
        ({"text": ", , ,"}, "text", "There is nobody in this line-up. Write one person on each"),
    ],
)
def test_bad_input_gets_a_message_at_its_field(
    as_alice: Client, conference: Gathering, data: dict[str, Any], field: str, message: str
) -> None:
    response = as_alice.post(start(conference), data)
    found = errors(response)
    assert list(found) == [field]
    assert found[field][0].startswith(message)
    assert response.context["form"]["text"].value() == data["text"]
    assert Upload.objects.count() == 0


@pytest.mark.parametrize("size", [5 * 1024 * 1024 + 1, 11 * 1024 * 1024])
def test_a_file_over_5_mb_is_refused_and_what_was_pasted_is_kept(
    as_alice: Client, conference: Gathering, size: int
) -> None:
    response = as_alice.post(start(conference), sent(b"a" * size) | {"text": "Ada Obi\nBo Li"})
    assert errors(response) == {"file": [TOO_LARGE]}
    assert "Ada Obi\nBo Li</textarea>" in response.content.decode()


def test_a_locked_line_up_takes_nothing(as_alice: Client, conference: Gathering) -> None:
    conference.locked_at = timezone.now()
    conference.save()
    shown = as_alice.get(start(conference)).content.decode()
    assert "This line-up is locked" in shown
    assert "<form class" not in shown
    posted = as_alice.post(start(conference), sent(TABLE)).content.decode()
    assert "This line-up is locked" in posted
    assert Upload.objects.count() == 0


def test_one_person_holds_five_files_at_most(conference: Gathering, alice: User, bea: User) -> None:
    others = begun(conference, bea)
    uploads = [begun(conference, alice) for _ in range(6)]
    left = set(conference.uploads.values_list("pk", flat=True))
    assert left == {others.pk, *(one.pk for one in uploads[1:])}


def test_the_empty_table_has_our_columns(as_alice: Client, conference: Gathering) -> None:
    response = as_alice.get(start(conference) + "template/")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.decode() == (
        '\ufeff"session","stage","role","name","duration_minutes"\r\n'
    )


class TestAccess:
    @pytest.mark.parametrize("path", ["", "template/"])
    def test_who_may_open_it(
        self,
        as_bea: Client,
        as_chidi: Client,
        as_alice: Client,
        client: Client,
        conference: Gathering,
        path: str,
    ) -> None:
        page = start(conference) + path
        statuses = [each.get(page).status_code for each in (as_alice, as_bea, as_chidi, client)]
        assert statuses == [200, 403, 404, 302]
        assert as_alice.delete(page).status_code == 405

    def test_another_organisations_event_is_not_found(
        self, as_alice: Client, theirs: Gathering
    ) -> None:
        assert as_alice.get(start(theirs)).status_code == 404
        assert as_alice.post(start(theirs), sent(TABLE)).status_code == 404
        assert Upload.objects.count() == 0
