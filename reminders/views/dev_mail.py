"""The mail that this machine has caught, and every mail there is, for whoever develops."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisations.access import development_only
from reminders import dev_mail as catcher
from reminders import gallery


@development_only
@require_safe
def dev_mail(request: HttpRequest) -> HttpResponse:
    mails = catcher.caught(Path(settings.DEV_MAIL_DIR))
    return render(request, "reminders/dev_mail.html", {"mails": mails})


@development_only
@require_safe
def dev_mail_html(request: HttpRequest, name: str) -> HttpResponse:
    mail = catcher.read(Path(settings.DEV_MAIL_DIR), name)
    if mail is None or not mail.html:
        raise Http404
    return shut_off(mail.html)


@development_only
@require_safe
def dev_mail_gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "reminders/dev_mail_gallery.html", {"samples": gallery.samples()})


@development_only
@require_safe
def dev_mail_gallery_html(request: HttpRequest, name: str) -> HttpResponse:
    sample = gallery.sample_called(name)
    if sample is None:
        raise Http404
    return shut_off(sample.email.html)


def shut_off(html: str) -> HttpResponse:
    """An email as a mail program shows it, kept from everything else."""
    return HttpResponse(html, headers={"Content-Security-Policy": catcher.policy_for(html)})
