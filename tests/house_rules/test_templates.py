"""Templates carry neither style nor script, and none lies unused."""

import re

from tests.house_rules.tree import APPS_LOWEST_FIRST, ROOT, where


def test_no_markup_carries_style_or_script() -> None:
    """The content security policy allows neither, so a page with one is broken."""
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    sins = [
        where(path, number)
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if "emails" not in path.parts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if inline.search(line)
    ]
    assert sins == []


def test_every_template_is_used() -> None:
    sources = "".join(
        path.read_text()
        for folder in [*APPS_LOWEST_FIRST, "templates", "config"]
        for suffix in ("*.py", "*.html", "*.txt")
        for path in (ROOT / folder).rglob(suffix)
    )
    framework = {"account", "mfa", "allauth", "emails"}
    unused = [
        str(path.relative_to(ROOT / "templates"))
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if path.relative_to(ROOT / "templates").parts[0] not in framework
        and path.relative_to(ROOT / "templates").as_posix() not in sources
        and path.name not in {"403.html", "404.html", "500.html"}
    ]
    assert unused == []


def test_a_theme_changes_colours_alone() -> None:
    """Nothing but `light-dark()`, so the journeys ask of the second theme only about colours."""
    sins = [
        where(path, number)
        for path in sorted((ROOT / "static").rglob("*.*"))
        if path.suffix in {".css", ".js"}
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if "prefers-color-scheme" in line
    ]
    assert sins == []
