from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "outbox"

    def ready(self) -> None:
        from history.registry import register
        from outbox.enums import OutboxVerb

        register(OutboxVerb)
