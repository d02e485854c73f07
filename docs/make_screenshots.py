"""Draws the pictures of the README from the demo data.

    python3 dev.py run            # in one terminal
    .venv/bin/python docs/make_screenshots.py http://127.0.0.1:8000

The pages are those of invented organisations.
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import arguments, chromium

FOLDER = Path(__file__).parent / "img"
PERSON = "Look around as an invented person"


def sign_in(page: Page, address: str, role: str) -> None:
    """One click on the demo person who holds `role`."""
    page.goto(f"{address}/accounts/login/")
    page.locator("form", has_text=role).get_by_role("button").first.click()


def main(address: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments())
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        sign_in(page, address, "Chair")
        page.get_by_role("link", name="Recommendations").first.click()
        page.screenshot(path=FOLDER / "dashboard.png")
        page.goto(f"{address}/check/")
        page.screenshot(path=FOLDER / "check.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
