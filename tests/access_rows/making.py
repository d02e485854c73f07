from organisations.tokens import new_token
from tests.access_rows import Rows, Seeds


def rows(seeds: Seeds) -> Rows:
    of_draft, of_pledge = {"pk": seeds.draft.pk}, {"pk": seeds.pledge.pk}
    return {
        "pledge_own": of_draft,
        "pledge_standards": of_draft,
        "pledge_shows": of_draft,
        "draft_drop": of_draft,
        "preview_make": of_draft,
        "preview_close": of_draft,
        "draft_preview": {"token": new_token()},
        "pledge_settings": of_pledge,
        "pledge_revise": of_pledge,
        "revision_drop": of_pledge,
        "pledge_versions": {"slug": seeds.pledge.slug},
    }
