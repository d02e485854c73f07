"""What an organisation counts and aims for."""

from organisations.models import Organisation
from panels.choices import Choices
from panels.enums import Definition
from panels.models import CountingChoices
from panels.thresholds import Threshold, Thresholds


def choices_of(organisation: Organisation) -> Choices:
    """The wording's own where nobody has chosen; one query."""
    row = CountingChoices.objects.filter(organisation=organisation).first()
    if row is None:
        return Choices()
    return Choices(
        women_definition=Definition(row.women_definition),
        aims=Thresholds(
            women=Threshold(row.women_numerator, row.women_denominator),
            minoritised=Threshold(row.minoritised_numerator, row.minoritised_denominator),
        ),
    )
