"""The path of a draft and of a new version: where one stands, and where it leads."""

import pytest

from commitments.drafting import STEPS, STEPS_OF_A_NEW_VERSION, Place


@pytest.mark.parametrize("is_new_version", [False, True])
def test_every_step_leads_to_the_next_and_back(is_new_version: bool) -> None:
    steps = STEPS_OF_A_NEW_VERSION if is_new_version else STEPS
    places = [Place(step, is_new_version) for step in steps]
    assert [place.following for place in places[:-1]] == list(steps[1:])
    assert [place.before for place in places] == ["", *steps[:-1]]
    assert [place.number for place in places] == list(range(1, len(steps) + 1))


@pytest.mark.parametrize("step", STEPS[:-1])
def test_from_the_answers_it_leads_back_to_them(step: str) -> None:
    place = Place(step, checking=True)
    assert (place.before, place.following) == ("check", "check")


def test_it_says_where_one_stands() -> None:
    assert Place("own").words == "Your pledge: step 3 of 7"
    assert Place("own", is_new_version=True).words == "New version: step 2 of 4"
