from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "recommendations"

    def ready(self) -> None:
        from history.registry import register
        from organisations import departures, erasure
        from recommendations.actions.erasing import erase_words
        from recommendations.actions.handing_over import lapse_acceptances
        from recommendations.enums import (
            EditedField,
            Rating,
            RecommendationVerb,
            RegisterVerb,
            Response,
            SourceVerb,
            State,
            Sustained,
        )
        from ui.navigation import register as add_to_menu

        register(
            RecommendationVerb,
            rating=Rating,
            response=Response,
            state=State,
            field=EditedField,
            result=Sustained,
        )
        register(SourceVerb)
        register(RegisterVerb, field=EditedField)
        erasure.register(erase_words)
        departures.register(lapse_acceptances)
        add_to_menu(
            "Recommendations",
            "dashboard",
            order=10,
            rooms=("assessments", "effect", "partners", "sources"),
        )
