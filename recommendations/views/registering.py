"""Opening and saving a form in which rows are picked, with both versions when two people save."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import uuid4

from django.http import HttpRequest

from organisations.refusals import Refused
from recommendations.actions.revisions import MovedOnError
from recommendations.forms.picking import FIND, PickingForm

F = TypeVar("F", bound=PickingForm)
METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Attempt:
    """`saved` is the row, `current` what somebody else saved meanwhile; neither where it failed."""

    saved: Any = None
    current: Any = None


def open_form(
    kind: Callable[..., F], request: HttpRequest, *, initial: dict[str, Any], **about: Any
) -> F:
    """As it stands, as it was sent, or after a search as it was typed so far."""
    if request.method != "POST":
        return kind(initial=initial | {"page": uuid4()}, **about)
    if FIND in request.POST:
        return kind(initial=PickingForm.so_far(request.POST), **about)
    return kind(request.POST, **about)


def attempt(form: Any, act: Callable[[], Any]) -> Attempt:
    """Nothing is done while the form is not valid or only searched; what was typed stays."""
    if not form.is_bound or not form.is_valid():
        return Attempt()
    try:
        return Attempt(saved=act())
    except MovedOnError as moved_on:
        form.over(moved_on.current.revision)  # type: ignore[attr-defined]
        return Attempt(current=moved_on.current)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return Attempt()
