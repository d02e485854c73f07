from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "organisations"

    def ready(self) -> None:
        from history.registry import register
        from organisations.enums import OrganisationVerb
        from ui import navigation

        register(OrganisationVerb)
        navigation.register("People", "people", order=50)
