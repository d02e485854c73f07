"""Every page names the site once, at the end of its title."""

import re
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from organisations.models import Organisation, User
from tests.access_world import build_world

TITLE_BLOCK = re.compile(r"{% block (?:title|head_title) %}(.*?){% endblock", re.DOTALL)
ACCOUNT_PAGES = ["account_email", "account_change_password", "mfa_index", "account_logout"]
OF_EVERYBODY = ["check", "counting", "pledge_list", "pledge_start", "privacy", "operator", "me"]


def test_no_template_repeats_the_site_name() -> None:
    folder = Path(settings.ROOT) / "templates"
    repeating = [
        str(path.relative_to(folder))
        for path in folder.rglob("*.html")
        if any("site_name" in found for found in TITLE_BLOCK.findall(path.read_text()))
    ]
    assert repeating == []


def test_no_page_repeats_the_site_name(
    as_alice: Client, alice: User, harbour: Organisation
) -> None:
    world = build_world(harbour, alice)
    pages = {reverse(name, kwargs=found) for name, found in world.arguments.items()}
    pages |= {reverse(name) for name in [*ACCOUNT_PAGES, *OF_EVERYBODY, "organisation_create"]}
    seen, wrong = 0, []
    for page in sorted(pages):
        response = as_alice.get(page, follow=True)
        if not response["Content-Type"].startswith("text/html"):
            continue
        found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
        if found and response.status_code == 200:
            seen += 1
            title = " ".join(strip_tags(found[1]).split())
            if title.count(settings.SITE_NAME) != 1:
                wrong.append(title)
    assert seen > 30
    assert wrong == []
