"""What is written to a shelf: whole or not at all, and by members alone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from commitments.actions import learning as actions
from commitments.actions.revisions import MovedOnError
from commitments.enums import LearningKind
from commitments.learning_rows import Suggestion
from commitments.models import LearningItem, LearningNote, WorkshopDate
from history.models import Entry
from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from tests.factories.learning import WorkshopDateFactory
from tests.factories.organisations import MembershipFactory

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 5, 20)


def everything() -> list[list[Any]]:
    models = [LearningItem, LearningNote, WorkshopDate, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]


def member(user: User) -> Membership:
    return user.memberships.get()


def add_dates(workshop: LearningItem, by: User, **given: Any) -> int:
    typed = {"starts_at": None, "place": "", "every_weeks": None, "times": None} | given
    return actions.add_dates(item=workshop, **typed, by=member(by), now=NOW)


def test_who_left_may_not(workshop: LearningItem, bea: User) -> None:
    """Having suggested it is not enough: the action asks for a membership of this organisation."""
    assert workshop.may_be_changed_by(member(bea))
    elsewhere = MembershipFactory(user=bea, roles=list(Role))
    assert not workshop.may_be_changed_by(elsewhere)
    with pytest.raises(PermissionDenied):
        actions.remove_item(item=workshop, by=elsewhere, now=NOW)


def test_actions_roll_back_whole(
    item: LearningItem,
    workshop: LearningItem,
    harbour: Organisation,
    bea: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    day = WorkshopDateFactory(item=workshop)
    new = Suggestion(LearningKind.FILM, "New")

    def breaks(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "record", breaks)
    before = everything()
    by, now = member(bea), NOW
    for work in (
        lambda: actions.add_item(organisation=harbour, suggestion=new, by=bea, now=now),
        lambda: actions.add_items(organisation=harbour, suggestions=[new], by=bea, now=now),
        lambda: actions.change_item(item=item, suggestion=new, seen=1, by=by, now=now),
        lambda: actions.remove_item(item=item, by=by, now=now),
        lambda: actions.remove_date(day=day, by=by, now=now),
        lambda: add_dates(workshop, bea, held_on=TODAY),
    ):
        with pytest.raises(RuntimeError):
            work()
        assert everything() == before


def test_actions_refuse_what_the_form_refuses(
    item: LearningItem, workshop: LearningItem, bea: User
) -> None:
    before = everything()
    with pytest.raises(ValidationError):
        add_dates(workshop, bea, held_on=TODAY, every_weeks=1, times=53)
    with pytest.raises(actions.ShelfRefused):
        add_dates(item, bea, held_on=TODAY)
    with pytest.raises(MovedOnError):
        actions.change_item(
            item=item,
            suggestion=Suggestion(LearningKind.FILM, "New"),
            seen=2,
            by=member(bea),
            now=NOW,
        )
    assert everything() == before


def test_a_workshop_has_200_dates_at_most(workshop: LearningItem, bea: User) -> None:
    for number in range(4):
        first = TODAY + timedelta(days=number)
        add_dates(workshop, bea, held_on=first, every_weeks=1, times=50)
    assert workshop.dates.count() == 200
    with pytest.raises(actions.ShelfRefused):
        add_dates(workshop, bea, held_on=TODAY + timedelta(days=4))
    assert workshop.dates.count() == 200
