from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "commitments"

    def ready(self) -> None:
        from commitments.enums import InvitationState, PledgeVerb
        from history.registry import register
        from ui import navigation

        register(PledgeVerb, invitation_state=InvitationState)
        navigation.register("Pledges", "pledge_list", scope="public", order=10)
        navigation.register("Our pledges", "organisation_pledges", scope="organisation", order=30)
