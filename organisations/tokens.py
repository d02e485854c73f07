"""Secrets in links: 256 bits, or 140 where they are typed, of which only the SHA-256 is kept."""

import base64
import hashlib
import hmac
import secrets
from uuid import UUID

from django.utils.crypto import salted_hmac

CODE_LENGTH = 28
"""Of base32: capital letters and the digits 2 to 7."""


def new_token() -> str:
    return secrets.token_urlsafe(32)


def derived_token(purpose: str, key: UUID) -> str:
    """The secret of one row, made from the installation's own key each time it is needed.

    So a link can be shown again to whoever made it, and is stored nowhere. `key` is the row's
    random id. After the installation's key was changed it gives another one, which opens
    nothing: ask `opens` before showing it.
    """
    made = salted_hmac(f"at-the-table.{purpose}", str(key), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def derived_code(purpose: str, key: UUID) -> str:
    """As `derived_token`, short enough to be typed from paper: 28 letters and digits, 140 bits."""
    made = salted_hmac(f"at-the-table.{purpose}", str(key), algorithm="sha256").digest()
    return base64.b32encode(made).decode()[:CODE_LENGTH]


def digest(token: str) -> bytes:
    """The 32 bytes stored in place of the token."""
    return hashlib.sha256(token.encode()).digest()


def opens(token: str, stored: bytes) -> bool:
    """Whether this token is the one whose digest was stored."""
    return hmac.compare_digest(digest(token), bytes(stored))
