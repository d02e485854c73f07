"""The shelf: what is on it, who may change it, and the notes that nobody else reads."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.actions import learning as actions
from commitments.actions.revisions import MovedOnError
from commitments.enums import LearningKind, LearningVerb
from commitments.learning_rows import Suggestion
from commitments.models import LearningItem, LearningNote, WorkshopDate
from commitments.queries import learning as queries
from history.models import Entry
from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from tests.conftest import signed_in_as
from tests.factories.learning import (
    LearningItemFactory,
    LearningNoteFactory,
    WorkshopDateFactory,
)
from tests.factories.organisations import MembershipFactory
from tests.test_access_matrix import ROUTES

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 5, 20)
LIST = "/o/harbour-minds/learning/"
ADD = f"{LIST}new/"
TYPED = {"kind": "book", "title": "Natives", "creator": "Akala", "link": "", "why": "It is clear."}


@pytest.fixture
def item(harbour: Organisation, bea: User) -> LearningItem:
    """Bea suggested it."""
    return LearningItemFactory(
        organisation=harbour, suggested_by=bea, title="Natives", creator="Akala"
    )


@pytest.fixture
def workshop(harbour: Organisation, bea: User) -> LearningItem:
    return LearningItemFactory(
        organisation=harbour, suggested_by=bea, kind=LearningKind.WORKSHOP, title="Listening"
    )


@pytest.fixture
def foreign(northside: Organisation, chidi: User) -> LearningItem:
    return LearningItemFactory(
        organisation=northside, suggested_by=chidi, title="CANARY of Northside"
    )


@pytest.fixture
def as_dara(harbour: Organisation) -> Client:
    """Another member of staff, who suggested nothing."""
    return signed_in_as(MembershipFactory(organisation=harbour, roles=[Role.STAFF]).user)


def at(name: str, item: LearningItem, organisation: str = "harbour-minds", **more: Any) -> str:
    return reverse(name, kwargs={"organisation": organisation, "pk": item.pk} | more)


def member(user: User) -> Membership:
    return user.memberships.get()


def everything() -> list[list[Any]]:
    models = [LearningItem, LearningNote, WorkshopDate, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]


# The list


def test_it_lists_newest_first(
    item: LearningItem, foreign: LearningItem, harbour: Organisation, as_bea: Client
) -> None:
    older = LearningItemFactory(organisation=harbour, created_at=NOW - timedelta(days=400))
    response = as_bea.get(LIST)
    assert list(response.context["page"]) == [item, older]
    assert "CANARY" not in response.content.decode()


def test_an_empty_shelf_says_so(as_bea: Client) -> None:
    assert "The shelf is empty" in as_bea.get(LIST).content.decode()
    nothing = as_bea.get(f"{LIST}?q=zzz").content.decode()
    assert "Nothing matches" in nothing


def test_it_can_be_narrowed(item: LearningItem, workshop: LearningItem, as_bea: Client) -> None:
    def found(query: str) -> list[LearningItem]:
        return list(as_bea.get(f"{LIST}?{query}").context["page"])

    assert found("kind=workshop") == [workshop]
    assert found("q=akala+nat") == [item]
    assert found("q=akala&kind=workshop") == []
    assert found("kind=nonsense") == [workshop, item]
    assert found(f"q={'x' * 10_000}") == [workshop, item]


def test_25_to_a_page(harbour: Organisation, as_bea: Client) -> None:
    LearningItemFactory.create_batch(26, organisation=harbour)
    assert len(as_bea.get(LIST).context["page"]) == 25
    assert len(as_bea.get(f"{LIST}?page=2").context["page"]) == 1


def test_a_workshop_shows_its_next_date(workshop: LearningItem, as_bea: Client) -> None:
    today = timezone.localdate()
    for days in (-7, 0, 7):
        WorkshopDateFactory(item=workshop, held_on=today + timedelta(days=days))
    assert [one.next_on for one in as_bea.get(LIST).context["page"]] == [today]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_with_any_rows(
    rows: int,
    harbour: Organisation,
    bea: User,
    as_bea: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(rows):
        row = LearningItemFactory(organisation=harbour, kind=LearningKind.WORKSHOP)
        LearningNoteFactory(item=row, person=bea)
        WorkshopDateFactory(item=row)
    with django_assert_num_queries(5):  # session, person, membership, a count and a page
        as_bea.get(LIST)


@pytest.mark.parametrize("rows", [1, 3])
def test_an_entry_costs_the_same_with_any_rows(
    rows: int,
    workshop: LearningItem,
    as_bea: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        LearningNoteFactory(item=workshop)
        WorkshopDateFactory(item=workshop, held_on=TODAY + timedelta(days=number))
    with django_assert_num_queries(7):  # those, the entry, own note, dates, history
        as_bea.get(at("learning_detail", workshop))


# Who may


def test_who_may_open_what(
    workshop: LearningItem,
    foreign: LearningItem,
    client: Client,
    as_alice: Client,
    as_bea: Client,
    as_dara: Client,
    as_chidi: Client,
) -> None:
    for path in (LIST, ADD, at("learning_detail", workshop)):
        assert as_dara.get(path).status_code == 200
        assert as_chidi.get(path).status_code == 404
        assert client.get(path)["Location"].startswith("/accounts/login/")
        assert as_dara.put(path).status_code == 405
    for name in ("learning_edit", "learning_remove", "learning_date_add"):
        path = at(name, workshop)
        assert [c.get(path).status_code for c in (as_alice, as_bea)] == [200, 200]
        assert [c.get(path).status_code for c in (as_dara, as_chidi)] == [403, 404]
        assert as_dara.post(path).status_code == 403
        assert client.get(path)["Location"].startswith("/accounts/login/")
        assert as_alice.get(at(name, foreign)).status_code == 404
        assert as_alice.put(path).status_code == 405
    assert as_alice.post(LIST).status_code == 405


def test_who_left_may_not(workshop: LearningItem, bea: User) -> None:
    """Having suggested it is not enough: the action asks for a membership of this organisation."""
    assert workshop.may_be_changed_by(member(bea))
    elsewhere = MembershipFactory(user=bea, roles=list(Role))
    assert not workshop.may_be_changed_by(elsewhere)
    with pytest.raises(PermissionDenied):
        actions.remove_item(item=workshop, by=elsewhere, now=NOW)


# Adding and changing


def test_adding(harbour: Organisation, bea: User, as_bea: Client) -> None:
    response = as_bea.post(
        ADD, TYPED | {"title": "  Natives \u202e ", "link": "https://a.example/x"}
    )
    added = LearningItem.objects.get()
    assert response["Location"] == added.get_absolute_url()
    kept = (added.kind, added.title, added.creator, added.link, added.why)
    assert kept == ("book", "Natives", "Akala", "https://a.example/x", "It is clear.")
    assert (added.suggested_by, added.organisation) == (bea, harbour)
    assert list(Entry.objects.values_list("verb", "organisation")) == [
        (LearningVerb.ADDED, harbour.pk)
    ]


def test_a_double_click_adds_once(as_bea: Client) -> None:
    assert [as_bea.post(ADD, TYPED).status_code for _ in range(2)] == [302, 302]
    assert LearningItem.objects.count() == Entry.objects.count() == 1


def test_what_is_there_is_not_added_again(item: LearningItem, as_dara: Client) -> None:
    response = as_dara.post(ADD, TYPED | {"title": "NATIVES", "creator": "akala"})
    assert response.context["form"].errors == {"title": ["This is on the shelf already."]}
    assert "It is clear." in response.content.decode()
    assert as_dara.post(ADD, TYPED | {"kind": "film"}).status_code == 302


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("kind", "", "Choose one."),
        ("kind", "video", "“video” is not one of: article, blog, podcast, book, film, "
         "programme, workshop."),
        ("title", "", "Enter the title."),
        ("title", "\u200b", "Enter the title."),
        ("title", "x" * 201, "Use 200 characters or fewer. This has 201."),
        ("creator", "x" * 161, "Use 160 characters or fewer. This has 161."),
        ("why", "x" * 10_000, "Use 500 characters or fewer. This has 10000."),
        ("link", "javascript:alert(1)", "Enter a web address that begins with https:// or http://."),
        ("link", "data:text/html,x", "Enter a web address that begins with https:// or http://."),
        ("link", "www.a.example", "Enter a web address that begins with https:// or http://."),
        ("link", "https://", "Enter a web address that begins with https:// or http://."),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_its_field(
    field: str, typed: str, message: str, as_bea: Client
) -> None:
    response = as_bea.post(ADD, TYPED | {field: typed})
    errors = {name: list(found) for name, found in response.context["form"].errors.items()}
    assert errors == {field: [message]}
    kept = "creator" if field == "why" else "why"
    assert response.context["form"][kept].value() == TYPED[kept]
    assert LearningItem.objects.count() == 0


def test_hostile_text_is_shown_as_text(as_bea: Client) -> None:
    hostile = "<script>alert(1)</script>"
    path = as_bea.post(ADD, TYPED | {"title": hostile, "why": hostile})["Location"]
    for page in (as_bea.get(path), as_bea.get(LIST)):
        assert hostile not in page.content.decode()
        assert "&lt;script&gt;" in page.content.decode()
    assert as_bea.post(ADD, TYPED | {"title": "a\x00b"}).status_code == 400


def test_changing(item: LearningItem, as_alice: Client) -> None:
    page = as_alice.get(at("learning_edit", item))
    assert page.context["form"].initial["title"] == "Natives"
    typed = TYPED | {"title": "Natives, again", "revision": "1"}
    assert as_alice.post(at("learning_edit", item), typed)["Location"] == item.get_absolute_url()
    item.refresh_from_db()
    assert (item.title, item.revision) == ("Natives, again", 2)
    assert Entry.objects.get().verb == LearningVerb.CHANGED


def test_the_second_to_save_sees_both_versions(
    item: LearningItem, as_alice: Client, as_bea: Client
) -> None:
    path = at("learning_edit", item)
    as_alice.post(path, TYPED | {"title": "Alice’s title", "revision": "1"})
    second = as_bea.post(path, TYPED | {"title": "Bea’s title", "revision": "1"})
    shown = second.content.decode()
    assert "This was saved while you were writing" in shown
    assert "Alice Adeyemi" in shown
    assert "Alice’s title" in shown
    assert second.context["form"]["title"].value() == "Bea’s title"
    again = as_bea.post(
        path,
        TYPED | {"title": "Bea’s title", "revision": second.context["form"]["revision"].value()},
    )
    assert again.status_code == 302
    item.refresh_from_db()
    assert (item.title, item.revision) == ("Bea’s title", 3)


def test_changing_into_what_is_there_or_away_from_dates_is_refused(
    item: LearningItem, workshop: LearningItem, as_bea: Client
) -> None:
    typed = {"kind": "workshop", "title": "listening", "creator": workshop.creator, "revision": "1"}
    twice = as_bea.post(at("learning_edit", item), typed)
    assert twice.context["form"].non_field_errors() == ["This is on the shelf already."]
    WorkshopDateFactory(item=workshop)
    away = as_bea.post(at("learning_edit", workshop), typed | {"kind": "book"})
    assert away.context["form"].non_field_errors() == [
        "This workshop has dates. Remove them before you change what it is."
    ]


def test_removing_says_how_many_notes_go(
    item: LearningItem, bea: User, as_bea: Client, as_alice: Client
) -> None:
    path = at("learning_remove", item)
    LearningNoteFactory(item=item, person=bea)
    assert "private note on it" not in as_bea.get(path).content.decode()
    LearningNoteFactory(item=item, text="CANARY note")
    one = as_bea.get(path).content.decode()
    assert "1 other person has a private note on it that goes too" in one
    assert "CANARY" not in one
    assert "2 other people have private notes on it that go" in as_alice.get(path).content.decode()
    assert LearningItem.objects.count() == 1
    assert as_bea.post(path)["Location"] == LIST
    assert LearningItem.objects.count() == LearningNote.objects.count() == 0
    assert Entry.objects.get().verb == LearningVerb.REMOVED
    assert as_bea.post(path).status_code == 404


# Notes


def test_a_note_is_saved_changed_and_cleared(item: LearningItem, bea: User, as_bea: Client) -> None:
    path = at("learning_detail", item)
    for text in ("First thought", "Second thought"):
        assert as_bea.post(path, {"text": text})["Location"] == path
        assert LearningNote.objects.get().text == text
    assert as_bea.get(path).context["form"].initial == {"text": "Second thought"}
    assert [one.has_note for one in as_bea.get(LIST).context["page"]] == [True]
    as_bea.post(path, {"clear": "1"})
    as_bea.post(path, {"clear": "1"})
    assert LearningNote.objects.count() == 0
    assert Entry.objects.count() == 0


def test_a_bad_note_is_told_and_kept(item: LearningItem, as_bea: Client) -> None:
    path = at("learning_detail", item)
    empty = as_bea.post(path, {"text": " "})
    assert empty.context["form"].errors == {"text": ["Enter your note."]}
    long = as_bea.post(path, {"text": "x" * 5001})
    assert long.context["form"].errors == {"text": ["Use 5000 characters or fewer. This has 5001."]}
    assert "x" * 5001 in long.content.decode()


def test_nobody_else_ever_reads_a_note(
    workshop: LearningItem,
    bea: User,
    as_alice: Client,
    as_bea: Client,
    as_dara: Client,
    as_operator: Client,
) -> None:
    """Not on any page of the organisation, not about oneself, not in admin, not for its author
    anywhere but on the entry."""
    LearningNoteFactory(item=workshop, person=bea, text="CANARY-NOTE")
    own = at("learning_detail", workshop)
    values = {"organisation": "harbour-minds", "pk": workshop.pk}
    paths = [
        reverse(name, kwargs={key: values[key] for key in pattern.pattern.converters})
        for name, (_, pattern) in ROUTES.items()
        if name.startswith("learning_") and set(pattern.pattern.converters) <= set(values)
    ]
    paths += [
        "/me/",
        "/o/harbour-minds/dashboard/",
        "/o/harbour-minds/pledges/",
        LIST + "?q=CANARY",
    ]
    assert own in paths
    for reader in (as_alice, as_dara, as_bea, as_operator):
        for path in paths:
            seen = "CANARY-NOTE" in reader.get(path).content.decode()
            assert seen == (reader is as_bea and path == own), path
    assert "You have a private note" not in as_alice.get(LIST).content.decode()
    assert not admin.site.is_registered(LearningNote)


def test_each_has_their_own_note(item: LearningItem, as_alice: Client, as_bea: Client) -> None:
    path = at("learning_detail", item)
    as_alice.post(path, {"text": "Alice’s"})
    as_bea.post(path, {"text": "Bea’s"})
    assert [c.get(path).context["note"] for c in (as_alice, as_bea)] == ["Alice’s", "Bea’s"]
    as_alice.post(path, {"clear": "1"})
    assert LearningNote.objects.get().text == "Bea’s"


# Dates of a workshop


def dates(**typed: str) -> dict[str, str]:
    return {
        "held_on": "2026-06-01",
        "starts_at": "",
        "place": "",
        "every_weeks": "",
        "times": "",
    } | typed


def test_adding_dates(workshop: LearningItem, as_bea: Client) -> None:
    path = at("learning_date_add", workshop)
    typed = dates(starts_at="14:30", place="Online", every_weeks="2", times="3")
    for _ in range(2):
        assert as_bea.post(path, typed)["Location"] == workshop.get_absolute_url()
    found = workshop.dates.order_by("held_on").values_list("held_on", "starts_at", "place")
    assert list(found) == [(date(2026, 6, day), time(14, 30), "Online") for day in (1, 15, 29)]
    assert [entry.verb for entry in Entry.objects.all()] == [LearningVerb.DATE_SET]


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"held_on": ""}, {"held_on": ["Enter a date."]}),
        ({"held_on": "2126-01-01"}, {"held_on": ["Choose a date within ten years of today."]}),
        ({"starts_at": "25:00"}, {"starts_at": ["Enter a time, for example 14:30."]}),
        ({"times": "53", "every_weeks": "1"}, {"times": ["Choose a number from 1 to 52."]}),
        ({"times": "2"}, {"every_weeks": ["Say how many weeks lie between two of them."]}),
        ({"every_weeks": "2"}, {"times": ["Say how many times in all."]}),
        (
            {"every_weeks": "9" * 30, "times": "2"},
            {"every_weeks": ["Choose a number from 1 to 52."]},
        ),
        ({"place": "x" * 161}, {"place": ["Use 160 characters or fewer. This has 161."]}),
    ],
)  # fmt: skip
def test_bad_dates_are_told_at_their_field(
    typed: dict[str, str], errors: dict[str, list[str]], workshop: LearningItem, as_bea: Client
) -> None:
    response = as_bea.post(at("learning_date_add", workshop), dates(**typed))
    assert response.context["form"].errors == errors
    assert WorkshopDate.objects.count() == 0


def test_only_a_workshop_has_dates(item: LearningItem, as_bea: Client) -> None:
    assert as_bea.post(at("learning_date_add", item), dates())["Location"] == (
        item.get_absolute_url()
    )
    assert WorkshopDate.objects.count() == 0


def test_dates_to_come_stand_before_those_past(workshop: LearningItem) -> None:
    for days in (-1, 7, 0, -8):
        WorkshopDateFactory(item=workshop, held_on=TODAY + timedelta(days=days))
    found = queries.dates_of(workshop, today=TODAY)
    assert [day.held_on.day for day in found.coming] == [20, 27]
    assert [day.held_on.day for day in found.past] == [19, 12]


def test_removing_a_date(
    workshop: LearningItem,
    foreign: LearningItem,
    as_bea: Client,
    as_dara: Client,
    as_alice: Client,
) -> None:
    day, kept = (
        WorkshopDateFactory(item=workshop),
        WorkshopDateFactory(item=workshop, held_on=TODAY),
    )
    path = at("learning_date_remove", workshop, day=day.pk)
    assert as_dara.post(path).status_code == 403
    assert as_bea.get(path).status_code == 405
    of_others = WorkshopDateFactory(item=foreign)
    assert as_alice.post(at("learning_date_remove", workshop, day=of_others.pk)).status_code == 404
    assert as_alice.post(at("learning_date_remove", workshop, day=10**30)).status_code == 404
    assert as_bea.post(path)["Location"] == workshop.get_absolute_url()
    assert list(workshop.dates.all()) == [kept]
    assert Entry.objects.get().verb == LearningVerb.DATE_REMOVED


# Actions leave nothing behind when they fail


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


def add_dates(workshop: LearningItem, by: User, **given: Any) -> int:
    typed = {"starts_at": None, "place": "", "every_weeks": None, "times": None} | given
    return actions.add_dates(item=workshop, **typed, by=member(by), now=NOW)


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
