"""The leader's assistants, and a check-in one of them drafted."""

from organisations.tokens import new_token
from tests.access_rows import Rows, Seeds
from tests.factories.assisting import AssistantFactory, CheckInDraftFactory
from tests.factories.commitments import PledgeFactory
from tests.factories.organisations import UserFactory


def rows(seeds: Seeds) -> Rows:
    helper = UserFactory(display_name=f"{seeds.canary} assistant")
    assistant = AssistantFactory(pledge=seeds.pledge, user=helper)
    CheckInDraftFactory(pledge=seeds.pledge, by=helper)
    of_pledge = {"pk": seeds.pledge.pk}
    # The owner helps with a pledge of their colleague's, and may leave that.
    helped = PledgeFactory(leader=UserFactory(), organisation_name="", leader_name="C leader")
    AssistantFactory(pledge=helped, user=seeds.owner)
    return {
        "assistants": of_pledge,
        "assistant_end": of_pledge | {"assistant": assistant.pk},
        "assistant_leave": {"pk": helped.pk},
        "assistant_accept": {"token": new_token()},
        "mail_stop": {"token": new_token()},
        "entries_confirm": of_pledge,
    }
