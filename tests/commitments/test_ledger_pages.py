"""The pages of the ledger: the leader's and their assistants', and nobody else's."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments import ledger
from commitments.actions.ledger import add_invitation, take_step
from commitments.enums import InvitationKind, InvitationState
from commitments.models import Invitation, Pledge, Step
from commitments.queries.tending import to_confirm
from organisations.models import Organisation, User
from tests.conftest import signed_in_as
from tests.factories.assisting import AssistantFactory
from tests.factories.commitments import InvitationFactory
from tests.factories.panels import GatheringFactory, enter_count, numbers
from tests.factories.replies import AskLetterFactory, ReflectionFactory, answered

ASKED, TOOK_PART = InvitationState.ASKED, InvitationState.TOOK_PART
DETAIL = 14
PAGES = ["invitation_detail", "invitation_edit"]
POSTED = ["step_take_back", "invitation_remove", "invitation_anew", "letter_make"]
HOSTILE = ["<script>alert(1)</script>", "عنوان طويل", "x" * 10_000]


@pytest.fixture
def as_assistant(pledge: Pledge, db: None) -> Client:
    """Helps Alice, and is no member of her organisation."""
    return signed_in_as(AssistantFactory(pledge=pledge, user__display_name="Dana Diaz").user)


def today(days: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def at(name: str, row: Any) -> str:
    return reverse(name, args=[row.pk])


def step(invitation: Invitation, by: User | None, state: InvitationState) -> None:
    take_step(
        invitation=invitation, state=state, on=timezone.localdate(), by=by, now=timezone.now()
    )


def page_of(client: Client, invitation: Invitation) -> str:
    return client.get(at("invitation_detail", invitation)).content.decode()


def states(invitation: Invitation) -> list[str]:
    return list(invitation.steps.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize("name", PAGES)
def test_an_entry_is_the_leaders_and_their_assistants(
    name: str,
    invitation: Invitation,
    as_alice: Client,
    as_assistant: Client,
    as_bea: Client,
    as_chidi: Client,
    client: Client,
) -> None:
    address = at(name, invitation)
    assert as_alice.get(address).status_code == 200
    assert as_alice.head(address).status_code == 200
    assert as_assistant.get(address).status_code == (403 if name == "invitation_edit" else 200)
    assert as_alice.delete(address).status_code == 405
    assert as_bea.post(address, {"state": "declined"}).status_code == 404
    assert as_chidi.get(address).status_code == 404
    assert client.get(address)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", POSTED)
def test_what_is_only_posted(
    name: str, invitation: Invitation, as_alice: Client, as_bea: Client, client: Client
) -> None:
    address = at(name, invitation)
    assert as_alice.get(address).status_code == 405
    assert as_bea.post(address).status_code == 404
    assert client.post(address)["Location"].startswith("/accounts/login/")


def test_an_assistant_whose_help_has_ended_sees_nothing(
    pledge: Pledge, invitation: Invitation, as_assistant: Client
) -> None:
    pledge.assistants.update(ended_at=timezone.now())
    assert as_assistant.get(at("invitation_detail", invitation)).status_code == 404


# Adding


def test_a_quick_add_needs_a_name_alone(pledge: Pledge, as_alice: Client) -> None:
    address = at("invitation_add", pledge)
    assert 'name="received_on" value="' + today() in as_alice.get(address).content.decode()
    response = as_alice.post(
        address, {"kind": "invited", "title": "صوت 🌻", "received_on": today()}, follow=True
    )
    added = pledge.invitations.get()
    assert response.redirect_chain[-1][0] == at("invitation_detail", added)
    assert (added.title, added.state, added.kind) == ("صوت 🌻", "received", "invited")
    page = response.content.decode()
    assert "Ask back now" in page
    assert page.count('class="button button-primary"') == 2


@pytest.mark.parametrize("kind", InvitationKind)
def test_the_words_fit_the_kind(kind: InvitationKind, pledge: Pledge, as_alice: Client) -> None:
    address = f"{at('invitation_add', pledge)}?kind={kind}"
    page = as_alice.get(address).content.decode()
    assert f'name="kind" value="{kind}"' in page
    assert page.count('aria-current="page"') == 1
    as_alice.post(address, {"kind": kind, "title": "One", "received_on": today()})
    assert pledge.invitations.get().kind == kind


@pytest.mark.parametrize("kind", ["nonsense", "", "x" * 5_000])
def test_an_unknown_kind_is_an_invitation(kind: str, pledge: Pledge, as_alice: Client) -> None:
    page = as_alice.get(at("invitation_add", pledge), {"kind": kind}).content.decode()
    assert 'name="kind" value="invited"' in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", "x" * 10_000),
        ("title", ""),
        ("organiser", "x" * 10_000),
        ("note", "x" * 10_000),
        ("held_on", "tomorrow"),
        ("held_on", "9999-12-31"),
        ("received_on", "0001-01-01"),
        ("received_on", "2999-01-01"),
        ("received_on", ""),
        ("asked_on", "2001-01-01"),
        ("asked_on", "2999-01-01"),
        ("gathering", "4e1b2c3d-0000-0000-0000-000000000000"),
    ],
)
def test_a_wrong_invitation_is_refused_and_kept(
    field: str, typed: str, pledge: Pledge, harbour: Organisation, as_alice: Client
) -> None:
    GatheringFactory(organisation=harbour)
    sent = {"kind": "invited", "title": "Voices", "received_on": today()} | {field: typed}
    response = as_alice.post(at("invitation_add", pledge), sent)
    assert list(response.context["form"].errors) == [field]
    if field != "gathering":
        assert typed in response.content.decode()
    if field not in ("title", "organiser", "held_on"):
        assert '<details class="disclosure" open>' in response.content.decode()
    assert pledge.invitations.count() == 0


def test_a_double_click_adds_one(pledge: Pledge, as_alice: Client) -> None:
    sent = {"kind": "invited", "title": "Voices", "received_on": today()}
    first, second = (as_alice.post(at("invitation_add", pledge), sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert pledge.invitations.count() == 1


def test_only_events_one_may_see_are_offered(
    pledge: Pledge,
    harbour: Organisation,
    northside: Organisation,
    as_alice: Client,
    as_assistant: Client,
) -> None:
    GatheringFactory(organisation=harbour, title="Ours")
    GatheringFactory(
        organisation=harbour, title="Long ago", held_on=timezone.localdate() - timedelta(days=500)
    )
    GatheringFactory(organisation=northside, title="Theirs")
    page = as_alice.get(at("invitation_add", pledge)).content.decode()
    assert ("Ours" in page, "Theirs" in page, "Long ago" in page) == (True, False, False)
    assert "Ours" not in as_assistant.get(at("invitation_add", pledge)).content.decode()


# The page of an entry


def test_a_step_is_noted(invitation: Invitation, as_alice: Client) -> None:
    address = at("invitation_detail", invitation)
    response = as_alice.post(address, {"state": "took_part", "on": today()})
    assert response["Location"] == address
    assert states(invitation) == ["received", "took_part"]
    page = as_alice.get(address).content.decode()
    assert "Alice Adeyemi noted: Took part" in page
    assert as_alice.post(address, {"state": "took_part", "on": today()}).status_code == 302
    assert states(invitation) == ["received", "took_part"]


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, {"state": ["Choose one."], "on": ["Enter a date."]}),
        ({"state": "changed", "on": "today"}, {"state": [ledger.ASK_FIRST]}),
        ({"state": "accepted", "on": "tomorrow"}, {"on": [ledger.NOT_YET]}),
        ({"state": "accepted", "on": "nonsense"}, {"on": ["Enter a valid date."]}),
        ({"state": "put_forward", "on": "today"}, {"number": [ledger.HOW_MANY]}),
        ({"state": "put_forward", "on": "today", "number": "0"}, {"number": [ledger.HOW_MANY]}),
        (
            {"state": "put_forward", "on": "today", "number": "many"},
            {"number": [ledger.HOW_MANY]},
        ),
    ],
)
def test_a_wrong_step_is_refused_and_kept(
    sent: dict[str, str], errors: dict[str, list[str]], invitation: Invitation, as_alice: Client
) -> None:
    days = {"today": today(), "tomorrow": today(1)}
    typed = {name: days.get(value, value) for name, value in sent.items()}
    response = as_alice.post(at("invitation_detail", invitation), typed or {"x": "x"})
    assert response.context["form"].errors == errors
    assert states(invitation) == ["received"]


@pytest.mark.parametrize("state", ["won", "<script>", "x" * 10_000])
def test_an_unknown_state_is_refused(state: str, invitation: Invitation, as_alice: Client) -> None:
    response = as_alice.post(at("invitation_detail", invitation), {"state": state, "on": today()})
    assert list(response.context["form"].errors) == ["state"]


def test_a_number_that_does_not_matter_does_not_disturb(
    invitation: Invitation, as_alice: Client
) -> None:
    sent = {"state": "accepted", "on": today(), "number": "many"}
    assert as_alice.post(at("invitation_detail", invitation), sent).status_code == 302
    assert invitation.steps.get(state="accepted").number is None


def test_how_many_were_put_forward(invitation: Invitation, as_alice: Client) -> None:
    sent = {"state": "put_forward", "on": today(), "number": "3"}
    page = as_alice.post(at("invitation_detail", invitation), sent, follow=True).content.decode()
    assert "<p>Put forward 3 others</p>" in page


def test_who_wrote_what_and_what_is_not_confirmed(
    invitation: Invitation, alice: User, as_assistant: Client, as_alice: Client
) -> None:
    step(invitation, alice, ASKED)
    as_assistant.post(at("invitation_detail", invitation), {"state": "accepted", "on": today()})
    step(invitation, None, InvitationState.ANSWERED)
    page = page_of(as_alice, invitation)
    assert page.count("Not confirmed yet") == 1
    assert page.count("<bdi>Dana Diaz</bdi>") == 1
    assert page.count("<bdi>Alice Adeyemi</bdi>") == 3
    assert "Noted by <bdi>Alice Adeyemi</bdi>" in page
    assert page.count("the organiser") == 1


def test_taking_back_a_step(invitation: Invitation, alice: User, as_alice: Client) -> None:
    step(invitation, alice, ASKED)
    address = at("step_take_back", invitation)
    assert "Take back “I asked”" in page_of(as_alice, invitation)
    for sent in ({"state": "accepted"}, {"state": "received"}, {"state": "won"}, {}):
        as_alice.post(address, sent)
        assert states(invitation) == ["received", "asked"]
    as_alice.post(address, {"state": "asked"})
    as_alice.post(address, {"state": "asked"})
    assert states(invitation) == ["received"]
    page = page_of(as_alice, invitation)
    assert "Take back “I asked”" not in page
    assert "Alice Adeyemi took back: I asked" in page


def test_an_assistant_is_not_offered_what_is_the_leaders(
    invitation: Invitation, alice: User, as_assistant: Client
) -> None:
    step(invitation, alice, ASKED)
    page = page_of(as_assistant, invitation)
    assert "Take back “I asked”" not in page
    assert (
        as_assistant.post(at("step_take_back", invitation), {"state": "asked"}).status_code == 403
    )
    fresh = InvitationFactory(pledge=invitation.pledge)
    assert "Remove this entry" not in page_of(as_assistant, fresh)
    assert as_assistant.post(at("invitation_remove", fresh)).status_code == 403


def test_removing_an_entry(pledge: Pledge, invitation: Invitation, as_alice: Client) -> None:
    address = at("invitation_remove", invitation)
    assert "Remove this entry" in page_of(as_alice, invitation)
    assert as_alice.post(address)["Location"] == at("my_pledge", pledge)
    assert as_alice.post(address).status_code == 404
    assert pledge.invitations.count() == 0


def test_what_something_came_of_stays(
    invitation: Invitation, alice: User, as_alice: Client
) -> None:
    step(invitation, alice, ASKED)
    response = as_alice.post(at("invitation_remove", invitation), follow=True)
    assert "Something has come of this already, so it stays." in response.content.decode()
    assert "Remove this entry" not in response.content.decode()


def test_a_seat_is_asked_about_anew(pledge: Pledge, as_alice: Client) -> None:
    last_year = timezone.localdate().replace(month=1, day=1) - timedelta(days=1)
    seat = InvitationFactory(pledge=pledge, kind=InvitationKind.SEAT, received_on=last_year)
    assert "Ask anew for this year" in page_of(as_alice, seat)
    response = as_alice.post(at("invitation_anew", seat))
    later = seat.followed_by
    assert response["Location"] == at("invitation_detail", later)
    assert as_alice.post(at("invitation_anew", seat))["Location"] == response["Location"]
    page = as_alice.get(response["Location"]).content.decode()
    assert at("invitation_detail", seat) in page
    assert "Ask the chair now" in page
    page = as_alice.post(at("invitation_anew", later), follow=True).content.decode()
    assert "This seat has been asked about this year." in page


def test_a_linked_event_shows_to_members_alone(
    pledge: Pledge, harbour: Organisation, as_alice: Client, as_assistant: Client
) -> None:
    gathering = GatheringFactory(organisation=harbour, title="Our own panel")
    entry = InvitationFactory(pledge=pledge, gathering=gathering, title="Panel")
    page = page_of(as_alice, entry)
    assert gathering.get_absolute_url() in page
    assert "Nobody has counted who is on it yet." in page
    page = page_of(as_assistant, entry)
    assert "Our own panel" not in page


def test_a_linked_result_says_what_it_does_not_show(
    pledge: Pledge, harbour: Organisation, alice: User, as_alice: Client
) -> None:
    gathering = GatheringFactory(organisation=harbour)
    enter_count(gathering, numbers(10, 5, 5, 1, 9), by=alice)
    page = page_of(as_alice, InvitationFactory(pledge=pledge, gathering=gathering))
    assert "does not show which communities were heard" in page
    assert "You need 1 more person from a minoritised community among these 10." in page


def test_the_list_says_who_wrote_what_the_leader_did_not(
    pledge: Pledge, invitation: Invitation, as_alice: Client
) -> None:
    helper = AssistantFactory(pledge=pledge, user__display_name="Dana Diaz").user
    InvitationFactory(pledge=pledge, written_by=helper)
    page = as_alice.get(at("my_pledge", pledge)).content.decode()
    assert page.count("Noted by <bdi>") == 1
    assert "Noted by <bdi>Dana Diaz</bdi>" in page


def test_what_waits_is_said_in_the_words_of_its_kind(
    pledge: Pledge, as_alice: Client, as_assistant: Client
) -> None:
    ours = InvitationFactory(pledge=pledge, kind=InvitationKind.HOSTING)
    as_assistant.post(at("invitation_detail", ours), {"state": "took_part", "on": today()})
    [waits] = to_confirm(pledge)
    assert [words for words, _ in waits.said] == ["It took place"]


def test_the_organisers_answer_and_the_reflection_are_there(
    pledge: Pledge, as_alice: Client
) -> None:
    entry = InvitationFactory(pledge=pledge, held_on=timezone.localdate() - timedelta(days=1))
    answered(AskLetterFactory(invitation=entry), note="We are working on it")
    ReflectionFactory(invitation=entry, what_happened="It was late")
    page = page_of(as_alice, entry)
    assert "We are working on it" in page
    assert "It was late" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_an_entry_costs_the_same_with_any_path(
    rows: int,
    pledge: Pledge,
    harbour: Organisation,
    alice: User,
    as_alice: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    entry = InvitationFactory(
        pledge=pledge, kind=InvitationKind.SEAT, gathering=GatheringFactory(organisation=harbour)
    )
    for _ in range(rows):
        letter = AskLetterFactory(invitation=entry, revoked_at=timezone.now())
        letter.revoked_at = timezone.now()
        letter.save()
    for state in (ASKED, InvitationState.ANSWERED, TOOK_PART)[:rows]:
        step(entry, alice, state)
    with django_assert_num_queries(DETAIL):
        as_alice.get(at("invitation_detail", entry))


# Changing the details


def details(invitation: Invitation, **changes: Any) -> dict[str, Any]:
    now = {
        "revision": invitation.revision,
        "kind": invitation.kind,
        "title": invitation.title,
        "organiser": invitation.organiser,
        "held_on": "",
        "received_on": invitation.received_on.isoformat(),
        "gathering": "",
        "note": "",
    }
    return now | changes


def test_changing_the_details(invitation: Invitation, as_alice: Client) -> None:
    sent = details(invitation, title="New title", held_on=today(3), note="Mine")
    response = as_alice.post(at("invitation_edit", invitation), sent)
    assert response["Location"] == at("invitation_detail", invitation)
    invitation.refresh_from_db()
    assert (invitation.title, invitation.note, invitation.revision) == ("New title", "Mine", 2)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("title", "x" * 10_000),
        ("note", "x" * 10_000),
        ("received_on", "2999-01-01"),
        ("held_on", "nonsense"),
        ("kind", "nonsense"),
        ("kind", "conversation"),
        ("revision", "nonsense"),
    ],
)
def test_wrong_details_are_refused_and_kept(
    field: str, typed: str, invitation: Invitation, alice: User, as_alice: Client
) -> None:
    step(invitation, alice, TOOK_PART)
    response = as_alice.post(
        at("invitation_edit", invitation), details(invitation, **{field: typed})
    )
    assert list(response.context["form"].errors) == [field]
    assert typed in response.content.decode()
    invitation.refresh_from_db()
    assert invitation.revision == 1


def test_the_second_of_two_sees_both_versions_and_loses_nothing(
    invitation: Invitation, as_alice: Client, as_assistant: Client
) -> None:
    Invitation.objects.update(confirmed_at=None)
    mine = details(invitation, title="Mine", note="My note")
    as_assistant.post(at("invitation_edit", invitation), details(invitation, title="Theirs"))
    response = as_alice.post(at("invitation_edit", invitation), mine)
    page = response.content.decode()
    assert "<bdi>Dana Diaz</bdi> saved the version here." in page
    assert ("Theirs" in page, "My note" in page) == (True, True)
    form = response.context["form"]
    again = {name: form[name].value() or "" for name in form.fields}
    assert (again["title"], again["revision"]) == ("Mine", 2)
    as_alice.post(at("invitation_edit", invitation), again)
    invitation.refresh_from_db()
    assert (invitation.title, invitation.note, invitation.revision) == ("Mine", "My note", 3)


def test_an_event_that_one_may_not_see_stays_linked(
    pledge: Pledge, harbour: Organisation, as_assistant: Client
) -> None:
    gathering = GatheringFactory(organisation=harbour)
    entry = InvitationFactory(pledge=pledge, gathering=gathering)
    Invitation.objects.update(confirmed_at=None)
    as_assistant.post(at("invitation_edit", entry), details(entry, title="New"))
    entry.refresh_from_db()
    assert (entry.title, entry.gathering, entry.held_on) == ("New", gathering, gathering.held_on)


def test_what_is_confirmed_or_public_is_the_leaders_to_change(
    invitation: Invitation, as_alice: Client, as_assistant: Client
) -> None:
    address = at("invitation_edit", invitation)
    for change in ({}, {"confirmed_at": None}):
        Invitation.objects.update(**change)
        if change:
            ReflectionFactory(invitation=invitation, published_at=timezone.now())
        assert as_assistant.get(address).status_code == 403
        sent = details(invitation, title="Other words")
        assert as_assistant.post(address, sent).status_code == 403
        page = page_of(as_assistant, invitation)
        assert address not in page
        assert "Ask <bdi>Alice Adeyemi</bdi> to change this." in page
        assert address in page_of(as_alice, invitation)
    invitation.refresh_from_db()
    assert (invitation.title, invitation.revision) == ("Voices of the Coast", 1)


def test_an_event_is_linked_once(
    pledge: Pledge, harbour: Organisation, invitation: Invitation, as_alice: Client
) -> None:
    event = GatheringFactory(organisation=harbour)
    InvitationFactory(pledge=pledge, gathering=event)
    sent = details(invitation, gathering=event.pk, note="Kept") | {"kind": "invited"}
    for name, row in (("invitation_add", pledge), ("invitation_edit", invitation)):
        response = as_alice.post(at(name, row), sent | {"title": "Another"})
        assert response.status_code == 200
        assert response.context["form"].errors == {"gathering": [ledger.LINKED_ALREADY]}
        assert "Kept" in response.content.decode()
    assert pledge.invitations.count() == 2


def test_the_day_typed_gives_way_to_the_events(
    pledge: Pledge, harbour: Organisation, invitation: Invitation, as_alice: Client
) -> None:
    event = GatheringFactory(organisation=harbour, held_on=timezone.localdate())
    sent = details(invitation, gathering=event.pk, held_on=today(9))
    assert as_alice.post(at("invitation_edit", invitation), sent).status_code == 302
    invitation.refresh_from_db()
    assert invitation.held_on == event.held_on


REFUSALS = {
    "invitation_add": ("commitments.views.ledger.add_invitation", "title"),
    "invitation_edit": ("commitments.actions.entries.change_invitation", "held_on"),
    "invitation_detail": ("commitments.views.ledger.take_step", "state"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_happened_meanwhile_is_said_on_the_form(
    name: str,
    pledge: Pledge,
    invitation: Invitation,
    as_alice: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The rules are asked again under the lock, and find what another tab has noted."""
    path, field = REFUSALS[name]

    def refuse(**kwargs: Any) -> None:
        raise ValidationError({field: ["Not any more."], "elsewhere": ["Nor this."]})

    monkeypatch.setattr(path, refuse)
    sent = details(invitation, title="Kept as typed") | {"state": "accepted", "on": today()}
    row = pledge if name == "invitation_add" else invitation
    response = as_alice.post(at(name, row), sent)
    assert response.status_code == 200
    form = response.context["form"]
    assert form.errors == {field: ["Not any more."], "__all__": ["Nor this."]}
    kept = ("on", today()) if name == "invitation_detail" else ("title", "Kept as typed")
    assert form[kept[0]].value() == kept[1]


