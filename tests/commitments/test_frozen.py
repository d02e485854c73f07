"""Frozen as signed: Postgres refuses, whatever the product asks."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from commitments.actions import publish_pledge
from commitments.enums import Choice, Kept, PromiseGroup, StandardKind
from commitments.models import CheckInLine, Invitation, Pledge, Promise, Signing, Standard
from organisations.models import User
from tests.factories.commitments import CheckInFactory


def signed(pledge: Pledge) -> Signing:
    return pledge.signings.get()


def insert_promise(pledge: Pledge) -> None:
    Promise.objects.create(
        signing=signed(pledge),
        position=99,
        group=PromiseGroup.OWN,
        choice=Choice.OWN,
        text="Added afterwards",
    )


def add_standard(signing: Signing, *, position: int) -> Standard:
    return Standard.objects.create(
        signing=signing, position=position, kind=StandardKind.ACEVO, name="As signed"
    )


@pytest.fixture
def pledge(draft: Pledge, alice: User) -> Pledge:
    """Signed with a standard beside its promises."""
    add_standard(draft.signings.get(), position=1)
    return publish_pledge(pledge=draft, by=alice, now=timezone.now())


CHANGES: dict[str, Callable[[Pledge], object]] = {
    "reword the statement": lambda p: p.signings.update(statement="Other"),
    "unsign": lambda p: p.signings.update(signed_at=None),
    "sign again": lambda p: p.signings.update(signed_at=timezone.now()),
    "delete the signing": lambda p: p.signings.all()._raw_delete(p.signings.db),
    "reword a promise": lambda p: signed(p).promises.update(text="Other"),
    "leave a promise out": lambda p: signed(p).promises.update(choice=Choice.LEFT_OUT),
    "delete a promise": lambda p: signed(p).promises.filter(position=1).delete(),
    "add a promise": insert_promise,
    "change a standard": lambda p: signed(p).standards.update(name="Other"),
    "delete a standard": lambda p: signed(p).standards.filter(position=1).delete(),
    "add a standard": lambda p: add_standard(signed(p), position=99),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_signed_cannot_change(change: str, pledge: Pledge) -> None:
    def state() -> list[object]:
        models = (Signing, Promise, Standard)
        return [list(model.objects.order_by("pk").values()) for model in models]

    before = state()
    with pytest.raises(DatabaseError), transaction.atomic():
        CHANGES[change](pledge)
    assert state() == before


def test_a_draft_promise_cannot_be_moved_into_a_signed_text(
    pledge: Pledge, draft_of_bea: Pledge
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        signed(draft_of_bea).promises.filter(position=1).update(signing=signed(pledge), position=99)
    assert signed(pledge).promises.count() == 8


def test_a_draft_can_change(draft: Pledge) -> None:
    assert signed(draft).promises.filter(position=1).update(text="Other") == 1
    assert draft.signings.update(statement="Other") == 1


def test_what_was_said_in_a_check_in_cannot_change(pledge: Pledge) -> None:
    CheckInFactory(pledge=pledge)
    with pytest.raises(DatabaseError), transaction.atomic():
        CheckInLine.objects.update(kept=Kept.KEPT)
    with pytest.raises(DatabaseError), transaction.atomic():
        CheckInLine.objects.all()._raw_delete("default")


def test_a_change_without_asking_is_refused_by_the_table(invitation: Invitation) -> None:
    with pytest.raises(DatabaseError, match="invitation_changed_only_after_asking"):
        Invitation.objects.update(lineup_changed=True)


def test_only_a_draft_may_lack_its_leader(pledge: Pledge) -> None:
    with pytest.raises(DatabaseError, match="pledge_leader_unless_a_draft"):
        Pledge.objects.filter(pk=pledge.pk).update(leader=None)


def test_of_what_was_signed_the_words_may_be_blanked_and_nothing_else(pledge: Pledge) -> None:
    signing = pledge.signings.get()
    signing.promises.update(text="")
    pledge.signings.update(statement="")
    assert set(signing.promises.values_list("text", flat=True)) == {""}
    with pytest.raises(DatabaseError, match="a promise is frozen"):
        signing.promises.update(text="", choice="left_out")
