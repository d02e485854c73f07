from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "recommendations"

    def ready(self) -> None:
        from history.registry import register
        from recommendations.enums import Rating, RecommendationVerb, Response, State

        register(RecommendationVerb, rating=Rating, response=Response, state=State)
