"""What is sent and when, and what would go out today, for whoever coordinates."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import models
from django.test import Client
from django.utils import timezone

from commitments.enums import PledgeState
from organisations.enums import Nation
from organisations.models import Organisation, User
from outbox.models import Email, Suppression
from reminders.actions import pause_reminders
from reminders.enums import Choice, ReminderKind
from reminders.models import Reminder
from reminders.planned import when_words, why_today
from tests.factories.commitments import InvitationFactory, PledgeFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.reminders import PreferenceFactory
from tests.reminders.planning import MONDAY, MORNING, action, plan
from tests.ui.rendering import text_of

PLANNED = "/o/harbour-minds/mail/planned/"
TODAY = "/o/harbour-minds/mail/today/"


@pytest.mark.parametrize(
    ("offsets", "words"),
    [
        ((0,), "on the day"),
        ((-1,), "1 day before"),
        ((1,), "1 day after"),
        ((-30, -7, 0, 7), "30 and 7 days before, on the day, and 7 days after"),
        ((3, 14, 28), "3, 14, and 28 days after"),
        ((-14, -3, 1), "14 and 3 days before and 1 day after"),
        ((0, 14), "on the day and 14 days after"),
    ],
)
def test_when_in_words(offsets: tuple[int, ...], words: str) -> None:
    assert when_words(offsets) == words


def test_why_in_words() -> None:
    assert [why_today(rung, MONDAY) for rung in (-7, 0, 1)] == [
        "7 days before 2 November 2026",
        "on 2 November 2026",
        "1 day after 2 November 2026",
    ]


@pytest.fixture
def monday() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.mark.django_db
class TestPages:
    pytestmark = pytest.mark.usefixtures("monday")

    def test_every_kind_is_there(self, as_alice: Client) -> None:
        text = text_of(as_alice.get(PLANNED))
        for kind in ReminderKind:
            assert kind.label in text
        assert "30 and 7 days before, on the day, and 7 days after" in text
        assert "Always comes." in text
        assert "25 December 2026" in text

    @pytest.mark.parametrize("path", [PLANNED, TODAY])
    def test_for_coordinators_alone(
        self, path: str, as_alice: Client, as_bea: Client, as_chidi: Client
    ) -> None:
        assert as_alice.get(path).status_code == 200
        assert as_alice.post(path).status_code == 405
        assert as_bea.get(path).status_code == 403
        assert as_chidi.get(path).status_code == 404
        assert Client().get(path).url == f"/accounts/login/?next={path}"

    def test_nothing_due(self, as_alice: Client) -> None:
        assert "Nothing is due today" in text_of(as_alice.get(TODAY))

    def test_who_hears_of_what_and_why(
        self,
        as_alice: Client,
        harbour: Organisation,
        northside: Organisation,
        bea: User,
        chidi: User,
    ) -> None:
        action(harbour, bea, title="Publish the figures")
        action(northside, chidi)
        page = as_alice.get(TODAY)
        [one] = page.context["people"]
        assert one.person == bea
        assert [(item.kind, item.why, item.fate) for item in one.items] == [
            ("Actions you lead that are due", "7 days before 9 November 2026", "Goes out today")
        ]
        assert "Publish the figures" not in text_of(page)

    def test_looking_writes_nothing(
        self, as_alice: Client, harbour: Organisation, bea: User
    ) -> None:
        action(harbour, bea)
        as_alice.get(TODAY)
        assert (Reminder.objects.count(), Email.objects.count()) == (0, 0)

    def test_a_pledge_of_no_organisation_is_not_shown(self, as_alice: Client, bea: User) -> None:
        PledgeFactory(
            leader=bea, organisation=None, created_at=timezone.localtime() - timedelta(days=62)
        )
        assert as_alice.get(TODAY).context["people"] == []

    def test_what_becomes_of_each(
        self, as_alice: Client, harbour: Organisation, bea: User, alice: User
    ) -> None:
        people = [bea, *(MembershipFactory(organisation=harbour).user for _ in range(5))]
        for person in people:
            action(harbour, person)
        plan()
        goes, sent, weekly, paused, nowhere, refused = people
        Email.objects.exclude(to_user=sent).delete()
        Email.objects.update(state="sent", sent_at=MORNING)
        Reminder.objects.exclude(user=sent).delete()
        PreferenceFactory(user=weekly, choice=Choice.DIGEST)
        pause_reminders(until=MONDAY + timedelta(days=9), by=paused, now=MORNING)
        self.change(nowhere, email="nobody@intranet")
        Suppression.objects.create(address=refused.email.upper(), reason="550", at=MORNING)
        with time_machine.travel(MORNING + timedelta(days=1), tick=False):
            rows = as_alice.get(TODAY).context["people"]
        assert {one.person: [item.fate for item in one.items] for one in rows} == {
            goes: ["Goes out today"],
            sent: ["Sent already"],
            weekly: ["Waits for their weekly email"],
            paused: ["They paused their reminders"],
            nowhere: ["No usable address"],
            refused: ["Their address refuses our email"],
        }

    def test_who_switched_a_kind_off(
        self, as_alice: Client, harbour: Organisation, bea: User
    ) -> None:
        action(harbour, bea)
        PreferenceFactory(user=bea, kind=ReminderKind.ACTION_DUE, choice=Choice.OFF)
        [one] = as_alice.get(TODAY).context["people"]
        assert [item.fate for item in one.items] == ["They switched this kind off"]
        assert plan() == 0

    def test_what_a_leader_keeps_to_themselves(
        self, as_alice: Client, harbour: Organisation, bea: User
    ) -> None:
        """Neither that there is an event, nor when; two of them are one line."""
        pledge = PledgeFactory(
            leader=bea,
            organisation=harbour,
            state=PledgeState.PUBLISHED,
            published_at=MORNING - timedelta(days=3),
        )
        for days in (6, 7):
            InvitationFactory(
                pledge=pledge,
                held_on=MONDAY + timedelta(days=days),
                received_on=MONDAY - timedelta(days=1),
            )
        page = as_alice.get(TODAY)
        [one] = page.context["people"]
        assert [(item.kind, item.why, item.fate) for item in one.items] == [
            ("Something about their own pledge", "it is theirs alone", "Goes out today")
        ]
        shown = text_of(page)
        assert "November 2026" not in shown.replace("2 November 2026", "")
        for kind in (ReminderKind.EVENT_BEFORE, ReminderKind.EVENT_AFTER):
            assert kind.label not in shown

    @pytest.mark.parametrize(
        ("state", "fate"),
        [
            ("queued", "Waits to be sent"),
            ("failed", "Failed: see the emails"),
            ("suppressed", "Their address refuses our email"),
            ("cancelled", "Goes out today"),
        ],
    )
    def test_what_became_of_its_email(
        self, state: str, fate: str, as_alice: Client, harbour: Organisation, bea: User
    ) -> None:
        action(harbour, bea)
        plan()
        Email.objects.update(state=state)
        [one] = as_alice.get(TODAY).context["people"]
        assert [item.fate for item in one.items] == [fate]

    @pytest.mark.parametrize(
        ("nation", "fate"),
        [(Nation.ENGLAND, "Goes out today"), (Nation.SCOTLAND, "Waits for their weekly email")],
    )
    def test_the_tuesday_after_easter_is_the_day_of_the_week_where_monday_was_off(
        self, nation: Nation, fate: str, as_alice: Client, harbour: Organisation, bea: User
    ) -> None:
        self.change(harbour, nation=nation)
        action(harbour, bea, days=(date(2026, 4, 14) - MONDAY).days)
        PreferenceFactory(user=bea, choice=Choice.DIGEST)
        with time_machine.travel(datetime(2026, 4, 7, 8, tzinfo=UTC), tick=False):
            [one] = as_alice.get(TODAY).context["people"]
        assert [item.fate for item in one.items] == [fate]

    def change(self, row: models.Model, **fields: Any) -> None:
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()

    @pytest.mark.parametrize("rows", [1, 3])
    def test_its_cost_does_not_grow(
        self,
        rows: int,
        as_alice: Client,
        harbour: Organisation,
        django_assert_num_queries: Any,
    ) -> None:
        for _ in range(rows):
            action(harbour, MembershipFactory(organisation=harbour).user)
        with django_assert_num_queries(10):
            assert len(as_alice.get(TODAY).context["people"]) == rows
