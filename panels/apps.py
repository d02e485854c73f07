from django.apps import AppConfig


class PanelsConfig(AppConfig):
    name = "panels"

    def ready(self) -> None:
        from history.registry import register
        from panels.enums import PanelVerb

        register(PanelVerb)
