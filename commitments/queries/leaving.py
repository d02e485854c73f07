"""Pledges that end, and who takes them on."""

from commitments.models import Handover, Pledge, Signing
from organisations.tokens import derived_token, digest, opens


def open_handover(pledge: Pledge) -> Handover | None:
    """The one that was not taken back: waiting, too old by now, or taken on."""
    return pledge.handovers.filter(revoked_at=None).first()


def handover_opened_by(token: str) -> Handover | None:
    """Whatever has become of it."""
    return (
        Handover.objects.select_related("pledge__organisation")
        .filter(token_sha256=digest(token))
        .first()
    )


def link_token(handover: Handover) -> str:
    """The secret of the link, or nothing once the installation's key is another one."""
    token = derived_token("handover", handover.pk)
    return token if opens(token, bytes(handover.token_sha256)) else ""


def signing_to_hand_on(pledge: Pledge) -> Signing:
    """The text as last signed."""
    signed = pledge.signings.filter(signed_at__isnull=False).select_related("wording", "pledge")
    return signed.order_by("-number")[0]


def has_unsigned_version(pledge: Pledge) -> bool:
    return pledge.signings.filter(signed_at=None).exists()


def taken_on_by(pledge: Pledge) -> Pledge | None:
    """The next leader's own pledge, once it is public."""
    return pledge.followed_by.named().newest_first().first()
