"""No name, address or personal text of an erased account is left anywhere."""

from django.apps import apps
from django.db.models import CharField, JSONField, TextField

from commitments.models import CheckInLine, Invitation, Pledge, Promise, Reply, Standard
from organisations.erasing import erase_account
from organisations.models import User
from outbox.models import Email
from tests.commitments.erasing.conftest import EVERYWHERE, NOW, SECRET, found

# Words of nobody who can erase them: the wording, organisations, titles of books, what is sealed.
OF_NOBODY = {
    "commitments_bodylink.member_name",
    "commitments_learningitem.creator",
    "commitments_learningitem.link",
    "commitments_learningitem.title",
    "commitments_replytally.definition",
    "commitments_replytally.rules_version",
    "commitments_wording.introduction",
    "commitments_wording.key",
    "commitments_wording.minoritised_definition",
    "commitments_wording.source_name",
    "commitments_wording.title",
    "commitments_wording.women_definition",
    "commitments_wordingpromise.key",
    "commitments_wordingpromise.text",
    "commitments_wordingpromise.title",
    "commitments_workshopdate.place",
    "organisations_organisation.name",
    "organisations_organisation.slug",
    "organisations_user.password",
    "outbox_attempt.detail",
    "outbox_email.dedupe_key",
    "outbox_email.message_id",
    "outbox_heartbeat.name",
    "outbox_suppression.reason",
}


def test_every_text_that_is_kept_is_thought_of() -> None:
    """A new column goes into one list or the other, and in the first case into an eraser."""
    texts = {
        f"{model._meta.db_table}.{field.column}"
        for label in ("commitments", "organisations", "outbox")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField) and not field.choices
    }
    ours = ("commitments_", "organisations_", "outbox_")
    searched = {"commitments_pledge.searched"}
    known = {name for name in EVERYWHERE | OF_NOBODY if name.startswith(ours)} - searched
    assert texts == known


def counts() -> dict[str, object]:
    """What has to stay: states, dates and numbers."""
    entry = Invitation.objects.values(
        "state", "asked_on", "lineup_changed", "received_on", "held_on"
    )
    published = Pledge.objects.exclude(state="draft").values_list("published_at")
    return {
        "entries": list(entry.order_by("pk")),
        "check-ins": list(CheckInLine.objects.values_list("kept").order_by("pk")),
        "promises": Promise.objects.exclude(signing__signed_at=None).count(),
        "standards": list(Standard.objects.values_list("kind", "signed_up_on").order_by("pk")),
        "replies": Reply.objects.count(),
        "published": list(published.order_by("pk")),
        "emails": Email.objects.count(),
    }


def test_no_name_address_or_word_is_left(everything: Pledge, amina: User) -> None:
    assert found(SECRET) == EVERYWHERE
    before = counts()
    erase_account(person=amina, now=NOW)
    assert found(SECRET) == set()
    assert found("amina") == set()
    assert counts() == before
