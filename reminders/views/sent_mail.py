"""An organisation's sent mail."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from outbox.actions import lift_suppression
from outbox.queries import mail_by_state, refused_an_email_of, sent_mail_of, suppression_of
from reminders import queries
from reminders.actions import send_anew
from reminders.forms import MailFilterForm
from reminders.mail_steps import mail_steps


@for_organisation(Role.COORDINATOR)
@require_safe
def sent_mail(request: OrganisationRequest) -> HttpResponse:
    """Who was sent what kind of email, and what became of it; never what it said."""
    form = MailFilterForm(request.GET)
    page = queries.sent_mail_page(
        request.organisation,
        state=form.chosen(),
        kind=form.chosen_kind(),
        to=form.chosen_to(),
        number=request.GET.get("page"),
    )
    rows = queries.mail_rows(list(page), now=timezone.now())
    counts = mail_by_state(request.organisation)
    context = {"form": form, "page": page, "rows": rows, "counts": counts.items()}
    return render(request, "reminders/sent_mail.html", context)


@for_organisation(Role.COORDINATOR)
@require_safe
def mail_detail(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """Each step of one email on its way; never its words."""
    email = get_object_or_404(sent_mail_of(request.organisation), pk=pk)
    [row] = queries.mail_rows([email], now=timezone.now())
    held = suppression_of(email.to_address)
    is_ours = refused_an_email_of(request.organisation, address=email.to_address)
    context = {
        "email": email,
        "row": row,
        "steps": mail_steps(email),
        "held": held,
        "is_ours": is_ours,
    }
    return render(request, "reminders/mail_detail.html", context)


@for_organisation(Role.COORDINATOR)
@require_POST
def suppression_lift(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """The address is that of an email of this organisation, so that nobody tries others."""
    email = get_object_or_404(sent_mail_of(request.organisation), pk=pk)
    if lift_suppression(email, by=request.user, now=timezone.now()):
        messages.success(request, f"Emails to {email.to_address} leave again from now on.")
    else:
        messages.info(request, "Nothing was changed.")
    return redirect("mail_detail", organisation=request.organisation.slug, pk=pk)


@for_organisation(Role.COORDINATOR)
@require_POST
def mail_send_again(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    email = get_object_or_404(sent_mail_of(request.organisation), pk=pk)
    if send_anew([email], by=request.user, now=timezone.now()):
        messages.success(request, f"A new email to {email.to_address} is on its way.")
    else:
        messages.info(
            request,
            "Not sent: that was done already, nobody needs it any more, or the address refuses it.",
        )
    return redirect("sent_mail", organisation=request.organisation.slug)
