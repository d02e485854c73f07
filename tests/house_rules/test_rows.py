"""What is recorded stays, and can be told in a sentence."""

from django.apps import apps

from history.registry import is_registered
from tests.house_rules.tree import APPS_LOWEST_FIRST, ROOT


def test_every_verb_of_history_has_a_sentence() -> None:
    verbs = [
        member
        for app in APPS_LOWEST_FIRST
        if (ROOT / app / "enums.py").exists()
        for name, enum in vars(__import__(f"{app}.enums", fromlist=["enums"])).items()
        if name.endswith("Verb")
        for member in enum
    ]
    assert len(verbs) > 20
    assert [verb for verb in verbs if not is_registered(verb)] == []


def test_a_foreign_key_states_what_deleting_means() -> None:
    """History never goes because somebody's row went: append-only tables only ever PROTECT."""
    sins = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if getattr(model, "is_append_only", False)
        for field in model._meta.fields
        if field.remote_field and field.remote_field.on_delete.__name__ != "PROTECT"
    ]
    assert sins == []
