"""Which emails somebody gets, when they want none, and the link that ends them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from organisations.access import SignedInRequest, by_token, signed_in
from reminders import actions, queries
from reminders.choosing import ALWAYS
from reminders.emails import read_token
from reminders.forms import EmailChoicesForm, PauseForm
from reminders.personal_calendar import address_of, feed_of
from reminders.schedule import london_date


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def my_emails(request: SignedInRequest) -> HttpResponse:
    form = EmailChoicesForm(request.POST or None, chosen=queries.preferences_of(request.user))
    if request.method == "POST" and form.is_valid():
        actions.choose_emails(choices=form.choices(), by=request.user, now=timezone.now())
        messages.success(request, "Saved.")
        return redirect("my_emails")
    feed = feed_of(request.user)
    context = {
        "form": form,
        "pause": queries.pause_of(request.user, today=london_date(timezone.now())),
        "always": ALWAYS.values(),
        "feed": feed,
        "calendar": address_of(feed) if feed else "",
        "page": queries.recent_reminders_of(request.user, number=request.GET.get("page")),
    }
    return render(request, "reminders/my_emails.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_pause(request: SignedInRequest) -> HttpResponse:
    form = PauseForm(request.POST or None, today=london_date(timezone.now()))
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        actions.pause_reminders(until=until, by=request.user, now=timezone.now())
        messages.success(request, "Your reminders are paused.")
        return redirect("my_emails")
    return render(request, "reminders/reminders_pause.html", {"form": form})


@signed_in
@require_POST
def reminders_resume(request: SignedInRequest) -> HttpResponse:
    actions.resume_reminders(by=request.user)
    messages.success(request, "Your reminders come again.")
    return redirect("my_emails")


@by_token
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One click from a mail program, which sends no cookie, or the button on the page."""
    wish = read_token(token)
    if wish is None:
        raise Http404
    if request.method == "POST":
        actions.unsubscribe(wish, now=timezone.now())
    context = {"kinds": wish.kinds, "done": request.method == "POST"}
    return render(request, "reminders/unsubscribe.html", context)