def test_what_was_noted_long_ago_stays(
    invitation: Invitation, alice: User, as_alice: Client
) -> None:
    step(invitation, alice, ASKED)
    Step.objects.update(at=timezone.now() - timedelta(days=8))
    assert "Take back" not in page_of(as_alice, invitation)
    response = as_alice.post(at("step_take_back", invitation), {"state": "asked"}, follow=True)
    assert ledger.STEP_STAYS in response.content.decode()
    assert states(invitation) == ["received", "asked"]
    old = InvitationFactory(pledge=invitation.pledge, created_at=timezone.now() - timedelta(days=8))
    assert "Remove this entry" not in page_of(as_alice, old)
    page = as_alice.post(at("invitation_remove", old), follow=True).content.decode()
    assert ledger.ENTRY_STAYS in page


# A closed pledge


def test_a_closed_pledge_is_read_and_not_kept(
    pledge: Pledge, invitation: Invitation, as_alice: Client
) -> None:
    Pledge.objects.filter(pk=pledge.pk).update(state="closed", closed_at=timezone.now())
    page = page_of(as_alice, invitation)
    assert 'type="submit"' not in page.partition("<main")[2].partition("</main")[0]
    sent = {"kind": "invited", "title": "Late", "received_on": today(), "state": "declined"}
    for name, row in (
        ("invitation_add", pledge),
        ("invitation_detail", invitation),
        ("invitation_edit", invitation),
        ("step_take_back", invitation),
        ("invitation_remove", invitation),
        ("invitation_anew", invitation),
        ("letter_make", invitation),
    ):
        response = as_alice.post(at(name, row), sent | {"on": today()})
        assert response["Location"] == at("my_pledge", pledge), name
    assert pledge.invitations.count() == 1
    assert states(invitation) == ["received"]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_is_drawn_as_text(text: str, pledge: Pledge, as_alice: Client) -> None:
    short = text[:150]
    entry = add_invitation(
        pledge=pledge,
        title=short,
        organiser=short,
        held_on=None,
        received_on=timezone.localdate(),
        asked_on=None,
        note=text[:1000],
        by=pledge.leader,  # type: ignore[arg-type]
        now=timezone.now(),
    )
    for name in PAGES:
        page = as_alice.get(at(name, entry)).content.decode()
        assert "<script>alert" not in page
