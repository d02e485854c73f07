from django.apps import AppConfig


class PanelsConfig(AppConfig):
    name = "panels"

    def ready(self) -> None:
        from history.registry import register
        from panels.enums import CountingVerb, PanelVerb
        from ui import navigation

        register(PanelVerb)
        register(CountingVerb)
        navigation.register("Events and groups", "gathering_list", order=20)
        navigation.register("Check a line-up", "check", scope="public", order=20)
