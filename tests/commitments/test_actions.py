"""Writes: what they write, what they refuse, and that they leave nothing behind when they fail."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from commitments import actions
from commitments.actions import check_in as check_in_actions
from commitments.actions import making, publishing, trusting
from commitments.enums import Cadence, Choice, Kept, PledgeState, PledgeVerb, StandardKind
from commitments.models import (
    CheckIn,
    CheckInLine,
    Invitation,
    Pledge,
    Promise,
    Signing,
    Standard,
    Wording,
)
from commitments.signing import Answer, Standing
from commitments.who import Shows, Who
from history.models import Entry
from organisations.models import Organisation, User
from tests.factories.commitments import InvitationFactory, PledgeFactory

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 5, 20)


def verbs() -> list[str]:
    return list(
        Entry.objects.exclude(verb=PledgeVerb.WORDING_LOADED)
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def everything() -> list[list[Any]]:
    models = [Pledge, Signing, Promise, Standard, Invitation, CheckIn, CheckInLine, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.fixture
def old(alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    """Published in January 2026."""
    made = datetime(2026, 1, 5, tzinfo=UTC)
    return PledgeFactory(leader=alice, organisation=harbour, signing=wording, created_at=made)


def start(
    by: User | None, wording: Wording, who: Who | None = None, key: UUID | None = None
) -> Pledge:
    who = who or Who("Alice Adeyemi", "Chief executive")
    return actions.start_pledge(who=who, wording=wording, by=by, now=NOW, key=key)


def test_a_draft_adopts_everything(alice: User, wording: Wording) -> None:
    pledge = start(alice, wording)
    assert pledge.state == PledgeState.DRAFT
    assert pledge.check_in_every == Cadence.MONTHLY
    promises = pledge.signings.get().promises.order_by("position")
    assert [promise.text for promise in promises] == [
        line.text for line in wording.promises.order_by("position")
    ]
    assert {promise.choice for promise in promises} == {Choice.ADOPTED}
    assert verbs() == [PledgeVerb.STARTED]


def test_the_second_click_finds_the_first_draft(alice: User, bea: User, wording: Wording) -> None:
    key = uuid4()
    assert start(alice, wording, key=key) == start(alice, wording, key=key)
    assert Pledge.objects.count() == 1
    with pytest.raises(PermissionDenied):
        start(bea, wording, key=key)
    with pytest.raises(PermissionDenied):
        start(None, wording, key=key)
    start(alice, wording)
    assert alice.pledges.count() == 2


def test_without_an_account_nobody_is_named(wording: Wording, harbour: Organisation) -> None:
    pledge = start(None, wording)
    assert (pledge.leader, pledge.is_worked_example) == (None, False)
    actions.change_who(pledge=pledge, who=Who("A", "B"), by=None, now=NOW)
    assert verbs() == []
    with pytest.raises(PermissionDenied):
        actions.change_who(pledge=pledge, who=Who("A", "B", harbour), by=None, now=NOW)


def test_a_draft_is_not_in_the_organisations_history(
    alice: User, harbour: Organisation, wording: Wording
) -> None:
    start(alice, wording, Who("Alice", "Chief", organisation=harbour))
    assert Entry.objects.get(verb=PledgeVerb.STARTED).organisation is None


def test_an_organisation_of_others_is_refused(
    alice: User, northside: Organisation, wording: Wording
) -> None:
    before = everything()
    with pytest.raises(PermissionDenied):
        start(alice, wording, Who("Alice", "Chief", organisation=northside))
    assert everything() == before


def test_publishing_signs_and_takes_an_address(draft: Pledge, alice: User) -> None:
    published = actions.publish_pledge(pledge=draft, by=alice, now=NOW)
    assert published.slug == "alice-adeyemi"
    assert published.published_at == NOW
    assert published.signings.get().signed_at == NOW
    assert verbs() == [PledgeVerb.PUBLISHED]
    assert Entry.objects.get(verb=PledgeVerb.PUBLISHED).organisation == draft.organisation


def test_publishing_twice_writes_once(draft: Pledge, alice: User) -> None:
    actions.publish_pledge(pledge=draft, by=alice, now=NOW)
    before = everything()
    actions.publish_pledge(pledge=draft, by=alice, now=timezone.now())
    assert everything() == before


def test_namesakes_get_addresses_of_their_own(draft: Pledge, alice: User, wording: Wording) -> None:
    PledgeFactory(slug="alice-adeyemi", signing=wording)
    PledgeFactory(slug="alice-adeyemi-2", signing=wording)
    assert actions.publish_pledge(pledge=draft, by=alice, now=NOW).slug == "alice-adeyemi-3"


def test_an_address_taken_meanwhile_is_left_to_whoever_took_it(
    draft: Pledge, alice: User, wording: Wording, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another transaction takes the address after this one has looked."""
    PledgeFactory(slug="alice-adeyemi", signing=wording)
    monkeypatch.setattr(publishing, "taken_addresses", lambda base: set())
    assert actions.publish_pledge(pledge=draft, by=alice, now=NOW).slug == "alice-adeyemi-2"


