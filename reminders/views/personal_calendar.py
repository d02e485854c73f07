"""The address that a calendar reads, and its end."""

from hashlib import sha256

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from organisations.access import SignedInRequest, by_token, signed_in
from reminders import actions
from reminders.personal_calendar import calendar_of, feed_by
from reminders.schedule import london_date


@by_token
@require_safe
def my_calendar(request: HttpRequest, token: str) -> HttpResponse:
    feed = feed_by(token)
    if feed is None:
        raise Http404
    content = calendar_of(feed, today=london_date(timezone.now()))
    etag = f'"{sha256(content).hexdigest()}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="at-the-table.ics"'},
    )
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


@signed_in
@require_POST
def calendar_make(request: SignedInRequest) -> HttpResponse:
    actions.make_calendar(by=request.user, now=timezone.now())
    messages.success(request, "Your calendar has an address. Copy it below.")
    return redirect("my_emails")


@signed_in
@require_POST
def calendar_end(request: SignedInRequest) -> HttpResponse:
    actions.end_calendar(by=request.user, now=timezone.now())
    messages.success(request, "The address of your calendar opens nothing any more.")
    return redirect("my_emails")
