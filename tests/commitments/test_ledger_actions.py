"""Writing the ledger: what each action writes, what it refuses, and that it rolls back whole."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from commitments import ledger
from commitments.actions import asking, entries
from commitments.actions import ledger as actions
from commitments.actions.ledger import PledgeClosedError, add_invitation, take_step
from commitments.actions.revisions import MovedOnError
from commitments.enums import InvitationKind, InvitationState, PledgeState, PledgeVerb
from commitments.models import AskLetter, Invitation, Pledge, Step
from history.models import Entry
from organisations.models import Organisation, User
from outbox.models import Email
from tests.factories.assisting import AssistantFactory
from tests.factories.commitments import InvitationFactory
from tests.factories.panels import GatheringFactory
from tests.factories.replies import AskLetterFactory, ReflectionFactory

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 5, 20)
WEEK = timedelta(days=7)
RECEIVED, ASKED = InvitationState.RECEIVED, InvitationState.ASKED
ANSWERED, CHANGED = InvitationState.ANSWERED, InvitationState.CHANGED
ACCEPTED, TOOK_PART = InvitationState.ACCEPTED, InvitationState.TOOK_PART


@pytest.fixture
def assistant(pledge: Pledge) -> User:
    return AssistantFactory(pledge=pledge).user


@pytest.fixture
def seen(pledge: Pledge) -> Invitation:
    """Came on 1 May, will be held on 15 June."""
    return InvitationFactory(
        pledge=pledge, received_on=date(2026, 5, 1), held_on=date(2026, 6, 15), created_at=NOW
    )


def add(pledge: Pledge, by: User, now: datetime = NOW, **changes: Any) -> Invitation:
    fields = {
        "title": "Voices",
        "organiser": "",
        "held_on": None,
        "received_on": TODAY,
        "asked_on": None,
    }
    return add_invitation(pledge=pledge, **(fields | changes), by=by, now=now)


def take(invitation: Invitation, by: User | None, state: InvitationState, **more: Any) -> Step:
    return take_step(invitation=invitation, state=state, **({"on": TODAY} | more), by=by, now=NOW)


def path(invitation: Invitation) -> list[tuple[str, date, bool]]:
    rows = invitation.steps.order_by("pk")
    return [(step.state, step.on, step.confirmed_at is not None) for step in rows]


def summary(invitation: Invitation) -> tuple[str, date | None, bool]:
    invitation.refresh_from_db()
    return (invitation.state, invitation.asked_on, invitation.lineup_changed)


def verbs() -> list[str]:
    rows = Entry.objects.exclude(verb=PledgeVerb.WORDING_LOADED).order_by("pk")
    return list(rows.values_list("verb", flat=True))


def everything() -> list[list[Any]]:
    models = [Pledge, Invitation, Step, AskLetter, Email, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_adding_an_invitation(pledge: Pledge, alice: User) -> None:
    added = add(pledge, alice)
    assert (added.kind, added.written_by, added.confirmed_at) == ("invited", alice, NOW)
    assert path(added) == [(RECEIVED, TODAY, True)]
    assert summary(added) == (RECEIVED, None, False)
    asked = add(pledge, alice, title="Other", received_on=date(2026, 5, 1), asked_on=TODAY)
    assert path(asked) == [(RECEIVED, date(2026, 5, 1), True), (ASKED, TODAY, True)]
    assert summary(asked) == (ASKED, TODAY, False)
    assert verbs() == [PledgeVerb.INVITATION_ADDED] * 2
    assert Entry.objects.filter(organisation__isnull=False).count() == 0


def test_a_double_click_adds_one(pledge: Pledge, alice: User) -> None:
    first = add(pledge, alice)
    assert add(pledge, alice, now=NOW + timedelta(seconds=59)) == first
    assert add(pledge, alice, now=NOW + timedelta(seconds=61)) != first
    assert add(pledge, alice, title="Other") != first
    assert pledge.invitations.count() == 3


def test_what_an_assistant_adds_waits_for_the_leader(pledge: Pledge, assistant: User) -> None:
    added = add(pledge, assistant, asked_on=TODAY)
    assert (added.written_by, added.confirmed_at) == (assistant, None)
    assert path(added) == [(RECEIVED, TODAY, False), (ASKED, TODAY, False)]


def test_an_event_of_ones_own_organisation(
    pledge: Pledge, alice: User, assistant: User, harbour: Organisation, northside: Organisation
) -> None:
    ours, theirs = GatheringFactory(organisation=harbour), GatheringFactory(organisation=northside)
    assert add(pledge, alice, gathering=ours).gathering == ours
    before = everything()
    for by, gathering in ((alice, theirs), (assistant, ours)):
        with pytest.raises(PermissionDenied):
            add(pledge, by, gathering=gathering, title="Other")
    assert everything() == before


def test_a_step(seen: Invitation, alice: User) -> None:
    take(seen, alice, ASKED, on=date(2026, 5, 10))
    take(seen, alice, CHANGED)
    assert path(seen) == [
        (RECEIVED, date(2026, 5, 1), True),
        (ASKED, date(2026, 5, 10), True),
        (CHANGED, TODAY, True),
    ]
    assert summary(seen) == (CHANGED, date(2026, 5, 10), True)
    assert [entry.details for entry in Entry.objects.order_by("pk") if entry.details] == [
        {"invitation_state": "asked"},
        {"invitation_state": "changed"},
    ]


def test_a_step_is_taken_once(seen: Invitation, alice: User) -> None:
    first = take(seen, alice, ASKED)
    before = everything()
    assert take(seen, alice, ASKED, on=date(2026, 5, 3)) == first
    assert everything() == before


def test_people_put_forward_are_counted(seen: Invitation, alice: User) -> None:
    assert take(seen, alice, InvitationState.PUT_FORWARD, number=3).number == 3
    assert take(seen, alice, ACCEPTED, number=3).number is None


@pytest.mark.parametrize(
    ("state", "on", "field"),
    [
        (CHANGED, TODAY, "state"),
        (ACCEPTED, date(2026, 5, 21), "on"),
        (InvitationState.PUT_FORWARD, TODAY, "number"),
    ],
)
def test_a_step_that_cannot_be(
    state: InvitationState, on: date, field: str, seen: Invitation, alice: User
) -> None:
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        take(seen, alice, state, on=on)
    assert list(refusal.value.message_dict) == [field]
    assert everything() == before


def test_the_leader_confirms_by_saying_the_same(
    seen: Invitation, alice: User, assistant: User
) -> None:
    assert take(seen, assistant, ASKED).confirmed_at is None
    assert take(seen, assistant, ASKED).confirmed_at is None
    assert take(seen, alice, ASKED).confirmed_at == NOW


def test_whoever_answers_was_asked(seen: Invitation, alice: User) -> None:
    AskLetterFactory(invitation=seen, created_at=NOW - timedelta(days=3))
    take(seen, None, ANSWERED)
    assert path(seen)[1:] == [(ASKED, date(2026, 5, 17), True), (ANSWERED, TODAY, True)]
    assert seen.steps.get(state=ANSWERED).by is None
    assert summary(seen) == (ANSWERED, date(2026, 5, 17), False)


def test_what_was_noted_of_asking_stays_when_the_answer_comes(
    seen: Invitation, alice: User
) -> None:
    AskLetterFactory(invitation=seen, created_at=NOW - timedelta(days=3))
    take(seen, alice, ASKED, on=date(2026, 5, 18))
    take(seen, None, ANSWERED)
    assert path(seen)[1:] == [(ASKED, date(2026, 5, 18), True), (ANSWERED, TODAY, True)]


def test_taking_back_the_newest_step(seen: Invitation, alice: User) -> None:
    take(seen, alice, ASKED)
    take(seen, alice, CHANGED)

    def back(state: InvitationState) -> bool:
        return entries.take_back_step(invitation=seen, state=state, by=alice, now=NOW)

    assert not back(ASKED)
    assert back(CHANGED)
    assert not back(CHANGED)
    assert summary(seen) == (ASKED, TODAY, False)
    assert back(ASKED)
    assert not back(RECEIVED)
    assert path(seen) == [(RECEIVED, date(2026, 5, 1), True)]
    assert summary(seen) == (RECEIVED, None, False)
    assert verbs()[-2:] == [PledgeVerb.STEP_TAKEN_BACK] * 2


def test_an_assistant_undoes_nothing_that_the_leader_confirmed(
    seen: Invitation, alice: User, assistant: User
) -> None:
    take(seen, alice, ASKED)
    before = everything()
    with pytest.raises(PermissionDenied):
        entries.take_back_step(invitation=seen, state=ASKED, by=assistant, now=NOW)
    with pytest.raises(PermissionDenied):
        entries.remove_invitation(invitation=seen, by=assistant, now=NOW)
    assert everything() == before
    take(seen, assistant, ACCEPTED)
    assert entries.take_back_step(invitation=seen, state=ACCEPTED, by=assistant, now=NOW)


def change(invitation: Invitation, by: User, seen: int = 1, **details: Any) -> Invitation:
    return entries.change_invitation(
        invitation=invitation, details=details, seen=seen, by=by, now=NOW
    )


def test_changing_the_details(seen: Invitation, alice: User) -> None:
    changed = change(seen, alice, title="New", received_on=date(2026, 5, 2))
    assert (changed.title, changed.revision) == ("New", 2)
    assert path(seen) == [(RECEIVED, date(2026, 5, 2), True)]
    assert verbs() == [PledgeVerb.INVITATION_CHANGED]
    assert change(seen, alice, seen=2, title="New").revision == 3
    assert Invitation.objects.get().revision == 2


def test_the_second_of_two_is_told(seen: Invitation, alice: User) -> None:
    change(seen, alice, title="First")
    before = everything()
    with pytest.raises(MovedOnError) as moved_on:
        change(seen, alice, title="Second")
    assert (moved_on.value.current.title, moved_on.value.current.revision) == ("First", 2)  # type: ignore[attr-defined]
    assert everything() == before
    assert change(seen, alice, seen=2, title="Second").title == "Second"


def test_an_assistant_changes_what_is_not_confirmed(
    pledge: Pledge, alice: User, assistant: User
) -> None:
    added = add(pledge, assistant)
    changed = change(added, assistant, held_on=date(2026, 6, 16))
    assert (changed.written_by, changed.confirmed_at) == (assistant, None)
    assert path(added) == [(RECEIVED, TODAY, False)]
    assert change(added, alice, seen=2, held_on=date(2026, 6, 17)).confirmed_at == NOW
    before = everything()
    for details in ({"title": "Other"}, {"held_on": date(2026, 6, 18)}, {"note": "Mine"}):
        with pytest.raises(PermissionDenied):
            change(added, assistant, seen=3, **details)
    assert everything() == before


def test_nor_what_is_reflected_on_in_public(seen: Invitation, alice: User, assistant: User) -> None:
    Invitation.objects.update(confirmed_at=None)
    written = ReflectionFactory(invitation=seen, published_at=NOW)
    with pytest.raises(PermissionDenied):
        change(seen, assistant, title="Other")
    written.published_at = None
    written.save()
    assert change(seen, assistant, title="Other").title == "Other"


def test_the_day_of_a_linked_event_is_the_entrys(
    pledge: Pledge, seen: Invitation, alice: User, harbour: Organisation
) -> None:
    event = GatheringFactory(organisation=harbour, held_on=date(2026, 6, 30))
    linked = change(seen, alice, gathering=event, held_on=date(2026, 6, 1))
    assert linked.held_on == event.held_on
    assert change(seen, alice, seen=2, held_on=None).held_on == event.held_on
    event.held_on = date(2026, 7, 1)
    event.save(update_fields=["held_on"])
    assert Invitation.objects.get(pk=seen.pk).held_on == event.held_on
    other = GatheringFactory(organisation=harbour, held_on=date(2026, 6, 29))
    assert add(pledge, alice, gathering=other, held_on=TODAY).held_on == other.held_on


def test_one_entry_for_each_event(
    pledge: Pledge, seen: Invitation, alice: User, harbour: Organisation
) -> None:
    event = GatheringFactory(organisation=harbour)
    first = add(pledge, alice, gathering=event)
    assert add(pledge, alice, gathering=event) == first
    before = everything()
    for act in (
        lambda: add(pledge, alice, gathering=event, title="Again"),
        lambda: change(seen, alice, gathering=event),
    ):
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refusal.value.message_dict == {"gathering": [ledger.LINKED_ALREADY]}
    assert everything() == before
    assert change(first, alice, title="Still linked").gathering == event


def test_a_seat_that_is_asked_about_anew_leaves_its_event_where_it_is(
    pledge: Pledge, alice: User, harbour: Organisation
) -> None:
    event = GatheringFactory(organisation=harbour)
    seat = InvitationFactory(
        pledge=pledge, kind=InvitationKind.SEAT, received_on=date(2025, 3, 1), gathering=event
    )
    assert anew(seat, alice).gathering is None
    seat.refresh_from_db()
    assert seat.gathering == event


@pytest.mark.parametrize(("ago", "may"), [(WEEK, True), (WEEK + timedelta(seconds=1), False)])
def test_only_what_was_noted_lately_is_taken_back_or_removed(
    ago: timedelta, may: bool, pledge: Pledge, alice: User
) -> None:
    entry = add(pledge, alice, received_on=date(2026, 5, 1))
    take(entry, alice, ACCEPTED)
    Step.objects.update(at=NOW - ago)
    Invitation.objects.update(created_at=NOW - ago)

    def undo() -> None:
        assert entries.take_back_step(invitation=entry, state=ACCEPTED, by=alice, now=NOW)
        entries.remove_invitation(invitation=entry, by=alice, now=NOW)

    if may:
        undo()
        assert pledge.invitations.count() == 0
    else:
        before = everything()
        with pytest.raises(ValidationError, match="more than 7 days ago"):
            undo()
        assert everything() == before


def test_what_was_ever_noted_of_an_entry_keeps_it(pledge: Pledge, alice: User) -> None:
    """The step was noted lately, and the entry long ago."""
    entry = add(pledge, alice, received_on=date(2026, 5, 1), now=NOW - timedelta(days=8))
    take(entry, alice, ACCEPTED)
    assert entries.take_back_step(invitation=entry, state=ACCEPTED, by=alice, now=NOW)
    with pytest.raises(ValidationError) as refusal:
        entries.remove_invitation(invitation=entry, by=alice, now=NOW)
    assert refusal.value.messages == [ledger.ENTRY_STAYS]


def test_details_that_cannot_be(seen: Invitation, alice: User, northside: Organisation) -> None:
    take(seen, alice, ASKED)
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        change(seen, alice, received_on=date(2026, 5, 21))
    assert list(refusal.value.message_dict) == ["received_on"]
    with pytest.raises(PermissionDenied):
        change(seen, alice, gathering=GatheringFactory(organisation=northside))
    assert everything() == before


def test_removing_an_entry(pledge: Pledge, seen: Invitation, alice: User) -> None:
    AskLetterFactory(invitation=seen)
    entries.remove_invitation(invitation=seen, by=alice, now=NOW)
    assert pledge.invitations.count() == 0
    entry = Entry.objects.get(verb=PledgeVerb.INVITATION_REMOVED)
    assert (entry.subject_id, entry.details) == (pledge.pk, {})


@pytest.mark.parametrize("more", ["step", "letter", "reflection"])
def test_what_something_came_of_stays(more: str, seen: Invitation, alice: User) -> None:
    if more == "step":
        take(seen, alice, ACCEPTED)
    elif more == "letter":
        AskLetterFactory(invitation=seen, sent_at=NOW, sent_by=alice)
    else:
        ReflectionFactory(invitation=seen)
    before = everything()
    with pytest.raises(ValidationError):
        entries.remove_invitation(invitation=seen, by=alice, now=NOW)
    assert everything() == before


def anew(invitation: Invitation, by: User) -> Invitation:
    return entries.ask_anew(invitation=invitation, by=by, now=NOW)


def test_a_seat_is_asked_about_anew(pledge: Pledge, alice: User) -> None:
    seat = InvitationFactory(
        pledge=pledge, kind=InvitationKind.SEAT, title="A board", received_on=date(2025, 3, 1)
    )
    later = anew(seat, alice)
    assert (later.follows, later.title, later.kind) == (seat, "A board", "seat")
    assert path(later) == [(RECEIVED, TODAY, True)]
    assert anew(seat, alice) == later
    with pytest.raises(ValidationError):
        anew(later, alice)


Act = Callable[[Invitation, User], object]
ACTIONS: dict[str, Act] = {
    "add_invitation": lambda one, user: add(one.pledge, user),
    "take_step": lambda one, user: take(one, user, ACCEPTED),
    "take_back_step": lambda one, user: entries.take_back_step(
        invitation=one, state=ASKED, by=user, now=NOW
    ),
    "change_invitation": lambda one, user: change(one, user, title="New"),
    "remove_invitation": lambda one, user: entries.remove_invitation(
        invitation=InvitationFactory(pledge=one.pledge), by=user, now=NOW
    ),
    "ask_anew": lambda one, user: anew(
        InvitationFactory(
            pledge=one.pledge, kind=InvitationKind.SEAT, received_on=date(2025, 3, 1)
        ),
        user,
    ),
    "make_letter": lambda one, user: asking.make_letter(invitation=one, by=user, now=NOW),
    "send_letter": lambda one, user: asking.send_letter(
        letter=AskLetterFactory(invitation=one, created_at=NOW),
        to_address="organiser@example.org",
        seen=1,
        seen_entry=1,
        by=user,
        now=NOW,
    ),
    "revoke_letter": lambda one, user: asking.revoke_letter(
        letter=AskLetterFactory(invitation=one, created_at=NOW), by=user, now=NOW
    ),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_it_rolls_back_whole(
    name: str, seen: Invitation, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was written before history refused is gone."""
    take(seen, alice, ASKED)
    kept = {Invitation: 1, Step: 2, Email: 0, Entry: Entry.objects.count()}

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("history is away")

    for module in (actions, entries, asking):
        monkeypatch.setattr(module, "record", refuse)
    before = everything()
    with pytest.raises(RuntimeError, match="history is away"):
        ACTIONS[name](seen, alice)
    rows = {model: model.objects.count() for model in kept}
    made_by_test = name in {"remove_invitation", "ask_anew"}
    assert rows == kept | ({Invitation: 2, Step: 3} if made_by_test else {})
    if not made_by_test and "letter" not in name:
        assert everything() == before


@pytest.mark.parametrize("name", ACTIONS)
def test_a_closed_pledge_is_kept_no_more(name: str, seen: Invitation, alice: User) -> None:
    take(seen, alice, ASKED)
    Pledge.objects.update(state=PledgeState.CLOSED, closed_at=timezone.now())
    with pytest.raises(PledgeClosedError):
        ACTIONS[name](seen, alice)
    assert path(seen) == [(RECEIVED, date(2026, 5, 1), True), (ASKED, TODAY, True)]


def test_the_sum_is_what_the_steps_say(seen: Invitation, alice: User) -> None:
    """Whatever the order in which they were noted."""
    for state in (ACCEPTED, ASKED, CHANGED):
        take(seen, alice, state)
    facts = [ledger.Taken(InvitationState(s.state), s.on) for s in seen.steps.all()]
    found = ledger.sum_up(facts)
    assert summary(seen) == (found.state, found.asked_on, found.lineup_changed)