def test_a_pledge_of_nothing_is_not_published(alice: User, wording: Wording) -> None:
    keys = tuple(wording.promises.values_list("key", flat=True))
    empty = PledgeFactory(leader=alice, draft=True, signing=wording, signing__left_out=keys)
    with pytest.raises(ValidationError):
        actions.publish_pledge(pledge=empty, by=alice, now=NOW)
    empty.refresh_from_db()
    assert empty.state == PledgeState.DRAFT


def test_the_organisation_confirms(pledge: Pledge, bea: User) -> None:
    confirmed = actions.confirm_pledge(pledge=pledge, shown=pledge.who_as_shown, by=bea, now=NOW)
    assert (confirmed.confirmed_at, confirmed.confirmed_by) == (NOW, bea)
    actions.confirm_pledge(pledge=pledge, shown=pledge.who_as_shown, by=bea, now=timezone.now())
    assert verbs() == [PledgeVerb.CONFIRMED]


def test_nobody_confirms_their_own(pledge: Pledge, alice: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.confirm_pledge(pledge=pledge, shown=pledge.who_as_shown, by=alice, now=NOW)


def test_a_draft_is_not_confirmed(draft: Pledge, bea: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.confirm_pledge(pledge=draft, shown=draft.who_as_shown, by=bea, now=NOW)


def test_a_change_of_promises_replaces_them_all(draft: Pledge, alice: User) -> None:
    keys = list(draft.signings.get().wording.promises.values_list("key", flat=True))
    answers = [Answer(key, Choice.LEFT_OUT) for key in keys]
    actions.write_own(pledge=draft, own=["Mine."], statement="Why", by=alice, now=NOW)
    actions.choose_promises(pledge=draft, answers=answers, by=alice, now=NOW)
    signing = draft.signings.get()
    assert signing.statement == "Why"
    assert signing.promises.count() == 9
    assert signing.promises.get(position=9).text == "Mine."
    assert verbs() == [PledgeVerb.EDITED] * 2
    actions.write_own(pledge=draft, own=["Yours.", "Ours."], statement="", by=alice, now=NOW)
    own = signing.promises.filter(choice=Choice.OWN).order_by("position")
    assert list(own.values_list("position", "text")) == [(9, "Yours."), (10, "Ours.")]


def test_what_is_signed_is_not_edited(pledge: Pledge, alice: User) -> None:
    before = everything()
    with pytest.raises(actions.AlreadySignedError):
        actions.choose_cadence(pledge=pledge, cadence=Cadence.QUARTERLY, by=alice, now=NOW)
    assert everything() == before


def test_a_check_in_answers_every_kept_promise(old: Pledge, alice: User) -> None:
    check_in = look_back(old, alice, {1: (Kept.KEPT, "Asked twice")})
    assert check_in.period == date(2026, 4, 1)
    lines = check_in.lines.order_by("promise__position").values_list("kept", "remark__text")
    assert list(lines) == [(Kept.KEPT, "Asked twice"), *[(Kept.NOTHING, None)] * 7]
    assert Entry.objects.get(verb=PledgeVerb.CHECKED_IN).details == {"period": "April 2026"}


def look_back(
    pledge: Pledge,
    by: User,
    answers: dict[int, tuple[Kept, str]] | None = None,
    period: date = date(2026, 4, 1),
) -> CheckIn:
    return actions.record_check_in(
        pledge=pledge, period=period, answers=answers or {}, by=by, now=NOW
    )


def test_a_promise_left_out_is_not_asked_about(alice: User, wording: Wording) -> None:
    made = datetime(2026, 1, 5, tzinfo=UTC)
    pledge = PledgeFactory(
        leader=alice, signing=wording, signing__left_out=("balanced_panels",), created_at=made
    )
    assert look_back(pledge, alice).lines.count() == 7


def test_a_second_check_in_of_a_period_finds_the_first(old: Pledge, alice: User) -> None:
    first = look_back(old, alice, {1: (Kept.KEPT, "")})
    before = everything()
    assert look_back(old, alice, {1: (Kept.PARTLY, "")}) == first
    assert everything() == before


@pytest.mark.parametrize("period", [date(2026, 3, 1), date(2026, 5, 1), date(2026, 4, 2)])
def test_answers_about_another_period_are_refused(old: Pledge, alice: User, period: date) -> None:
    """Asked about March on the last evening of April, and sent in May."""
    before = everything()
    with pytest.raises(actions.NotDueError, match=r"check-in for April 2026 is open now"):
        look_back(old, alice, period=period)
    assert everything() == before


def test_a_closed_pledge_is_kept_no_more(old: Pledge, alice: User) -> None:
    InvitationFactory(pledge=old, received_on=TODAY)
    Pledge.objects.update(state=PledgeState.CLOSED, closed_at=NOW)
    before = everything()
    with pytest.raises(actions.NotDueError):
        look_back(old, alice)
    assert everything() == before


def test_a_young_pledge_has_no_check_in_yet(alice: User, wording: Wording) -> None:
    young = PledgeFactory(leader=alice, signing=wording, created_at=NOW)
    with pytest.raises(actions.NotDueError):
        look_back(young, alice)


Act = Callable[[Pledge, Pledge, User], object]
ACTIONS: dict[str, Act] = {
    "start_pledge": lambda draft, old, user: start(
        User.objects.create_user("new@example.org"), draft.signings.get().wording
    ),
    "change_who": lambda draft, old, user: actions.change_who(
        pledge=draft, who=Who("Someone", "Else"), by=user, now=NOW
    ),
    "choose_promises": lambda draft, old, user: actions.choose_promises(
        pledge=draft,
        answers=[
            Answer(key, Choice.ADOPTED)
            for key in draft.signings.get().wording.promises.values_list("key", flat=True)
        ],
        by=user,
        now=NOW,
    ),
    "write_own": lambda draft, old, user: actions.write_own(
        pledge=draft, own=["Mine."], statement="Why", by=user, now=NOW
    ),
    "choose_standards": lambda draft, old, user: actions.choose_standards(
        pledge=draft, standards=[Standing(StandardKind.ACEVO)], by=user, now=NOW
    ),
    "choose_what_shows": lambda draft, old, user: making.choose_what_shows(
        pledge=draft, shows=Shows(is_listed=False), by=user, now=NOW
    ),
    "choose_cadence": lambda draft, old, user: actions.choose_cadence(
        pledge=draft, cadence=Cadence.QUARTERLY, by=user, now=NOW
    ),
    "publish_pledge": lambda draft, old, user: actions.publish_pledge(
        pledge=draft, by=user, now=NOW
    ),
    "confirm_pledge": lambda draft, old, user: actions.confirm_pledge(
        pledge=old,
        shown=old.who_as_shown,
        by=User.objects.create_user("other@example.org"),
        now=NOW,
    ),
    "record_check_in": lambda draft, old, user: look_back(old, user),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_it_rolls_back_whole(
    name: str, draft: Pledge, old: Pledge, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was written before history refused is gone."""

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("history is away")

    monkeypatch.setattr(making, "record", refuse)
    monkeypatch.setattr(publishing, "record", refuse)
    monkeypatch.setattr(trusting, "record", refuse)
    monkeypatch.setattr(check_in_actions, "record", refuse)
    before = everything()
    with pytest.raises(RuntimeError, match="history is away"):
        ACTIONS[name](draft, old, alice)
    assert everything() == before
