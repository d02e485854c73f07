"""A template of ours that prints a variable nobody gave it fails the test.

`{% if missing %}` stays allowed, and so do the templates of libraries, which rely on it.
"""

import sys
from collections.abc import Generator
from types import FrameType

import pytest
from django.conf import settings
from django.template import engines
from django.template.base import FilterExpression, Node

OURS = str(settings.ROOT / "templates")


class FailWhenPrinted(str):
    """Django asks it for its truth just before it would print it."""

    __slots__ = ()

    def __bool__(self) -> bool:
        asking = sys._getframe(1)
        if asking.f_code is FilterExpression.resolve.__code__:
            origin = origin_of(asking)
            if origin.startswith(OURS):
                pytest.fail(f"undefined variable {asking.f_locals['self'].token!r} in {origin}")
        return False


def origin_of(frame: FrameType | None) -> str:
    """The file of the innermost template node that is being rendered."""
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and hasattr(node, "origin"):
            return str(node.origin.name)
        frame = frame.f_back
    return ""


@pytest.fixture(autouse=True)
def undefined_variables_fail() -> Generator[None]:
    """For each test anew: one that overrides DEBUG leaves new engines behind it."""
    with pytest.MonkeyPatch.context() as patch:
        for engine in engines.all():
            patch.setattr(engine.engine, "string_if_invalid", FailWhenPrinted(), raising=False)  # type: ignore[attr-defined]
        yield
