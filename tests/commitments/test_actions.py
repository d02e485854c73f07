"""Writes: what they write, what they refuse, and that they leave nothing behind when they fail."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from commitments import actions
from commitments.actions import keeping, making
from commitments.enums import Cadence, Choice, InvitationState, Kept, PledgeState, PledgeVerb
from commitments.models import CheckIn, CheckInLine, Invitation, Pledge, Promise, Signing, Wording
from commitments.signing import Answer
from commitments.who import Who
from history.models import Entry
from organisations.models import Organisation, User
from tests.factories.commitments import InvitationFactory, PledgeFactory
from ui.dates import TOO_FAR

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 5, 20)


def verbs() -> list[str]:
    return list(
        Entry.objects.exclude(verb=PledgeVerb.WORDING_LOADED)
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def everything() -> list[list[Any]]:
    models = [Pledge, Signing, Promise, Invitation, CheckIn, CheckInLine, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.fixture
def old(alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    """Published in January 2026."""
    made = datetime(2026, 1, 5, tzinfo=UTC)
    return PledgeFactory(leader=alice, organisation=harbour, signing=wording, created_at=made)


def start(by: User, wording: Wording, who: Who | None = None) -> Pledge:
    who = who or Who("Alice Adeyemi", "Chief executive")
    return actions.start_pledge(who=who, wording=wording, by=by, now=NOW)


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


def test_the_second_click_finds_the_first_draft(alice: User, wording: Wording) -> None:
    assert start(alice, wording) == start(alice, wording)
    assert Pledge.objects.count() == 1


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
    monkeypatch.setattr(making, "taken_addresses", lambda base: set())
    assert actions.publish_pledge(pledge=draft, by=alice, now=NOW).slug == "alice-adeyemi-2"


def test_a_pledge_of_nothing_is_not_published(alice: User, wording: Wording) -> None:
    keys = tuple(wording.promises.values_list("key", flat=True))
    empty = PledgeFactory(leader=alice, draft=True, signing=wording, signing__left_out=keys)
    with pytest.raises(ValidationError):
        actions.publish_pledge(pledge=empty, by=alice, now=NOW)
    empty.refresh_from_db()
    assert empty.state == PledgeState.DRAFT


def test_the_organisation_confirms(pledge: Pledge, bea: User) -> None:
    confirmed = actions.confirm_pledge(pledge=pledge, by=bea, now=NOW)
    assert (confirmed.confirmed_at, confirmed.confirmed_by) == (NOW, bea)
    actions.confirm_pledge(pledge=pledge, by=bea, now=timezone.now())
    assert verbs() == [PledgeVerb.CONFIRMED]


def test_nobody_confirms_their_own(pledge: Pledge, alice: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.confirm_pledge(pledge=pledge, by=alice, now=NOW)


def test_a_draft_is_not_confirmed(draft: Pledge, bea: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.confirm_pledge(pledge=draft, by=bea, now=NOW)


def test_a_change_of_promises_replaces_them_all(draft: Pledge, alice: User) -> None:
    keys = list(draft.signings.get().wording.promises.values_list("key", flat=True))
    answers = [Answer(key, Choice.LEFT_OUT) for key in keys]
    actions.choose_promises(
        pledge=draft, answers=answers, own=["Mine."], statement="Why", by=alice, now=NOW
    )
    signing = draft.signings.get()
    assert signing.statement == "Why"
    assert signing.promises.count() == 9
    assert signing.promises.get(position=9).text == "Mine."
    assert verbs() == [PledgeVerb.EDITED]


def test_what_is_signed_is_not_edited(pledge: Pledge, alice: User) -> None:
    before = everything()
    with pytest.raises(actions.AlreadySignedError):
        actions.choose_cadence(pledge=pledge, cadence=Cadence.QUARTERLY, by=alice, now=NOW)
    assert everything() == before


def test_an_invitation_that_was_asked_about_starts_as_asked(pledge: Pledge, alice: User) -> None:
    added = add(pledge, alice, asked_on=TODAY)
    assert added.state == InvitationState.ASKED
    assert add(pledge, alice).state == InvitationState.RECEIVED
    assert verbs() == [PledgeVerb.INVITATION_ADDED] * 2


def add(pledge: Pledge, by: User, **changes: Any) -> Invitation:
    fields = {
        "title": "Voices",
        "organiser": "",
        "held_on": None,
        "received_on": TODAY,
        "asked_on": None,
    }
    return actions.add_invitation(pledge=pledge, **(fields | changes), by=by, now=NOW)


def move(invitation: Invitation, by: User, **changes: Any) -> Invitation:
    fields = {"state": InvitationState.ACCEPTED, "asked_on": None, "lineup_changed": False}
    return actions.move_invitation(invitation=invitation, **(fields | changes), by=by, now=NOW)


def test_a_line_up_that_changed_stays_changed(pledge: Pledge, alice: User) -> None:
    invitation = InvitationFactory(pledge=pledge, received_on=TODAY)
    moved = move(invitation, alice, state=InvitationState.CHANGED, asked_on=TODAY)
    assert moved.lineup_changed
    entry = Entry.objects.get(verb=PledgeVerb.INVITATION_MOVED)
    assert entry.details == {"invitation_state": "changed"}


def test_a_change_without_asking_is_refused(pledge: Pledge, alice: User) -> None:
    invitation = InvitationFactory(pledge=pledge, received_on=TODAY)
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        move(invitation, alice, state=InvitationState.CHANGED)
    assert list(refusal.value.message_dict) == ["asked_on"]
    assert everything() == before


def test_a_check_in_answers_every_kept_promise(old: Pledge, alice: User) -> None:
    check_in = look_back(old, alice, {1: (Kept.KEPT, "Asked twice")})
    assert check_in.period == date(2026, 4, 1)
    lines = check_in.lines.order_by("promise__position").values_list("kept", "reflection")
    assert list(lines) == [(Kept.KEPT, "Asked twice"), *[(Kept.NOTHING, "")] * 7]
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
    invitation = InvitationFactory(pledge=old, received_on=TODAY)
    Pledge.objects.update(state=PledgeState.CLOSED, closed_at=NOW)
    before = everything()
    with pytest.raises(actions.PledgeClosedError):
        add(old, alice)
    with pytest.raises(actions.PledgeClosedError):
        move(invitation, alice)
    with pytest.raises(actions.NotDueError):
        look_back(old, alice)
    assert everything() == before


def test_the_tick_stays_until_somebody_takes_it_out(pledge: Pledge, alice: User) -> None:
    invitation = InvitationFactory(pledge=pledge, received_on=TODAY)
    move(invitation, alice, state=InvitationState.CHANGED, asked_on=TODAY)
    later = {"state": InvitationState.TOOK_PART, "asked_on": TODAY}
    assert move(invitation, alice, lineup_changed=True, **later).lineup_changed
    assert not move(invitation, alice, lineup_changed=False, **later).lineup_changed


def test_days_of_a_new_invitation_are_within_ten_years(pledge: Pledge, alice: User) -> None:
    for changes in ({"held_on": date.max}, {"received_on": date(2016, 5, 19)}):
        with pytest.raises(ValidationError) as refusal:
            add(pledge, alice, **changes)
        assert refusal.value.message_dict == {next(iter(changes)): [TOO_FAR]}
    assert pledge.invitations.count() == 0


def test_an_old_invitation_can_still_be_moved(pledge: Pledge, alice: User) -> None:
    invitation = InvitationFactory(pledge=pledge, received_on=date(2010, 1, 1))
    assert move(invitation, alice).state == InvitationState.ACCEPTED


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
        own=["Mine."],
        statement="Why",
        by=user,
        now=NOW,
    ),
    "choose_cadence": lambda draft, old, user: actions.choose_cadence(
        pledge=draft, cadence=Cadence.QUARTERLY, by=user, now=NOW
    ),
    "publish_pledge": lambda draft, old, user: actions.publish_pledge(
        pledge=draft, by=user, now=NOW
    ),
    "confirm_pledge": lambda draft, old, user: actions.confirm_pledge(
        pledge=old, by=User.objects.create_user("other@example.org"), now=NOW
    ),
    "add_invitation": lambda draft, old, user: add(old, user),
    "move_invitation": lambda draft, old, user: move(old.invitations.get(), user),
    "record_check_in": lambda draft, old, user: look_back(old, user),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_it_rolls_back_whole(
    name: str, draft: Pledge, old: Pledge, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was written before history refused is gone."""
    InvitationFactory(pledge=old, received_on=TODAY)

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("history is away")

    monkeypatch.setattr(making, "record", refuse)
    monkeypatch.setattr(keeping, "record", refuse)
    before = everything()
    with pytest.raises(RuntimeError, match="history is away"):
        ACTIONS[name](draft, old, alice)
    assert everything() == before
