"""The check-in: by the leader, drafted by an assistant, put right, and nobody else's business."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments import queries
from commitments.actions import check_in as actions
from commitments.actions import record_check_in
from commitments.enums import Cadence, InvitationKind, InvitationState, Kept, PledgeVerb
from commitments.forms.check_in import NOTHING_AT_ALL
from commitments.models import CheckIn, CheckInDraft, CheckInLine, CheckInRemark, Pledge, Wording
from commitments.prefill import OtherCounts
from commitments.queries.check_in_answers import check_in_page, other_counts
from commitments.rhythm import Period, open_period, period_holding
from commitments.views.check_in import CHANGED
from history.models import Entry
from organisations.models import Organisation, User
from panels.enums import Barrier, BarrierState
from tests.conftest import signed_in_as
from tests.factories.assisting import AssistantFactory, CheckInDraftFactory
from tests.factories.commitments import CheckInFactory, InvitationFactory, PledgeFactory
from tests.factories.organisations import UserFactory
from tests.factories.replies import AskLetterFactory, answered
from tests.factories.sharing import sign_again
from ui.forms import error_links

PAGE = 11
SEEN = "seen"


@pytest.fixture
def old(alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    """Published 100 days ago, so that a check-in is open."""
    made = timezone.now() - timedelta(days=100)
    return PledgeFactory(
        leader=alice, organisation=harbour, signing=wording, created_at=made,
        leader_name="Alice Adeyemi",
    )  # fmt: skip


@pytest.fixture
def adaeze(old: Pledge) -> User:
    """Alice's assistant."""
    user = UserFactory(email="adaeze@harbour.example", display_name="Adaeze Obi")
    AssistantFactory(pledge=old, user=user)
    return user


@pytest.fixture
def as_adaeze(adaeze: User) -> Client:
    return signed_in_as(adaeze)


@pytest.fixture
def as_another_assistant(foreign: Pledge) -> Client:
    """Who assists Chidi, and has no business with Alice."""
    return signed_in_as(AssistantFactory(pledge=foreign).user)


def due(pledge: Pledge) -> Period:
    return open_period(timezone.localdate(), Cadence(pledge.check_in_every))


def url(pledge: Pledge) -> str:
    return reverse("check_in", args=[pledge.pk])


def answers(pledge: Pledge, **changes: str) -> dict[str, str]:
    """As the page holds them now, with everything set to nothing to report."""
    page = check_in_page(pledge, today=timezone.localdate())
    mark = page.standing.mark if page else ""
    sent = {"period": due(pledge).first.isoformat(), SEEN: mark}
    for position in range(1, 9):
        sent[f"kept_{position}"] = "nothing"
        sent[f"reflection_{position}"] = ""
    return sent | changes


def said(pledge: Pledge) -> list[tuple[int, str, str]]:
    """Newest answers that report something."""
    lines = queries.check_ins.newest_lines(CheckInLine.objects.filter(check_in__pledge=pledge))
    return [
        (line.promise.position, line.kept, line.said)
        for line in lines.order_by("promise__position")
        if line.kept != Kept.NOTHING or line.said
    ]


def everything() -> list[list[Any]]:
    models = [CheckIn, CheckInLine, CheckInRemark, CheckInDraft, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]


# Who may


def test_it_is_the_leaders_and_the_assistants(
    old: Pledge,
    as_alice: Client,
    as_adaeze: Client,
    as_another_assistant: Client,
    as_bea: Client,
    as_chidi: Client,
    client: Client,
) -> None:
    address, before = url(old), everything()
    sent, draft = answers(old, kept_1="kept"), answers(old, kept_1="kept", draft="yes")
    assert as_alice.get(address).status_code == 200
    assert as_alice.delete(address).status_code == 405
    assert as_adaeze.get(address).status_code == 200
    assert as_adaeze.post(address, sent).status_code == 403
    for stranger in (as_another_assistant, as_bea, as_chidi):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, sent).status_code == 404
        assert stranger.post(address, draft).status_code == 404
    assert client.get(address)["Location"].startswith("/accounts/login/")
    assert as_alice.get(reverse("check_in", args=[uuid4()])).status_code == 404
    assert everything() == before


