"""One email that an organisation has sent."""

from tests.access_rows import Rows, Seeds
from tests.factories.outbox import EmailFactory


def rows(seeds: Seeds) -> Rows:
    email = EmailFactory(organisation=seeds.organisation, text=seeds.canary, failed=True)
    here = {"organisation": seeds.organisation.slug, "pk": email.pk}
    return {"mail_detail": here, "suppression_lift": here}
