"""Asking somebody to make the pledge, and what whoever was asked sees."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from commitments import links
from commitments.actions.encouraging import EncouragementRefused
from commitments.actions.encouraging import encourage as ask
from commitments.enums import PledgeState
from commitments.forms.encouraging import EncourageForm
from commitments.models import Pledge
from commitments.queries.encouraging import by_email, encouragement_at, followers_of
from commitments.queries.strangers import stop_path
from commitments.views.by_token import ENCOURAGEMENT, gone
from commitments.views.loading import own_pledge
from organisations.access import SignedInRequest, by_token, signed_in
from outbox.rendering import absolute_url


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def encourage(request: SignedInRequest, pk: UUID) -> HttpResponse:
    pledge = own_pledge(request, pk)
    if pledge.state != PledgeState.PUBLISHED:
        messages.info(request, "This pledge is closed, so there is nobody to ask.")
        return redirect("my_pledge", pk=pledge.pk)
    form = EncourageForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and asked(request, pledge, form):
        messages.success(request, f"An email is on its way to {form.cleaned_data['email']}.")
        return redirect("encourage", pk=pledge.pk)
    context = {
        "form": form,
        "pledge": pledge,
        "link": absolute_url(way_to_make(pledge)),
        "followers": followers_of(pledge),
        "by_email": by_email(pledge),
    }
    return render(request, "commitments/encourage.html", context)


def asked(request: SignedInRequest, pledge: Pledge, form: EncourageForm) -> bool:
    try:
        ask(
            pledge=pledge,
            address=form.cleaned_data["email"],
            words=form.cleaned_data["words"],
            by=request.user,
            now=timezone.now(),
        )
    except EncouragementRefused as refusal:
        form.add_error("email", str(refusal))
        return False
    return True


def way_to_make(pledge: Pledge) -> str:
    """Where a pledge is made, with whose asking led there."""
    return f"{reverse('pledge_start')}?{urlencode({'after': pledge.slug})}"


@by_token
@require_safe
def encouraged(request: HttpRequest, token: str) -> HttpResponse:
    found = encouragement_at(token)
    if found is None:
        return gone(request, ENCOURAGEMENT, known=False)
    is_open = links.is_open(found.expires_at, None, timezone.now())
    if not is_open or found.pledge.state != PledgeState.PUBLISHED:
        return gone(request, ENCOURAGEMENT, known=True)
    context = {
        "pledge": found.pledge,
        "make_url": way_to_make(found.pledge),
        "stop": stop_path(found.pk),
    }
    return render(request, "commitments/encouraged.html", context)
