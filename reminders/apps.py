from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "reminders"

    def ready(self) -> None:
        from organisations.enums import Role
        from ui.navigation import register

        register("My work", "me", scope="me", order=10)
        register("My emails", "my_emails", scope="me", order=20)
        register("Emails", "sent_mail", roles=[Role.COORDINATOR], order=60)
