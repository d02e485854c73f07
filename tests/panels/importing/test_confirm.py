import re
from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client
from django.utils import timezone

from history.models import Entry
from organisations.models import User
from panels.actions import importing as actions
from panels.enums import GatheringKind, SeatRole, Stage, UploadState
from panels.models import Gathering, Participant, Seat, Session, Upload
from panels.programme import Programme
from tests.factories.importing import PASTED, UploadFactory, begun, programme
from tests.panels.importing.conftest import MAPPING, step

HINTED = b"Keynote by Ada:\nAda Obi\n\nPlenary:\nBo Li\n\nCare:\nCam Roy\n"


def words(response: Any) -> str:
    """What the page says, without its markup."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", plain)


def waiting(gathering: Gathering, by: User, read: Programme, **more: Any) -> Upload:
    total = read.talks + read.seats
    return UploadFactory(gathering=gathering, by=by, programme=read.to_json(), total=total, **more)


def stages() -> dict[str, str]:
    return dict(Session.objects.values_list("title", "stage"))


@pytest.fixture
def mapped(as_alice: Client, uploaded: Upload) -> Upload:
    as_alice.post(step(uploaded, "columns"), MAPPING)
    uploaded.refresh_from_db()
    return uploaded


def test_it_shows_what_is_read_and_what_is_thrown_away(as_alice: Client, mapped: Upload) -> None:
    shown = words(as_alice.get(step(mapped, "confirm")))
    for said in (
        "2 sessions",
        "4 seats",
        "3 people",
        "2 sessions added 3 people",
        "3 people and 4 seats added",
        "Nothing is removed",
        "1 person stands in it more than once and is counted as one person",
        "Keynote speaker 1",
        "Without a day 2",
        "The file itself says of 1 session that it is on the main stage, and of 1 that it is",
        "Column “gender”: it asks for what is never kept of people",
        "Column “Comment”",
    ):
        assert said in shown
    assert "non-binary" not in shown
    assert (Session.objects.count(), Participant.objects.count()) == (0, 0)


def test_only_columns_that_something_fills_are_shown(
    as_alice: Client, conference: Gathering, alice: User, mapped: Upload
) -> None:
    shown = as_alice.get(step(mapped, "confirm")).content.decode()
    heads = re.findall(r'<th scope="col">([^<]+)</th>', shown)
    assert heads == ["Session", "Room", "Name", "Role"]
    assert 'data-label="Role">Chair</td>' in shown
    pasted = as_alice.get(step(begun(conference, alice, PASTED), "confirm")).content.decode()
    assert re.findall(r'<th scope="col">([^<]+)</th>', pasted) == ["Session", "Name", "Role"]


def test_confirming_saves_it(as_alice: Client, mapped: Upload, alice: User) -> None:
    response = as_alice.post(step(mapped, "confirm"))
    assert response["Location"] == step(mapped, "saving")
    assert stages() == {"Opening": Stage.MAIN, "Care": Stage.OTHER}
    assert set(Participant.objects.values_list("name", flat=True)) == {
        "Ada Obi",
        "Bo Li",
        "Cam Roy",
    }
    assert Seat.objects.filter(role=SeatRole.CHAIR).get().participant.name == "Bo Li"
    entry = Entry.objects.about(mapped.gathering).get()
    assert (entry.verb, entry.actor) == ("gathering.line_up_imported", alice)
    mapped.refresh_from_db()
    assert (mapped.state, mapped.done) == (UploadState.DONE, 6)
    assert (mapped.columns, mapped.rows, mapped.programme) == ([], [], None)
    saved = words(as_alice.get(response["Location"]))
    assert "2 sessions added. 3 people and 4 seats added." in saved


def test_a_double_click_saves_it_once(as_alice: Client, mapped: Upload) -> None:
    first, second = (as_alice.post(step(mapped, "confirm")) for _ in range(2))
    assert first["Location"] == second["Location"] == step(mapped, "saving")
    assert Seat.objects.count() == 4
    assert Entry.objects.about(mapped.gathering).count() == 1


def test_the_same_file_again_changes_nothing(as_alice: Client, mapped: Upload, alice: User) -> None:
    as_alice.post(step(mapped, "confirm"))
    again = begun(mapped.gathering, alice)
    as_alice.post(step(again, "columns"), MAPPING)
    shown = words(as_alice.get(step(again, "confirm")))
    assert "Nothing would change All of this is in the line-up already." in shown
    saved = as_alice.post(step(again, "confirm"), follow=True)
    assert "Nothing was different: all of it was in the line-up already." in words(saved)
    assert Seat.objects.count() == 4
    assert Entry.objects.about(mapped.gathering).count() == 1


def test_it_says_what_changes_and_what_stays(
    as_alice: Client, conference: Gathering, alice: User
) -> None:
    as_alice.post(step(begun(conference, alice, PASTED), "confirm"))
    newer = begun(
        conference, alice, b"First panel:\nAda Obi, chair\nBo Li\nDee Fox\n\nTea:\nEve Gray\n"
    )
    shown = words(as_alice.get(step(newer, "confirm")))
    assert "1 session added, 1 changed 2 people" in shown
    assert "2 people and 2 seats added" in shown
    assert "Sessions that change First panel" in shown
    assert "1 session of the line-up is not in what you chose and stays: Care" in shown
    as_alice.post(step(newer, "confirm"))
    assert set(stages()) == {"First panel", "Care", "Tea"}


class TestMainStage:
    def upload(self, conference: Gathering, alice: User) -> Upload:
        return begun(conference, alice, HINTED)

    def test_a_hint_alone_puts_nothing_there(
        self, as_alice: Client, conference: Gathering, alice: User
    ) -> None:
        upload = self.upload(conference, alice)
        response = as_alice.get(step(upload, "confirm"))
        field = response.context["form"]["main_stage"]
        assert [label for _, label in field.field.choices] == ["Keynote by Ada", "Plenary"]
        assert "checked" not in str(field)
        as_alice.post(step(upload, "confirm"))
        assert stages() == {"Keynote by Ada": "other", "Plenary": "other", "Care": "other"}

    def test_what_is_ticked_is(self, as_alice: Client, conference: Gathering, alice: User) -> None:
        upload = self.upload(conference, alice)
        form = as_alice.get(step(upload, "confirm")).context["form"]
        key = form["main_stage"].field.choices[1][0]
        as_alice.post(step(upload, "confirm"), {"main_stage": [key]})
        assert stages() == {"Keynote by Ada": "other", "Plenary": "main", "Care": "other"}

    def test_it_is_asked_only_once(
        self, as_alice: Client, conference: Gathering, alice: User
    ) -> None:
        """A session of the line-up stays where somebody has put it."""
        as_alice.post(step(self.upload(conference, alice), "confirm"))
        Session.objects.filter(title="Keynote by Ada").update(stage=Stage.MAIN)
        again = self.upload(conference, alice)
        assert "main_stage" not in as_alice.get(step(again, "confirm")).context["form"].fields
        as_alice.post(step(again, "confirm"))
        assert stages()["Keynote by Ada"] == "main"

    def test_a_panel_has_no_other_stage(
        self, as_alice: Client, conference: Gathering, alice: User
    ) -> None:
        Gathering.objects.filter(pk=conference.pk).update(kind=GatheringKind.PANEL)
        upload = self.upload(conference, alice)
        assert "main_stage" not in as_alice.get(step(upload, "confirm")).context["form"].fields

    def test_what_was_never_offered_is_refused_at_its_field(
        self, as_alice: Client, conference: Gathering, alice: User
    ) -> None:
        upload = self.upload(conference, alice)
        response = as_alice.post(step(upload, "confirm"), {"main_stage": ["x\n"]})
        assert list(response.context["form"].errors) == ["main_stage"]
        assert Session.objects.count() == 0


def test_a_locked_line_up_says_so_and_saves_nothing(
    as_alice: Client, conference: Gathering, alice: User
) -> None:
    upload = begun(conference, alice, PASTED)
    Gathering.objects.filter(pk=conference.pk).update(locked_at=timezone.now())
    shown = words(as_alice.post(step(upload, "confirm"), follow=True))
    assert "Nothing was saved This line-up is locked" in shown
    assert Session.objects.count() == 0
    upload.refresh_from_db()
    assert (upload.state, upload.programme) == (UploadState.REFUSED, None)


class TestLarge:
    @pytest.fixture
    def large(self, conference: Gathering, alice: User) -> Upload:
        return waiting(conference, alice, programme(sessions=20, seats=25))

    def test_it_is_left_to_the_worker(
        self,
        as_alice: Client,
        large: Upload,
        monkeypatch: pytest.MonkeyPatch,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        ring = Mock()
        monkeypatch.setattr(actions.current_app, "send_task", ring)
        with django_capture_on_commit_callbacks(execute=True):
            response = as_alice.post(step(large, "confirm"))
        ring.assert_called_once_with(
            "panels.tasks.apply_upload", args=[str(large.pk)], expires=3600, retry=False
        )
        assert "About to begin: 520 rows" in words(as_alice.get(response["Location"]))
        assert Session.objects.count() == 0

    def test_a_broker_that_is_away_loses_nothing(
        self,
        as_alice: Client,
        large: Upload,
        monkeypatch: pytest.MonkeyPatch,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        monkeypatch.setattr(actions.current_app, "send_task", Mock(side_effect=ConnectionError))
        with django_capture_on_commit_callbacks(execute=True):
            response = as_alice.post(step(large, "confirm"))
        assert as_alice.get(response["Location"]).status_code == 200
        assert actions.apply_confirmed(now=timezone.now()) == 1
        assert "20 sessions added" in words(as_alice.get(response["Location"]))

    def test_what_is_just_small_enough_is_saved_at_once(
        self, as_alice: Client, conference: Gathering, alice: User
    ) -> None:
        upload = waiting(conference, alice, programme(sessions=20, seats=24))
        as_alice.post(step(upload, "confirm"))
        assert Seat.objects.count() == 480


@pytest.mark.parametrize("sessions", [1, 3])
def test_it_costs_the_same_whatever_its_length(
    as_alice: Client,
    conference: Gathering,
    alice: User,
    sessions: int,
    django_assert_num_queries: Any,
) -> None:
    read = programme(sessions=sessions)
    as_alice.post(step(waiting(conference, alice, read), "confirm"))
    page = step(waiting(conference, alice, read), "confirm")
    with django_assert_num_queries(12):
        as_alice.get(page)


def test_times_without_a_zone_are_those_of_the_event(
    as_alice: Client, conference: Gathering, alice: User
) -> None:
    upload = begun(conference, alice, b"session,name,start\nTea,Ada Obi,2026-07-01 09:30")
    uses = {"column-0": "session", "column-1": "name", "column-2": "starts"}
    as_alice.post(step(upload, "columns"), uses)
    shown = words(as_alice.get(step(upload, "confirm")))
    assert "1 July 2026, 09:30" in shown
    as_alice.post(step(upload, "confirm"))
    starts = Session.objects.get().starts_at
    assert timezone.localtime(starts).isoformat() == "2026-07-01T09:30:00+01:00"


def test_only_the_first_rows_are_on_the_page(
    as_alice: Client, conference: Gathering, alice: User
) -> None:
    upload = waiting(conference, alice, programme(sessions=100, seats=5))
    page = as_alice.get(step(upload, "confirm")).content.decode()
    assert page.count("<tr>") == 21
    assert "And 480 more" in page


def test_the_wrong_method_is_refused(as_alice: Client, mapped: Upload) -> None:
    assert as_alice.delete(step(mapped, "confirm")).status_code == 405
    assert as_alice.post(step(mapped, "saving")).status_code == 405
    assert Session.objects.count() == 0
