"""Answering, objecting, closing; and two of them at once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from organisations.models import Organisation, User
from outbox.models import Email
from panels.actions import answering, declaring
from panels.actions.answering import (
    AnswerNotAddedError,
    LinkOverError,
    give_answer,
    object_to_asking,
)
from panels.actions.declaring import (
    close_due_rounds,
    close_round,
    remind,
)
from panels.declaring import Said
from panels.enums import GatheringKind, RoundOutcome, Stage
from panels.models import AskingRefusal, DeclarationRound, Gathering, Tally
from panels.queries import count_on_record
from tests.factories.declaring import answers, opened, seat, seat_people, unused, upcoming
from tests.factories.panels import GatheringFactory
from tests.panels.asking import addresses, rows, verbs

YES = Said("yes", "no")
committed = pytest.mark.django_db(transaction=True)
"""What a close opens it opens once it is committed."""


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


class TestAnswering:
    def test_a_link_works_once(self, asked: DeclarationRound, now: datetime) -> None:
        token = unused(asked)[0]
        give_answer(token=token, said=YES, now=now)
        with pytest.raises(LinkOverError):
            give_answer(token=token, said=YES, now=now)
        token.refresh_from_db()
        assert (token.is_used, token.is_settled) == (True, True)

    def test_not_after_the_last_day(self, asked: DeclarationRound, now: datetime) -> None:
        with pytest.raises(LinkOverError):
            give_answer(token=unused(asked)[0], said=YES, now=now + timedelta(days=15))
        assert len(unused(asked)) == 7

    def test_where_adding_fails_the_link_is_given_back(
        self, asked: DeclarationRound, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*args: Any) -> bool:
            raise DatabaseError("away, with yes and no")

        token = unused(asked)[0]
        with monkeypatch.context() as patch:
            patch.setattr(answering, "_add", broken)
            with pytest.raises(AnswerNotAddedError):
                give_answer(token=token, said=YES, now=now)
        give_answer(token=token, said=YES, now=now)
        assert len(unused(asked)) == 6

    @committed
    def test_the_last_answer_closes_the_round(
        self, asked: DeclarationRound, gathering: Gathering
    ) -> None:
        answers(asked, *[("yes", "no")] * 4, *[("no", "unsaid")] * 3)
        asked.refresh_from_db()
        assert asked.outcome == "counted"
        assert rows(gathering) == [
            ("whole", "minoritised", 0, 4, 3, "self_declared", None),
            ("whole", "women", 4, 3, 0, "self_declared", None),
        ]

    def test_a_close_that_fails_does_not_touch_the_answer(
        self, asked: DeclarationRound, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuses(**kwargs: Any) -> None:
            raise DatabaseError

        monkeypatch.setattr(answering, "close_if_settled", refuses)
        answers(asked, *[("yes", "no")] * 7)
        assert unused(asked) == []
        monkeypatch.undo()
        assert close_due_rounds(now=timezone.now()) == 1


class TestObjecting:
    def test_the_link_is_used_up_and_the_address_remembered(
        self, asked: DeclarationRound, now: datetime
    ) -> None:
        token = next(one for one in unused(asked) if one.is_mailed)
        object_to_asking(token=token, now=now)
        assert len(unused(asked)) == 6
        kept = AskingRefusal.objects.get()
        assert (kept.organisation, len(bytes(kept.address_sha256))) == (
            asked.gathering.organisation,
            32,
        )

    def test_a_printed_code_is_only_used_up(self, asked: DeclarationRound, now: datetime) -> None:
        object_to_asking(token=next(t for t in unused(asked) if not t.is_mailed), now=now)
        assert (len(unused(asked)), AskingRefusal.objects.count()) == (6, 0)

    def test_the_same_organisation_never_asks_again(
        self, asked: DeclarationRound, harbour: Organisation, alice: User, now: datetime
    ) -> None:
        token = next(one for one in unused(asked) if one.is_mailed)
        assert token.participant is not None
        object_to_asking(token=token, now=now)
        again = upcoming(GatheringFactory(organisation=harbour))
        seat_people(again, 6)
        again.participants.filter(number=token.participant.number).update(
            email=token.participant.email.upper()
        )
        newer = opened(again, by=alice)
        remind(asked=newer, by=alice, now=now)
        expected = [f"speaker{n}@stage.example" for n in range(1, 7)]
        expected.remove(token.participant.email)
        assert addresses(newer) == addresses(newer, 1) == expected
        assert (newer.invited, newer.tokens.filter(is_mailed=True).count()) == (6, 6)

    def test_another_organisation_may_ask(
        self, asked: DeclarationRound, northside: Organisation, chidi: User, now: datetime
    ) -> None:
        object_to_asking(token=next(one for one in unused(asked) if one.is_mailed), now=now)
        theirs = upcoming(GatheringFactory(organisation=northside))
        seat_people(theirs, 5)
        assert len(addresses(opened(theirs, by=chidi))) == 5

    def test_objections_are_no_answers(
        self, asked: DeclarationRound, gathering: Gathering, now: datetime
    ) -> None:
        answers(asked, ("yes", "yes"), ("yes", "yes"))
        for token in unused(asked):
            object_to_asking(token=token, now=now)
        asked.refresh_from_db()
        assert (asked.outcome, rows(gathering)) == ("too_few", [])


class TestClosing:
    @committed
    def test_what_was_answered_becomes_a_count(
        self, asked: DeclarationRound, gathering: Gathering, alice: User, now: datetime
    ) -> None:
        answers(asked, ("yes", "no"), ("no", "yes"), ("yes", "unsaid"), ("unsaid", "no"))
        assert close_round(round_id=asked.pk, by=alice, now=now) == RoundOutcome.COUNTED
        assert rows(gathering) == [
            ("whole", "minoritised", 1, 2, 4, "self_declared", None),
            ("whole", "women", 2, 1, 4, "self_declared", None),
        ]
        assert verbs(gathering) == [
            "gathering.count_entered",
            "gathering.round_closed",
            "gathering.round_opened",
        ]
        asked.refresh_from_db()
        assert (asked.outcome, asked.closed_at, asked.tokens.count()) == ("counted", now, 0)

    @committed
    def test_the_organiser_did_not_type_it(
        self, asked: DeclarationRound, gathering: Gathering, alice: User, now: datetime
    ) -> None:
        answers(asked, *[("yes", "no")] * 3)
        close_round(round_id=asked.pk, by=alice, now=now)
        found = count_on_record(gathering)
        assert found is not None
        assert found.was_typed_by(alice) is False

    @committed
    def test_once(self, asked: DeclarationRound, alice: User, now: datetime) -> None:
        answers(asked, *[("yes", "no")] * 3)
        outcomes = [close_round(round_id=asked.pk, by=alice, now=now) for _ in range(2)]
        assert outcomes == [RoundOutcome.COUNTED, None]
        assert Tally.objects.count() == 2

    def test_with_two_answers_nothing_is_counted(
        self, asked: DeclarationRound, gathering: Gathering, alice: User, now: datetime
    ) -> None:
        answers(asked, ("yes", "yes"), ("no", "no"))
        assert close_round(round_id=asked.pk, by=alice, now=now) == RoundOutcome.TOO_FEW
        assert rows(gathering) == []
        assert opened(gathering, by=alice) != asked

    @committed
    def test_people_are_counted_as_the_line_up_stands_then(
        self, asked: DeclarationRound, gathering: Gathering, alice: User, now: datetime
    ) -> None:
        answers(asked, *[("yes", "no")] * 3)
        seat(gathering, 8)
        close_round(round_id=asked.pk, by=alice, now=now)
        assert {sum(row[2:5]) for row in rows(gathering)} == {8}

    @committed
    def test_main_stage_and_rest_apart(
        self, harbour: Organisation, alice: User, now: datetime
    ) -> None:
        event = upcoming(GatheringFactory(organisation=harbour, kind=GatheringKind.CONFERENCE))
        for number in range(1, 12):
            seat(event, number, stage=Stage.MAIN if number <= 5 else Stage.OTHER)
        asked = opened(event, by=alice)
        for token in unused(asked):
            said = Said("yes" if token.is_on_main_stage else "no", "unsaid")
            give_answer(token=token, said=said, now=now)
        women = [row for row in rows(event) if row[1] == "women"]
        assert women == [
            ("main_stage", "women", 5, 0, 0, "self_declared", None),
            ("rest", "women", 0, 6, 0, "self_declared", None),
            ("whole", "women", 5, 6, 0, "self_declared", None),
        ]

    def test_it_rolls_back_whole(
        self,
        asked: DeclarationRound,
        gathering: Gathering,
        alice: User,
        now: datetime,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def fails(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("no history")

        answers(asked, *[("yes", "no")] * 3)
        monkeypatch.setattr(declaring, "record", fails)
        with pytest.raises(RuntimeError):
            close_round(round_id=asked.pk, by=alice, now=now)
        asked.refresh_from_db()
        assert (asked.closed_at, len(unused(asked)), rows(gathering)) == (None, 4, [])
        assert Email.objects.filter(state="queued").count() == 5

    @pytest.mark.parametrize(("days", "closed"), [(14, 0), (15, 1)])
    def test_the_day_after_the_last(
        self, days: int, closed: int, asked: DeclarationRound, now: datetime
    ) -> None:
        assert close_due_rounds(now=now + timedelta(days=days)) == closed

    def test_one_that_fails_keeps_no_other_open(
        self,
        asked: DeclarationRound,
        harbour: Organisation,
        alice: User,
        now: datetime,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        other = upcoming(GatheringFactory(organisation=harbour))
        seat_people(other, 5)
        second = opened(other, by=alice)
        forget = declaring.forget_mail_keyed

        def fails_for_the_first(start: str, *, instead: str) -> None:
            if str(asked.pk) in start:
                raise DatabaseError
            forget(start, instead=instead)

        monkeypatch.setattr(declaring, "forget_mail_keyed", fails_for_the_first)
        assert close_due_rounds(now=now + timedelta(days=15)) == 1
        open_still = DeclarationRound.objects.filter(closed_at=None)
        assert list(open_still) == [asked]
        assert second not in open_still
