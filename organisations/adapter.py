"""django-allauth's way to the outbox: codes and notices leave like every other email."""

import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from organisations.models import User
from organisations.newcomers import begun_in
from outbox.actions import queue_email
from outbox.enums import Kind, Policy
from outbox.rendering import Rendered, absolute_url

# A code is of no use after this; an older one is cancelled rather than sent.
USEFUL_FOR = timedelta(minutes=10)


class AccountAdapter(DefaultAccountAdapter):
    def save_user(
        self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True
    ) -> User:
        user.display_name = form.cleaned_data["display_name"]
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def logout(self, request: HttpRequest) -> None:
        """Whoever starts signing up again has signed out of nothing, and keeps what they began."""
        begun = {} if request.user.is_authenticated else begun_in(request)
        super().logout(request)
        request.session.update(begun)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owed at most once, and its words are forgotten as soon as it has been sent."""
        whole = {"request": allauth_context.request, "email": email} | context | own_addresses()
        message = self.render_mail(template_prefix, email, whole)
        now = timezone.now()
        with transaction.atomic():
            queue_email(
                kind=Kind.SIGN_IN,
                dedupe_key=f"account:{uuid.uuid4()}",
                to_address=email,
                to_user=context.get("user") or person_at(email),
                organisation=None,
                rendered=rendered(message),
                policy=Policy.AT_MOST_ONCE,
                now=now,
                not_after=now + USEFUL_FOR,
            )


def own_addresses() -> dict[str, Any]:
    """Never from the request: its Host header is whatever the sender of the request typed."""
    return {
        "site_url": settings.SITE_URL,
        "current_site": {"name": settings.SITE_NAME, "domain": urlsplit(settings.SITE_URL).netloc},
        "signup_url": absolute_url(reverse("account_signup")),
        "password_reset_url": absolute_url(reverse("account_reset_password")),
        "code_url": absolute_url(reverse("account_request_login_code")),
    }


def person_at(email: str) -> User | None:
    return User.objects.filter(Exact(Lower("email"), Value(email.lower()))).first()


def rendered(message: EmailMessage) -> Rendered:
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    html = str(alternatives[0][0]) if alternatives else ""
    return Rendered(subject=str(message.subject), text=f"{message.body.strip()}\n", html=html)
