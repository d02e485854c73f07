"""What a name may hold. It stands in emails to people who never asked for one."""

import re

from django.core.exceptions import ValidationError

LINK = re.compile(r"://|\bwww\.", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def plain_name(value: str) -> None:
    """Raises ValidationError for a web address or a line break."""
    if LINK.search(value):
        raise ValidationError("Leave the web address out of the name.")
    if CONTROL.search(value):
        raise ValidationError("A name stands on one line.")
