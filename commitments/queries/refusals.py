"""Addresses that want no more mail from people who ask strangers. Only a keyed digest is kept."""

from django.utils.crypto import salted_hmac

from commitments.models import AddressRefusal


def address_digest(address: str) -> bytes:
    """32 bytes that recognise an address, whatever its case, and do not give it away."""
    plain = address.strip().lower()
    return salted_hmac("at-the-table.address", plain, algorithm="sha256").digest()


def has_refused(address: str) -> bool:
    return AddressRefusal.objects.filter(address_digest=address_digest(address)).exists()
