"""Why an email did not leave, in plain words, from what a mail server or a connection said."""

import re

# RFC 5321 reply code, and RFC 3463 enhanced status code where there is one.
REPLY = re.compile(r"(\d{3})\b(?:[ -](\d\.\d{1,3}\.\d{1,3})\b)?")
OF_THE_CONNECTION = re.compile(r"\w+(?:Error|Exception|Refused|Disconnected|Timeout|timeout)\b")

FULL = "Their mailbox is full."
NO_MAILBOX = "There is no such mailbox, or it takes no email."
UNWANTED = "Their mail server does not want our email."
TOO_LARGE = "The email is too large for their mail server."
OUR_ACCOUNT = "Our mail server did not let us in. Tell whoever runs this site."
LATER = "Their mail server asked us to try again later."
REFUSED = "Their mail server refused it."
UNREACHED = "The mail server could not be reached, or broke off."

ENHANCED = (
    ("7.8", OUR_ACCOUNT),
    ("7.", UNWANTED),
    ("2.2", FULL),
    ("2.3", TOO_LARGE),
    ("3.4", TOO_LARGE),
    ("1.7", REFUSED),
    ("1.8", REFUSED),
    ("1.", NO_MAILBOX),
    ("2.", NO_MAILBOX),
)
PLAIN = {
    452: FULL,
    530: OUR_ACCOUNT,
    534: OUR_ACCOUNT,
    535: OUR_ACCOUNT,
    550: NO_MAILBOX,
    551: NO_MAILBOX,
    552: FULL,
    553: NO_MAILBOX,
    554: UNWANTED,
}


def why_in_words(detail: str) -> str:
    """What we wrote ourselves is plain already and stays as it is."""
    reply = REPLY.match(detail.strip())
    if reply is None:
        return UNREACHED if OF_THE_CONNECTION.match(detail) else detail
    code, enhanced = int(reply[1]), reply[2] or ""
    for start, words in ENHANCED:
        if enhanced[2:] == start or (start.endswith(".") and enhanced[2:].startswith(start)):
            return words if code >= 500 or words in {FULL, OUR_ACCOUNT} else LATER
    if code in PLAIN:
        return PLAIN[code]
    return REFUSED if code >= 500 else LATER
