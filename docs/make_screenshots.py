"""Draws the pictures of the README from the demo data.

    python3 dev.py run            # in one terminal
    .venv/bin/python -m docs.make_screenshots http://localhost:8000

The pages are those of invented organisations.
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import arguments, chromium

FOLDER = Path(__file__).parent / "img"


def sign_in(page: Page, address: str, who: str) -> None:
    """One click on the first demo person of that role or name."""
    page.goto(f"{address}/accounts/login/")
    page.locator("form", has_text=who).get_by_role("button").first.click()


def check_a_panel(page: Page, address: str) -> None:
    page.goto(f"{address}/check/")
    page.get_by_label("How many people speak?").fill("6")
    page.get_by_label("Women", exact=True).first.fill("3")
    page.get_by_label("Not women", exact=True).first.fill("2")
    page.get_by_label("Each person told you").first.check()
    page.get_by_label("From a minoritised community").first.fill("1")
    page.get_by_label("Not from one").first.fill("4")
    page.get_by_role("button", name="See the result").click()


def open_a_conference(page: Page, address: str) -> None:
    """One that is counted, shared and locked."""
    sign_in(page, address, "Jerome Baptiste")
    page.get_by_role("link", name="Events and groups").first.click()
    page.get_by_role("link", name="Rivers of Care: annual conference, second year").click()


def main(address: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments())
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        sign_in(page, address, "Chair")
        page.get_by_role("link", name="Recommendations").first.click()
        page.screenshot(path=FOLDER / "dashboard.png")
        check_a_panel(page, address)
        page.screenshot(path=FOLDER / "check.png")
        page.context.clear_cookies()
        open_a_conference(page, address)
        page.screenshot(path=FOLDER / "conference.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
