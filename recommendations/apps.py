from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "recommendations"

    def ready(self) -> None:
        from history.registry import register
        from recommendations.enums import Rating, RecommendationVerb, Response, State
        from ui.navigation import register as add_to_menu

        register(RecommendationVerb, rating=Rating, response=Response, state=State)
        add_to_menu("Recommendations", "dashboard", order=10)
