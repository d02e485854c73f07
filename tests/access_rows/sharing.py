from tests.access_rows import Rows, Seeds
from tests.factories.sharing import RepublicationFactory


def rows(seeds: Seeds) -> Rows:
    place = RepublicationFactory(pledge=seeds.pledge)
    slug = {"slug": seeds.pledge.slug}
    return {
        "pledge_card": slug,
        "pledge_embed": slug,
        "pledge_reflections": slug,
        "republications": {"pk": seeds.pledge.pk},
        "republication_remove": {"pk": seeds.pledge.pk, "place": place.pk},
    }
