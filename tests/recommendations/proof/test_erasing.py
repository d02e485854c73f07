"""What goes of proof when somebody erases their account."""

from organisations.erasure import Farewell, erasers
from organisations.models import User
from recommendations.actions.erasing import erase_words
from recommendations.models import CoverageUnit, EmbeddingCheck, EvidenceVersion, Occurrence
from tests.factories.proving import (
    CoverageUnitFactory,
    EmbeddingCheckFactory,
    EvidenceFactory,
    OccurrenceFactory,
)
from tests.recommendations.proof.conftest import NOW


def test_it_is_registered() -> None:
    assert erasers().count(erase_words) == 1


def test_erasing_an_account_blanks_what_they_wrote_alone(lead: User, bea: User) -> None:
    for person in (lead, bea):
        OccurrenceFactory(by=person)
        EmbeddingCheckFactory(by=person)
        EvidenceFactory(added_by=person)
        CoverageUnitFactory(covered_on=NOW.date(), covered_by=person, note="In the plan")
    erase_words(Farewell(lead, frozenset(), "erased@site.invalid", NOW))
    noted = dict(CoverageUnit.objects.values_list("covered_by", "note"))
    assert noted == {lead.pk: "", bea.pk: "In the plan"}
    for model, word in (
        (Occurrence, "changed"),
        (EmbeddingCheck, "note"),
        (EvidenceVersion, "note"),
    ):
        said = {row.by: getattr(row, word) for row in model._default_manager.all()}
        assert said[lead] == ""
        assert said[bea] != ""
