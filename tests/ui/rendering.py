"""Renders a template string the way a page would, whitespace between tags taken out."""

import re
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template import RequestContext, Template
from django.test import RequestFactory


def rendered(source: str, path: str = "/", **context: Any) -> str:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    html = Template(source).render(RequestContext(request, context))
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", html)).strip()


def without_icons(html: str) -> str:
    return re.sub(r'<svg class="icon".*?</svg>', "", html)


def text_of(response: Any) -> str:
    """A page on one line, as a browser joins its words."""
    return " ".join(response.content.decode().split())
