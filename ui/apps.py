from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "ui"

    def ready(self) -> None:
        from ui.navigation import Scope, register

        register("My account", "account_email", scope=Scope.ME, order=90)