def test_whoever_no_longer_assists_finds_nothing(
    old: Pledge, as_adaeze: Client, adaeze: User
) -> None:
    adaeze.assistances.update(ended_at=timezone.now())
    assert as_adaeze.get(url(old)).status_code == 404
    assert as_adaeze.post(url(old), answers(old, draft="yes")).status_code == 404


# Checking in


def test_checking_in_once(old: Pledge, as_alice: Client) -> None:
    assert as_alice.get(url(old)).content.decode().count('value="nothing" ') == 8
    sent = answers(old, kept_2="partly", reflection_2="Half of it <b>")
    response = as_alice.post(url(old), sent)
    assert response["Location"] == reverse("my_pledge", args=[old.pk])
    after = everything()
    assert as_alice.post(url(old), sent)["Location"] == reverse("my_pledge", args=[old.pk])
    assert everything() == after
    assert said(old) == [(2, Kept.PARTLY, "Half of it <b>")]
    assert Entry.objects.filter(verb=PledgeVerb.CHECKED_IN).count() == 1


def test_the_page_says_which_period_it_asks_about(old: Pledge, as_alice: Client) -> None:
    page = as_alice.get(url(old)).content.decode()
    assert f'name="period" value="{answers(old)["period"]}"' in page


@pytest.mark.parametrize("asked_about", ["earlier", "", "9999-12-31", "soon"])
def test_a_check_in_that_comes_too_late_says_so(
    asked_about: str, old: Pledge, as_alice: Client
) -> None:
    earlier = open_period(due(old).first, Cadence.MONTHLY)
    period = earlier.first.isoformat() if asked_about == "earlier" else asked_about
    sent = answers(old, period=period, kept_1="kept", reflection_1="Kept words")
    page = as_alice.post(url(old), sent).content.decode()
    assert f"the check-in for {due(old).words} is open now. Nothing was saved." in page
    assert f"<h1>{(earlier if asked_about == 'earlier' else due(old)).words}</h1>" in page
    assert "Kept words" in page
    assert old.check_ins.count() == 0


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("reflection_1", "x" * 10_000),
        ("kept_2", "perfect"),
        ("kept_2", ""),
        ("kept_2", "\u202e"),
    ],
)
def test_a_wrong_check_in_is_refused_and_kept(
    field: str, typed: str, old: Pledge, as_alice: Client
) -> None:
    sent = answers(old, kept_1="kept", reflection_1="Mine") | {field: typed}
    response = as_alice.post(url(old), sent)
    assert list(response.context["form"].errors) == [field]
    if field == "reflection_1":
        assert typed in response.content.decode()
    assert old.check_ins.count() == 0


def test_each_mistake_is_told_by_its_promise(old: Pledge, as_alice: Client) -> None:
    response = as_alice.post(url(old), answers(old, kept_1="", kept_2=""))
    assert [link.text for link in error_links(response.context["form"])] == [
        "Sit in groups that work at including people: Choose one.",
        "Speak on balanced panels: Choose one.",
    ]


def test_nothing_at_all_is_said_and_not_slipped_past(old: Pledge, as_alice: Client) -> None:
    refused = as_alice.post(url(old), answers(old))
    assert refused.context["form"].errors == {"nothing_at_all": [NOTHING_AT_ALL]}
    assert old.check_ins.count() == 0
    as_alice.post(url(old), answers(old, nothing_at_all="on"))
    assert old.check_ins.get().lines.count() == 8
    assert said(old) == []


def test_a_young_pledge_says_when_its_check_in_opens(pledge: Pledge, as_alice: Client) -> None:
    response = as_alice.get(url(pledge), follow=True)
    assert "The next check-in opens on" in response.content.decode()


def test_a_closed_pledge_has_no_check_in(old: Pledge, as_alice: Client, as_adaeze: Client) -> None:
    Pledge.objects.filter(pk=old.pk).update(state="closed", closed_at=timezone.now())
    response = as_alice.get(url(old), follow=True)
    assert "This pledge is closed." in response.content.decode()
    assert as_adaeze.post(url(old), answers(old, draft="yes")).status_code == 302
    assert everything()[:4] == [[], [], [], []]


