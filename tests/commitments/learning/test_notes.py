"""A note on the shelf, which nobody but its author ever reads."""

from django.contrib import admin
from django.test import Client
from django.urls import reverse

from commitments.models import LearningItem, LearningNote
from history.models import Entry
from organisations.models import User
from tests.access.routes import ROUTES
from tests.commitments.learning.conftest import LIST, at
from tests.factories.learning import LearningNoteFactory


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
