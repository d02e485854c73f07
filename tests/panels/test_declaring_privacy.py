"""Nothing that is stored, logged or sent joins a person and an answer.

Each test makes worlds that differ in one thing and compares all that is left of them.
"""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from outbox.models import Email
from panels.actions.declaring import close_round
from panels.models import AskingRefusal, DeclarationToken, SealedCounter, Tally
from tests.database import empty_every_table
from tests.panels.asking_world import (
    AGENT,
    PLACE,
    World,
    a_world,
    asked_anew,
    logged,
    pages,
    raw_rows,
    send_mail,
)

pytestmark = pytest.mark.django_db(transaction=True)

SEALED = SealedCounter._meta.db_table
TOKENS = DeclarationToken._meta.db_table
ONE = {"describes": "Non-binary", "minoritised": "Yes"}
OTHER = {"describes": "In another way", "minoritised": "Prefer not to say"}
THIRD = {"describes": "Woman", "minoritised": "No"}
WORDS = ("Non-binary", "In another way", "Prefer not to say")


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """A minute that passes is no difference between two worlds."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


def played(*answers: tuple[int, dict[str, str]], then_close: bool = False) -> World:
    """A world in which these people, in this order, gave these answers."""
    empty_every_table(None)  # type: ignore[arg-type]
    world = a_world()
    with logged(world):
        for number, typed in answers:
            assert world.answer(number, **typed) == 200
        if then_close:
            close_round(round_id=world.asked.pk, by=world.alice, now=timezone.now())
    return world


def test_swapping_two_peoples_answers_changes_nothing_at_all() -> None:
    """Mailed and printed alike, while the round is open, sealed counters included."""
    left = []
    for one, other in ((1, 7), (7, 1)):
        world = played((one, ONE), (other, OTHER), (2, THIRD))
        left.append(world.rows())
    assert left[0].keys() == left[1].keys()
    for table, rows in left[0].items():
        assert rows == left[1][table], table
    assert left[0][SEALED] != []


def test_what_anybody_answers_shows_in_the_sealed_counters_alone() -> None:
    one = played((1, ONE), (2, ONE), (7, ONE)).rows()
    other = played((1, OTHER), (2, THIRD), (7, {})).rows()
    assert {table for table in one if one[table] != other[table]} == {SEALED}


def test_after_the_close_nothing_says_who_answered() -> None:
    """The same three answers from other people, to the byte."""
    answers = (ONE, THIRD, OTHER)
    worlds = [
        played(*zip(who, answers, strict=True), then_close=True).rows()
        for who in ((1, 2, 7), (8, 6, 4))
    ]
    for table, rows in worlds[0].items():
        assert rows == worlds[1][table], table
    assert worlds[0][TOKENS] == []
    assert worlds[0]["panels_tally"] != []


def test_log_lines_are_the_same_whoever_answers_what() -> None:
    def lines(world: World) -> list[str]:
        return [world.normal(line) for line in world.written.splitlines()]

    one = played((1, ONE), (7, THIRD))
    said = lines(one)
    assert any("/r/[secret]/answer/" in line for line in said)
    other = played((8, OTHER), (3, {}))
    assert lines(other) == said


def test_no_answer_address_agent_or_code_stands_anywhere() -> None:
    world = played((1, ONE), (2, OTHER), (7, ONE), (8, OTHER))
    send_mail()
    found = world.everything()
    for secret in (PLACE, AGENT, *WORDS, *world.codes.values()):
        assert secret not in found, secret
    assert "speaker1@stage.example" not in world.written
    close_round(round_id=world.asked.pk, by=None, now=timezone.now())
    found = world.everything()
    for secret in (PLACE, AGENT, *WORDS, *world.codes.values()):
        assert secret not in found, secret


def test_two_rounds_of_the_same_people_leave_nothing_that_joins_them() -> None:
    """Too few answered the first time; the second is counted."""
    left = []
    for who in ((1, 2, 3), (7, 6, 5)):
        world = played((who[0], ONE), then_close=True)
        fresh = asked_anew(world.alice, world.gathering)
        for number, typed in zip(who, (ONE, THIRD, OTHER), strict=True):
            assert fresh.answer(number, **typed) == 200
        close_round(round_id=fresh.asked.pk, by=world.alice, now=timezone.now())
        left.append(fresh.rows())
    for table, rows in left[0].items():
        assert rows == left[1][table], table
    assert Tally.objects.count() == 2


def test_no_page_says_who_answered_or_what() -> None:
    """Not even to somebody with every role: they see how many, and that alone."""
    first = pages(played((1, ONE), (2, THIRD), (7, OTHER)))
    second = pages(played((5, OTHER), (8, {}), (6, ONE)))
    assert first.keys() == second.keys()
    for address, page in first.items():
        assert page == second[address], address
    fewer = pages(played((1, ONE)))
    assert [address for address in first if fewer[address] != first[address]] == [
        address for address in first if address.endswith(("/asking/ID/", "/close/"))
    ]


def test_an_objection_looks_like_an_answer_while_the_round_is_open() -> None:
    objecting = played((1, THIRD))
    Client().post(f"/r/{objecting.codes[2]}/object/")
    assert AskingRefusal.objects.count() == 1
    seen = pages(objecting)
    assert seen == pages(played((1, THIRD), (2, ONE)))


def test_who_was_asked_is_forgotten_with_the_round() -> None:
    world = played((1, ONE), (2, THIRD), (3, THIRD))
    assert Email.objects.filter(to_address="speaker4@stage.example").count() == 1
    close_round(round_id=world.asked.pk, by=world.alice, now=timezone.now())
    kept = [
        table
        for table, rows in raw_rows().items()
        if any("speaker4@stage.example" in row for row in rows)
    ]
    assert kept == ["panels_participant"]
    assert Email.objects.exclude(text="").count() == 0


def test_the_counters_hold_the_round_and_three_numbers() -> None:
    """No key, number or time of anybody's."""
    world = played((1, ONE), (2, THIRD), (7, OTHER))
    assert sorted(raw_rows()[SEALED]) == [
        f"(whole,minoritised,1,1,1,{world.asked.pk})",
        f"(whole,women,1,2,0,{world.asked.pk})",
    ]


def test_links_and_codes_keep_no_time() -> None:
    kinds = {field.get_internal_type() for field in DeclarationToken._meta.fields}
    assert kinds & {"DateTimeField", "DateField", "TimeField"} == set()
