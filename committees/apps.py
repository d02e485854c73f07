from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "committees"

    def ready(self) -> None:
        from committees.enums import CommitteeVerb
        from history.registry import register

        register(CommitteeVerb)
