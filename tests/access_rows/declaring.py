from organisations.tokens import new_token
from tests.access_rows import Rows, Seeds
from tests.factories.declaring import opened, seat_people, upcoming
from tests.factories.panels import GatheringFactory


def rows(seeds: Seeds) -> Rows:
    gathering = upcoming(
        GatheringFactory(organisation=seeds.organisation, title=f"Asked {seeds.canary}")
    )
    seat_people(gathering, 5, 1)
    asked = opened(gathering, by=seeds.owner)
    of_gathering = {"organisation": seeds.organisation.slug, "pk": gathering.pk}
    of_round = of_gathering | {"asked": asked.pk}
    unknown = {"token": new_token()}
    return {
        "declaration_open": of_gathering,
        "declaration_round": of_round,
        "declaration_sheet": of_round,
        "declaration_remind": of_round,
        "declaration_close": of_round,
        "declaration_answer": unknown,
        "declaration_object": unknown,
    }
