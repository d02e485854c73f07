from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "committees"

    def ready(self) -> None:
        from committees.enums import CommitteeVerb
        from history.registry import register
        from ui.navigation import register as add_to_menu

        register(CommitteeVerb)
        add_to_menu("Committees", "group_list", order=40)
