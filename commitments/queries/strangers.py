"""Mail to people who may have no account here: its words, how much has left, the way to get no
more."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from commitments.mail_limits import Asked
from commitments.models import StrangerMail
from commitments.queries.refusals import address_digest, has_refused
from organisations.limits import A_DAY, AN_HOUR
from organisations.models import User
from organisations.tokens import derived_token, digest
from outbox.enums import Kind
from outbox.rendering import Rendered, absolute_url, one_line, render_email


@dataclass(frozen=True)
class Written:
    """One such mail, exactly as it leaves. `row` is the id of the row that asks; `answers_to` and
    `sender` are a name and an address, and without a sender it comes from us."""

    kind: Kind
    row: UUID
    rendered: Rendered
    answers_to: tuple[str, str]
    sender: tuple[str, str] | None

    @property
    def headers(self) -> dict[str, str]:
        return {
            **({"From": formataddr(self.sender)} if self.sender else {}),
            "Reply-To": formataddr(self.answers_to),
            "List-Unsubscribe": f"<{stop_link(self.row)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }


def write(
    kind: Kind,
    *,
    row: UUID,
    asker: str,
    role: str,
    by: User,
    sender: tuple[str, str] | None = None,
    stop: str = "",
    **context: Any,
) -> Written:
    """In the name of `asker`, who is `by`: answers go to their own address. `stop`: what stands in
    place of the link to get no more, on a page that must not show it."""
    name = one_line(asker)
    everywhere = {"asker": name, "role": one_line(role), "stop": stop or stop_link(row)}
    rendered = render_email(kind.value, {**context, **everywhere})
    return Written(kind, row, rendered, answers_to=(name, by.email), sender=sender)


def asked_lately(*, address: str, by: User, now: datetime) -> Asked:
    """What the limits ask about, over every kind of these mails; two queries."""
    by_person = Q(by=by, sent_at__gt=now - A_DAY)
    to_address = Q(address_digest=address_digest(address), sent_at__gt=now - AN_HOUR)
    sent = StrangerMail.objects.filter(by_person | to_address).aggregate(
        by_person=Count("pk", filter=by_person), to_address=Count("pk", filter=to_address)
    )
    return Asked(**sent, refuses=has_refused(address))


def mail_key(kind: Kind, row: UUID) -> str:
    """The dedupe key of the mail that a row sends."""
    return f"{kind.value.replace('_', '-')}:{row}"


def stop_path(row: UUID) -> str:
    """Where whoever gets the mail of this row says that they want no more."""
    return reverse("mail_stop", args=[derived_token("stop", row)])


def stop_link(row: UUID) -> str:
    return absolute_url(stop_path(row))


def mail_stopped_by(token: str) -> StrangerMail | None:
    """Also when the row that asked is gone."""
    return StrangerMail.objects.filter(stop_sha256=digest(token)).first()
