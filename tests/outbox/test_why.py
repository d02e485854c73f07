"""Why an email did not leave, in plain words."""

import pytest

from outbox import why
from outbox.why import why_in_words


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("", ""),
        ("550 No such mailbox", why.NO_MAILBOX),
        ("550 5.1.1 Unknown", why.NO_MAILBOX),
        ("550-5.2.1 Disabled", why.NO_MAILBOX),
        ("552 5.2.2 Over quota", why.FULL),
        ("452 4.2.2 Over quota", why.FULL),
        ("552 5.2.3 Too big", why.TOO_LARGE),
        ("550 5.7.1 Blocked", why.UNWANTED),
        ("550 5.7.8 Bad credentials", why.OUR_ACCOUNT),
        ("535 Authentication failed", why.OUR_ACCOUNT),
        ("550 5.1.8 Bad sender", why.REFUSED),
        ("554 No thanks", why.UNWANTED),
        ("450 4.7.1 Greylisted", why.LATER),
        ("421 Busy", why.LATER),
        ("499 Odd", why.LATER),
        ("500 Odd", why.REFUSED),
        ("ConnectionRefusedError: [Errno 111]", why.UNREACHED),
        ("SMTPServerDisconnected: Connection unexpectedly closed", why.UNREACHED),
        ("Too late to be of use.", "Too late to be of use."),
    ],
)
def test_in_words(detail: str, words: str) -> None:
    assert why_in_words(detail) == words