def test_a_closed_pledge_owes_none_from_the_day_it_ended(old: Pledge) -> None:
    today = timezone.localdate()
    ended = today - timedelta(days=45)
    Pledge.objects.filter(pk=old.pk).update(
        state="closed", closed_at=timezone.now(), ended_on=ended
    )
    found = queries.look_backs(Pledge.objects.get(pk=old.pk), today=today)
    assert [each.passed.missed for each in found] == [True] * len(found)
    assert all(each.passed.period.opens_on <= ended for each in found)


# From the record


def test_what_the_record_says_is_chosen_and_shown_as_such(old: Pledge, as_alice: Client) -> None:
    day = due(old).first
    InvitationFactory(pledge=old, received_on=day, asked_on=day, lineup_changed=True)
    InvitationFactory(pledge=old, received_on=day)
    InvitationFactory(pledge=old, received_on=day, asked_on=day, confirmed_at=None)
    response = as_alice.get(url(old))
    page = " ".join(response.content.decode().split())
    assert "Asked about 1 of 2 line-ups; 1 line-up changed." in page
    assert "Suggested: Partly." in page
    presets = {p.promise.wording_promise.key: p for p in response.context["page"].presets}
    assert {key: preset.kept for key, preset in presets.items()} == dict.fromkeys(
        presets, Kept.NOTHING
    ) | {"keep_asking": Kept.PARTLY, "talk_to_organisers": Kept.KEPT}


def test_where_the_record_cannot_say_the_leader_has_to(old: Pledge, as_alice: Client) -> None:
    """Something happened, so neither kept nor "nothing to report" is chosen for them."""
    InvitationFactory(pledge=old, received_on=due(old).first, kind=InvitationKind.SEAT)
    [preset] = [
        preset
        for preset in as_alice.get(url(old)).context["page"].presets
        if preset.promise.wording_promise.key == "inclusive_groups"
    ]
    assert (preset.kept, preset.evidence) == (None, "Asked about 0 of 1 seat.")


