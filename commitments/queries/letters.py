"""Letters that ask an organiser back: what they are made of, their link, how many have left."""

from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html

from commitments import letter as words
from commitments.enums import Choice, InvitationKind, InvitationState
from commitments.models import AskLetter, Invitation
from commitments.queries.making import current_promises, current_signing
from commitments.queries.public import public_address
from commitments.queries.strangers import Written, mail_key, stop_link, write
from organisations.tokens import derived_token, opens
from outbox.enums import Kind, State
from outbox.models import Email
from outbox.rendering import absolute_url, one_line

BY_MAIL = "reply-mail"
"""The purpose of the secret that the email alone holds."""


def open_letter_of(invitation: Invitation, *, now: datetime) -> AskLetter | None:
    """The one whose link an organiser can still use."""
    return (
        invitation.letters.filter(revoked_at=None, expires_at__gt=now)
        .select_related("written_by", "sent_by")
        .first()
    )


def facts_of(invitation: Invitation, *, open_until: date) -> words.Facts:
    pledge, kind = invitation.pledge, InvitationKind(invitation.kind)
    signing = current_signing(pledge)
    assert signing is not None, "a pledge with a ledger is signed"
    signed = current_promises(pledge).filter(
        wording_promise__key__in=words.ASKED_ABOUT[kind],
        choice__in=(Choice.ADOPTED, Choice.ADAPTED),
    )
    return words.Facts(
        kind=kind,
        title=invitation.title,
        organiser=invitation.organiser,
        held_on=invitation.held_on,
        has_accepted=invitation.steps.filter(state=InvitationState.ACCEPTED).exists(),
        leader_name=pledge.leader_name,
        role_title=pledge.role_title,
        organisation_name=pledge.organisation_name,
        promises=tuple(promise.text for promise in signed),
        definition=signing.wording.minoritised_definition,
        pledge_url=public_address(pledge),
        open_until=open_until,
    )


def reply_link(letter: AskLetter) -> str:
    """The whole address; it opens nothing after the installation's key was changed."""
    return absolute_url(reverse("letter_reply", args=[derived_token("reply", letter.pk)]))


def still_opens(letter: AskLetter) -> bool:
    return opens(derived_token("reply", letter.pk), bytes(letter.token_sha256))


def text_of(letter: AskLetter) -> str:
    """With the link that whoever asks can copy."""
    return words.with_link(letter.text, reply_link(letter))


def in_words(text: str) -> list[tuple[str, str]]:
    """For whoever typed over it, with its lines as they are."""
    return [("The letter", format_html('<span class="user-text">{}</span>', text))]


@dataclass(frozen=True)
class Links:
    """The addresses in an email: to answer it, and to get no more of them."""

    reply: str
    stop: str


AS_IT_LEAVES = Links(
    reply="[a link of its own, made as it leaves]", stop="[another link, made as it leaves]"
)
"""On a page: whoever asks must not hold what tells the organiser from anybody else."""


def links_of(letter: AskLetter) -> Links:
    token = derived_token(BY_MAIL, letter.pk)
    return Links(absolute_url(reverse("letter_reply", args=[token])), stop_link(letter.pk))


def leaving(letter: AskLetter, links: Links = AS_IT_LEAVES) -> Written:
    """From our own address, with the leader's name; answers go to the leader's own address."""
    invitation = letter.invitation
    pledge = invitation.pledge
    assert pledge.leader is not None, "a pledge with a ledger has its leader"
    site, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    text = words.with_link(letter.text, links.reply).strip()
    return write(
        Kind.ASK_LETTER,
        row=letter.pk,
        asker=pledge.leader_name,
        role=pledge.role_title,
        by=pledge.leader,
        sender=(f"{one_line(pledge.leader_name)} ({site or settings.SITE_NAME})", address),
        subject=words.subject(InvitationKind(invitation.kind), invitation.title),
        stop=links.stop,
        text=text,
        paragraphs=text.split("\n\n"),
    )


def has_come_back(letter: AskLetter) -> bool:
    """The email could not be delivered."""
    failed = Email.objects.filter(dedupe_key=mail_key(Kind.ASK_LETTER, letter.pk))
    return failed.filter(state__in=(State.FAILED, State.SUPPRESSED)).exists()
