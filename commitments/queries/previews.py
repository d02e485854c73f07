"""Links by which somebody reads a draft."""

from datetime import datetime

from commitments import links
from commitments.models import Pledge, PreviewLink
from organisations.tokens import derived_token, digest, opens


def open_link_of(pledge: Pledge) -> PreviewLink | None:
    """The one that was not closed; it may have expired."""
    return pledge.preview_links.filter(revoked_at=None).first()


def token_of(link: PreviewLink | None, *, now: datetime) -> str:
    """The secret of a link that still opens; empty where there is none to show."""
    if link is None or not is_open(link, now=now):
        return ""
    token = derived_token("preview", link.pk)
    return token if opens(token, bytes(link.token_sha256)) else ""


def preview_at(token: str) -> PreviewLink | None:
    """The link with this secret, open or not, with its pledge."""
    found = PreviewLink.objects.filter(token_sha256=digest(token))
    return found.select_related("pledge").first()


def is_open(link: PreviewLink, *, now: datetime) -> bool:
    return links.is_open(link.expires_at, link.revoked_at, now)
