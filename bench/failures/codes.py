"""Reminders and, beside them, sign-in codes of people of their own, all waiting to leave.

    python -m bench.failures.codes 10

In a process of its own, as a scenario's database and clock are not those of the run.
"""

import sys

DOMAIN = "codes.example"


def is_code(address: str) -> bool:
    return address.endswith(f"@{DOMAIN}")


def owe(codes: int) -> None:
    """Made as the product makes them: planned at a tick, asked for on the sign-in page."""
    from allauth.core.context import request_context
    from django.test import RequestFactory
    from django.utils import timezone

    from organisations.adapter import AccountAdapter
    from reminders.actions import remind

    remind(now=timezone.now())
    with request_context(RequestFactory().get("/")):
        for number in range(codes):
            words = {"code": f"{number:06}"}
            address = f"person{number}@{DOMAIN}"
            AccountAdapter().send_mail("account/email/login_code", address, words)


if __name__ == "__main__":
    import django

    django.setup()
    owe(int(sys.argv[1]))
