"""The rules of answers through a link: how many, until when, and of whom."""

from datetime import UTC, date, datetime, timedelta

import pytest

from commitments.answering import (
    MOST_ANSWERS,
    Given,
    door,
    is_after,
    kind_of_line_up,
    refusal,
)
from commitments.enums import InvitationKind
from commitments.links import Door
from panels import entry
from panels.enums import Barrier, BarrierState, GatheringKind

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("expires_at", "revoked_at", "pledge_is_closed", "expected"),
    [
        (NOW + A_MOMENT, None, False, Door.OPEN),
        (NOW, None, False, Door.EXPIRED),
        (NOW - A_MOMENT, None, False, Door.EXPIRED),
        (NOW + A_MOMENT, NOW, False, Door.REVOKED),
        (NOW - A_MOMENT, NOW, False, Door.REVOKED),
        (NOW + A_MOMENT, None, True, Door.PLEDGE_CLOSED),
    ],
)
def test_what_a_link_opens(
    expires_at: datetime, revoked_at: datetime | None, pledge_is_closed: bool, expected: Door
) -> None:
    found = door(
        expires_at=expires_at, revoked_at=revoked_at, pledge_is_closed=pledge_is_closed, now=NOW
    )
    assert found == expected


def test_ten_answers_and_no_more() -> None:
    assert refusal(MOST_ANSWERS - 1) == ""
    assert refusal(MOST_ANSWERS).startswith("This link has taken 10 answers")


@pytest.mark.parametrize(
    ("held_on", "expected"),
    [(None, False), (date(2026, 5, 20), False), (date(2026, 5, 19), True)],
)
def test_after_the_event_begins_the_day_after(held_on: date | None, expected: bool) -> None:
    assert is_after(held_on, today=date(2026, 5, 20)) is expected


@pytest.mark.parametrize("kind", InvitationKind)
def test_a_linked_event_says_who_counts(kind: InvitationKind) -> None:
    assert kind_of_line_up(GatheringKind.CONFERENCE, kind) == GatheringKind.CONFERENCE


def test_without_an_event_a_seat_is_one_with_a_vote() -> None:
    assert kind_of_line_up(None, InvitationKind.SEAT) == GatheringKind.COMMITTEE
    others = [kind for kind in InvitationKind if kind != InvitationKind.SEAT]
    assert {kind_of_line_up(None, kind) for kind in others} == {GatheringKind.EVENT}


def given(people: int = 4, note: str = "", name: str = "") -> Given:
    typed = entry.Typed(GatheringKind.EVENT, entry.TypedPart(people, 2, 1))
    return Given(entry.line_up(typed), {Barrier.TRAVEL: BarrierState.NO}, note, name)


def test_the_same_words_are_the_same_answer() -> None:
    assert given().says_the_same(given())
    assert not given().says_the_same(given(people=5))
    assert not given().says_the_same(given(note="x"))
    assert not given().says_the_same(given(name="x"))
    assert not given().says_the_same(Given(given().line_up, {}))


def test_a_name_alone_answers_nothing() -> None:
    assert Given(None, {}, name="Femi").is_empty
    assert not Given(None, {}, note="Yes").is_empty
    assert not Given(None, {Barrier.TRAVEL: BarrierState.NO}).is_empty
    assert not given().is_empty
