"""Sending through a provider's own interface instead of SMTP, with django-anymail."""

from collections.abc import Mapping

SMTP = "smtp"
SHORTEST_SECRET = 20
# By anymail's names, those that take our headers and say which email came back; each with the
# setting that its key goes by. Amazon's keys come from the environment, as its own tools read it.
KEYS = {
    "amazon_ses": "",
    "brevo": "BREVO_API_KEY",
    "mailersend": "MAILERSEND_API_TOKEN",
    "mailgun": "MAILGUN_API_KEY",
    "mailjet": "MAILJET_API_KEY",
    "mailtrap": "MAILTRAP_API_TOKEN",
    "mandrill": "MANDRILL_API_KEY",
    "postmark": "POSTMARK_SERVER_TOKEN",
    "resend": "RESEND_API_KEY",
    "sendgrid": "SENDGRID_API_KEY",
    "sparkpost": "SPARKPOST_API_KEY",
}


# The others are told on their own pages not to watch who opens what.
TOLD_NOT_TO_WATCH = frozenset(
    {"mailersend", "mailgun", "mailjet", "mandrill", "postmark", "sendgrid", "sparkpost"}
)


def anymail_settings(
    provider: str, *, key: str, secret: str, options: Mapping[str, str], timeout: int
) -> dict[str, object]:
    """`options`: whatever else that provider needs, by anymail's names.

    timeout: seconds, for connecting and for each answer.
    """
    name = KEYS.get(provider, "")
    unwatched = {"track_opens": False, "track_clicks": False}
    return {
        **({"SEND_DEFAULTS": unwatched} if provider in TOLD_NOT_TO_WATCH else {}),
        **({name: key} if name else {}),
        **({"WEBHOOK_SECRET": secret} if secret else {}),
        "REQUESTS_TIMEOUT": timeout,
        **options,
    }


def what_is_wrong(provider: str, *, key: str, secret: str) -> str:
    """Why mail cannot go by way of this provider; empty where it can."""
    if provider == SMTP:
        return ""
    if provider not in KEYS:
        return f"EMAIL_PROVIDER is {provider!r}: set it to smtp, or to one of {', '.join(KEYS)}."
    if KEYS[provider] and not key:
        return f"EMAIL_PROVIDER is {provider}, and its key is missing: set EMAIL_API_KEY."
    user, _, password = secret.partition(":")
    if not user or len(password) < SHORTEST_SECRET:
        return (
            f"EMAIL_PROVIDER is {provider}, and anybody could tell us that mail came back: set "
            f"ANYMAIL_WEBHOOK_SECRET to a name, a colon and at least {SHORTEST_SECRET} characters."
        )
    return ""
