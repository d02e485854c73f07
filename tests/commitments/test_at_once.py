"""Two people, two clicks or two answers in the same moment: one row waits for the other."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from commitments.actions.check_in import SavedMeanwhileError, record_check_in
from commitments.actions.entries import change_invitation
from commitments.actions.ledger import take_step
from commitments.actions.publishing import publish_pledge
from commitments.actions.reflecting import write_reflection
from commitments.actions.replying import give_answer
from commitments.actions.revisions import MovedOnError
from commitments.enums import InvitationState, Kept, PledgeState, PledgeVerb
from commitments.models import CheckIn, Invitation, Pledge, Reflection, Reply, Step
from commitments.queries.check_ins import period_open_for
from history.models import Entry
from organisations.models import User
from outbox.models import Email
from tests.factories.assisting import AssistantFactory
from tests.factories.commitments import InvitationFactory, PledgeFactory
from tests.factories.replies import AskLetterFactory, given

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = (MovedOnError, SavedMeanwhileError)


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each gives, or the kind of refusal it meets, when all of them start together."""
    start = threading.Barrier(len(works))
    given: list[object] = []

    def run(work: Callable[[], object]) -> None:
        try:
            start.wait()
            given.append(work())
        except REFUSED as refusal:
            given.append(type(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def with_assistant() -> tuple[Pledge, User, User]:
    pledge = PledgeFactory(created_at=timezone.localtime() - timedelta(days=200))
    return pledge, pledge.leader, AssistantFactory(pledge=pledge).user


def noted(verb: PledgeVerb) -> int:
    return Entry.objects.filter(verb=verb).count()


def test_of_two_who_edit_one_entry_the_second_is_told() -> None:
    pledge, leader, helper = with_assistant()
    entry = InvitationFactory(pledge=pledge, written_by=helper, confirmed_at=None)
    now = timezone.now()

    def edit(by: User, note: str) -> Callable[[], object]:
        return lambda: change_invitation(
            invitation=entry, details={"note": note}, seen=1, by=by, now=now
        )

    outcome = at_once(edit(leader, "From the leader"), edit(helper, "From the assistant"))
    assert outcome.count(MovedOnError) == 1
    saved = Invitation.objects.get()
    assert (saved.revision, noted(PledgeVerb.INVITATION_CHANGED)) == (2, 1)
    assert saved.note in {"From the leader", "From the assistant"}


def test_two_first_reflections_become_one_and_a_refusal() -> None:
    pledge, leader, helper = with_assistant()
    entry, now = InvitationFactory(pledge=pledge), timezone.now()

    def write(by: User, words: str) -> Callable[[], object]:
        parts = dict.fromkeys(("what_we_asked", "why", "will_try"), "")
        return lambda: write_reflection(
            invitation=entry, words=parts | {"what_happened": words}, seen=0, by=by, now=now
        )

    outcome = at_once(write(leader, "As I saw it"), write(helper, "As we saw it"))
    assert outcome.count(MovedOnError) == 1
    assert (Reflection.objects.get().revision, noted(PledgeVerb.REFLECTED)) == (1, 1)


def test_two_clicks_publish_once() -> None:
    draft, now = PledgeFactory(draft=True, leader_name="Ada Obi"), timezone.now()
    PledgeFactory(slug="ada-obi")
    click = lambda: publish_pledge(pledge=draft, by=draft.leader, now=now, seen=1).slug  # noqa: E731
    assert at_once(click, click) == ["ada-obi-2", "ada-obi-2"]
    draft.refresh_from_db()
    assert (draft.state, noted(PledgeVerb.PUBLISHED)) == (PledgeState.PUBLISHED, 1)
    assert draft.signings.get().signed_at == draft.published_at == now


def test_two_namesakes_publish_at_two_addresses() -> None:
    drafts, now = (
        [PledgeFactory(draft=True, leader_name="Ada Obi") for _ in range(2)],
        timezone.now(),
    )
    made = at_once(
        *[lambda d=draft: publish_pledge(pledge=d, by=d.leader, now=now).slug for draft in drafts]
    )
    assert sorted(made) == ["ada-obi", "ada-obi-2"]


def test_the_same_answer_twice_is_one() -> None:
    letter, now = AskLetterFactory(), timezone.now()
    answer = given(letter, note="There is time")
    reply = lambda: give_answer(letter=letter, given=answer, now=now).pk  # noqa: E731
    one, two = at_once(reply, reply)
    assert one == two == Reply.objects.get().pk
    answered = Step.objects.filter(state=InvitationState.ANSWERED)
    assert (answered.count(), noted(PledgeVerb.REPLY_GIVEN), Email.objects.count()) == (1, 1, 1)


def test_two_answers_are_both_kept() -> None:
    letter, now = AskLetterFactory(), timezone.now()
    notes = ("There is time", "It is printed")
    at_once(
        *[
            lambda note=note: give_answer(letter=letter, given=given(letter, note=note), now=now)
            for note in notes
        ]
    )
    kept = Reply.objects.order_by("version")
    assert [reply.version for reply in kept] == [1, 2]
    assert {reply.note for reply in kept} == set(notes)
    assert (Step.objects.filter(state=InvitationState.ANSWERED).count(), Email.objects.count()) == (
        1, 1,
    )  # fmt: skip


def test_one_step_noted_by_two_is_one() -> None:
    pledge, leader, helper = with_assistant()
    entry, now = InvitationFactory(pledge=pledge), timezone.now()
    today = timezone.localdate(now)
    steps = at_once(
        *[
            lambda by=by: (
                take_step(
                    invitation=entry, state=InvitationState.ASKED, on=today, by=by, now=now
                ).pk
            )
            for by in (leader, helper)
        ]
    )
    asked = Step.objects.get(state=InvitationState.ASKED)
    assert steps == [asked.pk, asked.pk]
    assert (asked.confirmed_at, noted(PledgeVerb.INVITATION_MOVED)) == (now, 1)


def test_two_tabs_check_in_once() -> None:
    pledge, leader, _ = with_assistant()
    now = timezone.now()
    period = period_open_for(pledge, today=timezone.localdate(now))
    assert period is not None
    mark = f"new-{pledge.signings.get().pk.hex}"

    def look_back(kept: Kept) -> Callable[[], object]:
        return lambda: record_check_in(
            pledge=pledge, period=period.first, answers={1: (kept, "")}, by=leader, now=now,
            seen=mark,
        )  # fmt: skip

    outcome = at_once(look_back(Kept.KEPT), look_back(Kept.PARTLY))
    assert outcome.count(SavedMeanwhileError) == 1
    check_in = CheckIn.objects.get()
    assert (check_in.lines.filter(version=2).count(), noted(PledgeVerb.CHECKED_IN)) == (0, 1)
