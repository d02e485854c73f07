from django.apps import AppConfig


class PanelsConfig(AppConfig):
    name = "panels"

    def ready(self) -> None:
        from history.registry import register
        from organisations import erasure
        from panels.actions.erasing import erase_words
        from panels.enums import CountingVerb, PanelVerb
        from ui import navigation

        register(PanelVerb)
        register(CountingVerb)
        erasure.register(erase_words)
        navigation.register("Events and groups", "gathering_list", order=20)
        navigation.register("Check a line-up", "check", scope="public", order=20)
