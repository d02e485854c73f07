from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "history"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from history.grants import grant_to_product_role

        post_migrate.connect(grant_to_product_role, dispatch_uid="history.grants")
