"""The whole tree, to be read by the rules about it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS_LOWEST_FIRST = [
    "ui",
    "history",
    "outbox",
    "organisations",
    "panels",
    "commitments",
    "recommendations",
    "committees",
    "reminders",
]


def python_files(*patterns: str) -> list[Path]:
    return sorted(
        path
        for app in APPS_LOWEST_FIRST
        for pattern in patterns
        for path in (ROOT / app).rglob(pattern)
        if "migrations" not in path.parts
    )


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import of the file, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            is_of_a_package = node.module in APPS_LOWEST_FIRST
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from ((node.lineno, name) for name in names if is_of_a_package)
            if not is_of_a_package:
                yield node.lineno, node.module or ""


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"
