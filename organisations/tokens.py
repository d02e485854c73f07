"""Secrets in links: 256 random bits, of which only the SHA-256 is kept."""

import hashlib
import secrets


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """The 32 bytes stored in place of the token."""
    return hashlib.sha256(token.encode()).digest()
