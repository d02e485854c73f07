"""What a leader sees of an organiser's answers, and what the record takes from them."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.models import AskLetter, Invitation, Pledge
from commitments.queries.replies import COUNTED_AGAIN, answer_of, line_ups_of
from panels.audit import Count
from panels.enums import Barrier, BarrierState, Counted, Measure, Part
from panels.results import HIDDEN
from tests.factories.commitments import InvitationFactory
from tests.factories.panels import numbers
from tests.factories.replies import AskLetterFactory, answered

NOW = timezone.now()
TRAVEL, FOOD = Barrier.TRAVEL, Barrier.FOOD
IN_PLACE, PLANNED = BarrierState.IN_PLACE, BarrierState.PLANNED


@pytest.fixture
def letter(invitation: Invitation) -> AskLetter:
    return AskLetterFactory(invitation=invitation)


def shown(invitation: Invitation) -> str:
    return render_to_string("commitments/_answer.html", {"answer": answer_of(invitation)})


def test_nobody_answered(letter: AskLetter) -> None:
    assert answer_of(letter.invitation) is None


def test_what_is_left_out_of_a_later_answer_stays(letter: AskLetter) -> None:
    first = answered(letter, numbers(6, 3, 3), barriers={TRAVEL: PLANNED, FOOD: PLANNED}, now=NOW)
    second = answered(
        letter, barriers={TRAVEL: IN_PLACE}, note="It is paid.", now=NOW + timedelta(days=2)
    )
    answer = answer_of(letter.invitation)
    assert answer is not None
    assert (answer.newest.at, answer.newest.note) == (second.at, "It is paid.")
    assert [version.at for version in answer.earlier] == [first.at]
    assert (answer.counted_at, answer.counts_are_older) == (first.at, True)
    assert answer.barriers == ((IN_PLACE, (TRAVEL,)), (PLANNED, (FOOD,)))


def test_an_answer_to_a_newer_letter_follows_the_old_one(letter: AskLetter) -> None:
    answered(letter, numbers(6, 3, 3), now=NOW)
    letter.revoked_at = NOW
    letter.save()
    newer = AskLetterFactory(invitation=letter.invitation)
    answered(newer, numbers(8, 1, 7), now=NOW + timedelta(days=1))
    answer = answer_of(letter.invitation)
    assert answer is not None
    assert answer.counts_are_older is False
    assert len(answer.earlier) == 1
    line_up = line_ups_of([letter.invitation])[letter.invitation.pk]
    women = line_up.tally(Measure.WOMEN, Part.WHOLE, Counted.COUNTED)
    assert women is not None
    assert women.count == Count(1, 7, 0)


def test_small_numbers_stay_hidden_from_the_leader(letter: AskLetter) -> None:
    answered(letter, numbers(4, 1, 3, 1, 3), now=NOW)
    page = shown(letter.invitation)
    assert HIDDEN in page
    assert " of 4" not in page
    assert "Known for" not in page


def test_larger_numbers_show_with_how_much_is_known(letter: AskLetter) -> None:
    answered(letter, numbers(6, 3, 2), now=NOW)
    page = shown(letter.invitation)
    assert "3 of 6. Known for 5 of 6." in page


def test_before_and_after_are_never_laid_side_by_side(letter: AskLetter) -> None:
    """A second count may tell of the one person who joined."""
    answered(letter, numbers(10, 4, 6, 3, 7), now=NOW)
    assert "3 of 10. Known for 10 of 10." in shown(letter.invitation)
    answered(letter, numbers(10, 5, 5, 4, 6), now=NOW + timedelta(hours=1))
    page = shown(letter.invitation)
    assert ("3 of 10" in page, "4 of 10" in page) == (False, False)
    assert "5 of 10. Known for 10 of 10." in page
    assert page.count(COUNTED_AGAIN) == 1
    answer = answer_of(letter.invitation)
    assert answer is not None
    assert answer.result is not None
    minoritised = answer.result.measures[1]
    assert (minoritised.tag.kind, minoritised.tag.label) == ("met", "Shown to meet")
    assert minoritised.whole is not None
    assert set(minoritised.whole.picture.marks) == {"plain"}


def test_nor_where_a_second_letter_brought_the_second_count(letter: AskLetter) -> None:
    answered(letter, numbers(10, 4, 6, 1, 9), now=NOW)
    letter.revoked_at = NOW
    letter.save()
    newer = AskLetterFactory(invitation=letter.invitation)
    answered(newer, numbers(10, 4, 6, 0, 10), now=NOW + timedelta(days=1))
    page = shown(letter.invitation)
    assert COUNTED_AGAIN in page
    answer = answer_of(letter.invitation)
    assert answer is not None
    assert answer.result is not None
    assert answer.result.measures[1].tag.kind == "not_shown"


def test_met_never_stands_without_what_it_does_not_show(letter: AskLetter) -> None:
    answered(letter, numbers(10, 5, 5, 1, 9), now=NOW)
    page = shown(letter.invitation)
    assert "does not show which communities were heard" in page
    assert "You need 1 more person from a minoritised community among these 10." in page
    assert "The 11th seat adds one: with it you would need 6 women, 1 more" in page


def test_the_leader_reads_words_as_words(letter: AskLetter) -> None:
    answered(letter, note="<b>One</b>\nTwo", name="\u05d3\u05e0\u05d4", now=NOW)
    answered(letter, note="Three", now=NOW + timedelta(hours=1))
    page = shown(letter.invitation)
    assert "&lt;b&gt;One&lt;/b&gt;\nTwo" in page
    assert "They gave no numbers." in page
    assert "Earlier answers" in page


def test_an_answer_after_the_event_says_so(pledge: Pledge) -> None:
    past = InvitationFactory(
        pledge=pledge,
        received_on=timezone.localdate() - timedelta(days=9),
        held_on=timezone.localdate() - timedelta(days=1),
    )
    answered(AskLetterFactory(invitation=past), numbers(6, 3, 3))
    assert "After the event" in shown(past)


def test_the_record_takes_the_newest_count_of_each(pledge: Pledge, foreign: Pledge) -> None:
    letters = [AskLetterFactory(invitation=InvitationFactory(pledge=pledge)) for _ in range(3)]
    other = AskLetterFactory(invitation=InvitationFactory(pledge=foreign))
    for letter in (*letters[:2], other):
        answered(letter, numbers(5, 1, 4), now=NOW)
    answered(letters[0], numbers(5, 3, 2), now=NOW + timedelta(hours=1))
    answered(letters[0], note="No numbers", now=NOW + timedelta(hours=2))
    answered(letters[2], note="No numbers", now=NOW)
    found = line_ups_of([letter.invitation for letter in letters])
    women = {
        pk: line_up.tally(Measure.WOMEN, Part.WHOLE, Counted.COUNTED).count.yes
        for pk, line_up in found.items()
    }
    assert women == {letters[0].invitation.pk: 3, letters[1].invitation.pk: 1}


@pytest.mark.parametrize("rows", [1, 3])
def test_answers_cost_the_same_for_any_number(
    rows: int, pledge: Pledge, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    letters = [AskLetterFactory(invitation=InvitationFactory(pledge=pledge)) for _ in range(rows)]
    for letter in letters:
        for number in range(rows):
            answered(letter, numbers(5, number, 1), barriers={TRAVEL: IN_PLACE})
    with django_assert_num_queries(1):
        assert len(line_ups_of([letter.invitation for letter in letters])) == rows
    with django_assert_num_queries(4):
        answer_of(letters[0].invitation)


def test_the_answer_stands_on_the_page_of_the_entry(letter: AskLetter, as_alice: Client) -> None:
    answered(letter, note="There is still time.", now=NOW)
    page = as_alice.get(reverse("invitation_detail", args=[letter.invitation_id]))
    assert "There is still time." in page.content.decode()
