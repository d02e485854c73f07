"""The page of barriers as somebody has it open, and what was saved."""

from django.test import Client

from panels.models import Gathering
from panels.queries.barriers import barriers_on_record
from tests.panels.pages import page


def typed_on(client: Client, gathering: Gathering, **changed: str) -> dict[str, str]:
    """Everything the open page holds, with what somebody changed on it."""
    form = client.get(page(gathering, "barriers/")).context["form"]
    held = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in held.items()} | changed


def answers(gathering: Gathering) -> dict[str, tuple[str, str, str, int]]:
    return {
        key: (row.state, row.note, row.answered_by, row.revision)
        for key, row in barriers_on_record(gathering).answers.items()
    }
