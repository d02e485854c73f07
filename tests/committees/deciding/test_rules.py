"""Who may decide, and when: every boundary."""

from datetime import date, timedelta

import pytest

from committees import deciding
from committees.deciding import Person, Seat, Sitting
from committees.enums import DecisionKind

TODAY = date(2026, 3, 10)
DAY = timedelta(days=1)
FREE = Person()
CHAIR = Seat(FREE, is_chair=True)
MEMBER = Seat(FREE)
CLOSURE, RESPONSE = DecisionKind.CLOSURE, DecisionKind.RESPONSE


class TestWhen:
    def test_on_the_day_and_before(self) -> None:
        for day in (TODAY, TODAY - DAY, TODAY - 400 * DAY):
            assert deciding.why_not_at(Sitting(day), today=TODAY, asked_on=None) == ""

    def test_not_at_a_meeting_still_to_come(self) -> None:
        sitting = Sitting(TODAY + DAY)
        found = deciding.why_not_at(sitting, today=TODAY, asked_on=None)
        assert found == deciding.STILL_TO_COME

    def test_not_at_a_cancelled_one(self) -> None:
        found = deciding.why_not_at(Sitting(TODAY, is_cancelled=True), today=TODAY, asked_on=None)
        assert found == deciding.CANCELLED

    def test_not_by_another_group(self) -> None:
        found = deciding.why_not_at(Sitting(TODAY, is_committee=False), today=TODAY, asked_on=None)
        assert found == deciding.NOT_THE_COMMITTEE

    def test_not_before_it_was_asked(self) -> None:
        sitting = Sitting(TODAY - DAY)
        assert deciding.why_not_at(sitting, today=TODAY, asked_on=TODAY - DAY) == ""
        found = deciding.why_not_at(sitting, today=TODAY, asked_on=TODAY)
        assert found == deciding.BEFORE_IT_WAS_ASKED


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (FREE, ""),
        (Person(is_member=False), deciding.LEFT),
        (Person(coordinates=True), deciding.COORDINATES),
        (Person(owns=True), deciding.OWNS),
        (Person(asked=True), "You proposed this, so somebody else decides."),
        (Person(asked=True, owns=True), "You proposed this, so somebody else decides."),
        (Person(coordinates=True, asked=True), deciding.COORDINATES),
        (Person(advises=True), ""),
    ],
)
def test_who_never_decides(person: Person, why: str) -> None:
    assert deciding.why_not_you(person, CLOSURE) == why


def test_owners_may_decide_a_response() -> None:
    assert deciding.why_not_you(Person(owns=True), RESPONSE) == ""
    assert deciding.why_not_you(Person(coordinates=True), RESPONSE) == deciding.COORDINATES


def test_who_asked_for_a_date_is_told_so() -> None:
    asked = Person(asked=True)
    assert deciding.why_not_you(asked, "extension").startswith("You asked for this")


def why(person: Person, own: Seat | None, *seats: Seat) -> str:
    return deciding.why_not_decide(person, own, seats, CLOSURE)


class TestSeats:
    def test_the_chair_records(self) -> None:
        assert why(FREE, CHAIR, CHAIR, MEMBER) == ""
        assert why(FREE, MEMBER, CHAIR, MEMBER) == deciding.CHAIR_RECORDS

    @pytest.mark.parametrize(
        "chair",
        [
            Seat(Person(owns=True), is_chair=True),
            Seat(Person(asked=True), is_chair=True),
            Seat(Person(coordinates=True), is_chair=True),
            Seat(Person(is_member=False), is_chair=True),
            Seat(FREE, is_chair=True, sent_apologies=True),
        ],
    )
    def test_a_member_records_where_the_chair_is_not_free(self, chair: Seat) -> None:
        assert why(FREE, MEMBER, chair, MEMBER) == ""
        assert why(FREE, MEMBER, chair, CHAIR, MEMBER) == deciding.CHAIR_RECORDS

    def test_a_member_records_where_there_is_no_chair(self) -> None:
        assert why(FREE, MEMBER, MEMBER, MEMBER) == ""

    def test_who_sent_apologies_was_not_there(self) -> None:
        away = Seat(FREE, is_chair=True, sent_apologies=True)
        assert why(FREE, away, away, MEMBER) == deciding.WAS_AWAY

    def test_a_seat_does_not_free_an_owner(self) -> None:
        own = Seat(Person(owns=True), is_chair=True)
        assert why(own.person, own, own, MEMBER) == deciding.OWNS

    def test_without_a_seat(self) -> None:
        assert why(FREE, None, CHAIR) == deciding.NO_SEAT
        assert why(Person(advises=True), None, CHAIR) == deciding.NO_SEAT


class TestPassingOn:
    owner = Seat(Person(owns=True), is_chair=True)
    trustee = Person(advises=True)

    def test_to_a_trustee_or_an_adviser(self) -> None:
        assert why(self.trustee, None, self.owner) == ""
        assert deciding.is_passed_on([self.owner], CLOSURE)

    def test_to_nobody_else(self) -> None:
        assert why(FREE, None, self.owner) == deciding.PASSED_ON_TO_OTHERS

    def test_never_to_who_is_not_free(self) -> None:
        owning = Person(owns=True, advises=True)
        assert why(owning, None, self.owner) == deciding.OWNS

    def test_not_while_one_is_free(self) -> None:
        assert not deciding.is_passed_on([self.owner, MEMBER], CLOSURE)
        assert why(self.trustee, None, self.owner, MEMBER) == deciding.NO_SEAT

    def test_not_because_everybody_was_away(self) -> None:
        away = Seat(FREE, sent_apologies=True)
        assert not deciding.is_passed_on([away], CLOSURE)
        assert why(self.trustee, None, away) == deciding.NO_SEAT

    def test_not_where_nobody_sits(self) -> None:
        assert not deciding.is_passed_on([], CLOSURE)
        assert why(self.trustee, None) == deciding.NOBODY_SEATED

    def test_a_response_is_not_passed_on_for_owning(self) -> None:
        assert not deciding.is_passed_on([self.owner], RESPONSE)


class TestReasons:
    def test_not_yet_owes_one(self) -> None:
        assert deciding.why_not_ruled("approved", "") == ""
        assert deciding.why_not_ruled("returned", "  ") == deciding.REASON_OWED
        assert deciding.why_not_ruled("returned", "Two reports are missing.") == ""

    def test_less_than_a_yes_owes_one(self) -> None:
        assert deciding.why_not_answered("accepted", "") == ""
        for response in ("accepted_in_part", "not_accepted"):
            assert deciding.why_not_answered(response, " ") == deciding.REASON_OWED
            assert deciding.why_not_answered(response, "No money.") == ""


class TestMoving:
    def test_only_once_it_has_passed(self) -> None:
        later = TODAY + DAY
        assert deciding.why_not_moved(TODAY - DAY, later, today=TODAY) == ""
        assert deciding.why_not_moved(TODAY, later, today=TODAY) == deciding.DATE_STILL_AHEAD

    def test_only_ahead(self) -> None:
        passed = TODAY - DAY
        assert deciding.why_not_moved(passed, TODAY, today=TODAY) == deciding.NOT_AHEAD
