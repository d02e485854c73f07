"""Email addresses as pages show them to people who may not be their owner."""


def masked(address: str) -> str:
    """Enough for its owner to know which one is meant, whoever else has the link."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"
