"""The path of a text: whose it is, which page of it this is, and where the next one lies."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from commitments.actions.making import AlreadySignedError
from commitments.drafting import KEPT_WITHOUT_ACCOUNT, MOST_DRAFTS_OF_A_BROWSER, Place
from commitments.enums import PledgeState
from commitments.models import Pledge, Signing
from commitments.queries import making as queries
from organisations.models import User
from organisations.newcomers import DRAFTS, NAME

View = Callable[..., HttpResponse]
AS_SIGNED = "This pledge is published. Its text stays as signed."


def whoever(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def begun_here(request: HttpRequest) -> list[str]:
    """The ids of the drafts that this browser began without an account."""
    return list(request.session.get(DRAFTS, []))


def keep_in_browser(request: HttpRequest, pledge: Pledge) -> None:
    """Whoever has no account finds the draft again for as long as it is kept."""
    if pledge.leader_id is not None:
        return
    others = [key for key in begun_here(request) if key != str(pledge.pk)]
    request.session[DRAFTS] = [*others, str(pledge.pk)][-MOST_DRAFTS_OF_A_BROWSER:]
    request.session[NAME] = pledge.leader_name
    request.session.set_expiry(int(KEPT_WITHOUT_ACCOUNT.total_seconds()))


def of_a_draft(view: View) -> View:
    """Gives the view a draft: the person's own, or one that this browser began."""

    @wraps(view)
    def loaded(request: HttpRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        pledge = in_hand(request, pk)
        if pledge.state != PledgeState.DRAFT:
            return is_signed(request, pledge)
        return unless_signed_meanwhile(view, request, pledge, pledge, **kwargs)

    return loaded


def of_a_text(view: View) -> View:
    """Gives the view the text being written: of such a draft, or a new version of the person's
    own pledge. It has its pledge with it."""

    @wraps(view)
    def loaded(request: HttpRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        pledge = in_hand(request, pk)
        text = queries.text_in_hand(pledge)
        if text is None or pledge.state == PledgeState.CLOSED:
            return is_signed(request, pledge)
        text.pledge = pledge
        return unless_signed_meanwhile(view, request, pledge, text, **kwargs)

    return loaded


def unless_signed_meanwhile(
    view: View, request: HttpRequest, pledge: Pledge, loaded: Pledge | Signing, **kwargs: Any
) -> HttpResponse:
    """Another tab may publish or drop it between the look at it and the lock on it."""
    try:
        return view(request, loaded, **kwargs)
    except AlreadySignedError:
        return is_signed(request, in_hand(request, pledge.pk))
    except Pledge.DoesNotExist as gone:
        raise Http404 from gone


def in_hand(request: HttpRequest, pk: UUID) -> Pledge:
    mine = queries.pledges_in_hand(whoever(request), begun_here(request))
    return get_object_or_404(mine.select_related("asked_by"), pk=pk)


def is_signed(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    """A second click on publish lands where the first one did."""
    if request.method == "POST":
        return redirect(pledge)
    messages.info(request, AS_SIGNED)
    return redirect("my_pledge", pk=pledge.pk)


def place_of(request: HttpRequest, pledge: Pledge, step: str) -> dict[str, Any]:
    """What the top of a page of the path says."""
    place = Place(
        step,
        is_new_version=pledge.state == PledgeState.PUBLISHED,
        checking=request.GET.get("from") == "check",
    )
    return {
        "place": place,
        "pledge": pledge,
        "back_url": address(pledge, place.before),
        "theirs": [],
        "who": "",
    }


def address(pledge: Pledge, step: str) -> str:
    return reverse(f"pledge_{step}", args=[pledge.pk]) if step else reverse("pledge_start")


def carry_on(request: HttpRequest, pledge: Pledge, step: str) -> HttpResponse:
    """On to the next page, or to the answers when that was asked for."""
    keep_in_browser(request, pledge)
    messages.success(request, "Saved.")
    if "check" in request.POST:
        return redirect("pledge_check", pk=pledge.pk)
    place: Place = place_of(request, pledge, step)["place"]
    return redirect(address(pledge, place.following))
