"""The emails of a round: the same words to everybody, and a link of one's own."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from outbox.actions import is_address, new_email, queue_emails
from outbox.enums import Kind
from outbox.models import Email
from outbox.rendering import Rendered, absolute_url, render_email
from panels.models import DeclarationRound, DeclarationToken
from panels.queries.declaring import code_of

# In their place while the words are made, so that they are made once and not for each person.
LINK = "https://link.invalid/"
Mail = Callable[[DeclarationToken], Email]


def mail_for(asked: DeclarationRound, *, reminder: int) -> Rendered:
    """`reminder`: 0 for the first email, then 1, 2, 3."""
    name = "declaration_reminder" if reminder else "declaration"
    gathering = asked.gathering
    return render_email(
        name,
        {
            "organisation": gathering.organisation.name,
            "gathering": gathering,
            "closes_on": asked.closes_on,
            "link": LINK,
        },
    )


def queue(
    asked: DeclarationRound, tokens: Iterable[DeclarationToken], words: Rendered, *, now: datetime
) -> None:
    """One email each; addresses that are none are left out. Not sent after the last day."""
    emails = []
    for token in tokens:
        code = code_of(token)
        if not code or token.participant is None or not is_address(token.participant.email):
            continue
        link = absolute_url(reverse("declaration_answer", args=[code]))
        emails.append(
            new_email(
                kind=Kind.DECLARATION,
                dedupe_key=f"declaration:{asked.pk}:{token.pk}:{asked.reminders}",
                to_address=token.participant.email,
                to_user=None,
                organisation=asked.gathering.organisation,
                rendered=_with_link(words, link),
                now=now,
                not_after=end_of(asked.closes_on),
            )
        )
    queue_emails(emails)


def _with_link(words: Rendered, link: str) -> Rendered:
    return Rendered(words.subject, words.text.replace(LINK, link), words.html.replace(LINK, link))


def end_of(day: date) -> datetime:
    """When the day is over, in London."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
