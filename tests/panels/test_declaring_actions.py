"""Opening a round, reminding, answering, objecting, closing."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from time_machine import travel

from organisations.models import Organisation, User
from outbox.models import Email
from panels.actions import declaring
from panels.actions.answering import (
    give_answer,
)
from panels.actions.declaring import (
    AskingRefused,
    close_round,
    remind,
)
from panels.actions.locked import LockedError
from panels.declaring import Said
from panels.enums import GatheringKind, SeatRole, Stage
from panels.models import DeclarationRound, DeclarationToken, Gathering
from panels.tasks import close_due_rounds
from tests.factories.declaring import (
    empty_seats,
    opened,
    seat,
    seat_people,
    upcoming,
)
from tests.factories.panels import GatheringFactory
from tests.panels.asking import addresses, verbs

YES = Said("yes", "no")


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def gathering(gathering: Gathering) -> Gathering:
    seat_people(upcoming(gathering), 5, 2)
    return gathering


@pytest.fixture
def asked(gathering: Gathering, alice: User) -> DeclarationRound:
    return opened(gathering, by=alice)


def fails(*args: Any, **kwargs: Any) -> None:
    raise RuntimeError("no history")


class TestOpening:
    def test_everybody_who_counts_gets_a_link_or_a_code(
        self, gathering: Gathering, alice: User
    ) -> None:
        empty_seats(gathering, 2)
        seat(gathering, 20, role=SeatRole.MODERATOR)
        seat(gathering, 1, role=SeatRole.KEYNOTE)
        asked = opened(gathering, by=alice)
        assert (asked.invited, asked.counts_parts, asked.definition) == (9, False, "women")
        assert asked.as_at == gathering.held_on
        tokens = asked.tokens
        assert [tokens.filter(is_mailed=mailed).count() for mailed in (True, False)] == [5, 4]
        assert tokens.filter(is_mailed=False).exclude(participant=None).count() == 0
        assert addresses(asked) == [f"speaker{n}@stage.example" for n in range(1, 6)]
        assert verbs(gathering) == ["gathering.round_opened"]

    def test_only_digests_are_stored(self, asked: DeclarationRound) -> None:
        assert {len(bytes(token.token_sha256)) for token in asked.tokens.all()} == {32}

    def test_a_double_click_opens_one(self, gathering: Gathering, alice: User) -> None:
        assert opened(gathering, by=alice) == opened(gathering, by=alice)
        assert Email.objects.count() == 5

    def test_four_people_are_too_few(self, harbour: Organisation, alice: User) -> None:
        few = upcoming(GatheringFactory(organisation=harbour))
        seat_people(few, 4)
        seat(few, 9, role=SeatRole.CHAIR)
        with pytest.raises(AskingRefused, match="This line-up has 4"):
            opened(few, by=alice)
        assert DeclarationRound.objects.count() == 0

    def test_on_a_board_the_chair_counts(self, harbour: Organisation, alice: User) -> None:
        board = upcoming(GatheringFactory(organisation=harbour, kind=GatheringKind.BOARD))
        seat_people(board, 4)
        seat(board, 9, role=SeatRole.CHAIR)
        asked = opened(board, by=alice)
        assert (asked.invited, asked.as_at) == (5, timezone.localdate())

    @pytest.mark.parametrize("days", [0, 29])
    def test_the_last_day_is_checked(self, days: int, gathering: Gathering, alice: User) -> None:
        with pytest.raises(AskingRefused):
            opened(gathering, by=alice, closes_on=timezone.localdate() + timedelta(days=days))

    def test_a_locked_line_up_is_not_asked(
        self, gathering: Gathering, alice: User, now: datetime
    ) -> None:
        Gathering.objects.update(locked_at=now)
        with pytest.raises(LockedError):
            opened(gathering, by=alice)

    def test_both_parts_need_five(self, harbour: Organisation, alice: User) -> None:
        event = upcoming(GatheringFactory(organisation=harbour, kind=GatheringKind.EVENT))
        for number in range(1, 11):
            seat(event, number, mail=False, stage=Stage.MAIN if number <= 5 else Stage.OTHER)
        seat(event, 1)
        asked = opened(event, by=alice)
        stages = asked.tokens.values_list("is_on_main_stage", "is_on_rest")
        assert asked.counts_parts is True
        assert sorted(stages) == [(False, True)] * 5 + [(True, False)] * 4 + [(True, True)]

    def test_it_rolls_back_whole(
        self, gathering: Gathering, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(declaring, "record", fails)
        with pytest.raises(RuntimeError):
            opened(gathering, by=alice)
        left = [model.objects.count() for model in (DeclarationRound, DeclarationToken, Email)]
        assert left == [0, 0, 0]


class TestReminding:
    def test_only_those_who_have_not_answered(
        self, asked: DeclarationRound, alice: User, now: datetime
    ) -> None:
        used = asked.tokens.filter(is_mailed=True).select_related("participant")[0]
        give_answer(token=used, said=YES, now=now)
        remind(asked=asked, by=alice, now=now)
        everybody = {f"speaker{n}@stage.example" for n in range(1, 6)}
        assert addresses(asked, 1) == sorted(everybody - {used.participant.email})
        words = {email.subject for email in Email.objects.filter(dedupe_key__endswith=":1")}
        assert words == {"A reminder: two questions from Harbour Minds"}

    def test_once_a_day_and_three_times(
        self, asked: DeclarationRound, alice: User, now: datetime
    ) -> None:
        for day in range(3):
            remind(asked=asked, by=alice, now=now + timedelta(days=day))
            with pytest.raises(AskingRefused, match=r"today|3 reminders"):
                remind(asked=asked, by=alice, now=now + timedelta(days=day))
        with pytest.raises(AskingRefused, match="3 reminders"):
            remind(asked=asked, by=alice, now=now + timedelta(days=3))
        assert Email.objects.count() == 20

    def test_not_after_the_close_or_the_last_day(
        self, asked: DeclarationRound, alice: User, now: datetime
    ) -> None:
        with pytest.raises(AskingRefused, match="last day"):
            remind(asked=asked, by=alice, now=now + timedelta(days=15))
        close_round(round_id=asked.pk, by=alice, now=now)
        with pytest.raises(AskingRefused, match="has closed"):
            remind(asked=asked, by=alice, now=now)

    def test_it_rolls_back_whole(
        self, asked: DeclarationRound, alice: User, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(declaring, "record", fails)
        with pytest.raises(RuntimeError):
            remind(asked=asked, by=alice, now=now)
        asked.refresh_from_db()
        assert (asked.reminders, Email.objects.count()) == (0, 5)


def test_the_daily_task_closes_what_is_due(asked: DeclarationRound, now: datetime) -> None:
    with travel(now + timedelta(days=15), tick=False):
        close_due_rounds()
    asked.refresh_from_db()
    assert asked.outcome == "too_few"
