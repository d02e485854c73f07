"""Two people who save the same form at once."""

from typing import Any

from django.test import Client


def second_save(client: Client, path: str, *, theirs: dict[str, Any], mine: dict[str, Any]) -> Any:
    """Its answer, which shows both: in `theirs` a text is "Theirs", in `mine` it is "Mine"."""
    assert client.post(path, theirs).status_code == 302
    response = client.post(path, mine)
    page = response.content.decode()
    assert response.status_code == 200
    assert "saved while you were writing" in page
    assert "Theirs" in page
    assert "Mine" in page
    return response
