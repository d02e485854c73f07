"""An entry of the ledger and the letter about it, whose words are the leader's alone."""

from tests.access_rows import Rows, Seeds


def rows(seeds: Seeds) -> Rows:
    of_invitation = {"pk": seeds.invitation.pk}
    seeds.invitation.note = f"{seeds.canary} note for oneself"
    seeds.invitation.gathering = seeds.gathering
    seeds.invitation.save()
    names = (
        "invitation_edit",
        "step_take_back",
        "invitation_remove",
        "invitation_anew",
        "letter_write",
        "letter_make",
        "letter_send",
        "letter_revoke",
    )
    return dict.fromkeys(names, of_invitation)
