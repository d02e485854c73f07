"""Every verb that history knows, with the sentence it is shown as.

An app registers its verbs (a TextChoices whose labels are the sentences) when it starts.
`{actor}` stands for the person; other names come from the entry's details, where an enum value
is shown by its label and `date`, an ISO date, in words.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import date_format

_sentences: dict[str, str] = {}
_labels: dict[str, type[TextChoices]] = {}


def register(verbs: type[TextChoices], **enums: type[TextChoices]) -> None:
    """Add an app's verbs; `enums` names the details whose values are shown by label."""
    _sentences.update({str(value): str(label) for value, label in verbs.choices})
    _labels.update(enums)


def is_registered(verb: str) -> bool:
    return verb in _sentences


def sentence(verb: str, *, actor: str, details: Mapping[str, Any]) -> str:
    """The entry in words. Raises KeyError for a verb nobody registered."""
    shown = {name: _shown(name, value) for name, value in details.items()}
    return _sentences[verb].format_map({"actor": actor, **shown})


def _shown(name: str, value: Any) -> Any:
    if name == "date" and value:
        return date_format(date.fromisoformat(value), "j F Y")
    return str(_labels[name](value).label) if name in _labels and value else value
