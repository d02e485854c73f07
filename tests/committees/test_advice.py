"""Advice is asked for, given and answered; and what stays of it when somebody goes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from committees.actions.advice import answer_advice, ask_advice, give_advice, reply_with_advice
from committees.actions.erasing import GONE, erase_words
from committees.actions.recording import record_meeting
from committees.enums import AdviceAnswer, GroupKind, MeetingState
from committees.models import Advice, Group
from committees.queries.advice import awaiting_answer, groups_to_advise_for
from committees.refusals import (
    ANSWERED_ALREADY,
    GIVEN_ALREADY,
    GROUP_CLOSED,
    NOT_ADVISORY,
    NOT_GIVEN_YET,
    NOT_YOUR_GROUP,
    NOT_YOURS,
    REPLY_BY_PASSED,
    GroupRefused,
)
from history.queries import lines_about
from organisations.erasure import Farewell, erasers
from organisations.models import Organisation, User
from tests.committees.conftest import NOW, TODAY
from tests.factories.agenda import AdviceFactory
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from tests.factories.recommendations import RecommendationFactory

DAY = timedelta(days=1)


def ask(group: Group, by: User, **changes: Any) -> Advice:
    asked = {"title": "The bid", "question": "May we?", "reply_by": None, "recommendations": []}
    return ask_advice(group=group, **(asked | changes), by=by, now=NOW)


def give(group: Group, by: User, **changes: Any) -> Advice:
    given = {"title": "The statement", "text": "Name them.", "recommendations": []}
    return give_advice(group=group, **(given | changes), by=by, now=NOW)


def answer(advice: Advice, by: User) -> Advice:
    return answer_advice(
        advice=advice, answer=AdviceAnswer.DECLINE, reason="No money.", by=by, now=NOW
    )


def sentences(advice: Advice) -> list[str]:
    return [line.text for line in lines_about(advice)][::-1]


class TestGive:
    def test_it_works(self, advisers: Group, bea: User) -> None:
        linked = RecommendationFactory(organisation=advisers.organisation)
        advice = give(advisers, bea, recommendations=[linked])
        assert (advice.reference, advice.given_by, advice.given_on) == ("A1", bea, TODAY)
        assert list(advice.recommendations.all()) == [linked]
        assert sentences(advice) == ["Bea Brown gave advice"]

    def test_a_second_click_gives_nothing_anew(self, advisers: Group, bea: User) -> None:
        assert give(advisers, bea) == give(advisers, bea)
        assert give(advisers, bea, title="Another").reference == "A2"
        assert Advice.objects.count() == 2

    def test_numbers_are_of_one_organisation(
        self, advisers: Group, northside: Organisation, bea: User
    ) -> None:
        other = GroupFactory(organisation=northside, kind=GroupKind.ADVISORY)
        AdviceFactory(organisation=northside, group=other, number=7)
        assert give(advisers, bea).number == 1
        with pytest.raises(IntegrityError, match="advice_numbered"), transaction.atomic():
            AdviceFactory(organisation=advisers.organisation, group=advisers, number=1)

    @pytest.mark.parametrize("kind", [k for k in GroupKind.values if k != GroupKind.ADVISORY])
    def test_of_advisory_groups_alone(self, kind: str, harbour: Organisation, bea: User) -> None:
        group = GroupFactory(organisation=harbour, kind=kind)
        for act in (give, ask):
            with pytest.raises(GroupRefused, match=NOT_ADVISORY):
                act(group, bea)

    def test_not_of_one_that_is_closed(self, advisers: Group, bea: User) -> None:
        advisers.closed_on = TODAY
        advisers.save()
        for act in (give, ask):
            with pytest.raises(GroupRefused, match=GROUP_CLOSED):
                act(advisers, bea)

    def test_never_about_another_organisation_s(self, advisers: Group, bea: User) -> None:
        theirs = RecommendationFactory()
        for act in (give, ask):
            with pytest.raises(GroupRefused, match=NOT_YOURS):
                act(advisers, bea, recommendations=[theirs])
        assert Advice.objects.count() == 0


class TestForWhom:
    @pytest.mark.parametrize(
        ("first", "last", "sits"),
        [
            (TODAY, None, True),
            (TODAY - DAY, TODAY, True),
            (TODAY - 2 * DAY, TODAY - DAY, False),
            (TODAY + DAY, None, False),
        ],
    )
    def test_where_they_sit_or_else_any(
        self, first: date, last: date | None, sits: bool, advisers: Group, bea: User
    ) -> None:
        other = GroupFactory(organisation=advisers.organisation, kind=GroupKind.ADVISORY, name="B")
        GroupMemberFactory(group=advisers, user=bea, from_date=first, to_date=last)
        found = groups_to_advise_for(advisers.organisation, bea, today=TODAY)
        assert found == ([advisers] if sits else [advisers, other])

    def test_who_sits_on_one_speaks_for_no_other(self, advisers: Group, bea: User) -> None:
        other = GroupFactory(organisation=advisers.organisation, kind=GroupKind.ADVISORY, name="B")
        GroupMemberFactory(group=advisers, user=bea, from_date=TODAY)
        asked = AdviceFactory(organisation=advisers.organisation, group=other, asked=True)
        with pytest.raises(GroupRefused, match=NOT_YOUR_GROUP):
            give(other, bea)
        with pytest.raises(GroupRefused, match=NOT_YOUR_GROUP):
            reply_with_advice(advice=asked, text="Yes.", by=bea, now=NOW)


class TestAsk:
    def test_asked_given_answered(self, advisers: Group, alice: User, bea: User) -> None:
        advice = ask(advisers, alice, reply_by=TODAY + DAY)
        assert (advice.asked_by, advice.asked_on, advice.given_on) == (alice, TODAY, None)
        assert ask(advisers, alice, reply_by=TODAY + DAY) == advice
        with pytest.raises(GroupRefused, match=NOT_GIVEN_YET):
            answer(advice, alice)
        given = reply_with_advice(advice=advice, text="Not yet.", by=bea, now=NOW)
        with pytest.raises(GroupRefused, match=GIVEN_ALREADY):
            reply_with_advice(advice=advice, text="Yes.", by=bea, now=NOW)
        assert (given.text, given.given_by) == ("Not yet.", bea)
        done = answer(advice, alice)
        with pytest.raises(GroupRefused, match=ANSWERED_ALREADY):
            answer(advice, bea)
        assert (done.answer, done.answered_by, done.answered_on) == ("decline", alice, TODAY)
        assert sentences(advice) == [
            "Alice Adeyemi asked for advice",
            "Bea Brown gave advice",
            "Alice Adeyemi answered: We decline it",
        ]

    @pytest.mark.parametrize("day", [TODAY - DAY, TODAY])
    def test_its_day_is_still_to_come(self, day: date, advisers: Group, alice: User) -> None:
        with pytest.raises(GroupRefused, match=REPLY_BY_PASSED):
            ask(advisers, alice, reply_by=day)

    def test_postgres_wants_advice_before_an_answer(self, advisers: Group, alice: User) -> None:
        advice = ask(advisers, alice)
        for change in (
            {"answer": "accept", "answered_by": alice, "answered_on": TODAY},
            {"asked_by": None, "asked_on": None},
        ):
            with pytest.raises(IntegrityError, match="advice_"), transaction.atomic():
                Advice.objects.filter(pk=advice.pk).update(**change)

    @pytest.mark.usefixtures("no_history")
    def test_each_rolls_back_whole(self, advisers: Group, alice: User) -> None:
        asked = AdviceFactory(organisation=advisers.organisation, group=advisers, asked=True)
        given = AdviceFactory(organisation=advisers.organisation, group=advisers)
        for act in (
            lambda: ask(advisers, alice),
            lambda: give(advisers, alice),
            lambda: reply_with_advice(advice=asked, text="Yes.", by=alice, now=NOW),
            lambda: answer(given, alice),
        ):
            with pytest.raises(DatabaseError):
                act()
        rows = Advice.objects.order_by("number").values_list("given_on", "answer")
        assert list(rows) == [(None, ""), (given.given_on, "")]


def test_what_awaits_an_answer_the_oldest_first(advisers: Group) -> None:
    ours = {"organisation": advisers.organisation, "group": advisers}
    new, old = (AdviceFactory(**ours, given_on=TODAY - ago * DAY) for ago in (1, 5))
    AdviceFactory(**ours, answered=True)
    AdviceFactory(**ours, asked=True)
    AdviceFactory()
    MeetingFactory(group=advisers, date=TODAY - DAY)
    MeetingFactory(group=advisers, date=TODAY + DAY, state=MeetingState.CANCELLED)
    MeetingFactory(group=advisers, date=TODAY + 2 * DAY)
    found = awaiting_answer(advisers.organisation)
    assert [(each, each.next_meeting) for each in found] == [
        (old, TODAY - DAY),
        (new, TODAY + 2 * DAY),
    ]


class TestErasing:
    def test_their_words_go_and_the_rest_stays(
        self, advisers: Group, alice: User, bea: User
    ) -> None:
        ours = {"organisation": advisers.organisation, "group": advisers}
        asked = AdviceFactory(**ours, asked=True, asked_by=bea, title="Their question")
        given = AdviceFactory(**ours, given_by=bea, title="Their title")
        answered = AdviceFactory(**ours, answered=True, answered_by=bea, given_by=alice)
        for meeting, by in (
            (MeetingFactory(group=advisers, date=TODAY), [bea]),
            (MeetingFactory(group=advisers, date=TODAY - DAY), [bea, alice]),
        ):
            for person in by:
                meeting.refresh_from_db()
                said = {"state": MeetingState.HELD, "note": person.display_name}
                said["over_revision"] = meeting.revision
                record_meeting(meeting=meeting, **said, by=person, now=NOW)
        farewell = Farewell(bea, frozenset(), "gone@erased.invalid", timezone.now())
        assert erase_words in erasers()
        erase_words(farewell)
        for row in (asked, given, answered):
            row.refresh_from_db()
        assert (asked.title, asked.question, asked.asked_on is None) == (GONE, "", False)
        assert (given.title, given.text, given.given_by) == (GONE, "", bea)
        assert (answered.answer_reason, answered.answer) == ("", "adapt")
        assert answered.text != ""
        assert list(advisers.meetings.order_by("date").values_list("note", flat=True)) == [
            "Alice Adeyemi",
            "",
        ]
