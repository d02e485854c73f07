"""Two at once: the same link twice, an answer and the close, the last two answers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from organisations.models import User
from organisations.refusals import Refused
from panels.actions.answering import give_answer
from panels.actions.declaring import close_round
from panels.declaring import Said
from panels.models import DeclarationRound, Gathering
from tests.factories.declaring import answers, opened, seat_people, unused, upcoming
from tests.panels.asking import rows

pytestmark = pytest.mark.django_db(transaction=True)
YES = Said("yes", "yes")


@pytest.fixture
def asked(gathering: Gathering, alice: User) -> DeclarationRound:
    seat_people(upcoming(gathering), 6)
    return opened(gathering, by=alice)


def at_once(*work: Callable[[], Any]) -> list[str]:
    """What each came to, in order: "None", an outcome, or the name of a refusal."""

    def run(each: Callable[[], Any]) -> str:
        try:
            return str(each())
        except Refused as refused:
            return type(refused).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


@pytest.mark.parametrize("turn", range(5))
def test_one_link_sent_by_several_at_once_counts_once(
    turn: int, asked: DeclarationRound, gathering: Gathering, alice: User
) -> None:
    answers(asked, ("no", "no"), ("no", "no"))
    token = unused(asked)[0]
    now = timezone.now()
    found = at_once(*[lambda: give_answer(token=token, said=YES, now=now)] * 4)
    assert sorted(found) == ["LinkOverError"] * 3 + ["None"]
    close_round(round_id=asked.pk, by=alice, now=now)
    assert {row[2:5] for row in rows(gathering)} == {(1, 2, 3)}


@pytest.mark.parametrize("turn", range(5))
def test_an_answer_against_the_close_is_counted_or_told(
    turn: int, asked: DeclarationRound, gathering: Gathering, alice: User
) -> None:
    """Never lost in silence, never added after the counters were read."""
    answers(asked, *[("no", "no")] * 3)
    token, now = unused(asked)[0], timezone.now()
    answered, outcome = at_once(
        lambda: give_answer(token=token, said=YES, now=now),
        lambda: close_round(round_id=asked.pk, by=alice, now=now),
    )
    assert outcome == "counted"
    counted = {"None": (1, 3, 2), "LinkOverError": (0, 3, 3)}[answered]
    assert {row[2:5] for row in rows(gathering)} == {counted}


@pytest.mark.parametrize("turn", range(3))
def test_the_last_answers_at_once_are_all_in_the_count(
    turn: int, asked: DeclarationRound, gathering: Gathering
) -> None:
    """Whoever is last closes the round, and no earlier."""
    answers(asked, *[("no", "no")] * 3)
    now = timezone.now()
    left = unused(asked)
    found = at_once(
        *[lambda token=token: give_answer(token=token, said=YES, now=now) for token in left]  # type: ignore[misc]
    )
    assert found == ["None"] * 3
    asked.refresh_from_db()
    assert asked.outcome == "counted"
    assert {row[2:5] for row in rows(gathering)} == {(3, 3, 0)}


def test_two_closes_at_once_count_once(
    asked: DeclarationRound, gathering: Gathering, alice: User
) -> None:
    answers(asked, *[("no", "yes")] * 3)
    now = timezone.now()
    close = lambda: close_round(round_id=asked.pk, by=alice, now=now)  # noqa: E731
    assert sorted(at_once(close, close)) == ["None", "counted"]
    assert len(rows(gathering)) == 2
