from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "reminders"

    def ready(self) -> None:
        from organisations.enums import Role
        from outbox.signals import about_to_deliver
        from reminders.actions import withdraw_if_behind
        from ui.navigation import register

        about_to_deliver.connect(withdraw_if_behind, dispatch_uid="reminders")

        register("My work", "me", scope="me", order=10)
        register("My emails", "my_emails", scope="me", order=20)
        register("Emails", "sent_mail", roles=[Role.COORDINATOR], order=60)
