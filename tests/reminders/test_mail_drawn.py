"""Every email as a browser draws it on the narrowest phone, in both colour schemes."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from organisations.models import Organisation, User
from reminders.enums import ReminderKind
from reminders.gallery import line, reminder, samples

pytestmark = pytest.mark.django_db
NARROW = {"width": 320, "height": 600}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
GROUNDS = {"light": "rgb(251, 250, 247)", "dark": "rgb(22, 19, 31)"}
FOUND = """() => ({
  ground: getComputedStyle(document.querySelector(".page")).backgroundColor,
  buttons: [...document.querySelectorAll(".main")].map((each) => each.offsetHeight),
  hidden: document.querySelector(".preheader").offsetHeight,
})"""
WITHOUT_END = "x" * 160


def mails() -> dict[str, str]:
    """With one whose names are words without an end."""
    titled = replace(line(ReminderKind.SILENT), title=WITHOUT_END)
    endless = reminder(
        "endless",
        "",
        [titled, titled],
        user=User(display_name=WITHOUT_END, email="x@harbour.example"),
        organisation=Organisation(name=WITHOUT_END, slug="x"),
    )
    return {each.name: each.email.html for each in [*samples(), endless]}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_fits_the_narrowest_phone(browser: Browser, theme: str) -> None:
    page = browser.new_page(viewport=NARROW, color_scheme=theme)  # type: ignore[arg-type]
    for name, html in mails().items():
        page.set_content(html)
        assert page.evaluate(TOO_WIDE) == 0, name
        found = page.evaluate(FOUND)
        assert found["ground"] == GROUNDS[theme], name
        assert found["hidden"] == 0, name
        assert all(height >= 44 for height in found["buttons"]), name
    page.close()
