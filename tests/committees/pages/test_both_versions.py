"""Two people save at once: the second sees what the first saved, and keeps what they typed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.utils import timezone

from committees.enums import GroupKind
from committees.models import AgendaItem, Group, Meeting
from organisations.enums import Role
from organisations.models import Organisation, User
from tests.committees.pages.conftest import HERE
from tests.conftest import signed_in_as
from tests.factories.agenda import AgendaItemFactory
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from tests.factories.organisations import MembershipFactory

TODAY = timezone.localdate()


class Form(NamedTuple):
    """`sent`, in which only `field` differs between the two."""

    row: Group | Meeting | AgendaItem
    path: str
    sent: dict[str, str]
    field: str


@pytest.fixture
def seminar(harbour: Organisation) -> Meeting:
    forum = GroupFactory(organisation=harbour, kind=GroupKind.FORUM)
    found: Meeting = MeetingFactory(group=forum, date=TODAY, kind="seminar", topic="Waiting times")
    return found


def of_group(seminar: Meeting) -> Form:
    group = seminar.group
    sent = {"meets_every_months": "2", "tolerance_days": "7", "contact_address": ""}
    return Form(group, f"{HERE}{group.pk}/edit/", sent, "name")


def of_meeting(seminar: Meeting) -> Form:
    sent = {"day": TODAY.isoformat(), "kind": "seminar", "topic": "Waiting times"}
    return Form(seminar, f"/o/harbour-minds/meetings/{seminar.pk}/edit/", sent, "place")


def of_record(seminar: Meeting) -> Form:
    sent = {"state": "held", "headcount": "24", "note": "All of it."}
    return Form(seminar, f"{HERE}{seminar.group_id}/meetings/{seminar.pk}/", sent, "changed")


def of_item(seminar: Meeting) -> Form:
    item = AgendaItemFactory(meeting=seminar, title="The budget")
    return Form(item, f"/o/harbour-minds/agenda/{item.pk}/", {}, "title")


@pytest.fixture(params=[of_group, of_meeting, of_record, of_item])
def form(request: pytest.FixtureRequest, seminar: Meeting) -> Form:
    build: Callable[[Meeting], Form] = request.param
    return build(seminar)


@pytest.fixture
def as_another(harbour: Organisation) -> Client:
    return signed_in_as(
        MembershipFactory(
            organisation=harbour, roles=[Role.COORDINATOR], user__display_name="Cy Second"
        ).user
    )


def save(client: Client, form: Form, words: str, revision: Any = 1) -> Any:
    sent = form.sent | {form.field: words, "revision": str(revision)}
    return client.post(form.path, sent)


def stands(form: Form) -> str:
    form.row.refresh_from_db()
    return str(getattr(form.row, form.field))


def test_the_second_save_sees_both(form: Form, as_alice: Client, as_another: Client) -> None:
    assert as_alice.get(form.path).context["form"]["revision"].value() == 1
    assert save(as_alice, form, "Theirs").status_code == 302
    refused = save(as_another, form, "Mine")
    page = refused.content.decode()
    assert "This was saved while you were writing" in page
    assert "Theirs" in page
    assert refused.context["form"][form.field].value() == "Mine"
    assert stands(form) == "Theirs"
    if not isinstance(form.row, AgendaItem):
        assert "Alice Adeyemi" in page
    again = refused.context["form"]["revision"].value()
    assert save(as_another, form, "Mine", again).status_code == 302
    assert stands(form) == "Mine"


def test_a_second_click_is_no_second_person(form: Form, as_alice: Client) -> None:
    assert [save(as_alice, form, "Theirs").status_code for _ in "ab"] == [302, 302]
    form.row.refresh_from_db()
    assert form.row.revision == 2


def test_a_record_shows_all_that_was_said(seminar: Meeting, as_alice: Client) -> None:
    """What was covered too; and that only is a change."""
    reached, missed = (AgendaItemFactory(meeting=seminar, title=each) for each in ("Pay", "Rest"))
    form = of_record(seminar)
    both = {**form.sent, "changed": "", "revision": "1"}
    as_alice.post(form.path, both | {"covered": [str(reached.pk)]})
    refused = as_alice.post(form.path, both | {"covered": [str(reached.pk), str(missed.pk)]})
    assert dict(refused.context["theirs"]) == {
        "Date of the meeting": f"{seminar}",
        "What happened": "It was held",
        "What was covered": "Pay",
        "How many came": "24",
        "What changed in practice": "Nothing",
        "Note": "All of it.",
    }
    missed.refresh_from_db()
    assert missed.was_covered is False


def test_one_that_was_moved_meanwhile_says_so(seminar: Meeting, as_alice: Client) -> None:
    moved = of_meeting(seminar)
    earlier = TODAY - timedelta(days=3)
    as_alice.post(moved.path, moved.sent | {"day": earlier.isoformat(), "revision": "1"})
    refused = save(as_alice, of_record(seminar), "Mine")
    seminar.refresh_from_db()
    assert refused.context["theirs"][0] == ("Date of the meeting", str(seminar))
    assert (seminar.state, seminar.date) == ("planned", earlier)


def test_who_did_something_else_is_not_named(
    seminar: Meeting, alice: User, as_alice: Client, as_another: Client
) -> None:
    """A group's history is of its meetings and seats too."""
    form = of_group(seminar)
    save(as_alice, form, "Theirs")
    as_another.post(f"{HERE}{seminar.group_id}/meetings/new/", {"day": "2026-04-01"})
    GroupMemberFactory(group=seminar.group)
    assert save(as_another, form, "Mine").context["who"] == alice.shown_name


def test_a_staff_network_is_told_without_a_note(harbour: Organisation, as_alice: Client) -> None:
    network = GroupFactory(organisation=harbour, kind=GroupKind.STAFF_NETWORK)
    meeting = MeetingFactory(group=network, date=TODAY)
    path = f"{HERE}{network.pk}/meetings/{meeting.pk}/"
    as_alice.post(path, {"state": "held", "revision": "1"})
    refused = as_alice.post(path, {"state": "cancelled", "revision": "1"})
    asked = [name for name, _ in refused.context["theirs"]]
    assert asked == ["Date of the meeting", "What happened"]
    edited = {"name": "Network", "meets_every_months": "3", "tolerance_days": "7", "revision": "1"}
    page = f"{HERE}{network.pk}/edit/"
    as_alice.post(page, edited)
    names = [name for name, _ in as_alice.post(page, edited | {"name": "N"}).context["theirs"]]
    assert names[-1] == "Contact email address"
