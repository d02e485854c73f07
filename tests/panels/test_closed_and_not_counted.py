"""A round whose close is committed and whose count is not there yet: something came in between."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from organisations.models import User
from panels.actions import declaring
from panels.actions.counting_again import CountAgainRefused, count_again
from panels.actions.declaring import close_round, count_closed_round, shut
from panels.actions.locking import ANSWERS_WAIT, LockRefused, lock_line_up
from panels.enums import GatheringKind, PanelVerb, RoundOutcome
from panels.models import DeclarationRound, Gathering
from panels.queries.declaring import code_of
from panels.tasks import close_due_rounds
from tests.factories.declaring import answers, opened, seat_people, unused, upcoming
from tests.panels.asking import rows, verbs

pytestmark = pytest.mark.django_db(transaction=True)
COUNTED = [
    ("whole", "minoritised", 1, 3, 2, "self_declared", None),
    ("whole", "women", 3, 1, 2, "self_declared", None),
]


class KilledError(BaseException):
    """Not an error that anything catches."""


@pytest.fixture
def asked(gathering: Gathering, alice: User) -> DeclarationRound:
    seat_people(upcoming(gathering), 6)
    asked = opened(gathering, by=alice)
    answers(asked, *[("yes", "no")] * 3, ("no", "yes"))
    return asked


@pytest.fixture
def code(asked: DeclarationRound) -> str:
    return code_of(unused(asked)[0])


@pytest.fixture
def waiting(
    asked: DeclarationRound, code: str, alice: User, monkeypatch: pytest.MonkeyPatch
) -> DeclarationRound:
    """Killed between the two transactions."""

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(declaring, "_try_to_count", killed)
        with pytest.raises(KilledError):
            close_round(round_id=asked.pk, by=alice, now=timezone.now())
    asked.refresh_from_db()
    return asked


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def test_it_is_closed_and_the_history_says_so(
    waiting: DeclarationRound, gathering: Gathering
) -> None:
    assert (waiting.outcome, waiting.tokens.count(), rows(gathering)) == ("counted", 6, [])
    assert verbs(gathering)[0] == PanelVerb.ROUND_CLOSED


def test_the_daily_task_counts_it_once(waiting: DeclarationRound, gathering: Gathering) -> None:
    for _ in range(2):
        close_due_rounds()
        assert (rows(gathering), waiting.tokens.count()) == (COUNTED, 0)
    assert verbs(gathering)[:2] == [PanelVerb.COUNT_ENTERED, PanelVerb.ROUND_CLOSED]


def test_a_connection_that_breaks_while_it_counts(
    asked: DeclarationRound, gathering: Gathering, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the count written and not committed."""
    enter = declaring.enter_declared_count

    def breaks(**given: Any) -> None:
        enter(**given)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as patch:
        patch.setattr(declaring, "enter_declared_count", breaks)
        assert close_round(round_id=asked.pk, by=None, now=now) == RoundOutcome.COUNTED
    connection.close()
    assert (rows(gathering), asked.tokens.count()) == ([], 6)
    close_due_rounds()
    assert (rows(gathering), asked.tokens.count()) == (COUNTED, 0)


def test_one_that_cannot_be_counted_keeps_no_other_from_it(
    waiting: DeclarationRound, gathering: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(declaring.queries, "opened_counters", lambda asked: {})
        close_due_rounds()
        assert rows(gathering) == []
    close_due_rounds()
    assert rows(gathering) == COUNTED


def test_closing_is_never_part_of_something_larger(asked: DeclarationRound, now: datetime) -> None:
    for each in (
        lambda: close_round(round_id=asked.pk, by=None, now=now),
        lambda: count_closed_round(round_id=asked.pk, now=now),
    ):
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
            each()
    asked.refresh_from_db()
    assert asked.closed_at is None


def test_counted_in_the_transaction_that_closes_it_refuses(
    asked: DeclarationRound, gathering: Gathering, now: datetime
) -> None:
    """Rather than write that nothing is known."""
    with transaction.atomic():
        shut(asked, by=None, now=now)
        counters = declaring.queries.opened_counters(asked)
        with pytest.raises(declaring.StillSealedError):
            declaring.count(asked, gathering, counters, now=now)
        transaction.set_rollback(True)
    assert rows(gathering) == []


def test_its_links_open_nothing(waiting: DeclarationRound, code: str) -> None:
    for word in ("answer", "object"):
        response = Client().post(f"/r/{code}/{word}/", {"describes": "Woman"})
        assert response.status_code == 410
    close_due_rounds()
    assert rows(waiting.gathering) == COUNTED


def test_its_line_up_is_not_locked_meanwhile(
    waiting: DeclarationRound, gathering: Gathering, alice: User, now: datetime
) -> None:
    with pytest.raises(LockRefused, match=ANSWERS_WAIT):
        lock_line_up(gathering=gathering, by=alice, now=now)
    close_due_rounds()
    lock_line_up(gathering=gathering, by=alice, now=now)


def test_nor_is_a_group_counted_again(
    waiting: DeclarationRound, gathering: Gathering, alice: User, now: datetime
) -> None:
    Gathering.objects.update(kind=GatheringKind.BOARD)
    later = upcoming(Gathering.objects.get(), days=31).held_on
    Gathering.objects.update(held_on=timezone.localdate(now))
    with pytest.raises(CountAgainRefused, match=ANSWERS_WAIT):
        count_again(gathering=gathering, held_on=later, by=alice, now=now)


def test_pages_say_so(as_alice: Client, waiting: DeclarationRound) -> None:
    event = waiting.gathering.get_absolute_url()
    of_round = as_alice.get(f"{event}asking/{waiting.pk}/").content.decode()
    assert "Its answers are not in the count yet: by tomorrow they are." in of_round
    assert "the answers are in the count" not in of_round
    assert "are deleted" not in of_round
    hub = as_alice.get(event).content.decode()
    assert "Asked; the answers are not in the count yet" in hub
    assert "What they said is not in the count yet: by tomorrow it is." in hub
    assert "Asked and counted" not in hub
    close_due_rounds()
    assert (
        "the answers are in the count"
        in as_alice.get(f"{event}asking/{waiting.pk}/").content.decode()
    )


def test_whoever_closes_it_is_told(
    as_alice: Client, asked: DeclarationRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(declaring, "_try_to_count", lambda *args, **kwargs: False)
    event = asked.gathering.get_absolute_url()
    page = as_alice.post(f"{event}asking/{asked.pk}/close/", follow=True).content.decode()
    assert (
        "The round has closed. Its answers are not in the count yet: by tomorrow they are." in page
    )
