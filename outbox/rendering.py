"""From templates to the words of an email."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, Engine

from ui.names import TURNS_TEXT_ABOUT

SUBJECT_LENGTH = 250
WITHOUT_TURNING = dict.fromkeys(map(ord, TURNS_TEXT_ABOUT))


@dataclass(frozen=True)
class Rendered:
    """The words of one email. `html` may be empty, `text` never is."""

    subject: str
    text: str
    html: str = ""


def render_email(name: str, context: Mapping[str, Any]) -> Rendered:
    """Render `templates/emails/NAME.subject.txt`, `NAME.txt` and `NAME.html`.

    The plain parts are rendered without HTML escaping. Links must be whole addresses, made by
    `absolute_url`. A subject is one line, whatever the names in it contain.
    """
    return Rendered(
        subject=one_line(_render(f"emails/{name}.subject.txt", context, escape=False)),
        text=_render(f"emails/{name}.txt", context, escape=False).strip() + "\n",
        html=_render(f"emails/{name}.html", context, escape=True).strip() + "\n",
    )


def absolute_url(path: str) -> str:
    """The whole address of a page of this installation, for an email."""
    return settings.SITE_URL.rstrip("/") + path


def one_line(text: str) -> str:
    """No line breaks, so that nothing typed by a person can start a header of its own, and nothing
    that makes the words after it read backwards."""
    line = " ".join(text.translate(WITHOUT_TURNING).split())
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1] + "…"


def _render(template_name: str, context: Mapping[str, Any], *, escape: bool) -> str:
    everywhere = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
    template = Engine.get_default().get_template(template_name)
    return template.render(Context({**everywhere, **context}, autoescape=escape))
