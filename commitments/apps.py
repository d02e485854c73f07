from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "commitments"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import post_delete, post_save

        from commitments.actions.erasing import erase_pledges
        from commitments.actions.trusting import end_confirmations
        from commitments.enums import (
            BodyVerb,
            Ending,
            InvitationState,
            LearningVerb,
            PledgeVerb,
            ReportOutcome,
        )
        from commitments.signals import address_removed, event_moved, signed_in
        from history.registry import register
        from organisations import departures, erasure
        from ui import navigation

        user_logged_in.connect(signed_in)
        register(PledgeVerb, invitation_state=InvitationState, ending=Ending, outcome=ReportOutcome)
        register(LearningVerb)
        register(BodyVerb)
        erasure.register(erase_pledges)
        departures.register(end_confirmations)
        post_delete.connect(address_removed, sender="account.EmailAddress")
        post_save.connect(event_moved, sender="panels.Gathering")
        navigation.register("Pledges", "pledge_list", scope="public", order=10)
        navigation.register("Our pledges", "organisation_pledges", scope="organisation", order=30)
        navigation.register("Learning", "learning_list", scope="organisation", order=35)
