from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "outbox"

    def ready(self) -> None:
        from django.conf import settings
        from django.core import checks

        from config.settings.mail import SMTP
        from history.registry import register
        from outbox.checks import mail_can_leave, nothing_is_to_die
        from outbox.enums import OutboxVerb
        from outbox.providers import listen

        register(OutboxVerb)
        checks.register(mail_can_leave)
        checks.register(nothing_is_to_die)
        if settings.EMAIL_PROVIDER != SMTP:
            listen()
