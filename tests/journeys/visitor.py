"""Somebody at a browser, whose every page is checked for accessibility."""

import re
from pathlib import Path
from typing import Any

import axe_playwright_python
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

from organisations.models import User
from outbox.models import Email

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
EVERY_RULE = {"type": "tag", "values": TAGS}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """async (only) => {
  const found = await axe.run(document, {runOnly: only, resultTypes: ["violations"]});
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.html}\\n    ${node.failureSummary}`));
}"""
# What is folded away is a part of the page too.
UNFOLD = """() => document.querySelectorAll("details:not([open])").forEach((one) => {
  one.dataset.unfolded = ""; one.open = true; })"""
FOLD = """() => document.querySelectorAll("details[data-unfolded]").forEach((one) => {
  delete one.dataset.unfolded; one.open = false; })"""
# What a screen reader says of the field, or of the group of choices, that has the focus.
DESCRIBED = """() => [document.activeElement, document.activeElement.closest("fieldset")]
  .flatMap((one) => (one?.getAttribute("aria-describedby") ?? "").split(" "))
  .flatMap((id) => (document.getElementById(id)?.innerText ?? "").split("\\n"))"""
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
REFUSED = re.compile(r"the server responded with a status of (\d+)")


class Visitor:
    """`look()` runs on every page that a journey passes."""

    def __init__(self, context: BrowserContext, server: str) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.server = server
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    # Looking

    def look(self) -> None:
        """No axe violation, nothing wider than the screen, no complaint.

        In the dark at a desk and in the light on a phone: every page is seen the other two ways
        in `test_every_page`.
        """
        self.page.evaluate(UNFOLD)
        at_a_desk = self.page.viewport_size == DESK
        self.check("dark" if at_a_desk else "light", EVERY_RULE)
        self.page.evaluate(FOLD)
        self.hears_no_complaint()

    def check(self, theme: str, rules: dict[str, Any]) -> None:
        self.wear(theme)
        found = self.page.evaluate(RUN_AXE, rules)
        assert found == [], f"{self.page.url} {theme}\n" + "\n".join(found)
        assert not self.page.evaluate(TOO_WIDE), f"{self.page.url} is wider than the screen"

    def wear(self, theme: Any) -> None:
        self.page.emulate_media(color_scheme=theme)

    def hears_no_complaint(self) -> None:
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"

    # Going somewhere

    def goes_to(self, path: str, *, status: int = 200) -> None:
        """Open a page by its address, or by a link as an email has it."""
        address = path if path.startswith("http") else self.server + path
        response = self.page.goto(address)
        assert response is not None
        assert response.status == status, address
        self.forgives(status)

    def forgives(self, status: int) -> None:
        """Chromium complains of every page that is a refusal; these were meant."""
        if status >= 400:
            self.complaints = [said for said in self.complaints if not told_of(said, status)]

    def opens(self, path: str, *, status: int = 200) -> None:
        self.goes_to(path, status=status)
        self.look()

    def follows(self, name: str) -> None:
        self._goes_by(self.main.get_by_role("link", name=name).first)

    def presses(self, name: str) -> None:
        self._goes_by(self.main.get_by_role("button", name=name).first)

    def chooses_from_menu(self, name: str) -> None:
        """On a phone the menu is folded away behind its button."""
        button = self.page.get_by_role("button", name="Menu")
        if button.is_visible():
            button.click()
            self.look()
        header = self.page.get_by_role("banner")
        self._goes_by(header.get_by_role("link", name=name, exact=True))

    def signs_out(self) -> None:
        button = self.page.get_by_role("button", name="Menu")
        if button.is_visible():
            button.click()
        self._goes_by(self.page.get_by_role("button", name="Sign out"))

    def _goes_by(self, way: Locator) -> None:
        with self.page.expect_navigation():
            way.click()
        self.look()

    # Doing something

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def types(self, **values: str) -> None:
        """By the field's name: `email="a@b.example"`. Its label is what axe looks after."""
        for name, value in values.items():
            self.main.locator(f"[name={name}]:visible").fill(value)

    def ticks(self, label: str) -> None:
        self.main.get_by_label(label, exact=True).check()

    def unfolds(self, summary: str) -> None:
        self.main.locator("summary", has_text=summary).first.click()

    # Seeing

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.main).to_contain_text(text, use_inner_text=True)

    def does_not_see(self, *texts: str) -> None:
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    def is_at(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def is_told(self, *problems: str) -> None:
        """In a list above the form, whose links lead into the field, which says it again."""
        listed = self.main.locator(".error-summary a")
        for link in [listed.filter(has_text=each).first for each in problems] or [listed.first]:
            said = link.inner_text()
            link.click()
            described = self.page.evaluate(DESCRIBED)
            assert any(line.strip() and line.strip() in said for line in described), said
        self.page.evaluate("document.activeElement.blur()")

    # Signing in

    def is_signed_in_as(self, user: User) -> None:
        """The session of somebody who has signed in; signing in itself is a journey of its own."""
        client = Client()
        client.force_login(user)
        session = client.cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.server}])


class PlainVisitor(Visitor):
    """With scripts switched off, where axe cannot run either."""

    def look(self) -> None:
        assert not self.page.evaluate(TOO_WIDE), f"{self.page.url} is wider than the screen"
        self.hears_no_complaint()


def told_of(said: str, status: int) -> bool:
    found = REFUSED.search(said)
    return found is not None and int(found[1]) == status


def newest_email_to(address: str) -> Email:
    return Email.objects.filter(to_address=address).latest("created_at")


def code_in(email: Email) -> str:
    """Codes stand on a line of their own."""
    [code] = re.findall(r"^[A-Z0-9-]{6,9}$", email.text, re.MULTILINE)
    return str(code)


def link_in(text: str) -> str:
    """The first address in a mail is the one it is about."""
    return re.findall(r"https?://\S+", text)[0]
