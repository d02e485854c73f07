"""An organiser's page, which a guessed token must not open, and a reflection."""

from organisations.tokens import new_token
from tests.access_rows import Rows, Seeds
from tests.factories.replies import AskLetterFactory, ReflectionFactory, answered


def rows(seeds: Seeds) -> Rows:
    letter = AskLetterFactory(invitation=seeds.invitation)
    answered(letter, note=f"{seeds.canary} note", name=f"{seeds.canary} organiser")
    ReflectionFactory(invitation=seeds.invitation, what_happened=f"{seeds.canary} reflection")
    of_invitation = {"pk": seeds.invitation.pk}
    return {
        "letter_reply": {"token": new_token()},
        "reflection_write": of_invitation,
        "reflection_publish": of_invitation,
        "reflection_withdraw": of_invitation,
    }
