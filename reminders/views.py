"""A person's own work and mail, an organisation's sent mail, and whether the house is ready."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import Error as DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commitments.queries.my_pledges import my_pledges
from committees.queries.deciders import with_sitters
from organisations.access import (
    OrganisationRequest,
    SignedInRequest,
    by_token,
    development_only,
    for_organisation,
    public,
    signed_in,
)
from organisations.enums import Role
from organisations.queries import memberships_of
from outbox.actions import send_again
from outbox.queries import sent_mail_of
from reminders import actions, my_decisions, my_work, queries
from reminders import dev_mail as catcher
from reminders.emails import read_token
from reminders.forms import EmailChoicesForm, MailFilterForm
from reminders.schedule import london_date
from ui.paging import page_of


@signed_in
@require_safe
def me(request: SignedInRequest) -> HttpResponse:
    today = london_date(timezone.now())
    memberships = list(with_sitters(memberships_of(request.user), today=today))
    tasks = my_work.tasks_of(request.user, memberships, today=today)
    tended = my_pledges(request.user, today=today)
    context = {
        "tasks": page_of(tasks, request.GET.get("page")),
        "waiting": my_decisions.waiting_for(memberships, today=today),
        "pledges": [mine for mine in tended if mine.pledge.leader_id == request.user.pk],
        "helped": [other for other in tended if other.pledge.leader_id != request.user.pk],
        "drafts": queries.drafts_of(request.user),
        "memberships": memberships,
    }
    return render(request, "reminders/me.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def my_emails(request: SignedInRequest) -> HttpResponse:
    wanted = {kind.value: on for kind, on in queries.preferences_of(request.user).items()}
    form = EmailChoicesForm(request.POST or None, initial=wanted)
    if request.method == "POST" and form.is_valid():
        actions.choose_emails(choices=form.choices(), by=request.user)
        messages.success(request, "Saved.")
        return redirect("my_emails")
    page = queries.recent_reminders_of(request.user, number=request.GET.get("page"))
    return render(request, "reminders/my_emails.html", {"form": form, "page": page})


@for_organisation(Role.COORDINATOR)
@require_safe
def sent_mail(request: OrganisationRequest) -> HttpResponse:
    """Who was sent what kind of email, and what became of it; never what it said."""
    form = MailFilterForm(request.GET)
    page = queries.sent_mail_page(
        request.organisation, state=form.chosen(), number=request.GET.get("page")
    )
    now = timezone.now()
    rows = [queries.mail_row(email, now=now) for email in page]
    return render(request, "reminders/sent_mail.html", {"form": form, "page": page, "rows": rows})


@for_organisation(Role.COORDINATOR)
@require_POST
def mail_send_again(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    email = get_object_or_404(sent_mail_of(request.organisation), pk=pk)
    if send_again(email, by=request.user, now=timezone.now()):
        messages.success(request, f"A new email to {email.to_address} is on its way.")
    else:
        messages.info(request, "This email has been sent again already, or it is too late for it.")
    return redirect("sent_mail", organisation=request.organisation.slug)


@by_token
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One click from a mail program, which sends no cookie, or the button on the page."""
    wish = read_token(token)
    if wish is None:
        raise Http404
    if request.method == "POST":
        actions.unsubscribe(wish)
    context = {"kinds": wish.kinds, "done": request.method == "POST"}
    return render(request, "reminders/unsubscribe.html", context)


@public
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    try:
        health = queries.health(timezone.now())
    except DatabaseError:
        return JsonResponse({"ready": False, "database": False}, status=503)
    body = {
        "ready": health.is_ready,
        "database": True,
        "oldest_mail_waiting_seconds": health.mail_waiting,
        "last_tick_seconds_ago": health.last_tick,
    }
    return JsonResponse(body, status=200 if health.is_ready else 503)


@development_only
@require_safe
def dev_mail(request: HttpRequest) -> HttpResponse:
    mails = catcher.caught(Path(settings.DEV_MAIL_DIR))
    return render(request, "reminders/dev_mail.html", {"mails": mails})


@development_only
@require_safe
def dev_mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """An email as a mail program shows it, shut off from everything else."""
    mail = catcher.read(Path(settings.DEV_MAIL_DIR), name)
    if mail is None or not mail.html:
        raise Http404
    headers = {"Content-Security-Policy": catcher.policy_for(mail.html)}
    return HttpResponse(mail.html, headers=headers)
