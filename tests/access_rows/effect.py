"""Indicators and the registers. `owner` wrote one assessment; a colleague the one to be signed."""

from tests.access_rows import Rows, Seeds
from tests.factories.effect import AssessmentFactory, IndicatorFactory, PartnerFactory


def rows(seeds: Seeds) -> Rows:
    about = {"organisation": seeds.organisation}
    indicator = IndicatorFactory(**about, name=f"{seeds.canary} indicator")
    own = AssessmentFactory(**about, subject=f"{seeds.canary} subject", author=seeds.owner)
    others = AssessmentFactory(**about, subject=f"{seeds.canary} other", author=seeds.other)
    partner = PartnerFactory(**about, name=f"{seeds.canary} partner", added_by=seeds.owner)
    here = {"organisation": seeds.organisation.slug}
    of_indicator, of_partner = here | {"pk": indicator.pk}, here | {"pk": partner.pk}
    return {
        "indicator_list": here,
        "indicator_create": here,
        "indicator_detail": of_indicator,
        "indicator_edit": of_indicator,
        "indicator_export": of_indicator,
        "indicator_retire": of_indicator,
        "reading_add": of_indicator,
        "assessment_list": here,
        "assessment_create": here,
        "assessment_detail": here | {"pk": own.pk},
        "assessment_edit": here | {"pk": own.pk},
        "assessment_sign": here | {"pk": others.pk},
        "partner_list": here,
        "partner_add": here,
        "partner_edit": of_partner,
        "partner_remove": of_partner,
    }