def test_other_counts_of_the_period(old: Pledge, foreign: Pledge, as_alice: Client) -> None:
    at = datetime.combine(due(old).first, datetime.min.time(), timezone.get_current_timezone())
    for owner in (old, foreign):
        letter = AskLetterFactory(invitation=InvitationFactory(pledge=owner), sent_at=at)
        answered(letter, barriers={Barrier.FEES: BarrierState.PLANNED})
        letter.replies.update(at=at)
        PledgeFactory(organisation=owner.organisation, created_at=at)
        PledgeFactory(organisation=owner.organisation, created_at=at - timedelta(seconds=1))
        owner.encouragements.create(
            address_digest=owner.pk.bytes * 2, token_sha256=owner.pk.bytes * 2, by=owner.leader,
            asked_at=at, expires_at=at,
        )  # fmt: skip
    found = other_counts(old, due(old).first, due(old).opens_on)
    assert found == OtherCounts(letters=1, barriers_answered=1, encouraged=1, colleagues=1)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_with_any_rows(
    rows: int,
    old: Pledge,
    adaeze: User,
    as_alice: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    day = due(old).first
    for _ in range(rows):
        InvitationFactory(pledge=old, received_on=day, state=InvitationState.TOOK_PART, held_on=day)
        InvitationFactory(pledge=old, written_by=adaeze, confirmed_at=None)
    with django_assert_num_queries(PAGE):
        as_alice.get(url(old))


# Drafts


def test_an_assistant_drafts_and_the_leader_checks_in(
    old: Pledge, adaeze: User, as_adaeze: Client, as_alice: Client
) -> None:
    sent = answers(old, draft="yes", kept_1="kept", reflection_1="From Adaeze", kept_3="")
    assert as_adaeze.post(url(old), sent)["Location"] == url(old)
    as_adaeze.post(url(old), sent)
    draft = old.check_in_drafts.get()
    assert (draft.by, draft.revision) == (adaeze, 1)
    assert old.check_ins.count() == 0
    response = as_alice.get(url(old))
    page = response.content.decode()
    assert "Adaeze Obi" in page
    assert "From Adaeze" in page
    assert response.context["page"].presets[0].kept == Kept.KEPT
    as_alice.post(url(old), answers(old, kept_1="kept", reflection_1="From Adaeze"))
    assert old.check_in_drafts.count() == 0
    assert said(old) == [(1, Kept.KEPT, "From Adaeze")]
    assert old.check_ins.get().by == old.leader
    verbs = list(Entry.objects.about(old).order_by("pk").values_list("verb", "actor", "details"))
    assert [verb for verb, _, _ in verbs] == [PledgeVerb.CHECK_IN_DRAFTED, PledgeVerb.CHECKED_IN]
    assert "From Adaeze" not in str(verbs)


def test_an_assistants_page_cannot_check_in(old: Pledge, as_adaeze: Client) -> None:
    page = as_adaeze.get(url(old)).content.decode()
    assert "Save as draft" in page
    assert "Save this check-in" not in page


def test_a_leader_may_save_a_draft_too(old: Pledge, as_alice: Client) -> None:
    as_alice.post(url(old), answers(old, draft="yes", reflection_4="Think about this"))
    assert old.check_in_drafts.get().by == old.leader
    assert "Think about this" in as_alice.get(url(old)).content.decode()


@pytest.mark.parametrize("draft", [{"draft": "yes"}, {}])
def test_two_people_at_once_lose_nothing(
    draft: dict[str, str], old: Pledge, as_adaeze: Client, as_alice: Client
) -> None:
    opened = answers(old)
    as_adaeze.post(url(old), opened | {"draft": "yes", "kept_1": "kept", "reflection_1": "Theirs"})
    mine = opened | draft | {"kept_1": "partly", "reflection_1": "Mine"}
    page = as_alice.post(url(old), mine).content.decode()
    assert "Kept: Theirs" in page
    assert "Mine" in page
    assert "Adaeze Obi" in page
    assert (old.check_ins.count(), old.check_in_drafts.get().revision) == (0, 1)
    as_alice.post(url(old), mine | {SEEN: answers(old)[SEEN]})
    if draft:
        assert old.check_in_drafts.get().revision == 2
    else:
        assert said(old) == [(1, Kept.PARTLY, "Mine")]


def test_a_draft_that_comes_after_the_check_in_is_kept_on_the_page(
    old: Pledge, as_adaeze: Client, as_alice: Client
) -> None:
    sent = answers(old, draft="yes", kept_1="kept", reflection_1="Too late")
    as_alice.post(url(old), answers(old, kept_2="kept"))
    response = as_adaeze.post(url(old), sent)
    assert response.status_code == 302
    assert old.check_in_drafts.count() == 0


def test_a_draft_follows_its_promises_into_a_newer_version(old: Pledge, as_alice: Client) -> None:
    """The first promise is left out now, so all others are asked about at the same place."""
    promises = list(queries.kept_promises_of(old))
    CheckInDraftFactory(pledge=old, answers={str(promises[3].pk): ["kept", "Words of the fourth"]})
    sign_again(old, left_out=("inclusive_groups",))
    presets = as_alice.get(url(old)).context["page"].presets
    assert [(p.promise.wording_promise.key, p.words) for p in presets if p.words] == [
        ("keep_asking", "Words of the fourth")
    ]


def test_a_newer_version_is_not_answered_unseen(old: Pledge, as_alice: Client) -> None:
    sent = answers(old, kept_1="kept", reflection_1="Of the older text")
    sign_again(old)
    page = as_alice.post(url(old), sent).content.decode()
    assert CHANGED in page
    assert "Of the older text" in page
    assert old.check_ins.count() == 0


# Put right


def test_what_was_said_is_put_right_and_stays_readable(old: Pledge, as_alice: Client) -> None:
    as_alice.post(url(old), answers(old, kept_1="kept", reflection_1="At first", kept_2="partly"))
    page = as_alice.get(url(old)).content.decode()
    assert "At first" in page
    assert "Put it right" in page
    sent = answers(old, kept_1="partly", reflection_1="In truth", kept_2="partly")
    as_alice.post(url(old), sent)
    after = everything()
    as_alice.post(url(old), sent)
    assert everything() == after
    assert said(old) == [(1, Kept.PARTLY, "In truth"), (2, Kept.PARTLY, "")]
    lines = CheckInLine.objects.filter(promise__position=1).order_by("version")
    assert [(line.version, line.kept, line.said) for line in lines] == [
        (1, Kept.KEPT, "At first"),
        (2, Kept.PARTLY, "In truth"),
    ]
    assert CheckInLine.objects.count() == 9
    assert old.check_ins.count() == 1
    record = " ".join(as_alice.get(reverse("my_pledge", args=[old.pk])).content.decode().split())
    assert "In truth" in record
    assert "Before: Kept. <bdi>At first</bdi>" in record
    assert Entry.objects.latest("pk").details == {"period": due(old).words}


def test_two_tabs_show_both_versions(old: Pledge, as_alice: Client) -> None:
    opened = answers(old)
    as_alice.post(url(old), opened | {"kept_1": "kept", "reflection_1": "First tab"})
    page = as_alice.post(url(old), opened | {"kept_1": "partly", "reflection_1": "Second tab"})
    assert "Kept: First tab" in page.content.decode()
    assert "Second tab" in page.content.decode()
    assert said(old) == [(1, Kept.KEPT, "First tab")]


def test_it_cannot_be_put_right_once_the_next_is_open(old: Pledge, alice: User) -> None:
    record_check_in(pledge=old, period=due(old).first, answers={}, by=alice, now=timezone.now())
    later = datetime.combine(
        period_holding(timezone.localdate(), Cadence.MONTHLY).opens_on,
        datetime.min.time(),
        timezone.get_current_timezone(),
    )
    before = everything()
    with pytest.raises(actions.NotDueError):
        record_check_in(
            pledge=old, period=due(old).first, answers={1: (Kept.KEPT, "")}, by=alice, now=later,
            seen="saved-8",
        )  # fmt: skip
    assert everything() == before


def test_an_assistant_cannot_put_it_right(old: Pledge, as_alice: Client, as_adaeze: Client) -> None:
    as_alice.post(url(old), answers(old, kept_1="kept"))
    assert as_adaeze.get(url(old)).status_code == 302
    assert as_adaeze.post(url(old), answers(old, kept_1="partly")).status_code == 403
    assert said(old) == [(1, Kept.KEPT, "")]


def test_a_change_of_rhythm_hides_no_look_back(old: Pledge) -> None:
    first = due(old).first
    CheckInFactory(pledge=old, period=first, lines={1: (Kept.KEPT, "Said monthly")})
    old.check_in_every = Cadence.QUARTERLY
    old.save()
    old.cadence_changes.create(changed_on=timezone.localdate(), cadence_before=Cadence.MONTHLY)
    found = queries.look_backs(old, today=period_holding(first, Cadence.QUARTERLY).opens_on)
    assert [each.said[0].line.said for each in found if each.said] == ["Said monthly"]


# Rolling back


@pytest.mark.parametrize("name", ["check in", "put right", "draft"])
def test_it_rolls_back_whole(
    name: str, old: Pledge, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = answers(old)[SEEN]
    if name == "put right":
        CheckInFactory(pledge=old)
        mark = answers(old)[SEEN]

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("history is away")

    monkeypatch.setattr(actions, "record", refuse)
    said_now = dict.fromkeys(range(1, 9), (Kept.KEPT, "Words"))
    write = actions.save_draft if name == "draft" else actions.record_check_in
    before = everything()
    with pytest.raises(RuntimeError, match="history is away"):
        write(
            pledge=old, period=due(old).first, answers=said_now, by=alice, now=timezone.now(),
            seen=mark,
        )  # fmt: skip
    assert everything() == before


def test_no_check_in_overlaps_backwards(old: Pledge) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.create(
            pledge=old, period=date(2026, 5, 1), opened_on=date(2026, 5, 1),
            checked_in_at=timezone.now(), by=old.leader,
        )  # fmt: skip
