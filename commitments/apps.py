from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "commitments"

    def ready(self) -> None:
        from commitments.enums import InvitationState, PledgeVerb
        from history.registry import register

        register(PledgeVerb, invitation_state=InvitationState)
