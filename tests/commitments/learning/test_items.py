"""Adding to a shelf, changing what is on it, and taking it off."""

import pytest
from django.test import Client

from commitments.enums import LearningVerb
from commitments.models import LearningItem, LearningNote
from history.models import Entry
from organisations.models import Organisation, User
from tests.commitments.learning.conftest import ADD, LIST, TYPED, at
from tests.factories.learning import LearningNoteFactory, WorkshopDateFactory


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
